"""What happened to everything that was sent for a plan: for who still owes, and how units report."""

from datetime import date, datetime

import pandas as pd

from metrics.dues import dues
from metrics.period import Period
from metrics.plan import Plan
from store.calendar import list_changes
from store.database import Database
from store.live import moment
from store.people import require
from store.submissions import list_submissions


def list_plan_steps(database: Database, plan: Plan, known_at: datetime | None = None) -> pd.DataFrame:
    """Every step of every submission of a plan, oldest first: unit, period, submission, step, at.

    A county or department gets its own.
    """
    unit = database.person.unit if database.person.limited else None
    require(database, "read", unit)
    return database.frame(
        'select s.unit, s.period, r.submission, r.step, r.done_at as "at" from review r'
        " join submission s on s.unit = r.unit and s.submission = r.submission"
        " where s.plan = :plan and r.done_at <= :at and (cast(:unit as varchar) is null or s.unit = :unit)"
        " order by r.entry",
        plan=plan.plan,
        at=moment(known_at),
        unit=unit,
    )


def list_dues(
    database: Database,
    plan: Plan,
    quarters: list[Period],
    *,
    on: date,
    unit_set: str | None = None,
    known_at: datetime | None = None,
) -> pd.DataFrame:
    """The rows of `metrics.dues` of several quarters, of the units the person sees."""
    sent, changes = list_submissions(database, plan, known_at=known_at), list_changes(database, plan, known_at)
    steps = list_plan_steps(database, plan, known_at)
    every = pd.concat(
        dues(plan, sent, quarter, on=on, unit_set=unit_set, changes=changes, steps=steps) for quarter in quarters
    )
    person = database.person
    return (every[every["unit"] == person.unit] if person.limited else every).reset_index(drop=True)


def list_tries(database: Database, plan: Plan, known_at: datetime | None = None) -> pd.DataFrame:
    """Every file judged for a plan, without what was found in it: unit, period, received_at, verdict, sha256.

    A county or department gets its own.
    """
    unit = database.person.unit if database.person.limited else None
    require(database, "read", unit)
    return database.frame(
        "select unit, period, received_at, verdict, sha256 from attempt where plan = :plan and received_at <= :at"
        " and unit <> '' and period <> '' and (cast(:unit as varchar) is null or unit = :unit) order by attempt",
        plan=plan.plan,
        at=moment(known_at),
        unit=unit,
    )
