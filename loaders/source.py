"""A figure's cell among its neighbours, as the sent file shows them.

What a reader checks a figure against is the county's own sheet, so the rows come from the kept
original and not from the database.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.mends import overlay
from loaders.workbook import Sheet, Workbook, address, column_number, position
from store.submissions import Mend

AROUND = 2
WIDTH = 10
_PLACE = re.compile(r"\$?([A-Z]{0,3})\$?(\d*)", re.IGNORECASE)


@dataclass(frozen=True)
class SourceCell:
    """One drawn cell; a merged one is `columns` wide. `found`: what stands in the file where it was mended."""

    text: str
    number: bool = False
    marked: bool = False
    columns: int = 1
    found: str | None = None


@dataclass(frozen=True)
class SourceRow:
    """`cells` by column number; places hidden under a merge are left out."""

    row: int
    cells: dict[int, SourceCell]
    heading: bool = False


@dataclass(frozen=True)
class SourceRows:
    """The window: column letters over numbered rows. `heading` rows stand apart from the rest."""

    sheet: str
    columns: tuple[tuple[int, str], ...]
    rows: tuple[SourceRow, ...]


def source_rows(
    workbook: Workbook, sheet: str, where: str, around: int = AROUND, mends: Sequence[Mend] = ()
) -> SourceRows:
    """The rows around `where`: a cell (`C7`), a range (`B6:F6`) or rows (`6:45`).

    Cells mended in the browser show what was typed and keep what stood there. Raises KeyError when
    the file has no such sheet.
    """
    mended = {position(mend.cell): mend.found for mend in mends if mend.sheet == sheet}
    found = overlay(workbook, mends).sheet(sheet)
    if found is None:
        raise KeyError(sheet)
    top, left, bottom, right = _window(where)
    heading = _heading(found, top)
    first = max(1, top - around)
    first = heading if heading is not None and heading >= first else first
    last = min(max(found.last_row, top), min(bottom, top + 8 * around) + around)
    columns = _columns(found, left, right)
    marked = (top, left or 1, bottom, right or found.last_column)
    shown = ([heading] if heading is not None and heading < first else []) + list(range(first, last + 1))
    return SourceRows(
        sheet=sheet,
        columns=tuple((column, address(1, column)[:-1]) for column in columns),
        rows=tuple(SourceRow(row, _row(found, row, columns, marked, mended), row == heading) for row in shown),
    )


def _window(where: str) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column; a column of 0 says the whole row."""
    ends = [_PLACE.fullmatch(end.strip()) for end in where.split(":")]
    if not all(ends) or not 1 <= len(ends) <= 2:
        raise ValueError(f"not a place in a sheet: {where!r}")
    places = [(int(end[2] or 1), column_number(end[1])) for end in ends if end]
    return places[0][0], places[0][1], places[-1][0], places[-1][1]


def _columns(sheet: Sheet, left: int, right: int) -> list[int]:
    """At most WIDTH columns, the marked ones among them, from the sheet's first where they fit."""
    last = max(sheet.last_column, right, 1)
    middle = left + (min(right, left + WIDTH - 1) - left) // 2
    start = 1 if max(left, right) <= WIDTH else max(1, min(middle - WIDTH // 2, last - WIDTH + 1))
    return list(range(start, min(last, start + WIDTH - 1) + 1))


def _heading(sheet: Sheet, before: int) -> int | None:
    """The row of headings: the first that is mostly text. What stands above it is title and advice."""
    for row, cells in sheet.rows.items():
        if row >= before:
            return None
        texts = [cell for cell in cells.values() if cell.kind == "text"]
        if len(texts) >= 3 and len(texts) * 2 > len(cells):
            return row
    return None


def _row(
    sheet: Sheet,
    row: int,
    columns: list[int],
    marked: tuple[int, int, int, int],
    mended: dict[tuple[int, int], str],
) -> dict[int, SourceCell]:
    """Merges are drawn across a row only; further rows of one show its text again."""
    cells = {}
    for column in columns:
        corner = sheet.covered.get((row, column), (row, column))
        if column != max(corner[1], columns[0]):
            continue
        cell = sheet.spread(row, column)
        merge = sheet.merge_of(*corner)
        cells[column] = SourceCell(
            text=cell.as_shown if cell else "",
            number=bool(cell and cell.kind == "number"),
            marked=marked[0] <= row <= marked[2] and marked[1] <= column <= marked[3],
            columns=min(merge[3], columns[-1]) - column + 1 if merge else 1,
            found=mended.get((row, column)),
        )
    return cells
