"""From what was said first to what stands now: every revision of one figure, and what it changed.

`first` is the figure made of each unit's first submission of every quarter, so that late arrivals
are no revisions. The revisions are then put in force one after another, in the order in which they
were published; each changes the figure by exactly what it changes, whatever the kind, and together
they lead to the figure as it is known.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pandas as pd

from metrics.board import COUNTED_BY_UNIT, Board
from metrics.period import Period
from metrics.plan import Plan
from metrics.progress import in_yuan
from metrics.rosters import listed_twice
from metrics.rounding import tidy


@dataclass(frozen=True)
class Revision:
    """One later version of a unit's quarter. `own_…`: the unit's figure; the others: the one looked at."""

    unit: str
    period: str
    at: Any
    submission: int
    replaces: int
    before: Decimal | None
    after: Decimal | None
    own_before: Decimal | None
    own_after: Decimal | None

    @property
    def change(self) -> Decimal:
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@dataclass(frozen=True)
class Bridge:
    """`counts_units`: the figure is a number of units (of a minimum), not of what they count."""

    indicator: str
    unit: str
    first: Decimal | None
    now: Decimal | None
    revisions: tuple[Revision, ...]
    counts_units: bool = False

    def by_unit(self) -> list[tuple[str, Decimal]]:
        """What each unit's revisions come to, in the order of their first revision; the sum is now − first."""
        totals: dict[str, Decimal] = {}
        for revision in self.revisions:
            totals[revision.unit] = totals.get(revision.unit, Decimal(0)) + revision.change
        return list(totals.items())


def bridge(
    plan: Plan,
    indicator: str,
    unit: str,
    as_of: Period,
    *,
    versions: pd.DataFrame,
    facts: pd.DataFrame,
    keys: pd.DataFrame,
    unit_set: str | None = None,
) -> Bridge:
    """The revisions of `indicator` at `as_of` for `unit`, which may be the plan's area.

    `versions`: submission, unit, period, published_at of every published version; `facts`: the
    columns of the actuals and `submission`; `keys`: the roster keys behind derived facts (indicator,
    part, key, unit, period, amount) and `submission`. Versions that change nothing of the figure are
    passed over, and so are those of a quarter after `as_of`.
    """
    narrowed = replace(plan, indicators={indicator: plan.indicators[indicator]})
    world = _World(narrowed, indicator, as_of, facts, keys, unit_set)
    counts_units = plan.indicators[indicator].kind in COUNTED_BY_UNIT and unit == plan.area
    ordered = _ordered(versions, as_of, None if unit == plan.area else unit)
    force = {}
    for row in reversed(ordered):
        force[row.unit, row.period] = row.submission
    first = before = world.figure(force.values(), unit)
    found: list[Revision] = []
    for row in ordered:
        if row.submission != force[row.unit, row.period] and (made := _put_in_force(world, force, row, unit, before)):
            found.append(made)
            before = made.after
    return Bridge(indicator, unit, first, before, tuple(found), counts_units)


def _put_in_force(
    world: "_World", force: dict[tuple[str, str], int], row: Any, unit: str, before: Decimal | None
) -> Revision | None:
    """What a version changes of the figure, which was `before`; None where it changes nothing."""
    replaces = force[row.unit, row.period]
    if world.same(row.submission, replaces):
        force[row.unit, row.period] = row.submission
        return None
    own_before = world.figure(force.values(), row.unit)
    force[row.unit, row.period] = row.submission
    after, own = world.figure(force.values(), unit), world.figure(force.values(), row.unit)
    if before == after and (own_before == own or row.unit not in (unit, *world.units)):
        return None  # a level of an older quarter, which a later one has replaced; or no part of the figure
    return Revision(row.unit, row.period, row.published_at, row.submission, replaces, before, after, own_before, own)


def _ordered(versions: pd.DataFrame, as_of: Period, unit: str | None) -> list[Any]:
    """In order of publication, so that the last one met backwards is the first of its unit and quarter."""
    wanted = versions[versions["period"] <= str(as_of)]
    wanted = wanted if unit is None else wanted[wanted["unit"] == unit]
    return list(wanted.sort_values(["published_at", "submission"]).itertuples())


class _World:
    """The figure as it would be with any choice of versions in force."""

    def __init__(
        self,
        plan: Plan,
        indicator: str,
        as_of: Period,
        facts: pd.DataFrame,
        keys: pd.DataFrame,
        unit_set: str | None,
    ) -> None:
        self.plan, self.indicator, self.as_of, self.unit_set = plan, indicator, as_of, unit_set
        self.facts, self.keys = facts, keys
        self.units = plan.reporters_of(plan.indicators[indicator], unit_set)
        self.said = _said(facts, keys)
        self._board: tuple[frozenset[int], Board] | None = None

    def same(self, one: int, other: int) -> bool:
        """Whether two versions say the same of this indicator."""
        return self.said.get(one) == self.said.get(other)

    def figure(self, force: Collection[int], unit: str) -> Decimal | None:
        board = self._board_of(frozenset(force))
        if unit == self.plan.area:
            rolled = board.city(self.indicator, self.as_of).rolled
            if self.plan.indicators[self.indicator].kind in COUNTED_BY_UNIT:
                return None if rolled.passing is None else Decimal(rolled.passing)
        else:
            rolled = board.unit(self.indicator, unit, self.as_of).rolled
        money = in_yuan(self.plan.indicators[self.indicator])
        return None if rolled.actual is None else tidy(rolled.actual, 0 if money else 4)

    def _board_of(self, force: frozenset[int]) -> Board:
        if self._board is None or self._board[0] != force:
            facts = self.facts[self.facts["submission"].isin(force)]
            keys = self.keys[self.keys["submission"].isin(force)]
            shared = listed_twice(self.plan, keys)
            self._board = force, Board(self.plan, facts, unit_set=self.unit_set, shared=shared)
        return self._board[1]


def _said(facts: pd.DataFrame, keys: pd.DataFrame) -> dict[int, set[tuple[object, ...]]]:
    """What each version says of the indicator."""
    said: dict[int, set[tuple[object, ...]]] = defaultdict(set)
    for table, columns in ((facts, ("part", "number")), (keys, ("part", "key", "amount"))):
        for number, *words in zip(table["submission"], *(table[name] for name in columns), strict=True):
            said[number].add(tuple(words))
    return said
