"""How our own traces in a returned workbook are known again, whoever saved the file in between."""

from collections.abc import Sequence
from dataclasses import replace

from loaders.workbook import Sheet, Workbook
from locales import LANGUAGES, text

LIST_MARK = "consumption-targets:returned"
"""Stands in a hidden cell of the list of problems; a county's own sheet of that name has none."""
MARK_CELL = (1, 8)
WITNESS_COLUMN = 8
"""Below the mark: `sheet!cell` of every tinted cell, each carrying the style the cell had before.

A cell's style is the one thing that Excel, WPS and LibreOffice all renumber faithfully."""
TINTS = {"error": "FFF6B7AE", "notice": "FFFAD35F", "done": "FFBFE5B1"}
"""Fills of our own: stronger than the cream of a template's inputs, and unlike any in a palette, so that they
can be taken off again."""

TINT_OF = {"error": "error", "asks": "notice", "notice": "notice", "answered": "done", "mended": "done"}
"""Level of a line → its tint, the most urgent first."""


def is_list(sheet: Sheet) -> bool:
    """Whether this is the list of problems that we put into a returned workbook."""
    cell = sheet.at(*MARK_CELL)
    return cell is not None and cell.value == LIST_MARK


def without_list(workbook: Workbook) -> Workbook:
    """The workbook as the county knows it."""
    if not any(is_list(sheet) for sheet in workbook.sheets):
        return workbook
    return replace(workbook, sheets=[sheet for sheet in workbook.sheets if not is_list(sheet)])


def note_marks() -> Sequence[str]:
    """What a note of ours begins with, in every language."""
    return [text("returned.note_mark", language) for language in LANGUAGES]
