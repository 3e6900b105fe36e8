"""What a rule looks at, and what it says when it is broken."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from loaders.found import Found
from loaders.problem import Severity
from loaders.values import Values
from metrics.claims import Claim
from metrics.plan import Field, Indicator, Plan, Roster
from store.submissions import Figure, MilestoneStatus, RosterRow


@dataclass(frozen=True)
class Case:
    """Everything a rule may look at. `derived`: the counts of the rosters; `last`: last quarter;
    `tasks`: what was last said of each task; `claims_elsewhere`: claims under other `plans`."""

    found: Found
    values: Values
    derived: dict[tuple[str, str], Figure]
    last: dict[tuple[str, str], Decimal]
    tasks: dict[str, MilestoneStatus] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    claims_elsewhere: list[Claim] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        return self.found.plan

    def figures(self) -> Iterator[tuple[Figure, Indicator]]:
        for figure in self.values.figures:
            yield figure, self.plan.indicators[figure.indicator]

    def figure(self, indicator: str, part: str) -> Figure | None:
        return next((f for f in self.values.figures if (f.indicator, f.part) == (indicator, part)), None)

    def rows(self, roster: str) -> list[RosterRow]:
        return [row for row in self.values.rows if row.roster == roster]

    def rosters(self) -> list[Roster]:
        return [self.plan.rosters[name] for name in dict.fromkeys(row.roster for row in self.values.rows)]

    def cells_of(self, *types: str) -> Iterator[tuple[RosterRow, Field, str]]:
        """Every filled cell of the rosters whose field is of one of the types."""
        for roster in self.rosters():
            fields = [one for one in roster.fields if one.type in types]
            for row in self.rows(roster.roster):
                for one in fields:
                    if one.field in row.values:
                        yield row, one, row.values[one.field]


class Broken(NamedTuple):
    """Where a rule is broken, what stands there, and the other values of its sentence."""

    sheet: str
    cell: str
    shown: str
    values: dict[str, Any]


class Rule(NamedTuple):
    """`asks`: a notice that wants an answer before the submission is sent for review."""

    id: str
    where: str
    level: Severity
    broken: Callable[[Case], Iterable[Broken]]
    asks: bool = False


def at(figure: Figure, **values: Any) -> Broken:
    return Broken(figure.sheet, figure.cell, figure.shown, values)


def named(indicator: Indicator) -> dict[str, str]:
    return {"zh": indicator.name.zh, "en": indicator.name.en}
