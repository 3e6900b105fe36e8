"""Who acts, and what a role may do. Asked where data are read and written, not only in the menu."""

from dataclasses import dataclass, replace
from typing import Literal, Protocol, get_args

import pandas as pd

from metrics.plan import Plan

Role = Literal["county", "department", "reviewer", "leader", "administrator"]
Action = Literal["read", "send", "review", "decide", "calendar", "export", "remind", "audit", "accounts"]

RIGHTS: dict[Role, frozenset[Action]] = {
    "county": frozenset({"read", "send"}),
    "department": frozenset({"read", "send"}),
    "reviewer": frozenset({"read", "send", "review", "decide", "calendar", "export", "remind"}),
    "leader": frozenset({"read", "export"}),
    "administrator": frozenset(get_args(Action)),
}
OWN_UNIT_ONLY: frozenset[Role] = frozenset({"county", "department"})
"""Roles whose rights end at their own unit."""


@dataclass(frozen=True)
class Person:
    """Somebody who acts. `unit` is the key of the county or department a limited role belongs to."""

    name: str
    label: str
    role: Role
    unit: str | None = None

    @property
    def limited(self) -> bool:
        return self.role in OWN_UNIT_ONLY


OPERATOR = Person("operator", "命令行", "administrator")
"""Whoever runs a command at the machine."""
GUEST = Person("guest", "访客", "administrator")
"""A visitor of a database that has no accounts: the sample dashboard."""


class Acting(Protocol):
    """Whatever somebody acts through: a `Database`."""

    person: Person


class NotAllowed(Exception):
    """The person may not do this, or not for this unit."""

    def __init__(self, person: Person, action: Action, unit: str | None = None) -> None:
        super().__init__(f"{person.name} ({person.role}) may not {action}" + (f" for {unit}" if unit else ""))
        self.person = person
        self.action = action
        self.unit = unit


def may(person: Person, action: Action, unit: str | None = None) -> bool:
    """Whether the role has the right and, where a unit is named, whether it reaches that far."""
    own = unit is None or not person.limited or unit == person.unit
    return action in RIGHTS[person.role] and own


def require(database: Acting, action: Action, unit: str | None = None) -> None:
    """Raises NotAllowed unless the person this database acts for may do so."""
    if not may(database.person, action, unit):
        raise NotAllowed(database.person, action, unit)


def require_figure(database: Acting, plan: Plan, indicator: str, unit: str) -> None:
    """Reading one figure's detail: a department also sees its own indicators of other units."""
    person = database.person
    if person.role == "department" and indicator in _own_indicators(plan, person):
        return
    require(database, "read", unit)


def signature(person: Person, typed: str = "") -> str:
    """The name an act is kept under: the account's; what was typed where nobody signs in."""
    return typed.strip() or person.name if person in (OPERATOR, GUEST) else person.name


def sees_plan(plan: Plan, person: Person) -> bool:
    """A limited role sees the plans it answers to."""
    return not person.limited or person.unit in plan.reporting_units()


def seen_plan(plan: Plan, person: Person) -> Plan:
    """The plan as far as the person sees it: a county its own unit, a department its own indicators."""
    if not person.limited:
        return plan
    if person.role == "department":
        own = _own_indicators(plan, person)
        return replace(
            plan,
            indicators={name: indicator for name, indicator in plan.indicators.items() if name in own},
            targets=tuple(target for target in plan.targets if target.indicator in own),
        )
    sets = {name: tuple(unit for unit in units if unit == person.unit) for name, units in plan.unit_sets.items()}
    chosen = plan.unit_set if sets[plan.unit_set] else next((name for name in sets if sets[name]), plan.unit_set)
    return replace(plan, unit_sets=sets, unit_set=chosen)


def seen_units(plan: Plan, person: Person) -> frozenset[str] | None:
    """Units whose rows a person sees in tables; None: all of them."""
    if person.role == "county":
        return frozenset({plan.area, person.unit or ""})
    return None


def seen_rows(rows: pd.DataFrame, plan: Plan, person: Person, *, detail: bool = False) -> pd.DataFrame:
    """Of a table with a row per unit (column `unit`, perhaps `indicator`), the rows a person sees.

    `detail`: rows of rosters, tasks and firms, of which a department too sees its own only.
    """
    if not person.limited:
        return rows
    if person.role == "county" or detail:
        rows = rows[rows["unit"] == person.unit]
    elif "indicator" in rows:
        rows = rows[rows["indicator"].isin(list(_own_indicators(plan, person)))]
    return rows.reset_index(drop=True)


def _own_indicators(plan: Plan, person: Person) -> frozenset[str]:
    return frozenset(indicator.indicator for indicator in plan.indicators_of(person.unit or ""))
