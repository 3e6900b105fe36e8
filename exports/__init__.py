"""Results out as bytes: tables for machines and spreadsheets, cards and documents for people."""

from typing import Protocol

from exports.as_csv import write_csv
from exports.as_docx import write_docx
from exports.as_html import write_html
from exports.as_json import write_json
from exports.as_pdf import write_pdf
from exports.as_png import write_png
from exports.as_pptx import write_pptx
from exports.as_xlsx import write_xlsx
from exports.cards import CARDS, CardError, card_data, cards_of, default_indicator, write_card
from exports.seal import sealed
from metrics.result import Result


class Export(Protocol):
    """`indicator` narrows a table to one indicator and chooses a card's; `card` chooses the picture."""

    def __call__(
        self, result: Result, indicator: str | None = None, *, card: str | None = None, language: str = "zh_CN"
    ) -> bytes: ...


EXPORTS: dict[str, Export] = {
    "json": write_json,
    "csv": write_csv,
    "xlsx": sealed(write_xlsx),
    "png": write_png,
    "pdf": write_pdf,
    "html": write_html,
    "pptx": sealed(write_pptx),
    "docx": sealed(write_docx),
}

__all__ = ["CARDS", "EXPORTS", "CardError", "card_data", "cards_of", "default_indicator", "write_card"]
