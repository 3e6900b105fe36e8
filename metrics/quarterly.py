"""What the last quarter brought, beside what the one before did (环比).

A level is set against the level of the quarter before. What a unit adds is set against what it added
then: a running sum always grows, and saying so would be no news.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from metrics.period import Period
from metrics.plan import ADDED, Indicator

COMPARED = ("stock", "floor", "share", *ADDED)
"""Kinds with a value of their own for each quarter."""


@dataclass(frozen=True)
class Quarterly:
    """`before` and `now` are None where nobody reported, or where other units did than the quarter before."""

    unit: str
    before: Decimal | None
    now: Decimal | None
    comparable: bool = True

    @property
    def change(self) -> Decimal | None:
        return None if self.before is None or self.now is None or not self.comparable else self.now - self.before


Rows = Mapping[str, Mapping[str, object]]
"""One unit's rows of the history by quarter."""


def quarterly(history: pd.DataFrame, indicator: Indicator, as_of: Period, area: str) -> dict[str, Quarterly]:
    """By unit (the plan's area included) from `metrics.history.history`; empty for kinds without quarters."""
    if indicator.kind not in COMPARED:
        return {}
    rows: dict[str, dict[str, Mapping[str, object]]] = {}
    for row in history[history["indicator"] == indicator.indicator].to_dict("records"):
        rows.setdefault(str(row["unit"]), {})[str(row["period"])] = {str(name): value for name, value in row.items()}
    value = _added if indicator.kind in ADDED else _level
    found = {}
    for unit, known in rows.items():
        whole = unit == area
        before, now = (value(known, indicator, quarter, whole) for quarter in (as_of + -1, as_of))
        found[unit] = Quarterly(unit, before, now, _absent(known, as_of) == _absent(known, as_of + -1))
    # A unit that is new in the sum, or whose last figure is older than a quarter, would pass for growth.
    if area in found and any(own.now is not None and own.before is None for own in found.values() if own.unit != area):
        found[area] = replace(found[area], comparable=False)
    return found


def _absent(rows: Rows, quarter: Period) -> object:
    """The units without a figure in a quarter: a sum over other units is not comparable."""
    return rows.get(str(quarter), {}).get("missing_units")


def _level(rows: Rows, indicator: Indicator, quarter: Period, whole: bool) -> Decimal | None:
    """The level at the quarter's end; one carried over from an older quarter is no news."""
    row = rows.get(str(quarter), {})
    actual = row.get("actual")
    return actual if isinstance(actual, Decimal) and (whole or not row["provisional"]) else None


def _added(rows: Rows, indicator: Indicator, quarter: Period, whole: bool) -> Decimal | None:
    """What the quarter added to the running sum, which of a yearly count begins anew each January."""
    row = rows.get(str(quarter), {})
    actual = row.get("actual")
    if not isinstance(actual, Decimal) or (not whole and row["missing_units"]):
        return None
    fresh = indicator.kind == "annual" and quarter.quarter == 1
    earlier = None if fresh else rows.get(str(quarter + -1), {}).get("actual")
    return actual - earlier if isinstance(earlier, Decimal) else actual
