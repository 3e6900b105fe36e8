"""A sheet in which no known table was found: the rows that are most likely a table after all."""

from loaders.headings import headings, indicator_names, row_label
from loaders.own.alike import alike, assigned, field_alike
from loaders.own.search import Block, data_rows
from loaders.workbook import Cell, Sheet
from metrics.plan import Plan

_LOOK_ROWS = 20
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


def _as_roster(sheet: Sheet, plan: Plan, unit: str, first: int) -> Block | None:
    heads, rows = headings(sheet, first, first), data_rows(sheet, first)
    best: Block | None = None
    for roster in plan.rosters_of(unit) if rows else ():
        scores = {
            (column, field.field): field_alike(heading, below(sheet, rows, column), field)
            for column, heading in heads.items()
            for field in roster.fields
        }
        pairs = assigned(scores, _LEAST)
        score = sum(one for _, one in pairs.values())
        if len(pairs) >= 2 and (best is None or score > best.score):
            best = Block(sheet, first, first, rows, heads, "roster", score, roster)
    return best


def _as_indicators(sheet: Sheet, plan: Plan, unit: str, first: int) -> Block | None:
    heads, rows = headings(sheet, first, first), data_rows(sheet, first)
    names = {n for i in plan.indicators_of(unit) for part in i.typed_parts for n in indicator_names(i, part)}
    best: Block | None = None
    for column in [column for column in heads if column <= 4]:
        labels = [cell.value for cell in below(sheet, rows, column) if cell.kind == "text"]
        near = [score for label in labels if (score := alike(row_label(label), names)) >= _LEAST]
        numbers = any(cell.kind == "number" for row in rows for at, cell in sheet.rows[row].items() if at > column)
        if numbers and len(near) >= 2 and (best is None or sum(near) > best.score):
            best = Block(sheet, first, first, rows, heads, "indicators", sum(near), None, column)
    return best
