"""Rules about the rows of rosters, and about the totals under tables."""

from collections.abc import Iterator
from decimal import Decimal

from loaders.case import Broken, Case
from loaders.names import fold_name
from loaders.numbers import number
from metrics.plan import Field
from store.submissions import RosterRow

EARLIEST = "1900-01-01"
YEARS_AHEAD = 30


def row_twice(case: Case) -> Iterator[Broken]:
    """A roster's key makes a row distinct; letter case, width and spaces do not."""
    for roster in case.rosters():
        seen: dict[tuple[str, ...], RosterRow] = {}
        for row in case.rows(roster.roster):
            key = tuple(fold_name(row.values.get(name, "")) for name in roster.key)
            if not any(key):
                continue
            first = seen.setdefault(key, row)
            if first is not row:
                shown = "、".join(row.values[name] for name in roster.key if name in row.values)
                where = next(row.cells[name] for name in roster.key if name in row.cells)
                yield Broken(row.sheet, where, shown, {"row": row.row, "other_row": first.row})


def date_order(case: Case) -> Iterator[Broken]:
    for roster in case.rosters():
        names = {field.field: {"zh": field.name.zh, "en": field.name.en} for field in roster.fields}
        for row in case.rows(roster.roster):
            for early, late in roster.orders:
                if early in row.values and late in row.values and row.values[early] > row.values[late]:
                    values = {"early": names[early], "late": names[late], "other_cell": row.cells[early]}
                    yield Broken(row.sheet, row.cells[late], row.values[late], {**values, "other": row.values[early]})


def date_out_of_range(case: Case) -> Iterator[Broken]:
    latest = f"{case.found.period.year + YEARS_AHEAD}-12-31"
    for row, field, value in case.cells_of("date"):
        if not EARLIEST <= value <= latest:
            yield _in(row, field)


def date_after_quarter(case: Case) -> Iterator[Broken]:
    """A row that only begins to count after the quarter is kept, and does not count yet."""
    end = case.found.period.end.isoformat()
    starts = {
        (rule.roster, name)
        for indicator in case.plan.indicators.values()
        for rule in indicator.counts.values()
        for name in rule.since
    }
    for row, field, value in case.cells_of("date"):
        if (row.roster, field.field) in starts and value > end:
            yield _in(row, field, end=end)


def row_negative(case: Case) -> Iterator[Broken]:
    for row, field, value in case.cells_of("number", "money"):
        if Decimal(value) < 0:
            yield _in(row, field)


def code_of_elsewhere(case: Case) -> Iterator[Broken]:
    """A firm registered outside the area may be right (a headquarters' shop), so it is only said."""
    area = case.plan.area
    province = area.endswith("0000")
    here = (area[:2] if province else area[:4], f"{area[:2]}0000", "100000")
    for row, field, value in case.cells_of("uscc"):
        if len(value) == 18 and not value[2:].startswith(here):
            yield _in(row, field)


def _in(row: RosterRow, field: Field, **values: object) -> Broken:
    return Broken(row.sheet, row.cells[field.field], row.values[field.field], values)


def total_differs(case: Case) -> Iterator[Broken]:
    """合计 against its rows; amounts may each have been rounded, counts add up exactly."""
    for total in case.found.totals:
        told, parts = number(total.cell), [number(cell) for cell in total.parts]
        if told.value is None or any(part.severity == "error" for part in parts):
            continue
        numbers = [part.value for part in parts if part.value is not None]
        added = sum(numbers, Decimal(0))
        decimals = max(0, *(-int(value.as_tuple().exponent) for value in [told.value, *numbers]))
        room = Decimal(5).scaleb(-decimals - 1) * len(parts) if total.rounded or decimals else Decimal(0)
        if abs(told.value - added) > room:
            values = {"cells": f"{total.parts[0].address}:{total.parts[-1].address}", "sum": f"{added:f}"}
            yield Broken(total.sheet.name, total.cell.address, total.cell.as_shown, values)
