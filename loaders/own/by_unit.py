"""A table with units down the side and indicators across the top: only one's own row is read."""

from collections.abc import Iterable

from loaders.filled import unit_both
from loaders.found import Found
from loaders.names import region
from loaders.own.figures import add, figure
from loaders.own.matching import Match, match_names
from loaders.own.quarter import heading_fits, is_this_quarter
from loaders.own.rosters import say_loose
from loaders.own.search import Block, figure_names, reporters, unit_of
from loaders.own.titles import Titles, is_of_which, is_total
from loaders.own.totals import totals
from loaders.reform import of_its_time
from loaders.workbook import Cell


def read_by_unit(block: Block, found: Found, titles: Titles) -> None:
    rows: dict[str, list[int]] = {}
    for row in block.rows:
        cell = block.sheet.at(row, block.label_column)
        if cell is None or is_total(cell.value) or is_of_which(cell.value):
            continue
        unit = unit_of(cell, found.plan)
        if unit is None:
            _unknown_unit(cell, block, found)
        else:
            rows.setdefault(of_its_time(found.plan, unit, found.period), []).append(row)
    mine = rows.pop(found.unit, [])
    if len(mine) != 1:
        code = "unit_row_missing" if not mine else "unit_row_twice"
        found.say("error", code, block.sheet.name, unit=unit_both(found.plan, found.unit))
        return
    if rows:
        names = [unit_both(found.plan, unit) for unit in rows]
        others = {"zh": "、".join(name["zh"] for name in names), "en": ", ".join(name["en"] for name in names)}
        found.say("notice", "other_units_ignored", block.sheet.name, units=others)
    wanted = figure_names(found.plan)
    match = match_names(block.heads, wanted, meant=found.meanings.columns(block.heads))
    for key, column in [*match.columns.items(), *_by_period(block, match, found)]:
        indicator, part = figure(found, key)
        heading = block.heads[column]
        if heading_fits(heading, block.sheet, found):
            add(found, block.sheet, mine[0], column, indicator, part, heading.measure, titles)
    names_of = {key: {"zh": figure(found, key)[0].name.zh, "en": figure(found, key)[0].name.en} for key in wanted}
    say_loose(block, match, names_of, found)
    for key, column in match.columns.items():
        totals(block, [column], found, rounded=figure(found, key)[0].money)


def _unknown_unit(cell: Cell, block: Block, found: Found) -> None:
    reading = region(cell.value, reporters(found.plan), found.plan.units)
    found.say("error", reading.code, block.sheet.name, cell.address, cell.value, **reading.values)


def _by_period(block: Block, match: Match, found: Found) -> Iterable[tuple[str, int]]:
    """Where several columns carry one indicator, the one of this quarter."""
    for key, columns in match.twice.items():
        fitting = [column for column in columns if is_this_quarter(block.heads[column], found)]
        if len(fitting) == 1:
            yield key, fitting[0]
        else:
            cells = [block.heads[column].cells[-1].address for column in columns]
            indicator = figure(found, key)[0]
            name = {"zh": indicator.name.zh, "en": indicator.name.en}
            found.say("error", "columns_alike", block.sheet.name, cells[0], field=name, cells="、".join(cells))
