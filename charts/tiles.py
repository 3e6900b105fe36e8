"""The tile grid: one tile a unit, lying roughly where the place lies. No boundary is drawn."""

import csv
from dataclasses import dataclass
from functools import cache
from math import ceil, sqrt
from pathlib import Path

import pandas as pd

from charts.standing import seen_status
from charts.values import measured, row_of, rows_of
from locales.formats import is_unknown, percent, signed
from metrics.plan import Indicator
from metrics.result import Result

PLACES = Path(__file__).parent.parent / "data" / "tiles.csv"


@dataclass(frozen=True)
class Column:
    """One quarter's small column: `size` −100 to 100 of the tallest, None where nothing is known; its status."""

    period: str
    size: float | None
    status: str


@dataclass(frozen=True)
class Tile:
    unit: str
    row: int
    column: int
    name: str
    status: str
    provisional: bool
    value: str
    side: str
    columns: tuple[Column, ...]
    above: bool
    """No column goes down, so the line they stand on may lie at the bottom."""


@cache
def places(unit_set: str) -> dict[str, tuple[int, int]]:
    """Row and column of each unit of a set, the city included; empty when nobody has laid it out."""
    with PLACES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {r["unit"]: (int(r["row"]), int(r["col"])) for r in rows if r["unit_set"] == unit_set}


def tiles(result: Result, indicator: Indicator, language: str) -> tuple[Tile, ...]:
    """City first, then the units. Columns show the distance from the path, else the actual."""
    units = [result.plan.area, *(unit.unit for unit in result.units)]
    known = places(result.unit_set)
    side = ceil(sqrt(len(units)))
    laid_out = {unit: known.get(unit, divmod(n, side)) for n, unit in enumerate(units)}
    if not set(units) <= known.keys():
        laid_out = {unit: divmod(n, side) for n, unit in enumerate(units)}
    own = rows_of(result.history, indicator=indicator.indicator)
    by_lead = has_lead(result, indicator)
    field = "lead" if by_lead else "actual"
    sizes = own[own["unit"] != result.plan.area][field]
    known_sizes = [float(size) for size in sizes if not is_unknown(size)]
    tallest = max(map(abs, known_sizes), default=0.0) or 1.0
    above = min(known_sizes, default=0.0) >= 0
    found = ((unit, row_of(result.progress, indicator=indicator.indicator, unit=unit)) for unit in units)
    return tuple(
        Tile(
            unit=unit,
            row=laid_out[unit][0],
            column=laid_out[unit][1],
            name=result.plan.units[unit].label(language, short=True),
            status=seen_status(row),
            provisional=bool(row["provisional"]),
            value=_value(row, indicator, unit == result.plan.area, language),
            side=signed(row["lead"]) if by_lead and not is_unknown(row["lead"]) else _attained(row),
            columns=() if unit == result.plan.area else _columns(rows_of(own, unit=unit), field, tallest),
            above=above,
        )
        for unit, row in found
        if row is not None
    )


def _value(row: pd.Series, indicator: Indicator, city: bool, language: str) -> str:
    """The figure; of a floor the city's says how many units reach it: `5/7`."""
    if city and indicator.kind == "floor" and not is_unknown(row["passing_units"]):
        return f"{row['passing_units']}/{row['units_expected']}"
    return measured(row["actual"], indicator, language)


def has_lead(result: Result, indicator: Indicator) -> bool:
    """Whether units of this indicator are measured against a path."""
    rows = rows_of(result.progress, indicator=indicator.indicator)
    rows = rows[rows["unit"] != result.plan.area]
    return bool(rows["lead"].map(lambda lead: not is_unknown(lead)).any())


def _attained(row: pd.Series) -> str:
    return "" if is_unknown(row["attainment"]) else percent(row["attainment"])


def _columns(past: pd.DataFrame, field: str, tallest: float) -> tuple[Column, ...]:
    return tuple(
        Column(str(row["period"]), None if is_unknown(row[field]) else 100 * float(row[field]) / tallest, row["status"])
        for _, row in past.iterrows()
    )
