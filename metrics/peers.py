"""A unit's figures beside those of the others for the same quarter: a plain comparison that judges nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from metrics.contents import Contents, Place
from metrics.period import Period
from metrics.plan import Plan
from metrics.rounding import half_up


@dataclass(frozen=True)
class Beside:
    """`growth` against last quarter in percent, exact to one decimal; None where either is unknown or zero.

    `lowest` to `highest` are the others' figures, `growths` how those moved; `others` how many there are.
    """

    place: Place
    number: Decimal | None
    before: Decimal | None
    growth: Decimal | None
    others: int
    lowest: Decimal | None
    highest: Decimal | None
    slowest: Decimal | None
    fastest: Decimal | None


def beside(plan: Plan, unit: str, period: Period, now: Contents, actuals: pd.DataFrame) -> list[Beside]:
    """One entry per figure of `now`, in the plan's order. `actuals` as `store.actuals.actuals` gives them.

    The others are those who report the same indicator and stand for the same quarter; a county is
    not held against the bureau that reports the same figure for the whole city.
    """
    quarter, last = str(period), str(period + -1)
    said: dict[Place, dict[tuple[str, str], Decimal]] = {}
    for place, who, when, number in _numbers(actuals[actuals["period"].isin((quarter, last))]):
        said.setdefault(place, {})[who, when] = number
    found = []
    for name, indicator in plan.indicators.items():
        peers = [one for one in plan.reporters_of(indicator, at=period) if one != unit and _alike(plan, one, unit)]
        for place in ((name, part) for part in indicator.typed_parts if (name, part) in now.figures):
            known = said.get(place, {})
            figures = [known[one, quarter] for one in peers if (one, quarter) in known]
            grown = (_growth(known.get((one, quarter)), known.get((one, last))) for one in peers)
            moves = [move for move in grown if move is not None]
            own, before = now.number(place), known.get((unit, last))
            span = (min(figures, default=None), max(figures, default=None))
            moved = (min(moves, default=None), max(moves, default=None))
            found.append(Beside(place, own, before, _growth(own, before), len(figures), *span, *moved))
    return found


def past_of(actuals: pd.DataFrame, unit: str, before: Period) -> dict[Place, dict[str, Decimal]]:
    """The unit's own record: place → quarter → number, of quarters earlier than `before`."""
    past: dict[Place, dict[str, Decimal]] = {}
    for place, _, when, number in _numbers(actuals[actuals["unit"] == unit]):
        if when < str(before):
            past.setdefault(place, {})[when] = number
    return past


def _numbers(actuals: pd.DataFrame) -> Iterator[tuple[Place, str, str, Decimal]]:
    """Place, unit, quarter and number of every actual that is a number."""
    columns = (actuals[name] for name in ("indicator", "part", "unit", "period", "number"))
    for indicator, part, unit, quarter, number in zip(*columns, strict=True):
        if number is not None and number == number:  # a number that is none differs from itself
            yield (indicator, part), unit, quarter, Decimal(number)


def _growth(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    if now is None or not before:
        return None
    return half_up(100 * Fraction(now - before) / abs(Fraction(before)), 1)


def _alike(plan: Plan, one: str, other: str) -> bool:
    return (plan.units[one].kind == "department") == (plan.units[other].kind == "department")
