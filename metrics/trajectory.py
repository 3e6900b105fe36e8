"""Targets in force, and the assumed path toward them (semantics §3).

No plan prints a path, so every expected value is an assumption of ours and carries the name of
the rule that made it: `linear`, `prorata`, `step` or `listed`.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from metrics.period import Period
from metrics.plan import Indicator, Path, Plan, Target

DEFAULT_PATHS: dict[str, Path] = {"stock": "linear", "cumulative": "linear", "annual": "prorata"}
"""By kind; every other kind steps: nothing is expected before its deadline."""

Point = tuple[date, Fraction]


def path_rule(indicator: Indicator) -> Path:
    """The rule of the plan's data, or the default of the kind."""
    return indicator.path or DEFAULT_PATHS.get(indicator.kind, "step")


class Targets:
    """The targets of a plan by indicator and unit, nearest deadline first, undated last.

    A revision adds a row: of several rows for one deadline the one of the plan's own version
    counts, else the one listed last. A row without a value promises nothing.
    """

    def __init__(self, plan: Plan) -> None:
        self._area = plan.area
        chosen: dict[str, dict[str, dict[date | None, Target]]] = defaultdict(lambda: defaultdict(dict))
        for target in sorted(plan.targets, key=lambda t: t.version == plan.version):
            chosen[target.indicator][target.unit][target.deadline] = target
        self._rows = {
            indicator: {unit: _dated_first(rows) for unit, rows in units.items()} for indicator, units in chosen.items()
        }
        self._unvalued = {
            indicator: target
            for indicator, units in chosen.items()
            for target in units.get(plan.area, {}).values()
            if not _promises(target)
        }

    def of(self, indicator: Indicator, unit: str) -> tuple[Target, ...]:
        """Targets of one unit; a minimum printed for each unit is every unit's own."""
        rows = self._rows.get(indicator.indicator, {})
        for_each = indicator.kind in ("floor", "milestone") or indicator.scope == "each_unit"
        return rows.get(unit) or (rows.get(self._area, ()) if for_each else ())

    def of_city(self, indicator: Indicator, units: Collection[str]) -> tuple[Target, ...]:
        """Targets of the city row over `units`.

        One unit's minimum is no target for a sum of units. An allocation table looked at for only
        some of its units (or printed without its sum) is compared with the sum of theirs.
        """
        rows = self._rows.get(indicator.indicator, {})
        printed = rows.get(self._area, ())
        if indicator.scope == "each_unit" and indicator.kind not in ("floor", "milestone", "share"):
            return ()
        allocated = rows.keys() - {self._area}
        if indicator.scope != "allocation" or (printed and allocated <= set(units)):
            return printed
        return tuple(_sums([target for unit in units for target in rows.get(unit, ())], self._area))

    def direction(self, indicator: Indicator) -> Target | None:
        """The city's row without a number (逐步提高, 周周有声音): words to show, nothing to measure by."""
        return self._unvalued.get(indicator.indicator)

    def last_year(self, indicator: Indicator) -> int | None:
        """The year of the indicator's last deadline, of the city or of any unit; None when undated."""
        every = [target for rows in self._rows.get(indicator.indicator, {}).values() for target in rows]
        return max((target.deadline.year for target in every if target.deadline), default=None)


def _promises(target: Target) -> bool:
    return target.value is not None and target.comparison != "none"


def _dated_first(rows: dict[date | None, Target]) -> tuple[Target, ...]:
    return tuple(sorted(filter(_promises, rows.values()), key=lambda target: target.deadline or date.max))


def _sums(targets: list[Target], area: str) -> list[Target]:
    by_deadline: dict[date | None, list[Target]] = defaultdict(list)
    for target in targets:
        by_deadline[target.deadline].append(target)
    return [
        replace(
            rows[0],
            unit=area,
            value=sum((row.value or Decimal(0) for row in rows), Decimal(0)),
            printed="",
            tags=(*rows[0].tags, "sum_of_units"),
        )
        for rows in by_deadline.values()
    ]


def in_force(targets: tuple[Target, ...], day: date) -> Target | None:
    """The target with the nearest deadline on or after `day`; after the last deadline, the last.

    An undated target is in force only where no dated one is printed.
    """
    dated = [target for target in targets if target.deadline]
    if not dated:
        return targets[-1] if targets else None
    return next((target for target in dated if target.deadline and target.deadline >= day), dated[-1])


def expected(
    indicator: Indicator,
    targets: tuple[Target, ...],
    as_of: Period,
    start: date,
    baseline: Decimal | None,
    *,
    city: bool,
) -> Fraction | None:
    """The assumed path's value at the end of `as_of`; None where nothing is expected yet.

    `start` is the plan's first day; an unknown `baseline` counts as 0 (the caller tags it).
    """
    target = in_force(targets, as_of.end)
    if target is None or target.deadline is None or target.value is None:
        return None
    rule = path_rule(indicator)
    if rule == "prorata":
        return Fraction(target.value) * _share_of_year(as_of, target.deadline)
    if rule == "linear":
        return _between(line(indicator, targets, start, baseline), as_of.end)
    if rule == "listed" and city:
        return _listed(indicator, as_of.end)
    return Fraction(target.value) if as_of.end >= target.deadline else None


def line(indicator: Indicator, targets: tuple[Target, ...], start: date, baseline: Decimal | None) -> list[Point]:
    """The corners of a linear path: (day before the start, baseline), then each (deadline, value).

    A yearly count starts from nothing each 1 January.
    """
    corners: list[Point] = []
    if indicator.kind != "annual":
        corners.append((start - timedelta(days=1), Fraction(baseline or 0)))
    for target in targets:
        if target.deadline and target.value is not None:
            if indicator.kind == "annual":
                corners.append((date(target.deadline.year - 1, 12, 31), Fraction(0)))
            corners.append((target.deadline, Fraction(target.value)))
    return corners


def _between(corners: list[Point], day: date) -> Fraction:
    """Straight lines by days; level before the first corner and after the last."""
    (before, low) = corners[0]
    for after, high in corners:
        if day <= after and after > before:
            return low + (high - low) * max(0, (day - before).days) / (after - before).days
        before, low = after, high
    return low


def _share_of_year(as_of: Period, deadline: date) -> Fraction:
    """Quarter number / 4 (a deadline within the year: / its quarter); all of it after the deadline."""
    due = Period.of(deadline)
    if as_of >= due:
        return Fraction(1)
    return Fraction(as_of.quarter, due.quarter) if as_of.year == due.year else Fraction(0)


def _listed(indicator: Indicator, day: date) -> Fraction | None:
    """The last listed value on or before the day; none before the first."""
    reached = [(when, value) for when, value in indicator.listed if when <= day]
    return Fraction(max(reached)[1]) if reached else None


def path_points(plan: Plan, indicator: Indicator, unit: str) -> list[tuple[date, Decimal]]:
    """Corners of the assumed path of a city or unit row, for drawing it to its end.

    Empty where nothing is drawn: no dated target, or a step path (its targets are points, not a path).
    """
    every = Targets(plan)
    city = unit == plan.area
    targets = every.of_city(indicator, plan.reporters_of(indicator)) if city else every.of(indicator, unit)
    dated = tuple(target for target in targets if target.deadline)
    rule = path_rule(indicator)
    if rule == "listed" and city:
        return sorted(indicator.listed)
    if not dated or rule in ("step", "listed"):
        return []
    yearly = replace(indicator, kind="annual") if rule == "prorata" else indicator
    corners = line(yearly, dated, plan.start, indicator.baseline if city else None)
    return [(day, Decimal(value.numerator) / Decimal(value.denominator)) for day, value in corners]
