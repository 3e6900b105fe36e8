"""A county's own sheet: find the tables by their words, not by their place.

Three shapes are known: a roster under its field names, indicators down the side with one value
column, and units down the side with indicators across the top.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from loaders.headings import (
    MOST_ROWS,
    Heading,
    field_names,
    headings,
    indicator_names,
    row_label,
)
from loaders.meanings import NONE, Meanings
from loaders.names import calls, fold_heading, region, unit_word
from loaders.own.matching import match_fields, match_names
from loaders.own.quarter import VALUE_WORDS, is_value_heading
from loaders.own.titles import is_note, is_of_which, is_total, says_whose
from loaders.workbook import Cell, Sheet
from metrics.plan import Plan, Roster, Unit

_LABEL_WORDS = frozenset({"指标", "指标名称", "项目", "内容", "名称", "单位", "地区", "县市区", "indicator", "unit"})
MEASURE_WORDS = frozenset({"计量单位", "单位"})
_PERIOD_LIKE = re.compile(r"[季月]|半年|[QqＱ]")
_YEAR = re.compile(r"20\d\d(?:\.0)?")
_YEAR_ALONE = re.compile(r"20\d\d\s*年?度?")
_LOOK_ROWS = 60
_ENOUGH = 0.6
_NEARER = 3
"""How many rows below a possible heading a better one is looked for."""
_GAP = 0.1
"""Of several rows that could be the heading, the one just above the data is: each row between costs."""


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


class _Search:
    """One sheet and one plan, with what every look at them would otherwise work out again."""

    def __init__(self, sheet: Sheet, plan: Plan, meanings: Meanings) -> None:
        self.sheet, self.meanings = sheet, meanings
        self.rosters = tuple(plan.rosters.values())
        self.wanted = figure_names(plan)
        names = set().union(*self.wanted.values()) if self.wanted else set()
        fields = {name for roster in self.rosters for field in roster.fields for name in field_names(field)}
        shares = {fold_heading(one.name.zh) for one in plan.indicators.values() if one.kind == "share"}
        units = {name for unit in reporters(plan) for name in calls(unit, plan.units)}
        words = names | fields | VALUE_WORDS | _LABEL_WORDS | meanings.words
        names = names | meanings.labels
        self.headings: set[int] = set()
        self.labels: dict[int, list[int]] = {}
        self.units: dict[int, list[int]] = {}
        self.asides: set[int] = set()
        """Rows of totals and 其中: they name no unit, and that is no fault of the table."""
        for row, cells in sheet.rows.items():
            first = next(iter(cells.values())).value
            if is_total(first) or is_of_which(first):
                self.asides.add(row)
            for column, cell in cells.items():
                if cell.kind == "text" and (fold_heading(cell.value) in words or _PERIOD_LIKE.search(cell.value)):
                    self.headings.add(row)
                if column <= 8 and cell.kind == "text" and row_label(cell.value) in names | shares:
                    self.labels.setdefault(column, []).append(row)
                if column <= 6 and unit_word(cell.value) in units:
                    self.units.setdefault(column, []).append(row)


def find_blocks(sheet: Sheet, plan: Plan, meanings: Meanings = NONE) -> list[Block]:
    """All tables of a sheet, top to bottom."""
    search, blocks = _Search(sheet, plan, meanings), list[Block]()
    block = _next_block(search, 1)
    while block is not None:
        following = _after_a_gap(search, block)
        if following is not None:
            block = replace(block, rows=[row for row in block.rows if row < following.first])
        blocks.append(block)
        block = following or _next_block(search, max([block.last, *block.rows]) + 1)
    return blocks


def _after_a_gap(search: _Search, block: Block) -> Block | None:
    """Another table that begins under an empty row of this one."""
    starts = [row for row in block.rows if row - 1 not in search.sheet.rows and row - 1 > block.last]
    found = (_next_block(search, row) for row in starts[:5])
    return next((one for one in found if one is not None and one.rows), None)


def _next_block(search: _Search, start: int) -> Block | None:
    rows = [row for row in search.sheet.rows if row >= start][:_LOOK_ROWS]
    best: Block | None = None
    for first in rows:
        if best is not None and first > best.last + _NEARER:
            break
        for last in range(first, first + MOST_ROWS):
            if search.headings.isdisjoint(range(first, last + 1)):
                continue
            for block in _readings(search, first, last):
                # A later or deeper reading must be better, not just as good.
                if best is None or block.score > best.score:
                    best = block
    return best and _without_titles(best)


def _without_titles(block: Block) -> Block:
    """A title just above the headings is no level of them: it tells whose the table is."""
    sheet, first = block.sheet, block.first
    while first < block.last and _is_title(sheet, first):
        first += 1
    return block if first == block.first else replace(block, first=first, heads=headings(sheet, first, block.last))


def _is_title(sheet: Sheet, row: int) -> bool:
    cells = sheet.rows.get(row, {})
    if any(top == row < bottom for top, _, bottom, _ in sheet.merges):
        return False
    alone = len(cells) <= 1 and not any(_YEAR_ALONE.fullmatch(cell.value.strip()) for cell in cells.values())
    return alone or says_whose(cells.values())


def _readings(search: _Search, first: int, last: int) -> Iterator[Block]:
    """What rows `first`…`last` may be the heading of, each with how well it fits."""
    sheet, heads = search.sheet, headings(search.sheet, first, last)
    if len(heads) < 2:
        return
    data = data_rows(sheet, last)
    for roster in search.rosters:
        match = match_fields(heads, roster, search.meanings)
        required = [field.field for field in roster.fields if field.required] or list(roster.key)
        exact = [name for name in required if name in match.columns]
        if len(match) >= 2 and len(exact) >= _ENOUGH * len(required):
            yield Block(sheet, first, last, data, heads, "roster", len(match) + 1, roster)
    across = match_names(heads, search.wanted, meant=search.meanings.columns(heads))
    named = len(across) + len(across.twice)
    named = 0 if _holds_figures(sheet, first, last) else named
    if named and (found := _most(search.units, [row for row in data if row not in search.asides], 0.5)):
        column, _, before = found
        yield Block(sheet, first, last, data, heads, "units", named + 1 - _GAP * before, None, column)
    if (found := _most(search.labels, data, 0)) and (first == last or _merged_down(sheet, first, last)):
        column, hits, before = found
        if any(right > column and _holds_values(search, heading) for right, heading in heads.items()):
            yield Block(sheet, first, last, data, heads, "indicators", hits + 0.5 - _GAP * before, None, column)


def _holds_values(search: _Search, heading: Heading) -> bool:
    return is_value_heading(heading) or bool(search.meanings.value(heading))


def _most(places: dict[int, list[int]], data: list[int], share: float) -> tuple[int, int, int] | None:
    """The column with most known names among the data rows, how many, and the rows before the first."""
    best: tuple[int, int, int] | None = None
    inside = {row: at for at, row in enumerate(data)}
    for column, rows in sorted(places.items()):
        hits = [inside[row] for row in rows if row in inside]
        if hits and len(hits) >= share * len(data) and (best is None or len(hits) > best[1]):
            best = (column, len(hits), hits[0])
    return best


def figure_names(plan: Plan) -> dict[str, set[str]]:
    """`indicator/part` → what its row or column may be called."""
    typed = [(indicator, part) for indicator in plan.indicators.values() for part in indicator.typed_parts]
    return {f"{indicator.indicator}/{part}": indicator_names(indicator, part) for indicator, part in typed}


def _merged_down(sheet: Sheet, first: int, last: int) -> bool:
    return any(top <= first and bottom >= last > top for top, _, bottom, _ in sheet.merges)


def _holds_figures(sheet: Sheet, first: int, last: int) -> bool:
    """Whether the last heading row is a data row in truth: one whose unit nobody knows, say."""
    cells = sheet.rows.get(last, {}).values() if last > first else ()
    return any(cell.kind == "number" and not _YEAR.fullmatch(cell.value) for cell in cells)


def data_rows(sheet: Sheet, last: int) -> list[int]:
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


def unit_of(cell: Cell, plan: Plan) -> str | None:
    reading = region(cell.value, reporters(plan), plan.units)
    return str(reading.value) if reading.value else None


def reporters(plan: Plan) -> list[Unit]:
    return [plan.units[unit] for unit in plan.reporting_units()]
