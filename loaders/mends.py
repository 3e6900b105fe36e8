"""Small faults mended in the browser: what was typed, laid over the opened workbook.

The original stays as it was sent. The workbook is judged again with the typed cells in place, by
the same rules, so that a mend can close a problem and open another like any other typing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from loaders.problem import Problem
from loaders.workbook import Cell, Workbook, position
from store.submissions import Mend

NOT_BY_TYPING = frozenset(
    {
        "columns_alike",
        "heading_is_date",
        "layout_changed",
        "merged_value",
        "percent_mixed",
        "unit_row_twice",
        "value_columns_alike",
    }
)
"""Faults of the layout: they name a cell, and no text in that one cell would heal them."""


def overlay(workbook: Workbook, mends: Sequence[Mend]) -> Workbook:
    """The workbook as if the mends had been typed into it; `workbook` itself is not changed.

    What is typed stands as text: every reading takes numbers and days as text too, and an 18-digit
    code would lose its last digits as a number. Later mends of a cell win; an empty one clears it.
    """
    sheets = []
    for sheet in workbook.sheets:
        mine = [mend for mend in mends if mend.sheet == sheet.name]
        if not mine:
            sheets.append(sheet)
            continue
        cells = dict(sheet.cells)
        for mend in mine:
            row, column = position(mend.cell)
            cells.pop((row, column), None)
            if typed := mend.typed.strip():
                cells[row, column] = Cell(row, column, "text", typed, style="text")
        sheets.append(replace(sheet, cells=cells))
    return replace(workbook, sheets=sheets)


def mendable(workbook: Workbook, problems: Iterable[Problem]) -> list[Problem]:
    """Problems that typing into their one cell may heal, the first of each cell, in their order."""
    found: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        if problem.code not in NOT_BY_TYPING and "alike" not in problem.values and _stands(workbook, problem):
            found.setdefault((problem.sheet, problem.cell), problem)
    return list(found.values())


def standing(workbook: Workbook, sheet: str, cell: str) -> str:
    """What a cell shows in the file as it was sent; nothing where it is empty."""
    found = workbook.sheet(sheet)
    there = found.at(*position(cell)) if found else None
    return there.as_shown if there else ""


def _stands(workbook: Workbook, problem: Problem) -> bool:
    sheet = workbook.sheet(problem.sheet)
    if sheet is None or sheet.state != "visible" or not problem.cell:
        return False
    try:
        place = position(problem.cell)
    except ValueError:  # a range or whole rows
        return False
    return place not in sheet.covered
