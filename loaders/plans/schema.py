"""The shapes of plan.toml and tensions.toml, and the noun each table becomes.

Formats only; what must agree between files is in `checks`.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from loaders.plans.shape import Phrase, Table, Words
from metrics.calendar import Calendar
from metrics.plan import Bands, Count, Indicator, Kind, Option, Path, Scope, Tension
from metrics.text import Text


class CountTable(Table):
    roster: str
    key: Words
    since: Words = ()
    ended: Words = ()
    valid_to: Words = ()
    where: dict[str, Words] = Field(default_factory=dict)
    filled: Words = ()
    total: str | None = None
    every: Literal["week", "month"] | None = None

    def noun(self) -> Count:
        return Count(**(dict(self) | {"where": tuple(self.where.items())}))


class ListedPoint(Table):
    deadline: date
    value: Decimal


class BandsTable(Table):
    on_track: Decimal
    watch: Decimal
    behind: Decimal

    def noun(self) -> Bands:
        return Bands(**dict(self))


class IndicatorTable(Table):
    name: Phrase
    kind: Kind
    group: str
    headline: bool = False
    measure: Phrase
    money: bool = False
    decimals: int = Field(0, ge=0, le=4)
    scope: Scope = "city"
    unit_set: str | None = None
    clauses: Words
    printed: Words
    owners: Words = ()
    owner_basis: Literal["stated", "division", "inferred", "not_stated"]
    aspirational: bool = False
    reporters: Words = ()
    path: Path
    baseline: Decimal | None = None
    listed: tuple[ListedPoint, ...] = ()
    parts: Words = ()
    count: CountTable | None = None
    numerator: CountTable | None = None
    denominator: CountTable | None = None
    numerator_name: Phrase | None = None
    denominator_name: Phrase | None = None
    definition: Phrase
    caveats: tuple[Phrase, ...] = ()
    tensions: Words = ()
    tags: Words = ()
    scored: bool = True
    bands: BandsTable | None = None

    def noun(self, indicator: str, groups: dict[str, Text]) -> Indicator:
        rules = {part: getattr(self, part) for part in ("count", "numerator", "denominator")}
        values = dict(self) | {part: rule.noun() if rule else None for part, rule in rules.items()}
        values["group"] = groups.get(self.group)
        values["bands"] = self.bands.noun() if self.bands else None
        values["listed"] = tuple((point.deadline, point.value) for point in self.listed)
        return Indicator(indicator=indicator, **values)


class CalendarTable(Table):
    """Days: due after the quarter's end, grace after that, closed after the grace (left out: never)."""

    due: int = Field(default=15, ge=1)
    grace: int = Field(default=5, ge=0)
    closing: int | None = Field(default=None, ge=0)

    def noun(self) -> Calendar:
        return Calendar(**dict(self))


class MetaTable(Table):
    level: Phrase
    lead: Phrase
    number: str | None = None
    issuer: Phrase | None = None
    issued: date | None = None
    definition: Phrase | None = None
    period_basis: Phrase
    notes: tuple[Phrase, ...] = ()


class PlanTable(Table):
    """plan.toml"""

    plan: str
    order: int = 100
    """Place among the plans; the first one is shown to a first visitor."""
    version: str
    earlier_versions: Words = ()
    status: Literal["draft", "issued"]
    in_force_from: date | None = None
    title: Phrase
    short: Phrase
    area: str
    start: date
    end: date
    unit_set: str
    bands: BandsTable
    calendar: CalendarTable | None = None
    """When its quarters fall due; no plan prints it, so it is ours to set."""
    meta: MetaTable
    unit_sets: dict[str, Words]
    lead_unit: str | None = None
    """Who reports the tasks for which the text names no owner."""
    collectives: dict[str, Words] = Field(default_factory=dict)
    """Names in the text that stand for many: 各区、县（市）政府 = ["@units"]."""
    keepers: dict[str, Words] = Field(default_factory=dict)
    """Who keeps a roster that nothing is counted from: claims = ["@units"]."""
    groups: dict[str, Phrase]
    indicators: dict[str, IndicatorTable]


class OptionTable(Table):
    value: str
    name: Phrase
    sets: dict[str, object] = Field(default_factory=dict, alias="set")


class SettingTable(Table):
    """How a tension can be read. No `default`: undecided, and `unscored` indicators get no verdict."""

    question: Phrase
    default: str | None = None
    unscored: Words = ()
    options: tuple[OptionTable, ...] = Field(min_length=2)


TensionKind = Literal[
    "arithmetic", "data_quality", "definition", "double_count", "money", "responsibility",
    "scope", "status", "time", "unit", "wording",
]  # fmt: skip


class TensionTable(Table):
    kind: TensionKind
    clauses: Words
    statement: Phrase
    show_as: Phrase
    numbers: dict[str, object] = Field(default_factory=dict)
    setting: SettingTable | None = None

    def noun(self, tension: str) -> Tension:
        values = dict(self)
        if setting := values.pop("setting"):
            options = tuple(Option(**dict(option)) for option in setting.options)
            values |= {
                "question": setting.question,
                "default": setting.default,
                "unscored": setting.unscored,
                "options": options,
            }
        return Tension(tension=tension, **values)
