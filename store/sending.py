"""How a submission comes in: published at once, or sent and waiting for review."""

import json
from dataclasses import replace
from datetime import datetime

from metrics.period import Period
from metrics.plan import Plan
from store.attempts import attempt_sent
from store.calendar import require_open
from store.database import Database, Execute
from store.live import moment_after
from store.people import require, signature
from store.submission_rows import (
    actual_columns,
    counted_columns,
    insert,
    mend_columns,
    milestone_columns,
    roster_columns,
)
from store.submissions import STANDING, WAITING, Submission, derived_counts, derived_figures


def save_submission(database: Database, plan: Plan, submission: Submission, *, attempt: int | None = None) -> int:
    """Save and publish a submission in one transaction; returns its number.

    The submission of the same unit, plan and period that stood until now is closed, not changed; one
    that waits for review is withdrawn. `attempt`: the judged upload it was made of.
    """
    require(database, "review")
    submission = replace(submission, published_by=signature(database.person, submission.published_by))
    rows = _Rows(plan, submission)
    with database.transaction() as execute:
        execute.raise_data_version()
        withdraw_waiting(execute, submission)
        published_at = close_standing(execute, submission, submission.published_at)
        number = rows.store(execute, published_at, STANDING)
        write_step(execute, submission.unit, number, "published", published_at, submission.published_by)
        attempt_sent(execute, attempt, number)
    return number


def send_submission(database: Database, plan: Plan, submission: Submission, *, attempt: int | None = None) -> int:
    """Save a submission that waits for review; returns its number. No figure changes yet.

    One of the same unit, plan and period that still waits is withdrawn. `published_at` and
    `published_by` of the submission say when it was sent and by whom. Raises QuarterClosed.
    """
    require(database, "send", submission.unit)
    if database.person.limited:  # whoever may reopen a quarter may also mend what was sent for it
        require_open(database, plan, submission.unit, submission.period, submission.published_at)
    sender = signature(database.person, submission.published_by)
    rows = _Rows(plan, replace(submission, published_by=""))
    with database.transaction() as execute:
        execute.raise_data_version()  # who waits is told beside the figures
        withdraw_waiting(execute, replace(submission, published_by=sender))
        number = rows.store(execute, WAITING, WAITING)
        write_step(execute, submission.unit, number, "sent", submission.published_at, sender)
        attempt_sent(execute, attempt, number)
    return number


class _Rows:
    """What is stored of a submission, counted before the database is held up for it."""

    def __init__(self, plan: Plan, submission: Submission) -> None:
        plan = plan.as_printed or plan  # a decision can be undone, so stored counts follow the printed text
        self.submission = submission
        self.keys = derived_counts(plan, submission)
        self.derived = derived_figures(plan, submission, self.keys)

    def store(self, execute: Execute, published_at: datetime, superseded_at: datetime) -> int:
        submission, unit = self.submission, self.submission.unit
        number = int(execute("select nextval('submission_number')").scalar_one())
        execute(
            "insert into submission values (:unit, :submission, :plan, :plan_version, :period, :file_name, :sha256,"
            " :template_version, :received_at, :published_at, :superseded_at, :published_by, :notices)",
            unit=unit,
            submission=number,
            plan=submission.plan,
            plan_version=submission.plan_version,
            period=str(submission.period),
            file_name=submission.file_name,
            sha256=submission.sha256,
            template_version=submission.template_version,
            received_at=submission.received_at,
            published_at=published_at,
            superseded_at=superseded_at,
            published_by=submission.published_by,
            notices=json.dumps(list(submission.notices), ensure_ascii=False),
        )
        insert(execute, "actual", unit, number, actual_columns("reported", submission.figures))
        insert(execute, "actual", unit, number, actual_columns("derived", self.derived))
        insert(execute, "roster_row", unit, number, roster_columns(submission.roster_rows))
        insert(execute, "counted", unit, number, counted_columns(self.keys))
        insert(execute, "milestone_status", unit, number, milestone_columns(submission.milestones))
        insert(execute, "mend", unit, number, mend_columns(submission.mends))
        return number


def close_standing(execute: Execute, submission: Submission, now: datetime) -> datetime:
    """Close the version in force and return a moment later than all earlier versions' own."""
    latest = execute(
        f"select max(published_at) from submission where {_SAME} and published_at < :standing",
        standing=STANDING,
        **_same(submission),
    ).scalar()
    published_at = moment_after(latest, now)
    execute(
        f"update submission set superseded_at = :published_at where {_SAME} and superseded_at = :standing",
        published_at=published_at,
        standing=STANDING,
        **_same(submission),
    )
    return published_at


def withdraw_waiting(execute: Execute, submission: Submission) -> None:
    """What the same unit sent before for the same quarter, and nobody has decided, is withdrawn."""
    found = execute(
        f"update submission set superseded_at = :now where {_SAME} and superseded_at = :waiting returning submission",
        now=submission.published_at,
        waiting=WAITING,
        **_same(submission),
    ).fetchall()
    for row in found:
        who, now = submission.published_by, submission.published_at
        write_step(execute, submission.unit, int(row[0]), "withdrawn", now, who)


def write_step(
    execute: Execute, unit: str, submission: int, step: str, now: datetime, who: str, why: str | None = None
) -> None:
    execute(
        "insert into review values (nextval('review_number'), :unit, :submission, :step, :now, :who, :why)",
        unit=unit,
        submission=submission,
        step=step,
        now=now,
        who=who,
        why=why,
    )


_SAME = "unit = :unit and plan = :plan and period = :period"


def _same(submission: Submission) -> dict[str, str | Period]:
    return {"unit": submission.unit, "plan": submission.plan, "period": str(submission.period)}
