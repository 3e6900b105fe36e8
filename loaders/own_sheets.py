"""A county's own sheet: find the tables by their words, not by their place.

Three shapes are known: a roster under its field names, indicators down the side with one value
column, and units down the side with indicators across the top.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.dates import arabic, period_in
from loaders.headings import MOST_ROWS, Heading, headings, indicator_names, match_fields, match_names, row_label
from loaders.names import fold_name, region
from loaders.reading import fold
from loaders.titles import is_note
from loaders.workbook import Cell, Sheet
from metrics.plan import Plan, Roster, Unit

_VALUE_WORDS = frozenset(
    {
        *("本季数", "本季度", "本季", "本季度数", "本季实绩", "本季完成", "本季完成数", "本季新增", "当季", "当季数"),
        *(
            "本期数",
            "本期",
            "本期实际",
            "数值",
            "数量",
            "数",
            "实际",
            "实际数",
            "实际完成",
            "完成数",
            "完成情况",
            "完成值",
        ),
        *("填报数", "填报值", "value", "actual", "thisquarter"),
    }
)
MEASURE_WORDS = frozenset({"计量单位", "单位"})
_LOOK_ROWS = 60
_ENOUGH = 0.6


@dataclass(frozen=True)
class Block:
    """A table found in a sheet: its heading rows, its data rows, and how it reads."""

    sheet: Sheet
    first: int
    last: int
    rows: list[int]
    heads: dict[int, Heading]
    kind: str
    score: float
    roster: Roster | None = None
    label_column: int = 0


def find_blocks(sheet: Sheet, plan: Plan, unit: str | None) -> list[Block]:
    """All tables of a sheet, top to bottom."""
    blocks: list[Block] = []
    start = 1
    while (block := _next_block(sheet, plan, unit, start)) is not None:
        blocks.append(block)
        start = max([block.last, *block.rows]) + 1
    return blocks


def _next_block(sheet: Sheet, plan: Plan, unit: str | None, start: int) -> Block | None:
    rows = [row for row in sheet.rows if row >= start][:_LOOK_ROWS]
    best: Block | None = None
    for first in rows:
        for last in range(first, first + MOST_ROWS):
            heads = headings(sheet, first, last)
            for block in _readings(sheet, plan, unit, first, last, heads):
                # A later or deeper reading must be better, not just as good.
                if best is None or block.score > best.score:
                    best = block
        if best is not None and first > best.last:
            break
    return best


def _readings(
    sheet: Sheet, plan: Plan, unit: str | None, first: int, last: int, heads: dict[int, Heading]
) -> Iterator[Block]:
    """What rows `first`…`last` may be the heading of, each with how well it fits."""
    if len(heads) < 2:
        return
    data = _data_rows(sheet, last)
    owed = plan.rosters_of(unit) if unit else tuple(plan.rosters.values())
    for roster in owed:
        match = match_fields(heads, roster)
        required = [field.field for field in roster.fields if field.required] or list(roster.key)
        exact = [name for name in required if name in match.columns]
        if len(match) >= 2 and len(exact) >= _ENOUGH * len(required):
            yield Block(sheet, first, last, data, heads, "roster", len(match) + 1, roster)
    wanted = figure_names(plan, unit)
    across = match_names(heads, wanted)
    if across.columns and (column := _unit_column(sheet, data, plan)):
        yield Block(sheet, first, last, data, heads, "units", len(across) + 1, None, column)
    if first == last or _merged_down(sheet, first, last):
        side = _label_column(sheet, data, wanted)
        if side is not None and value_columns(heads, side[0]):
            yield Block(sheet, first, last, data, heads, "indicators", side[1] + 0.5, None, side[0])


def figure_names(plan: Plan, unit: str | None) -> dict[str, set[str]]:
    """`indicator/part` → what its row or column may be called."""
    owed = plan.indicators_of(unit) if unit else (i for i in plan.indicators.values() if i.typed_parts)
    return {f"{i.indicator}/{part}": indicator_names(i, part) for i in owed for part in i.typed_parts}


def _merged_down(sheet: Sheet, first: int, last: int) -> bool:
    return any(top <= first and bottom >= last > top for top, _, bottom, _ in sheet.merges)


def _data_rows(sheet: Sheet, last: int) -> list[int]:
    """Rows under a heading, to the notes and signatures at the end."""
    rows: list[int] = []
    for row, cells in sheet.rows.items():
        if row <= last:
            continue
        if rows and row - rows[-1] > 3:
            break
        if any(cell.kind == "text" and is_note(cell.value) for cell in list(cells.values())[:2]):
            break
        rows.append(row)
    return rows


def _unit_column(sheet: Sheet, rows: list[int], plan: Plan) -> int:
    """The column of names of units (0: none)."""
    for column in range(1, min(sheet.last_column, 6) + 1):
        cells = [cell for row in rows if (cell := sheet.at(row, column)) is not None]
        if cells and sum(unit_of(cell, plan) is not None for cell in cells) * 2 >= len(cells):
            return column
    return 0


def unit_of(cell: Cell, plan: Plan) -> str | None:
    reading = region(cell.value, reporters(plan), plan.units)
    return str(reading.value) if reading.value else None


def reporters(plan: Plan) -> list[Unit]:
    return [plan.units[unit] for unit in plan.reporting_units()]


def _label_column(sheet: Sheet, rows: list[int], wanted: dict[str, set[str]]) -> tuple[int, int] | None:
    """The column with most names of indicators, and how many."""
    names = set().union(*wanted.values()) if wanted else set()
    best: tuple[int, int] | None = None
    for column in range(1, min(sheet.last_column, 8) + 1):
        cells = [cell for row in rows if (cell := sheet.at(row, column)) is not None and cell.kind == "text"]
        hits = sum(row_label(cell.value) in names for cell in cells)
        if hits and (best is None or hits > best[1]):
            best = (column, hits)
    return best


def value_columns(heads: dict[int, Heading], label_column: int) -> list[int]:
    """Columns to the right of the labels that may hold this quarter's values."""
    return [column for column, heading in heads.items() if column > label_column and is_value_heading(heading)]


def is_value_heading(heading: Heading) -> bool:
    if any(word in _VALUE_WORDS for word in heading.words):
        return True
    return any(cell.kind == "date" or heading_period(cell, 2000) is not None for cell in heading.cells)


def heading_period(cell: Cell, year: int) -> tuple[object, bool] | None:
    """The quarter a heading names and whether it is cumulative; None when it names none."""
    if cell.kind != "text":
        return None
    text = fold_name(cell.value)
    for end in ("数", "实绩", "实际", "完成数", "完成", "累计", "累计数"):
        text = text.removesuffix(end) if len(text) > len(end) + 1 else text
    reading = period_in(arabic(fold(text)), year)
    if reading.value is None:
        return None
    return reading.value, reading.code == "cumulative_period"
