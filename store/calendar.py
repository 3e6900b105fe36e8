"""When a unit's submission is due and whether its quarter is open, with every change and its reason."""

from datetime import date, datetime

from metrics.calendar import Change, State, Step, Term, state_on, term, usual_term
from metrics.period import Period
from metrics.plan import Plan
from store.audit import write_entry
from store.database import Database
from store.live import moment, moment_after
from store.people import require, signature


class QuarterClosed(Exception):
    """Nothing more is taken in for this unit and quarter until somebody reopens it with a reason."""

    def __init__(self, plan: str, unit: str, period: Period, closed_from: date) -> None:
        super().__init__(f"{plan}: {period} is closed for {unit} from {closed_from}")
        self.plan, self.unit, self.period, self.closed_from = plan, unit, period, closed_from


class BadChange(ValueError):
    """A change that makes no sense; `fault` names why: see `FAULTS`."""

    def __init__(self, plan: Plan, period: Period, fault: str) -> None:
        super().__init__(f"{plan.plan} {period}: {FAULTS[fault]}")
        self.fault = fault


FAULTS = {
    "no_reason": "a change of the calendar needs a reason",
    "no_unit": "the unit sends nothing for this plan",
    "outside": "the quarter lies outside the plan",
    "no_day": "a closing needs a day",
    "before_end": "the day lies before the quarter's end",
    "not_moved": "the due day is this one already",
    "closed_by_then": "closed by then: reopen it first",
    "not_closed": "it is not closed, so there is nothing to reopen",
    "passed": "the last day open has passed",
}


def list_changes(database: Database, plan: Plan, known_at: datetime | None = None) -> list[Change]:
    """Every change of the plan's calendar made by `known_at`, oldest first.

    A county or department gets those for everybody and its own.
    """
    person = database.person
    found = database.rows(
        "select entry, period, unit, step, on_day, why, who, changed_at from calendar_change"
        " where plan = :plan and changed_at <= :at"
        " and (cast(:own as varchar) is null or unit is null or unit = :own) order by entry",
        plan=plan.plan,
        at=moment(known_at),
        own=(person.unit or "") if person.limited else None,
    )
    return [
        Change(row.entry, Period.parse(row.period), row.unit, row.step, row.on_day, row.why, row.who, row.changed_at)
        for row in found
    ]


def term_of(database: Database, plan: Plan, unit: str, period: Period, known_at: datetime | None = None) -> Term:
    """Due day, end of the grace and closing that hold for a unit, with the changes that made them so."""
    return term(plan.calendar, list_changes(database, plan, known_at), unit, period)


def state_of(database: Database, plan: Plan, unit: str, period: Period, day: date) -> State:
    """running, open, grace, overdue or closed, for a unit that has not sent yet."""
    return state_on(term_of(database, plan, unit, period), period, day)


def require_open(database: Database, plan: Plan, unit: str, period: Period, now: datetime) -> None:
    """Raises QuarterClosed where the quarter is closed for the unit. Being late never closes it."""
    found = term_of(database, plan, unit, period)
    if found.closed_from is not None and found.closed_on(now.date()):
        raise QuarterClosed(plan.plan, unit, period, found.closed_from)


def save_change(
    database: Database,
    plan: Plan,
    period: Period,
    unit: str | None,
    step: Step,
    day: date | None,
    *,
    why: str,
    now: datetime,
    who: str = "",
) -> int:
    """Move a due day, close a quarter or reopen it, for one unit or (None) for everybody; returns the entry.

    Raises BadChange without a reason, for a unit or quarter the plan does not know, for a day that
    contradicts what is set, and for reopening what is not closed. `who` is what somebody typed
    where nobody signs in.
    """
    require(database, "calendar", unit)
    who, why = signature(database.person, who), why.strip()
    fault = _fault(database, plan, period, unit, step, day, now.date()) if why else "no_reason"
    if fault:
        raise BadChange(plan, period, fault)
    with database.transaction() as execute:
        execute.raise_data_version()
        entry = int(execute("select nextval('calendar_number')").scalar_one())
        latest = execute("select max(changed_at) from calendar_change where plan = :plan", plan=plan.plan).scalar()
        at = moment_after(latest, now)
        execute(
            "insert into calendar_change values (:entry, :plan, :period, :unit, :step, :day, :why, :who, :at)",
            entry=entry, plan=plan.plan, period=str(period), unit=unit, step=step, day=day, why=why, who=who, at=at,
        )  # fmt: skip
        detail: dict[str, object] = {"plan": plan.plan, "period": str(period), "unit": unit, "step": step}
        write_entry(execute, at, who, "calendar", detail | {"day": day, "why": why})
    return entry


def _fault(
    database: Database, plan: Plan, period: Period, unit: str | None, step: Step, day: date | None, today: date
) -> str | None:
    """Why a change makes no sense, or None."""
    reporting = plan.reporting_units()
    if unit is not None and unit not in reporting:
        return "no_unit"
    if not Period.of(plan.start) <= period <= Period.of(plan.end):
        return "outside"
    if day is not None and day <= period.end:
        return "before_end"
    changes = list_changes(database, plan)
    terms = [term(plan.calendar, changes, one, period) for one in ((unit,) if unit else reporting)]
    if step == "due":
        new = day or usual_term(plan.calendar, period).due
        if any(found.closed_from and new >= found.closed_from for found in terms):
            return "closed_by_then"
        return "not_moved" if all(found.due == new for found in terms) else None
    if step == "close":
        return "no_day" if day is None else None
    if not any(found.closed_on(today) for found in terms):
        return "not_closed"
    return "passed" if day and day < today else None
