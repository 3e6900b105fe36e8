"""All figures of one plan. Facts and targets are indexed once, so that the progress table and the
history are one calculation asked for at different quarters."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from metrics.facts import index_facts
from metrics.figures import Figure, Promise, judge
from metrics.kinds import Rolled, roll_up
from metrics.period import Period
from metrics.plan import Indicator, Plan, Target
from metrics.trajectory import Targets, expected, in_force, path_rule

COUNTED_BY_UNIT = frozenset({"floor", "milestone"})
"""Kinds whose city figure is the number of units that passed."""


class Board:
    """Build once from published `actuals` (see `metrics.facts.index_facts`), ask for any quarter."""

    def __init__(
        self, plan: Plan, actuals: pd.DataFrame, *, unit_set: str | None = None, shared: pd.DataFrame | None = None
    ) -> None:
        self.plan = plan
        self.first, self.last = Period.of(plan.start), Period.of(plan.end)
        self.targets = Targets(plan)
        self.series = index_facts(plan, actuals, shared)
        self.units: dict[str, tuple[str, ...]] = {
            name: plan.reporters_of(indicator, unit_set or indicator.unit_set)
            for name, indicator in plan.indicators.items()
        }
        self._after_the_end = {
            name: sorted({q for quarters in series.facts.values() for q in quarters if q > str(self.last)})
            for name, series in self.series.items()
        }
        self._cities: dict[tuple[str, Period], Figure] = {}
        self._last_year = {
            name: self.targets.last_year(indicator)
            for name, indicator in plan.indicators.items()
            if indicator.kind == "annual"
        }

    def units_at(self, name: str, as_of: Period) -> tuple[str, ...]:
        """Who reports an indicator, of those who stand at the end of the quarter judged."""
        moment = self.moment(self.plan.indicators[name], as_of)
        return self.series[name].standing_units(self.units[name], str(moment))

    def moment(self, indicator: Indicator, as_of: Period) -> Period:
        """The quarter to judge: `as_of`, until a final verdict stands.

        A yearly count keeps the verdict of its last target's year. After the plan's end nobody owes
        a figure any more, so the last one stands: of the plan's last quarter, or of a later one for
        which somebody still reported.
        """
        last_year = self._last_year.get(indicator.indicator)
        if last_year is not None and last_year < as_of.year:
            return Period(last_year, 4)
        if as_of <= self.last:
            return as_of
        later = [quarter for quarter in self._after_the_end[indicator.indicator] if quarter <= str(as_of)]
        return Period.parse(later[-1]) if later else self.last

    def city(self, name: str, as_of: Period) -> Figure:
        """The city row of an indicator."""
        if (name, as_of) not in self._cities:
            indicator = self.plan.indicators[name]
            if indicator.kind == "composite":
                figure = self._composite(indicator, as_of)
            elif indicator.kind in COUNTED_BY_UNIT:
                figure = self._count_of_units(indicator, as_of)
            else:
                figure = self._sum(indicator, as_of)
            self._cities[name, as_of] = figure
        return self._cities[name, as_of]

    def unit(self, name: str, unit: str, as_of: Period) -> Figure:
        """One unit's row. A unit without an own target gets no lamp."""
        indicator = self.plan.indicators[name]
        rolled = roll_up(self.series[name], (unit,), self.moment(indicator, as_of), self.first)
        targets = self.targets.of(indicator, unit)
        target = in_force(targets, as_of.end)
        if indicator.kind == "floor" and target and target.value is not None and rolled.actual is not None:
            rolled.shortfall = max(Decimal(0), target.value - rolled.actual)
        return self._judge(indicator, unit, as_of, rolled, self._promise(indicator, unit, as_of, targets), target)

    def _sum(self, indicator: Indicator, as_of: Period) -> Figure:
        """Sums of units, and ratios of sums."""
        units, area = self.units[indicator.indicator], self.plan.area
        rolled = roll_up(self.series[indicator.indicator], units, self.moment(indicator, as_of), self.first)
        targets = self.targets.of_city(indicator, units)
        target = in_force(targets, as_of.end) or self.targets.direction(indicator)
        return self._judge(indicator, area, as_of, rolled, self._promise(indicator, area, as_of, targets), target)

    def _count_of_units(self, indicator: Indicator, as_of: Period) -> Figure:
        """Units that reach their minimum, out of those bound by one to which it applies."""
        units, area = self.units_at(indicator.indicator, as_of), self.plan.area
        own = {unit: in_force(self.targets.of(indicator, unit), as_of.end) for unit in units}
        minimums = {unit: target.value for unit, target in own.items() if target and target.value is not None}
        moment = self.moment(indicator, as_of)
        rolled = roll_up(
            self.series[indicator.indicator], tuple(minimums) or units, moment, self.first, minimums=minimums
        )
        printed = in_force(self.targets.of_city(indicator, units), as_of.end)
        promises = [target for target in own.values() if target]
        target = printed or max(promises, key=lambda t: (t.deadline or date.max, t.value), default=None)
        whole = Decimal(len(minimums) - len(rolled.inapplicable))
        promise = _stepped(whole, target.deadline, as_of) if target and minimums else None
        return self._judge(indicator, area, as_of, rolled, promise, target)

    def _composite(self, indicator: Indicator, as_of: Period) -> Figure:
        """Every part must pass; the attainment is the smallest part's (双千亿: two goals, never one pool)."""
        parts = [self.city(part, as_of) for part in indicator.parts]
        rolled = _together(parts)
        own = in_force(self.targets.of_city(indicator, rolled.units), as_of.end)
        promised = all(part.promise for part in parts)
        deadlines = [own.deadline] if own else [part.deadline for part in parts]
        deadline = max((day for day in deadlines if day), default=None)
        promise = _stepped(Decimal(len(parts)), deadline, as_of) if parts and promised else None
        figure = self._judge(indicator, self.plan.area, as_of, rolled, promise, own)
        attainments = [part.attainment for part in parts if part.attainment is not None]
        return replace(
            figure,
            attainment=min(attainments) if parts and len(attainments) == len(parts) else None,
            provisional=figure.provisional or any(part.provisional for part in parts),
            tags=(*figure.tags, *(f"part:{part}" for part in indicator.parts)),
        )

    def _baseline(self, indicator: Indicator, unit: str) -> tuple[Decimal | None, bool]:
        """(baseline, whether it is our assumption of 0). A city's baseline is not a county's."""
        if indicator.baseline is not None and unit == self.plan.area:
            return indicator.baseline, False
        if indicator.kind == "annual":
            return Decimal(0), False
        counted = indicator.kind in COUNTED_BY_UNIT and unit == self.plan.area
        return (Decimal(0), True) if path_rule(indicator) == "linear" and not counted else (None, False)

    def _promise(self, indicator: Indicator, unit: str, as_of: Period, targets: tuple[Target, ...]) -> Promise | None:
        """The target in force with what its path expects by now."""
        target = in_force(targets, as_of.end)
        if target is None or target.value is None:
            return None
        city = unit == self.plan.area
        rule = path_rule(indicator)
        path = None if target.deadline is None else "step" if rule == "listed" and not city else rule
        begun = not (indicator.kind == "annual" and target.deadline and target.deadline.year > as_of.year)
        due: Fraction | None = None
        if begun and "before_start" not in target.tags:
            baseline, _ = self._baseline(indicator, unit)
            due = expected(indicator, targets, self.moment(indicator, as_of), self.plan.start, baseline, city=city)
        return Promise(target.value, target.comparison, target.deadline, path, due, begun)

    def _judge(
        self,
        indicator: Indicator,
        unit: str,
        as_of: Period,
        rolled: Rolled,
        promise: Promise | None,
        target: Target | None,
    ) -> Figure:
        baseline, assumed = self._baseline(indicator, unit)
        moment = self.moment(indicator, as_of)
        bands = self.plan.bands_of(indicator)
        return judge(
            indicator,
            unit,
            as_of,
            moment,
            rolled,
            promise,
            target,
            baseline=baseline,
            assumed=assumed,
            bands=bands,
            ended=as_of >= self.last,
        )


def _stepped(whole: Decimal, deadline: date | None, as_of: Period) -> Promise:
    """All of `whole` must pass by the deadline; nothing is expected before it."""
    due = Fraction(whole) if deadline is not None and as_of.end >= deadline else None
    return Promise(whole, ">=", deadline, None if deadline is None else "step", due)


def _together(parts: list[Figure]) -> Rolled:
    """How many parts are achieved, and who stands behind all of them."""
    every = [part.rolled for part in parts]
    units = tuple(dict.fromkeys(unit for rolled in every for unit in rolled.units))
    missing = tuple(unit for unit in units if any(unit in rolled.missing for rolled in every))
    stale = tuple(unit for unit in units if unit not in missing and any(unit in rolled.stale for rolled in every))
    known = any(part.actual is not None for part in parts)
    return Rolled(
        Decimal(sum(part.status == "achieved" for part in parts)) if known else None,
        units,
        tuple(unit for unit in units if unit not in missing and unit not in stale),
        stale,
        missing,
        gaps=tuple(sorted({gap for rolled in every for gap in rolled.gaps})),
        period=max((rolled.period for rolled in every if rolled.period), default=None),
    )
