"""The scorecard's arrangement: which unit stands where, and what each cell says.

Only the arrangement: the page draws it as a table, so that it can be read, searched and followed
by keyboard; exports draw the same cells.
"""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from charts.standing import Standing, seen_status, standing
from charts.values import measured, written
from locales.formats import UNKNOWN, is_unknown, percent, signed
from metrics.plan import Indicator
from metrics.result import Result

Measure = Literal["lead", "attainment", "actual"]
MEASURES: tuple[Measure, ...] = ("lead", "attainment", "actual")


@dataclass(frozen=True)
class Cell:
    """`full` names everything the small cell leaves out. `lit` cells carry a status; the others a quiet
    bar as long as their `share` (0 to 100) of the largest unit."""

    indicator: str
    unit: str
    shown: str
    full: str
    status: str
    lit: bool
    provisional: bool
    stale: bool
    share: float = 0.0


@dataclass(frozen=True)
class Row:
    unit: str
    cells: tuple[Cell, ...]
    standing: Standing


@dataclass(frozen=True)
class Scorecard:
    """The city's row, the units from the best to the worst, and per indicator how many are behind."""

    indicators: tuple[Indicator, ...]
    city: Row
    rows: tuple[Row, ...]
    behind: tuple[int, ...]

    @property
    def statuses(self) -> set[str]:
        """What the cells show: for the legend."""
        return {cell.status for row in (self.city, *self.rows) for cell in row.cells}


def compared(result: Result) -> tuple[Indicator, ...]:
    """Indicators that the units of the set report themselves; first those that bind each unit."""
    own = [i for i in result.plan.indicators.values() if "@units" in i.reporters and i.typed_parts]
    return tuple(sorted(own, key=lambda indicator: indicator.scope == "city"))


def measures(result: Result) -> tuple[Measure, ...]:
    """What can be shown: a measure that no unit has is not offered."""
    rows = _units_only(result)
    return tuple(name for name in MEASURES if name == "actual" or rows[name].map(lambda v: not is_unknown(v)).any())


def first_measure(result: Result) -> Measure:
    """Distance from the path when several indicators have one among the units, else plain values."""
    rows = _units_only(result)
    paced = {name for name, lead in zip(rows["indicator"], rows["lead"], strict=True) if not is_unknown(lead)}
    return "lead" if len(paced) > 1 else "actual"


def scorecard(result: Result, measure: Measure, language: str) -> Scorecard:
    indicators = compared(result)
    if measure != "actual":
        own = _units_only(result)
        has = {name for name, value in zip(own["indicator"], own[measure], strict=True) if not is_unknown(value)}
        indicators = tuple(i for i in indicators if i.indicator in has)
    table = result.progress[result.progress["indicator"].isin([i.indicator for i in indicators])]
    units = [unit.unit for unit in result.units]
    largest = {i.indicator: _largest(table[table["unit"].isin(units)], i) for i in indicators}
    rows = [_row(table, unit, indicators, measure, language, largest) for unit in units]
    behind = tuple(
        standing(table[(table["indicator"] == i.indicator) & table["unit"].isin(units)]).bad for i in indicators
    )
    best_first = sorted(rows, key=lambda row: (-row.standing.share, -row.standing.good))
    city = _row(table, result.plan.area, indicators, measure, language, {})
    return Scorecard(indicators, city, tuple(best_first), behind)


def _largest(table: pd.DataFrame, indicator: Indicator) -> float:
    values = table.loc[table["indicator"] == indicator.indicator, "actual"]
    return max((float(value) for value in values if not is_unknown(value)), default=0.0)


def _units_only(result: Result) -> pd.DataFrame:
    return result.progress[result.progress["unit"] != result.plan.area]


def _row(
    table: pd.DataFrame,
    unit: str,
    indicators: tuple[Indicator, ...],
    measure: Measure,
    language: str,
    largest: dict[str, float],
) -> Row:
    own = table[table["unit"] == unit]
    by_indicator = {row["indicator"]: row for _, row in own.iterrows()}
    cells = tuple(
        _cell(by_indicator.get(i.indicator), i, unit, measure, language, largest.get(i.indicator, 0))
        for i in indicators
    )
    return Row(unit, cells, standing(own))


def _cell(
    row: pd.Series | None, indicator: Indicator, unit: str, measure: Measure, language: str, largest: float
) -> Cell:
    if row is None:
        return Cell(indicator.indicator, unit, UNKNOWN, UNKNOWN, "not_applicable", False, False, False)
    status = seen_status(row)
    full = measured(row["actual"], indicator, language)
    if not is_unknown(row["target"]):
        full += f" / {measured(row['target'], indicator, language)}"
    return Cell(
        indicator=indicator.indicator,
        unit=unit,
        shown=_shown(row, indicator, measure),
        full=full,
        status=status,
        lit=status not in ("no_target", "not_applicable"),
        provisional=bool(row["provisional"]),
        stale=any(str(tag).startswith("stale") for tag in row["tags"]),
        share=100 * float(row["actual"]) / largest if largest and not is_unknown(row["actual"]) else 0.0,
    )


def _shown(row: pd.Series, indicator: Indicator, measure: Measure) -> str:
    if measure == "lead":
        return signed(row["lead"])
    if measure == "attainment":
        return percent(row["attainment"])
    return written(row["actual"], indicator)
