"""What a file holds once it is open: sheets of cells that remember where and how they stood.

Every reader (xlsx, xls, csv, HTML) gives the same `Workbook`, and a workbook crosses from the
child process as plain JSON, so nothing that a hostile file builds is ever unpickled.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

CellKind = Literal["text", "number", "bool", "date", "error", "uncached"]
CellStyle = Literal["general", "percent", "date", "text"]

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384


class Cell(NamedTuple):
    """One filled cell. `value` is exact text: a number as Excel's 15 digits, a date as ISO.

    An error value keeps its kind, so `#REF!` never turns into an empty cell; `uncached` is a
    formula whose result nobody ever calculated.
    """

    row: int
    column: int
    kind: CellKind
    value: str
    shown: str = ""
    style: CellStyle = "general"
    formula: str = ""
    """'' for a typed value, else 'formula', 'external' (reads another file) or 'volatile'."""

    @property
    def address(self) -> str:
        return address(self.row, self.column)

    @property
    def as_shown(self) -> str:
        return self.shown or self.value


Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


@dataclass
class Sheet:
    name: str
    state: Literal["visible", "hidden", "veryHidden"] = "visible"
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def at(self, row: int, column: int) -> Cell | None:
        return self.cells.get((row, column))

    @cached_property
    def rows(self) -> dict[int, dict[int, Cell]]:
        """Filled rows in order, each its cells by column, without values hidden under a merge."""
        found: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items()):
            if (row, column) not in self.covered:
                found.setdefault(row, {})[column] = cell
        return found

    @cached_property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @cached_property
    def last_column(self) -> int:
        return max((column for _, column in self.cells), default=0)

    @cached_property
    def covered(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Cells that lie under a merge, each with the corner that shows for them.

        Merges are cut to the filled area first: one over the whole grid is a few cells here.
        """
        under: dict[tuple[int, int], tuple[int, int]] = {}
        for top, left, bottom, right in self.merges:
            for row in range(top, min(bottom, self.last_row) + 1):
                for column in range(left, min(right, self.last_column) + 1):
                    if (row, column) != (top, left):
                        under[row, column] = (top, left)
                if len(under) > 500_000:
                    return under
        return under

    def spread(self, row: int, column: int) -> Cell | None:
        """The cell seen at a place: its own, or that of the merge it lies under."""
        return self.cells.get(self.covered.get((row, column), (row, column)))

    def merge_of(self, row: int, column: int) -> Merge | None:
        """The merge whose showing corner is this cell."""
        return self._corners.get((row, column))

    @cached_property
    def _corners(self) -> dict[tuple[int, int], Merge]:
        return {(merge[0], merge[1]): merge for merge in self.merges}


@dataclass
class Workbook:
    """`marks` names what was met on the way and is worth a notice (macros, external links, …)."""

    form: Literal["xlsx", "xls", "csv", "html"]
    sheets: list[Sheet] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)

    def sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def address(row: int, column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def position(where: str) -> tuple[int, int]:
    """`C7` → (7, 3). Raises ValueError for anything else."""
    letters = where.rstrip("0123456789").replace("$", "")
    digits = where[len(where.rstrip("0123456789")) :]
    if not (letters.isascii() and letters.isalpha() and digits):
        raise ValueError(f"not a cell address: {where!r}")
    return int(digits), column_number(letters)


def reading_order(where: str) -> tuple[int, int]:
    """To sort places of a sheet: `position`; what is no cell (the whole sheet, a range) stands before all cells."""
    try:
        return position(where)
    except ValueError:
        return 0, 0


def to_plain(workbook: Workbook) -> dict[str, Any]:
    """The workbook as JSON-ready lists and texts."""
    return {
        "form": workbook.form,
        "marks": sorted(workbook.marks),
        "sheets": [
            {
                "name": sheet.name,
                "state": sheet.state,
                "cells": [list(cell) for cell in sheet.cells.values()],
                "merges": sheet.merges,
                "hidden_rows": sorted(sheet.hidden_rows),
                "hidden_columns": sorted(sheet.hidden_columns),
            }
            for sheet in workbook.sheets
        ],
    }


def from_plain(plain: dict[str, Any]) -> Workbook:
    sheets = []
    for part in plain["sheets"]:
        cells = {(cell[0], cell[1]): Cell(*cell) for cell in part["cells"]}
        merges = [(m[0], m[1], m[2], m[3]) for m in part["merges"]]
        hidden = set(part["hidden_rows"]), set(part["hidden_columns"])
        sheets.append(Sheet(part["name"], part["state"], cells, merges, *hidden))
    return Workbook(plain["form"], sheets, set(plain["marks"]))
