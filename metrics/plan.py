"""The nouns of a plan: what was promised, by whom, by when, and how it is counted.

Plans are data (`data/plans/<plan>/`); `loaders.plans` reads and checks them into these frozen
objects. Nothing here reads a file or a clock.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from metrics.calendar import Calendar
from metrics.money_rules import MoneyRule
from metrics.period import Period
from metrics.text import Text

Kind = Literal["stock", "cumulative", "annual", "share", "floor", "milestone", "composite", "cadence"]
Path = Literal["linear", "prorata", "step", "listed"]
Comparison = Literal[">=", ">", "=", "range", "none"]
Scope = Literal["city", "each_unit", "allocation"]

ADDED: tuple[Kind, ...] = ("cumulative", "annual")
"""Kinds that say what was added in a quarter; the others tell a level, a share or a state."""
RATIOS: tuple[Kind, ...] = ("share", "cadence")
"""Kinds whose value is a percentage, whatever the plan counts."""


@dataclass(frozen=True)
class Unit:
    """Whoever reports: a county, a functional zone, a town, or a department.

    `unit` is the key used in every table (the code, or a local key such as `JX-JK`; a code that
    was used again after a reform carries its year: `330102@2021`).
    """

    unit: str
    code: str | None
    name: str
    short: str
    name_en: str
    parent: str | None
    kind: str
    valid_from: date | None = None
    valid_to: date | None = None
    aliases: tuple[str, ...] = ()

    def label(self, language: str = "zh_CN", *, short: bool = False) -> str:
        if language == "en":
            return self.name_en
        return self.short if short else self.name

    def stands_on(self, day: date) -> bool:
        """Whether the unit exists on a day; a quarter is owed by the units of its last day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True)
class Target:
    """One promised value. `unit` is a unit's key, or the plan's area for the city figure.

    `value` is exact: integer yuan for money, percent for shares. `version` names the plan version
    that printed it. A yearly target is one row per year, its deadline 31 December.
    """

    indicator: str
    unit: str
    deadline: date | None
    comparison: Comparison
    value: Decimal | None
    version: str
    maximum: Decimal | None = None
    printed: str = ""
    deadline_printed: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Count:
    """How rows of a roster become a number (the indicator's count rule).

    A row's date is the earliest filled field of `since` (no `since`: the row has no date and
    counts in the quarter it is reported). Stock and floor count rows dated on or before the
    quarter's end, while every `ended` date is later than it and every `valid_to` date is not
    before it. Flows count rows dated within the quarter. Rows must match `where` (field → allowed
    values) and have all of `filled`. Distinct `key` values are counted once; `total` sums a field
    instead. `every` ("week", "month") counts calendar weeks or months that have a row.
    """

    roster: str
    key: tuple[str, ...]
    since: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    valid_to: tuple[str, ...] = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    filled: tuple[str, ...] = ()
    total: str | None = None
    every: Literal["week", "month"] | None = None


@dataclass(frozen=True)
class Bands:
    """Lower edges of `lead` in percentage points; below the last edge a figure is critical."""

    on_track: Decimal = Decimal(0)
    watch: Decimal = Decimal(-10)
    behind: Decimal = Decimal(-30)


@dataclass(frozen=True)
class Indicator:
    """One thing the plan measures, with the printed words it comes from."""

    indicator: str
    name: Text
    kind: Kind
    measure: Text
    scope: Scope
    clauses: tuple[str, ...]
    printed: tuple[str, ...]
    money: bool = False
    decimals: int = 0
    group: Text | None = None
    owners: tuple[str, ...] = ()
    owner_basis: Literal["stated", "division", "inferred", "not_stated"] = "not_stated"
    aspirational: bool = False
    headline: bool = False
    reporters: tuple[str, ...] = ("@units",)
    path: Path | None = None
    baseline: Decimal | None = None
    listed: tuple[tuple[date, Decimal], ...] = ()
    unit_set: str | None = None
    parts: tuple[str, ...] = ()
    count: Count | None = None
    numerator: Count | None = None
    denominator: Count | None = None
    numerator_name: Text | None = None
    denominator_name: Text | None = None
    definition: Text | None = None
    caveats: tuple[Text, ...] = ()
    tensions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    scored: bool = True
    """False: the figure is shown for reference and gets no verdict (a basis not yet decided)."""
    bands: Bands | None = None
    """Its own edges of the lead; None takes the plan's."""

    @property
    def counts(self) -> dict[str, Count]:
        """The count rules by part: {"value": …} or {"numerator": …, "denominator": …}."""
        rules = {"value": self.count, "numerator": self.numerator, "denominator": self.denominator}
        return {part: rule for part, rule in rules.items() if rule is not None}

    @property
    def typed_parts(self) -> tuple[str, ...]:
        """The parts a unit types: none for composites, two for shares, one otherwise."""
        if self.kind == "composite":
            return ()
        return ("numerator", "denominator") if self.kind == "share" else ("value",)


@dataclass(frozen=True)
class Milestone:
    """One task of the plan. `owners` are printed names, `reporters` the unit keys that answer for it
    (`@units` stands for the unit set, as with indicators)."""

    milestone: str
    name: Text
    clauses: tuple[str, ...]
    deadline: date | None
    deadline_printed: str
    recurrence: str
    scope: str
    owners: tuple[str, ...]
    owner_basis: str
    evidence: Text
    note: Text | None = None
    row: int | None = None
    quarter: Period | None = None
    row_target: Text | None = None
    actions: tuple[Text, ...] = ()
    reporters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """One way to read a tension: `sets` are the places of the plan data it changes."""

    value: str
    name: Text
    sets: dict[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Tension:
    """A place where the plan's text does not agree with itself, and how it is shown.

    With `options` the task force can decide it; `default` is the reading the data stand for until
    then (None: undecided, and the `unscored` indicators get no verdict).
    """

    tension: str
    kind: str
    clauses: tuple[str, ...]
    statement: Text
    show_as: Text
    numbers: dict[str, object] = field(default_factory=dict, hash=False)
    question: Text | None = None
    default: str | None = None
    options: tuple[Option, ...] = ()
    unscored: tuple[str, ...] = ()

    def option(self, value: str | None) -> Option | None:
        return next((option for option in self.options if option.value == value), None)


@dataclass(frozen=True)
class Decision:
    """How the task force reads a tension, since when and why. `option` None: withdrawn."""

    tension: str
    option: str | None
    why: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class Choice:
    value: str
    name: Text


@dataclass(frozen=True)
class Field:
    """One column of a roster. `type`: text, date, number, money, choice, yesno, uscc, url."""

    field: str
    name: Text
    type: Literal["text", "date", "number", "money", "choice", "yesno", "uscc", "url"]
    required: bool = False
    choices: tuple[Choice, ...] = ()
    measure: str = ""
    aliases: tuple[str, ...] = ()
    help: Text | None = None


@dataclass(frozen=True)
class Roster:
    """A list a unit keeps (R1 stores, R2 clusters …). `key` makes a row distinct."""

    roster: str
    code: str
    name: Text
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    orders: tuple[tuple[str, str], ...] = ()
    """Pairs of date fields (earlier, later) that must be in order within a row."""


@dataclass(frozen=True)
class Plan:
    plan: str
    version: str
    status: Literal["draft", "issued"]
    title: Text
    short: Text
    area: str
    start: date
    end: date
    unit_sets: dict[str, tuple[str, ...]] = field(hash=False)
    unit_set: str
    units: dict[str, Unit] = field(hash=False)
    indicators: dict[str, Indicator] = field(hash=False)
    targets: tuple[Target, ...]
    bands: Bands
    rosters: dict[str, Roster] = field(hash=False)
    milestones: tuple[Milestone, ...] = ()
    tensions: dict[str, Tension] = field(default_factory=dict, hash=False)
    money: dict[str, MoneyRule] = field(default_factory=dict, hash=False)
    keepers: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """Rosters nothing is counted from (claims), with those who keep them; `@units` is the unit set."""
    meta: dict[str, object] = field(default_factory=dict, hash=False)
    """Issuer, number, dates, lead, definition and notes, for reading only."""
    in_force_from: date | None = None
    """From when this version of the text counts; None for the first one known."""
    decided: dict[str, str] = field(default_factory=dict, hash=False)
    """Tension → option this plan is built with, where the task force has decided."""
    decisions: dict[str, Decision] = field(default_factory=dict, hash=False)
    """The same with who, when and why, where they are known."""
    calendar: Calendar = field(default_factory=Calendar)
    """When its quarters fall due."""
    recount: frozenset[str] = frozenset()
    """Indicators whose counts are made from the roster rows at hand, because the counts stored with
    the submissions follow another reading or another version of the text."""
    as_printed: "Plan | None" = field(default=None, hash=False, compare=False, repr=False)
    """The same version without any decision: what submissions are counted by when they are stored."""

    def reading(self, tension: str) -> Option | None:
        """The option a tension is read by: the decided one, else its default, else none yet."""
        found = self.tensions[tension]
        return found.option(self.decided.get(tension) or found.default)

    def area_unit(self) -> Unit:
        return self.units[self.area]

    def units_of(self, unit_set: str | None = None, at: Period | None = None) -> tuple[str, ...]:
        """The units of a set: those of one quarter, or all that ever belong to it.

        A set lists the units before and after a reform; which of them stand is a matter of the day.
        """
        return self._standing(self.unit_sets[unit_set or self.unit_set], at)

    def reporters_of(
        self, promised: Indicator | Milestone, unit_set: str | None = None, at: Period | None = None
    ) -> tuple[str, ...]:
        """Units expected to report an indicator or a milestone; `@units` stands for the unit set."""
        chosen: list[str] = []
        for reporter in promised.reporters:
            chosen.extend(self.units_of(unit_set) if reporter == "@units" else [reporter])
        return self._standing(tuple(dict.fromkeys(chosen)), at)

    def _standing(self, units: tuple[str, ...], at: Period | None) -> tuple[str, ...]:
        return units if at is None else tuple(unit for unit in units if self.units[unit].stands_on(at.end))

    def indicators_of(self, unit: str) -> Iterator[Indicator]:
        """Indicators that `unit` reports itself, under any unit set of the plan."""
        for indicator in self.indicators.values():
            if indicator.typed_parts and self._answers(unit, indicator):
                yield indicator

    def milestones_of(self, unit: str) -> tuple[Milestone, ...]:
        """Milestones whose status `unit` reports itself, under any unit set of the plan."""
        return tuple(milestone for milestone in self.milestones if self._answers(unit, milestone))

    def _answers(self, unit: str, promised: Indicator | Milestone) -> bool:
        in_a_set = any(unit in units for units in self.unit_sets.values())
        return unit in promised.reporters or ("@units" in promised.reporters and in_a_set)

    def rosters_of(self, unit: str) -> tuple[Roster, ...]:
        """Rosters that `unit` owes: those its indicators are counted from, and those it keeps besides."""
        owed = {rule.roster for indicator in self.indicators_of(unit) for rule in indicator.counts.values()}
        owed |= {roster for roster in self.keepers if self.keeps(unit, roster)}
        return tuple(roster for name, roster in self.rosters.items() if name in owed)

    def keeps(self, unit: str, roster: str) -> bool:
        """Whether `unit` keeps a roster that nothing is counted from."""
        keepers = self.keepers.get(roster, ())
        in_a_set = "@units" in keepers and any(unit in units for units in self.unit_sets.values())
        return unit in keepers or in_a_set

    def bands_of(self, indicator: Indicator) -> Bands:
        return indicator.bands or self.bands

    def reporting_units(self, at: Period | None = None) -> tuple[str, ...]:
        """Everyone who owes a submission: all unit sets, then departments named as reporters."""
        every: dict[str, None] = {}
        for units in self.unit_sets.values():
            every |= dict.fromkeys(units)
        promises: list[Indicator | Milestone] = [*self.indicators.values(), *self.milestones]
        for promised in promises:
            every |= dict.fromkeys(r for r in promised.reporters if r != "@units")
        for keepers in self.keepers.values():
            every |= dict.fromkeys(r for r in keepers if r != "@units")
        return self._standing(tuple(every), at)
