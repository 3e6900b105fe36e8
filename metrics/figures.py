"""One figure: a rolled-up value judged against the target in force (semantics §4).

`Board` holds what all figures of one plan share (facts and targets indexed once), so that the
progress table and the history are the same calculation at different quarters.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from metrics.facts import index_facts
from metrics.kinds import Rolled, roll_up
from metrics.period import Period
from metrics.plan import Comparison, Indicator, Path, Plan, Target
from metrics.rounding import percent
from metrics.status import Status, choose_status, passes
from metrics.trajectory import Targets, expected, in_force, path_rule

COUNTED_BY_UNIT = frozenset({"floor", "milestone"})
"""Kinds whose city figure is the number of units that passed."""


@dataclass(slots=True)
class Figure:
    """`moment` is the quarter judged: `as_of`, or the last quarter of a yearly count's final year.

    `value`, `comparison` and `deadline` are the target in force; percentages have one decimal.
    """

    indicator: Indicator
    unit: str
    moment: Period
    rolled: Rolled
    target: Target | None
    value: Decimal | None
    comparison: Comparison | None
    deadline: date | None
    baseline: Decimal | None
    path: Path | None
    expected: Fraction | None
    attainment: Decimal | None
    lead: Decimal | None
    gap: Decimal | None
    status: Status
    provisional: bool
    tags: tuple[str, ...]

    @property
    def actual(self) -> Decimal | None:
        return self.rolled.actual


class Board:
    """All figures of one plan as published in `actuals`. Build once, ask for any quarter."""

    def __init__(
        self, plan: Plan, actuals: pd.DataFrame, *, unit_set: str | None = None, shared: pd.DataFrame | None = None
    ) -> None:
        self.plan = plan
        self.first = Period.of(plan.start)
        self.targets = Targets(plan)
        self.series = index_facts(plan, actuals, shared)
        self.units = {
            name: plan.reporters_of(indicator, unit_set or indicator.unit_set)
            for name, indicator in plan.indicators.items()
        }
        self._last_year = {
            name: self.targets.last_year(indicator)
            for name, indicator in plan.indicators.items()
            if indicator.kind == "annual"
        }
        self._cities: dict[tuple[str, Period], Figure] = {}

    def moment(self, indicator: Indicator, as_of: Period) -> Period:
        """The quarter to judge: after its last target's year a yearly count keeps its final verdict."""
        last = self._last_year.get(indicator.indicator)
        return Period(last, 4) if last is not None and last < as_of.year else as_of

    def city(self, name: str, as_of: Period) -> Figure:
        """The city row of an indicator."""
        if (name, as_of) not in self._cities:
            indicator = self.plan.indicators[name]
            self._cities[name, as_of] = (
                self._composite(indicator, as_of) if indicator.kind == "composite" else self._city(indicator, as_of)
            )
        return self._cities[name, as_of]

    def unit(self, name: str, unit: str, as_of: Period) -> Figure:
        """One unit's row. A unit without an own target gets no lamp."""
        indicator = self.plan.indicators[name]
        moment = self.moment(indicator, as_of)
        rolled = roll_up(self.series[name], (unit,), moment, self.first)
        targets = self.targets.of(indicator, unit)
        target = in_force(targets, as_of.end)
        if indicator.kind == "floor" and target and target.value is not None and rolled.actual is not None:
            rolled.shortfall = max(Decimal(0), target.value - rolled.actual)
        value = target.value if target else None
        return self._judge(indicator, unit, as_of, rolled, target, value, targets)

    def _city(self, indicator: Indicator, as_of: Period) -> Figure:
        name, area = indicator.indicator, self.plan.area
        units, moment = self.units[name], self.moment(indicator, as_of)
        if indicator.kind not in COUNTED_BY_UNIT:
            rolled = roll_up(self.series[name], units, moment, self.first)
            targets = self.targets.of_city(indicator, units)
            target = in_force(targets, as_of.end)
            return self._judge(indicator, area, as_of, rolled, target, target.value if target else None, targets)
        own = {unit: in_force(self.targets.of(indicator, unit), as_of.end) for unit in units}
        minimums = {unit: target.value for unit, target in own.items() if target and target.value is not None}
        bound = tuple(unit for unit in units if unit in minimums)
        rolled = roll_up(self.series[name], bound or units, moment, self.first, minimums=minimums if bound else None)
        if not bound:
            rolled.actual = None
        printed = in_force(self.targets.of_city(indicator, units), as_of.end)
        own_targets = [target for target in own.values() if target]
        target = printed or max(own_targets, key=lambda t: (t.deadline or date.max, t.value), default=None)
        whole = Decimal(len(bound) - len(rolled.inapplicable)) if target else None
        return self._judge(indicator, area, as_of, rolled, target, whole, (target,) if target else ())

    def _composite(self, indicator: Indicator, as_of: Period) -> Figure:
        """Every part must pass; the attainment is the smallest part's (双千亿: two goals, never one pool)."""
        parts = [self.city(part, as_of) for part in indicator.parts]
        known = [part for part in parts if part.actual is not None]
        every = [part.rolled for part in parts]
        units = tuple(dict.fromkeys(unit for rolled in every for unit in rolled.units))
        missing = tuple(unit for unit in units if any(unit in rolled.missing for rolled in every))
        stale = tuple(unit for unit in units if unit not in missing and any(unit in rolled.stale for rolled in every))
        achieved = sum(part.status == "achieved" for part in parts)
        rolled = Rolled(
            Decimal(achieved) if known else None,
            units,
            tuple(unit for unit in units if unit not in missing and unit not in stale),
            stale,
            missing,
            gaps=tuple(sorted({gap for rolled in every for gap in rolled.gaps})),
            period=max((rolled.period for rolled in every if rolled.period), default=None),
        )
        own = in_force(self.targets.of_city(indicator, units), as_of.end)
        dated = [part.target for part in parts if part.target and part.deadline]
        target = own or max(dated, key=lambda t: t.deadline or date.min, default=parts[0].target if parts else None)
        figure = self._judge(indicator, self.plan.area, as_of, rolled, target, Decimal(len(parts)), ())
        attainments = [part.attainment for part in parts if part.attainment is not None]
        figure.attainment = min(attainments) if len(attainments) == len(parts) else None
        figure.provisional = figure.provisional or any(part.provisional for part in parts)
        figure.tags += tuple(f"part:{part}" for part in indicator.parts)
        return figure

    def _baseline(self, indicator: Indicator, unit: str) -> tuple[Decimal | None, bool]:
        """(baseline, whether it is our assumption of 0). A city's baseline is not a county's."""
        if indicator.baseline is not None and unit == self.plan.area:
            return indicator.baseline, False
        if indicator.kind == "annual":
            return Decimal(0), False
        assumed = path_rule(indicator) == "linear" and indicator.kind not in COUNTED_BY_UNIT
        return (Decimal(0), True) if assumed else (None, False)

    def _judge(
        self,
        indicator: Indicator,
        unit: str,
        as_of: Period,
        rolled: Rolled,
        target: Target | None,
        value: Decimal | None,
        targets: tuple[Target, ...],
    ) -> Figure:
        """Compare a value with the target in force: attainment, gap, lead, then the word for them."""
        city, moment, actual = unit == self.plan.area, self.moment(indicator, as_of), rolled.actual
        baseline, assumed = self._baseline(indicator, unit)
        promised = target is not None and value is not None
        comparison: Comparison | None = None
        deadline: date | None = None
        attainment = lead = gap = None
        path: Path | None = None
        due: Fraction | None = None
        passed = False
        if target is not None and value is not None:
            counted = indicator.kind == "composite" or (city and indicator.kind in COUNTED_BY_UNIT)
            comparison, deadline = (">=" if counted else target.comparison), target.deadline
            another_year = indicator.kind == "annual" and deadline is not None and deadline.year > as_of.year
            if deadline is not None:
                path = "step" if counted or (path_rule(indicator) == "listed" and not city) else path_rule(indicator)
                if counted:
                    due = Fraction(value) if as_of.end >= deadline else None
                elif not another_year:
                    due = expected(indicator, targets, moment, self.plan.start, baseline, city=city)
            if actual is not None and not another_year:
                passed = passes(actual, comparison, value)
                attainment = percent(actual, value)
                gap = Decimal(0) if passed else value - actual
                lead = None if due is None else percent(Fraction(actual) - due, value)
        status = choose_status(
            promised=promised,
            applicable=not rolled.not_applicable,
            actual=actual,
            passed=passed,
            deadline=deadline,
            day=as_of.end,
            lead=lead,
            bands=self.plan.bands,
        )
        tags = (
            *(("assumed_baseline",) if assumed and due is not None else ()),
            *(("assumed_path",) if due is not None and path != "listed" else ()),
            *(target.tags if target else ()),
            *((f"final:{moment.year}",) if moment < as_of else ()),
            *_data_tags(rolled),
        )
        return Figure(
            indicator,
            unit,
            moment,
            rolled,
            target,
            value if promised else None,
            comparison,
            deadline,
            baseline,
            path,
            due,
            attainment,
            lead,
            gap,
            status,
            rolled.provisional,
            tags,
        )


def _data_tags(rolled: Rolled) -> tuple[str, ...]:
    """What the reader must know about the data behind a value."""
    return (
        *(("not_applicable",) if rolled.inapplicable else ()),
        *(("zero_denominator",) if rolled.denominator == 0 else ()),
        *(f"missing:{quarter}" for quarter in rolled.gaps),
        *(f"stale:{quarter}" for quarter in rolled.carried),
        *((f"shared:{rolled.shared}",) if rolled.shared else ()),
    )
