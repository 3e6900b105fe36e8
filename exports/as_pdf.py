"""The progress table as an A4 document, one of the papers, or one card as a page."""

from exports.cards import write_card
from exports.cards.figures import Figure
from exports.cards.frame import bands_legend, frame
from exports.papers import PAPERS, paper_data
from exports.table import COLUMNS, blocks, heading
from exports.typesetting import typeset
from locales import DEFAULT, spoken, text
from metrics.result import Result


def write_pdf(
    result: Result, indicator: str | None = None, *, card: str | None = None, language: str = DEFAULT
) -> bytes:
    """`card`: a card as a page, or one of the papers; without: the whole table, A4 across."""
    language = spoken(language, result.plan.area_unit().name)
    if card in PAPERS:
        return typeset(card, paper_data(result, card, language), "pdf")
    if card is not None:
        return write_card(result, card, indicator, language, "pdf")
    return typeset("document", document_data(result, indicator, language), "pdf")


def document_data(result: Result, indicator: str | None, language: str) -> dict[str, object]:
    found = blocks(result, indicator, language)
    statuses = {figure.status for block in found for figure in block.rows}
    data = frame(
        result,
        language,
        title=[heading(result, language)],
        subtitle=result.plan.title.by(language),
        legend=bands_legend(result, sorted(statuses), language),
        notes=[text("cards.path_note", language)],
        provisional=any(block.city["provisional"] for block in found),
        indicators=[block.indicator.indicator for block in found],
    )
    return data | {
        "heads": [text(f"table.{column.name}", language) for column in COLUMNS],
        "align": ["left" if column.form == "text" else "right" for column in COLUMNS],
        "blocks": [
            {
                "name": block.indicator.name.by(language),
                "clause": text("table.clause", language, clauses=" ".join(block.indicator.clauses)),
                "rows": [row(figure, figure is block.city) for figure in block.rows],
            }
            for block in found
        ],
        "page": text("table.page", language),
    }


def row(figure: Figure, is_city: bool) -> dict[str, object]:
    return {
        "city": is_city,
        "cells": [column.shown(figure) for column in COLUMNS],
        "colour": figure.style.text,
        "lit": figure["target"] is not None or figure["actual"] is None,
    }
