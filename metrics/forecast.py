"""Paces per quarter and where they lead by the deadline (semantics §4).

Only counts and sums have a forecast: shares, milestones, composites, floors and cadences have none.
"""

from decimal import Decimal
from fractions import Fraction

from metrics.facts import FLOWS, Series, quarters
from metrics.kinds import flow, level, window_of
from metrics.period import Period
from metrics.plan import Comparison

FORECAST_KINDS = frozenset({"stock", "cumulative", "annual"})
FARTHEST = 100
"""Quarters; an arrival farther off than 25 years is none."""


def average_pace(
    series: Series, actual: Decimal, as_of: Period, first: Period, baseline: Decimal | None
) -> Fraction | None:
    """(actual − baseline) / quarters elapsed: since the plan began, or in the year for yearly counts.

    None where the baseline is unknown: 10000 existing firms are not the work of the first quarters.
    """
    if series.indicator.kind == "annual":
        return Fraction(actual) / len(window_of(series.indicator, as_of, first))
    passed = as_of - first + 1
    return None if baseline is None or passed <= 0 else (Fraction(actual) - Fraction(baseline)) / passed


def recent_pace(
    series: Series, units: tuple[str, ...], actual: Decimal, as_of: Period, first: Period, baseline: Decimal | None
) -> Fraction | None:
    """Mean increase of the last four quarters, fewer if fewer exist.

    A flow: what was added per quarter that has a value. A level: its rise since four quarters ago,
    or since the earliest published quarter after that (or the baseline, just before the plan).
    """
    if series.indicator.kind in FLOWS:
        window = quarters(max(first, as_of + -3), as_of)
        published = [quarter for quarter in window if any(series.fact(unit, quarter) for unit in units)]
        added = flow(series, units, window).actual if published else None
        return None if added is None else Fraction(added) / len(published)
    for back in (4, 3, 2, 1):
        earlier = as_of + -back
        if earlier >= first:
            then = level(series, units, earlier)
            before = then.actual if then.period == str(earlier) else None
        else:
            before = baseline if earlier + 1 == first else None
        if before is not None:
            return (Fraction(actual) - Fraction(before)) / back
    return None


def pace_required(gap: Fraction, quarters_left: int | None) -> Fraction | None:
    """What each remaining quarter must add; None when no quarter is left and something is lacking."""
    if quarters_left is None or (quarters_left <= 0 and gap > 0):
        return None
    return gap / quarters_left if quarters_left > 0 else Fraction(0)


def forecast(
    actual: Decimal, paces: tuple[Fraction | None, Fraction | None], quarters_left: int | None
) -> tuple[Fraction | None, Fraction | None]:
    """(low, high): actual + the smaller or larger known pace × quarters left; (None, None) without one."""
    known = [pace for pace in paces if pace is not None]
    if not known or not quarters_left or quarters_left < 0:
        return None, None
    return Fraction(actual) + min(known) * quarters_left, Fraction(actual) + max(known) * quarters_left


def arrival(
    actual: Decimal,
    pace: Fraction | None,
    comparison: Comparison,
    value: Decimal,
    as_of: Period,
    *,
    latest: Period | None = None,
) -> Period | None:
    """The first quarter in which `pace` passes the target; None if never, or after `latest`.

    A yearly count starts again each January, so its `latest` is the deadline's quarter.
    """
    gap = Fraction(value) - Fraction(actual)
    if pace is None or pace <= 0 or gap < 0 or (gap == 0 and comparison != ">"):
        return None
    steps = gap / pace
    whole = -(-steps.numerator // steps.denominator)
    if comparison == ">" and steps == whole:
        whole += 1
    if whole > FARTHEST:
        return None
    quarter = as_of + whole
    return None if latest is not None and quarter > latest else quarter
