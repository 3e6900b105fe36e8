"""A unit's figures beside those of the others for the same quarter: a plain comparison that judges nobody."""

from collections.abc import Mapping
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
    every = _by_place(actuals, {str(period), str(period + -1)})
    found = []
    for name, indicator in plan.indicators.items():
        peers = [u for u in plan.reporters_of(indicator, at=period) if u != unit and _alike(plan, u, unit)]
        for part in indicator.typed_parts:
            place = (name, part)
            if place not in now.figures:
                continue
            number, before = now.number(place), every.get(place, {}).get((unit, str(period + -1)))
            figures = [n for u in peers if (n := every.get(place, {}).get((u, str(period)))) is not None]
            moves = [
                move
                for u in peers
                if (move := _growth(*(every.get(place, {}).get((u, str(q))) for q in (period, period + -1))))
                is not None
            ]
            span = (min(figures, default=None), max(figures, default=None))
            moved = (min(moves, default=None), max(moves, default=None))
            found.append(Beside(place, number, before, _growth(number, before), len(figures), *span, *moved))
    return found


def past_of(actuals: pd.DataFrame, unit: str, before: Period) -> dict[Place, dict[str, Decimal]]:
    """The unit's own record: place → quarter → number, of quarters earlier than `before`."""
    past: dict[Place, dict[str, Decimal]] = {}
    mine = actuals[(actuals["unit"] == unit) & (actuals["period"] < str(before))] if len(actuals) else actuals
    for indicator, part, quarter, number in zip(
        *(mine[name] for name in ("indicator", "part", "period", "number")), strict=True
    ):
        if number is not None and number == number:
            past.setdefault((indicator, part), {})[quarter] = Decimal(number)
    return past


def _by_place(actuals: pd.DataFrame, quarters: set[str]) -> dict[Place, Mapping[tuple[str, str], Decimal]]:
    found: dict[Place, dict[tuple[str, str], Decimal]] = {}
    columns = (actuals[name] for name in ("indicator", "part", "unit", "period", "number"))
    for indicator, part, unit, quarter, number in zip(*columns, strict=True):
        if quarter in quarters and number is not None and number == number:
            found.setdefault((indicator, part), {})[unit, quarter] = Decimal(number)
    return dict(found)


def _growth(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    if now is None or not before:
        return None
    return half_up(100 * Fraction(now - before) / abs(Fraction(before)), 1)


def _alike(plan: Plan, one: str, other: str) -> bool:
    return (plan.units[one].kind == "department") == (plan.units[other].kind == "department")
