"""A sheet in which no known table was found: the rows that are most likely a table after all."""

from collections.abc import Mapping

from loaders.headings import Heading, headings, indicator_names, row_label
from loaders.own.alike import Column, alike, assigned, scored
from loaders.own.search import Block, data_rows
from loaders.workbook import Cell, Sheet
from metrics.plan import Plan

_LOOK_ROWS = 20
_LOOK_COLUMNS = 60
"""No list that anybody is asked for is wider; this runs where people wait for their page."""
_LEAST = 0.5
_SAMPLE = 30


def guess_blocks(sheet: Sheet, plan: Plan, unit: str) -> list[Block]:
    """The likeliest table of a sheet, if any looks likely at all."""
    best: Block | None = None
    for first in list(sheet.rows)[:_LOOK_ROWS]:
        cells = sheet.rows[first]
        if len(cells) < 2 or sum(cell.kind == "text" for cell in cells.values()) * 2 < len(cells):
            continue
        for block in (_as_roster(sheet, plan, unit, first), _as_indicators(sheet, plan, unit, first)):
            if block is not None and (best is None or block.score > best.score):
                best = block
    return [best] if best else []


def below(sheet: Sheet, rows: list[int], column: int) -> list[Cell]:
    """The first filled cells of a column."""
    return [cell for row in rows[:_SAMPLE] if (cell := sheet.at(row, column)) is not None]


def columns_of(sheet: Sheet, rows: list[int], heads: Mapping[int, Heading]) -> dict[int, Column]:
    """The columns under some headings, as they are held against the fields of a list."""
    return {column: Column(heading.words, below(sheet, rows, column)) for column, heading in heads.items()}


def _heads(sheet: Sheet, first: int) -> dict[int, Heading]:
    return {column: heading for column, heading in headings(sheet, first, first).items() if column <= _LOOK_COLUMNS}


def _as_roster(sheet: Sheet, plan: Plan, unit: str, first: int) -> Block | None:
    heads, rows = _heads(sheet, first), data_rows(sheet, first)
    columns = columns_of(sheet, rows, heads)
    best: Block | None = None
    for roster in plan.rosters_of(unit) if rows else ():
        pairs = assigned(scored(columns, roster.fields), _LEAST)
        score = sum(one for _, one in pairs.values())
        if len(pairs) >= 2 and (best is None or score > best.score):
            best = Block(sheet, first, first, rows, heads, "roster", score, roster)
    return best


def _as_indicators(sheet: Sheet, plan: Plan, unit: str, first: int) -> Block | None:
    heads, rows = _heads(sheet, first), data_rows(sheet, first)
    names = {n for i in plan.indicators_of(unit) for part in i.typed_parts for n in indicator_names(i, part)}
    best: Block | None = None
    for column in [column for column in heads if column <= 4]:
        labels = [cell.value for cell in below(sheet, rows, column) if cell.kind == "text"]
        near = [score for label in labels if (score := alike(row_label(label), names)) >= _LEAST]
        numbers = any(cell.kind == "number" for row in rows for at, cell in sheet.rows[row].items() if at > column)
        if numbers and len(near) >= 2 and (best is None or sum(near) > best.score):
            best = Block(sheet, first, first, rows, heads, "indicators", sum(near), None, column)
    return best
