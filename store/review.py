"""Review: what was sent waits here until somebody publishes it or sends it back."""

import json
from datetime import datetime

import pandas as pd

from metrics.period import Period
from metrics.plan import Plan
from store.audit import write_entry
from store.database import Database, Execute
from store.people import require, signature
from store.sending import close_standing, write_step
from store.submission_rows import read_submission, unit_of
from store.submissions import STANDING, WAITING, Submission


class AlreadyDecided(Exception):
    """Somebody was first: `step` (published, returned, withdrawn), `who`, `at`."""

    def __init__(self, step: str, who: str, at: datetime) -> None:
        super().__init__(f"{step} by {who} at {at:%Y-%m-%d %H:%M}")
        self.step = step
        self.who = who
        self.at = at


def list_waiting(database: Database, plan: Plan | None = None, unit: str | None = None) -> pd.DataFrame:
    """Submissions nobody has decided yet, the longest waiting first.

    Columns: submission, plan, plan_version, unit, period, file_name, sha256, received_at, sent_at,
    sent_by, notices (list). A county or department gets its own.
    """
    if database.person.limited:
        unit = unit or database.person.unit
    require(database, "read", unit)
    found = database.frame(
        "select s.submission, s.plan, s.plan_version, s.unit, s.period, s.file_name, s.sha256, s.received_at,"
        " r.done_at as sent_at, r.who as sent_by, s.notices from submission s"
        " join review r on r.unit = s.unit and r.submission = s.submission and r.step = 'sent'"
        " where s.superseded_at = :waiting and (cast(:plan as varchar) is null or s.plan = :plan)"
        " and (cast(:unit as varchar) is null or s.unit = :unit) order by r.done_at, s.submission",
        waiting=WAITING,
        plan=plan.plan if plan else None,
        unit=unit,
    )
    found["notices"] = [json.loads(notices) for notices in found["notices"]]
    return found


def list_steps(database: Database, plan: Plan, unit: str, period: Period) -> pd.DataFrame:
    """All steps of one unit's submissions for a quarter, newest first: submission, file_name, sha256,
    step, at, who, why."""
    require(database, "read", unit)
    return database.frame(
        'select r.submission, s.file_name, s.sha256, r.step, r.done_at as "at", r.who, r.why from review r'
        " join submission s on s.unit = r.unit and s.submission = r.submission"
        " where s.unit = :unit and s.plan = :plan and s.period = :period order by r.entry desc",
        unit=unit,
        plan=plan.plan,
        period=str(period),
    )


def life(database: Database, number: int) -> pd.DataFrame:
    """The steps of one submission, oldest first: step (sent, withdrawn, returned, published), at, who, why."""
    require(database, "read", unit_of(database, number))
    return database.frame(
        'select step, done_at as "at", who, why from review where submission = :number order by entry', number=number
    )


def publish_submission(database: Database, plan: Plan, number: int, *, now: datetime, who: str = "") -> None:
    """Put a waiting submission in force, in one transaction. Raises AlreadyDecided, NotAllowed.

    `who` is what somebody typed where nobody signs in.
    """
    require(database, "review")
    submission = read_submission(database, number)
    who = signature(database.person, who)
    with database.transaction() as execute:
        published_at = close_standing(execute, submission, now)
        _decide(execute, number, published_at=published_at, superseded_at=STANDING, who=who)
        write_step(execute, submission.unit, number, "published", published_at, who)
        write_entry(execute, now, who, "publish", _told(submission, number))


def return_submission(database: Database, number: int, *, why: str, now: datetime, who: str = "") -> None:
    """Send a waiting submission back with a reason; the published version stays in force.

    Raises ValueError without a reason, AlreadyDecided, NotAllowed.
    """
    require(database, "review")
    if not why.strip():
        raise ValueError("returning needs a reason")
    submission = read_submission(database, number)
    who = signature(database.person, who)
    with database.transaction() as execute:
        _decide(execute, number, published_at=WAITING, superseded_at=now, who="")
        write_step(execute, submission.unit, number, "returned", now, who, why.strip())
        write_entry(execute, now, who, "return", {**_told(submission, number), "why": why.strip()})


def withdraw_submission(database: Database, number: int, *, now: datetime) -> None:
    """Take back what was sent and nobody has decided. Raises AlreadyDecided, NotAllowed."""
    submission = read_submission(database, number)
    require(database, "send", submission.unit)
    who = database.person.name
    with database.transaction() as execute:
        _decide(execute, number, published_at=WAITING, superseded_at=now, who="")
        write_step(execute, submission.unit, number, "withdrawn", now, who)
        write_entry(execute, now, who, "withdraw_submission", _told(submission, number))


def _decide(execute: Execute, number: int, *, published_at: datetime, superseded_at: datetime, who: str) -> None:
    """The one statement that only the first of two reviewers gets through."""
    decided = execute(
        "update submission set published_at = :published_at, superseded_at = :superseded_at, published_by = :who"
        " where submission = :number and superseded_at = :waiting returning submission",
        published_at=published_at,
        superseded_at=superseded_at,
        who=who,
        number=number,
        waiting=WAITING,
    ).fetchall()
    if not decided:
        first = execute(
            "select step, who, done_at from review where submission = :number and step <> 'sent'"
            " order by entry desc limit 1",
            number=number,
        ).fetchall()
        if not first:
            raise KeyError(number)
        raise AlreadyDecided(first[0].step, first[0].who, first[0].done_at)
    execute.raise_data_version()


def _told(submission: Submission, number: int) -> dict[str, object]:
    return {
        "submission": number,
        "plan": submission.plan,
        "unit": submission.unit,
        "period": str(submission.period),
        "file": submission.file_name,
        "sha256": submission.sha256,
    }
