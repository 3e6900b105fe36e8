"""The rows of the CSV files: units, targets, milestones, and the noun each becomes."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator

from loaders.plans.shape import Quarter, Table, Words, split_at
from metrics.plan import Comparison, Milestone, Target, Unit
from metrics.text import Text


def _owners(value: object) -> object:
    """Split at 、; a cell with a ； is split there only, so that 各区、县（市）政府 stays one name."""
    if not isinstance(value, str):
        return value
    return tuple(name.strip() for name in value.split("；" if "；" in value else "、") if name.strip())


OWNERS = BeforeValidator(_owners)


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
    aliases: Annotated[Words, split_at("、")] = ()

    def noun(self) -> Unit:
        return Unit(**dict(self))


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
    tags: Annotated[Words, split_at(" ")] = ()

    def noun(self) -> Target:
        return Target(**dict(self))


class MilestoneRow(Table):
    milestone: str
    name_zh: str
    name_en: str
    clauses: Annotated[Words, split_at("；;")]
    deadline: date | None = None
    deadline_printed: str = ""
    recurrence: Literal["once", "annual", "continuous"]
    scope: Literal["city", "each_unit", "site", "each_zone", "each_base"]
    owners: Annotated[Words, OWNERS] = ()
    owner_basis: Literal["stated", "division", "inferred", "not_stated"]
    evidence_zh: str
    evidence_en: str
    note_zh: str = ""
    note_en: str = ""
    row: int | None = None
    quarter: Quarter | None = None
    row_target_zh: str = ""
    row_target_en: str = ""
    actions_zh: Annotated[Words, split_at("；;")] = ()
    actions_en: Annotated[Words, split_at(";；")] = ()

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
