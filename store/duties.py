"""What a unit owes: each plan and quarter with its due day and how far its submission has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from metrics.calendar import State, Term, state_on, term
from metrics.completeness import expected_units
from metrics.period import Period, periods
from metrics.plan import Plan
from store.calendar import list_changes
from store.database import Database
from store.people import require
from store.submissions import STANDING

DutyState = Literal["published", "waiting", "returned"] | State
"""How far a submission has come; for one that was not sent, where its quarter stands in the calendar."""


@dataclass(frozen=True)
class Duty:
    """`since`: when it came to its state, None for one that was not sent."""

    plan: str
    period: Period
    term: Term
    state: DutyState
    since: datetime | None = None

    @property
    def done(self) -> bool:
        return self.state in ("published", "waiting")

    def days_left(self, today: date) -> int:
        """Days until the due day; negative after it."""
        return (self.term.due - today).days


def list_duties(
    database: Database, plans: Iterable[Plan], unit: str, until: Period, today: date, quarters: int = 4
) -> list[Duty]:
    """Every quarter the unit owes of the last `quarters` to `until`, of all plans, what is due first on top."""
    require(database, "read", unit)
    reached = _reached(database, unit)
    found = []
    for plan in plans:
        changes = list_changes(database, plan)
        for period in periods(until + (1 - quarters), until):
            if _owes(plan, unit, period):
                made = term(plan.calendar, changes, unit, period)
                step = reached.get((plan.plan, str(period)))
                state, since = step if step else (state_on(made, period, today), None)
                found.append(Duty(plan.plan, period, made, state, since))
    return sorted(found, key=lambda duty: duty.term.due)


def duty_of(database: Database, plan: Plan, unit: str, period: Period, today: date) -> Duty:
    """One quarter of one plan, whether or not anything is owed for it."""
    require(database, "read", unit)
    made = term(plan.calendar, list_changes(database, plan), unit, period)
    step = _reached(database, unit).get((plan.plan, str(period)))
    state, since = step if step else (state_on(made, period, today), None)
    return Duty(plan.plan, period, made, state, since)


def _owes(plan: Plan, unit: str, period: Period) -> bool:
    return any(unit in expected_units(plan, period, name) for name in plan.unit_sets)


def _reached(database: Database, unit: str) -> dict[tuple[str, str], tuple[DutyState, datetime]]:
    """The last step of each plan and quarter; what was withdrawn is as if it had not been sent."""
    steps = database.rows(
        "select s.plan, s.period, r.step, r.done_at from review r"
        " join submission s on s.unit = r.unit and s.submission = r.submission"
        " where s.unit = :unit order by r.entry",
        unit=unit,
    )
    standing = database.rows(
        "select plan, period, published_at from submission where unit = :unit and superseded_at = :standing",
        unit=unit,
        standing=STANDING,
    )
    found: dict[tuple[str, str], tuple[DutyState, datetime]] = {
        (row.plan, row.period): ("published", row.published_at) for row in standing
    }
    last = {(row.plan, row.period): (row.step, row.done_at) for row in steps}
    names: dict[str, DutyState] = {"sent": "waiting", "returned": "returned"}
    return found | {key: (names[step], at) for key, (step, at) in last.items() if step in names}
