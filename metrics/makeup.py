"""What a figure is put together from: a city's from its units, a unit's flow from its quarters.

The parts and what is left over always come to the figure, so that whoever opens it can add up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import pandas as pd

from metrics.board import COUNTED_BY_UNIT
from metrics.facts import FLOWS
from metrics.period import Period, periods
from metrics.plan import RATIOS, Indicator

How = Literal["sum", "ratio", "passing"]
Rest = Literal["shared", "former", "rest"]


@dataclass(frozen=True)
class Part:
    """`key`: a unit or a quarter. `period`: the quarter its value is of, where it stands for another."""

    key: str
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    period: str | None = None


@dataclass(frozen=True)
class Makeup:
    """`how` the parts come together; `rest` is what they do not say, and `why` what it is."""

    how: How
    parts: tuple[Part, ...]
    total: Decimal | None
    rest: Decimal
    why: Rest | None

    @property
    def summed(self) -> Decimal:
        return _sum(part.value for part in self.parts)


def of_city(progress: pd.DataFrame, indicator: Indicator, history: pd.DataFrame | None = None) -> Makeup | None:
    """The city figure from its units; None where one reporter makes it, or parts of a composite do.

    With `history` (`metrics.history`) the units of before a reform stand as parts of their own.
    """
    rows = [row for row in progress.to_dict("records") if row["indicator"] == indicator.indicator]
    if len(rows) < 3 or indicator.kind == "composite":
        return None
    city, units = rows[0], rows[1:]
    parts = tuple(
        Part(row["unit"], row["actual"], row["numerator"], row["denominator"], row["value_period"]) for row in units
    )
    if indicator.kind in RATIOS:
        return Makeup("ratio", parts, city["actual"], Decimal(0), None)
    if indicator.kind in COUNTED_BY_UNIT:
        return Makeup("passing", parts, city["passing_units"], Decimal(0), None)
    if history is not None and indicator.kind in FLOWS:
        known = {row["unit"] for row in rows}
        parts += _former(history, indicator, known, until(Period.parse(city["as_of"]), city["tags"]))
    return _summed(parts, city["actual"], city["tags"])


def _former(history: pd.DataFrame, indicator: Indicator, known: set[str], last: Period) -> tuple[Part, ...]:
    """What units that stand no more had come to in their last quarter; of a yearly count, in that year only."""
    rows = history[(history["indicator"] == indicator.indicator) & ~history["unit"].isin(known)]
    parts = []
    for row in rows.drop_duplicates("unit", keep="last").to_dict("records"):
        counts = indicator.kind != "annual" or Period.parse(row["period"]).year == last.year
        if counts and row["actual"] is not None:
            parts.append(Part(row["unit"], row["actual"], period=row["period"]))
    return tuple(parts)


def of_flow(
    facts: pd.DataFrame,
    indicator: Indicator,
    total: Decimal | None,
    as_of: Period,
    start: Period,
    tags: Sequence[str] = (),
) -> Makeup | None:
    """A unit's flow from what it added in each quarter; None for anything else.

    `facts`: the unit's actuals of the indicator; `tags` of its row: a final count is opened into the
    quarters of the year it stands for. A year begins anew; everything else at the plan's start.
    The newest quarter first; what lies before the first one reported is left out.
    """
    if indicator.kind not in FLOWS or indicator.kind in RATIOS:
        return None
    as_of = until(as_of, tags)
    first = max(start, Period(as_of.year, 1)) if indicator.kind == "annual" else start
    said = dict(zip(facts["period"], facts["number"], strict=True))
    quarters = [str(quarter) for quarter in periods(first, as_of)]
    begun = next((at for at, quarter in enumerate(quarters) if quarter in said), len(quarters))
    parts = tuple(Part(quarter, said.get(quarter), period=quarter) for quarter in reversed(quarters[begun:]))
    return _summed(parts, total, ())


def until(as_of: Period, tags: Sequence[str]) -> Period:
    """The last quarter a row's figure can be of: `as_of`, or the end of the year whose count is final."""
    years = [int(str(tag).removeprefix("final:")) for tag in tags if str(tag).startswith("final:")]
    return min([as_of, *(Period(year, 4) for year in years)])


def _summed(parts: tuple[Part, ...], total: Decimal | None, tags: Sequence[str]) -> Makeup:
    rest = Decimal(0) if total is None else total - _sum(part.value for part in parts)
    return Makeup("sum", parts, total, rest, _why(tags) if rest else None)


def _why(tags: Sequence[str]) -> Rest:
    shared, former = (any(str(tag).startswith(f"{name}:") for tag in tags) for name in ("shared", "former"))
    return "rest" if shared == former else "shared" if shared else "former"


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))
