"""How facts roll up into one value, per kind (semantics §2).

The city and a single unit are the same calculation over more or fewer units, so there is one
function for levels (stock, share, floor, milestone) and one for flows (cumulative, annual,
cadence). Both say who is missing: missing is never zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from metrics.facts import Fact, Pair, Series, quarters, recent
from metrics.period import Period
from metrics.plan import ADDED, Indicator
from metrics.rounding import percent


@dataclass(slots=True)
class Rolled:
    """One value and what stands behind it. `actual` is None when nothing (usable) was published.

    Units are split into `reported` (published for the quarter), `stale` (an older level is
    carried) and `missing`; `inapplicable` ones said "not applicable" and leave sums and
    denominators. `gaps` are quarters that should have a value and lack one; `carried` the older
    quarters a level was taken from. `typed` is the typed figure beside a derived one.
    """

    actual: Decimal | None
    units: tuple[str, ...]
    reported: tuple[str, ...]
    stale: tuple[str, ...]
    missing: tuple[str, ...]
    inapplicable: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    period: str | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    typed: Decimal | None = None
    shared: int = 0
    former: tuple[str, ...] = ()
    """Units that no longer stand and whose earlier quarters are in a flow."""
    passing: int | None = None
    shortfall: Decimal | None = None

    @property
    def provisional(self) -> bool:
        return len(self.reported) < len(self.units) or bool(self.gaps)

    @property
    def not_applicable(self) -> bool:
        """Everyone said "not applicable", or the ratio has nothing to be a share of."""
        if self.actual is not None:
            return False
        return self.denominator is not None or (bool(self.inapplicable) and not self.missing)


def standing(series: Series, unit: str, as_of: Period) -> tuple[str, Fact] | None:
    """The latest level published up to `as_of`, at most two quarters old. A done milestone stays done."""
    facts = series.facts.get(unit)
    if not facts:
        return None
    for quarter in recent(as_of):
        if quarter in facts:
            return quarter, facts[quarter]
    if series.indicator.kind == "milestone":
        last = max((quarter for quarter in facts if quarter <= str(as_of)), default=None)
        if last and (facts[last].numbers[0] or 0) > 0:
            return last, facts[last]
    return None


def level(
    series: Series, units: tuple[str, ...], as_of: Period, minimums: Mapping[str, Decimal] | None = None
) -> Rolled:
    """Levels standing at the end of `as_of`, added up; a share adds numerators and denominators.

    With `minimums` (by unit) the actual is the number of units that reach theirs: levels are never
    averaged, and the shortfall is what all units below it lack together.
    """
    now = str(as_of)
    units = series.standing_units(units, now)
    found = {unit: latest for unit in units if (latest := standing(series, unit, as_of))}
    applicable = {unit: latest for unit, latest in found.items() if latest[1].applicable}
    pairs: list[Pair] = [(unit, quarter) for unit, (quarter, _) in applicable.items()]
    rolled = Rolled(
        None,
        units,
        tuple(unit for unit, (quarter, _) in found.items() if quarter == now),
        tuple(unit for unit, (quarter, _) in found.items() if quarter != now),
        tuple(unit for unit in units if unit not in found),
        tuple(unit for unit in found if unit not in applicable),
        carried=tuple(sorted({quarter for _, quarter in pairs if quarter != now})),
        period=max((quarter for _, quarter in pairs), default=None),
    )
    if not pairs:
        return rolled
    if minimums is not None:
        if not minimums:
            return rolled
        lacking = [minimums[unit] - (fact.numbers[0] or 0) for unit, (_, fact) in applicable.items()]
        rolled.passing = sum(lack <= 0 for lack in lacking)
        rolled.shortfall = sum((max(Decimal(0), lack) for lack in lacking), Decimal(0))
        rolled.actual = Decimal(rolled.passing)
        return rolled
    _add_up(rolled, series, pairs)
    return rolled


def flow(series: Series, units: tuple[str, ...], window: tuple[str, ...]) -> Rolled:
    """What was added in the quarters of `window`. A quarter without a value is a gap, not a zero.

    Each quarter is owed by the units that stood at its end: what a unit added before a reform stays
    in the sum, and nobody is asked for the quarters before they existed.
    """
    now = window[-1]
    expected = series.standing_units(units, now)
    pairs: list[Pair] = []
    answered: list[str] = []
    inapplicable: list[str] = []
    gaps: set[str] = set()
    for unit in units:
        facts = series.facts.get(unit, {})
        present = [quarter for quarter in window if quarter in facts and series.stands(unit, quarter)]
        gaps.update(quarter for quarter in window if quarter not in facts and series.stands(unit, quarter))
        usable = [(unit, quarter) for quarter in present if facts[quarter].applicable]
        pairs.extend(usable)
        if now in facts and unit in expected:
            answered.append(unit)
        if present and not usable:
            inapplicable.append(unit)
    rolled = Rolled(
        None,
        expected,
        tuple(answered),
        (),
        tuple(unit for unit in expected if unit not in answered),
        tuple(inapplicable),
        gaps=tuple(sorted(gaps)),
        former=tuple(dict.fromkeys(unit for unit, _ in pairs if unit not in expected)),
        period=max((quarter for _, quarter in pairs), default=None),
    )
    if pairs:
        _add_up(rolled, series, pairs)
    return rolled


def _add_up(rolled: Rolled, series: Series, pairs: list[Pair]) -> None:
    """Fill in the sums over `pairs`, and the same sums from typed figures where any stand beside."""
    sums = [series.total(pairs, index) for index in range(len(series.parts))]
    rolled.shared = sum(again for _, again in sums)
    typed = _typed_sums(series, pairs)
    if len(sums) == 1:
        rolled.actual = sums[0][0]
        rolled.typed = typed[0] if typed else None
        return
    rolled.numerator, rolled.denominator = sums[0][0], sums[1][0]
    rolled.actual = percent(rolled.numerator, rolled.denominator)
    rolled.typed = percent(typed[0], typed[1]) if typed else None


def _typed_sums(series: Series, pairs: list[Pair]) -> list[Decimal] | None:
    """Sums with each typed figure in place of its derived one; None when nothing was typed beside."""
    facts = [series.facts[unit][quarter] for unit, quarter in pairs]
    if not any(typed is not None for fact in facts for typed in fact.typed):
        return None
    return [
        sum(
            (
                typed if typed is not None else number or Decimal(0)
                for typed, number in ((f.typed[index], f.numbers[index]) for f in facts)
            ),
            Decimal(0),
        )
        for index in range(len(series.parts))
    ]


def window_of(indicator: Indicator, as_of: Period, first: Period) -> tuple[str, ...]:
    """The quarters a flow adds up: from the plan's first quarter, or of the calendar year."""
    begin = max(first, Period(as_of.year, 1)) if indicator.kind == "annual" else first
    return quarters(min(begin, as_of), as_of)


@cache
def elapsed(first: date, last: date, every: str) -> int:
    """Calendar weeks or months touched by the days from `first` to `last`."""
    if every == "month":
        return (last.year - first.year) * 12 + last.month - first.month + 1
    return ((last.toordinal() - last.weekday()) - (first.toordinal() - first.weekday())) // 7 + 1


def cadence(series: Series, units: tuple[str, ...], as_of: Period, first: Period) -> Rolled:
    """Weeks (months) with a row as a percentage of those elapsed since the plan's first quarter began."""
    rule = series.indicator.count
    if rule is None or rule.every is None:
        raise ValueError(f"{series.indicator.indicator}: a cadence needs a count rule with `every`")
    rolled = flow(series, units, window_of(series.indicator, as_of, first))
    if rolled.actual is not None:
        whole = Decimal(elapsed(first.start, max(as_of, first).end, rule.every))
        rolled.numerator, rolled.denominator = rolled.actual, whole
        rolled.actual = percent(rolled.actual, whole)
        rolled.typed = None if rolled.typed is None else percent(rolled.typed, whole)
    return rolled


def roll_up(
    series: Series,
    units: tuple[str, ...],
    as_of: Period,
    first: Period,
    *,
    minimums: Mapping[str, Decimal] | None = None,
) -> Rolled:
    """The value of `units` together at `as_of`; `first` is the plan's first quarter.

    `minimums` turn levels into a count of units that reach theirs (the city row of a floor or milestone).
    """
    kind = series.indicator.kind
    if kind == "cadence":
        return cadence(series, units, as_of, first)
    if kind in ADDED:
        return flow(series, units, window_of(series.indicator, as_of, first))
    return level(series, units, as_of, minimums)
