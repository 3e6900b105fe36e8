"""The shape of the plan files: which keys exist, of which type, and the noun each becomes.

Formats only; what must agree between files is in `plan_checks`. Unknown keys are faults.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from metrics.period import Period
from metrics.plan import (
    Bands,
    Choice,
    Comparison,
    Count,
    Indicator,
    Kind,
    Milestone,
    Path,
    Roster,
    Scope,
    Target,
    Tension,
    Text,
    Unit,
)
from metrics.plan import Field as RosterField


def _phrase(value: object) -> Text:
    if isinstance(value, Text):
        return value
    if not isinstance(value, dict) or value.keys() != {"zh", "en"}:
        raise ValueError("needs exactly zh and en")
    if not all(isinstance(words, str) and words.strip() for words in value.values()):
        raise ValueError("zh and en must both say something")
    return Text(**value)


def _split(separators: str) -> BeforeValidator:
    """A list written in one cell: 市商务局、市经信局."""

    def split(value: object) -> object:
        if not isinstance(value, str):
            return value
        for separator in separators[1:]:
            value = value.replace(separator, separators[0])
        return tuple(part.strip() for part in value.split(separators[0]) if part.strip())

    return BeforeValidator(split)


Phrase = Annotated[Text, BeforeValidator(_phrase)]
Words = tuple[str, ...]
Quarter = Annotated[Period, BeforeValidator(lambda v: Period.parse(v) if isinstance(v, str) else v)]


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class UnitRow(Table):
    unit: str
    code: str | None = None
    name: str
    short: str
    name_en: str
    parent: str | None = None
    kind: Literal["province", "city", "county", "zone", "town", "street", "department"]
    valid_from: date | None = None
    valid_to: date | None = None
    aliases: Annotated[Words, _split("、")] = ()

    def noun(self) -> Unit:
        return Unit(**dict(self))


class FieldTable(Table):
    zh: str
    en: str
    type: Literal["text", "date", "number", "money", "choice", "yesno", "uscc", "url"]
    required: bool = False
    choices: str | None = None
    measure: str = ""
    aliases: Words = ()
    help: Phrase | None = None

    def noun(self, field: str, lists: dict[str, tuple[Choice, ...]]) -> RosterField:
        choices = lists.get(self.choices or "", ())
        return RosterField(
            field, Text(self.zh, self.en), self.type, self.required, choices, self.measure, self.aliases, self.help
        )


class RosterTable(Table):
    code: str
    name: Phrase
    key: Words
    orders: tuple[tuple[str, str], ...] = ()
    fields: dict[str, FieldTable]

    def noun(self, roster: str, lists: dict[str, tuple[Choice, ...]]) -> Roster:
        fields = tuple(field.noun(name, lists) for name, field in self.fields.items())
        return Roster(roster, self.code, self.name, self.key, fields, self.orders)


class CountTable(Table):
    roster: str
    key: Words
    since: Words = ()
    ended: Words = ()
    valid_to: Words = ()
    where: dict[str, Words] = {}
    filled: Words = ()
    total: str | None = None
    every: Literal["week", "month"] | None = None

    def noun(self) -> Count:
        return Count(**(dict(self) | {"where": tuple(self.where.items())}))


class ListedPoint(Table):
    deadline: date
    value: Decimal


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

    def noun(self, indicator: str, groups: dict[str, Text]) -> Indicator:
        rules = {part: getattr(self, part) for part in ("count", "numerator", "denominator")}
        values = dict(self) | {part: rule.noun() if rule else None for part, rule in rules.items()}
        values["group"] = groups.get(self.group)
        values["listed"] = tuple((point.deadline, point.value) for point in self.listed)
        return Indicator(indicator=indicator, **values)


class BandsTable(Table):
    on_track: Decimal
    watch: Decimal
    behind: Decimal

    def noun(self) -> Bands:
        return Bands(**dict(self))


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
    title: Phrase
    short: Phrase
    area: str
    start: date
    end: date
    unit_set: str
    bands: BandsTable
    meta: MetaTable
    unit_sets: dict[str, Words]
    groups: dict[str, Phrase]
    indicators: dict[str, IndicatorTable]


class TargetRow(Table):
    indicator: str
    unit: str
    deadline: date | None = None
    comparison: Comparison
    value: Decimal | None = None
    maximum: Decimal | None = None
    printed: str = ""
    deadline_printed: str = ""
    version: str
    tags: Annotated[Words, _split(" ")] = ()

    def noun(self) -> Target:
        return Target(**dict(self))


class MilestoneRow(Table):
    milestone: str
    name_zh: str
    name_en: str
    clauses: Annotated[Words, _split("；;")]
    deadline: date | None = None
    deadline_printed: str = ""
    recurrence: Literal["once", "annual", "continuous"]
    scope: Literal["city", "each_unit", "site", "each_zone", "each_base"]
    owners: Annotated[Words, _split("、")] = ()
    owner_basis: Literal["stated", "division", "inferred", "not_stated"]
    evidence_zh: str
    evidence_en: str
    note_zh: str = ""
    note_en: str = ""
    row: int | None = None
    quarter: Quarter | None = None
    row_target_zh: str = ""
    row_target_en: str = ""
    actions_zh: Annotated[Words, _split("；;")] = ()
    actions_en: Annotated[Words, _split(";；")] = ()

    def noun(self) -> Milestone:
        def pair(name: str) -> Text | None:
            zh, en = getattr(self, f"{name}_zh"), getattr(self, f"{name}_en")
            return Text(zh, en) if zh else None

        plain = {name: value for name, value in self if not name.endswith(("_zh", "_en"))}
        return Milestone(
            **plain,
            note=pair("note"),
            row_target=pair("row_target"),
            name=Text(self.name_zh, self.name_en),
            evidence=Text(self.evidence_zh, self.evidence_en),
            actions=tuple(Text(zh, en) for zh, en in zip(self.actions_zh, self.actions_en, strict=False)),
        )


class TierTable(Table):
    condition: Phrase
    value: int
    area_from: int | None = None
    area_to: int | None = None


class MoneyTable(Table):
    """One money rule; `value` in integer yuan, blank when the plan prints no amount."""

    name: Phrase
    clauses: Words
    amount: Literal["cap", "fixed", "tier", "share", "floor_ratio", "rule", "unspecified"]
    value: int | None = None
    percent: Decimal | None = None
    per: Phrase | None = None
    printed: Words = ()
    condition: Phrase
    condition_printed: Words = ()
    one_off: bool = False
    payer: Phrase | None = None
    note: Phrase | None = None
    units: Words = ()
    city_percent: int | None = None
    local_percent: int | None = None
    tiers: tuple[TierTable, ...] = ()


class TensionTable(Table):
    kind: Literal[
        "arithmetic", "data_quality", "definition", "double_count", "money", "responsibility",
        "scope", "status", "time", "unit", "wording",
    ]  # fmt: skip
    clauses: Words
    statement: Phrase
    show_as: Phrase
    numbers: dict[str, object] = {}

    def noun(self, tension: str) -> Tension:
        return Tension(tension=tension, **dict(self))
