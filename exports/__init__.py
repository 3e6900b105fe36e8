"""Results out as bytes: tables for machines and spreadsheets, cards and documents for people."""

from exports.as_csv import write_csv
from exports.as_docx import write_docx
from exports.as_html import write_html
from exports.as_json import write_json
from exports.as_pdf import write_pdf
from exports.as_png import write_png
from exports.as_pptx import write_pptx
from exports.as_xlsx import write_xlsx
from exports.brief.wording import Wording
from exports.cards import CARDS, CardError, card_data, cards_of, default_indicator, write_card
from exports.papers import PAPERS
from exports.seal import Write, seal, sealed
from locales import DEFAULT
from metrics.result import Result

EXPORTS: dict[str, Write] = {
    "json": write_json,
    "csv": write_csv,
    "xlsx": sealed(write_xlsx),
    "png": write_png,
    "pdf": write_pdf,
    "html": write_html,
    "pptx": sealed(write_pptx),
    "docx": sealed(write_docx),
}


def write_brief(result: Result, edited: Wording | None, language: str = DEFAULT) -> bytes:
    """The brief as edited, sealed with what the rules had said; with no edit the same as from `EXPORTS`."""
    edits = [(change.before, change.after) for change in edited.changes] if edited else []
    return seal(write_docx(result, language=language, edited=edited), result, None, language, edits)


__all__ = [
    "CARDS",
    "EXPORTS",
    "PAPERS",
    "CardError",
    "card_data",
    "cards_of",
    "default_indicator",
    "write_brief",
    "write_card",
]
