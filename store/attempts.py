"""Attempts: every workbook that was uploaded and judged, kept so that nothing is lost before it is sent."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

import pandas as pd

from metrics.period import Period
from metrics.plan import Plan
from store.database import Database, Execute
from store.people import require
from store.submissions import Mend


def save_attempt(
    database: Database,
    *,
    plan: str | None,
    unit: str | None,
    period: Period | None,
    file_name: str,
    sha256: str,
    verdict: str,
    problems: Sequence[Mapping[str, object]],
    now: datetime,
    who: str | None = None,
) -> int:
    """Keep what became of an uploaded workbook; returns the attempt's number.

    A file that does not say whose it is belongs to the county or department that uploaded it.
    """
    unit = unit or database.person.unit
    require(database, "send", unit)
    with database.transaction() as execute:
        number = int(execute("select nextval('attempt_number')").scalar_one())
        execute(
            "insert into attempt values (:unit, :attempt, :plan, :period, :file_name, :sha256, :now, :who, :verdict,"
            " :problems, '[]', :answers, null, null)",
            unit=unit or "",
            attempt=number,
            plan=plan or "",
            period=str(period) if period else "",
            file_name=file_name,
            sha256=sha256,
            now=now,
            who=who or database.person.name,
            verdict=verdict,
            problems=json.dumps(list(problems), ensure_ascii=False, default=str),
            answers="{}",
        )
    return number


def list_attempts(
    database: Database, plan: Plan | None = None, unit: str | None = None, period: Period | None = None
) -> pd.DataFrame:
    """Attempts, newest first; a county or department gets its own.

    Columns: attempt, plan, unit, period, file_name, sha256, received_at, who, verdict, problems (list),
    mends (list of Mend), answers (dict: key of the notice → answer, who, at), submission (None until sent),
    put_away_at (None while it lies on the desk). Plan, unit and period are empty where a file does not tell.
    """
    if database.person.limited:
        unit = unit or database.person.unit
    require(database, "read", unit)
    found = database.frame(
        f"select {_COLUMNS} from attempt a where (cast(:plan as varchar) is null or plan = :plan)"
        " and (cast(:unit as varchar) is null or unit = :unit)"
        " and (cast(:period as varchar) is null or period = :period) order by attempt desc",
        plan=plan.plan if plan else None,
        unit=unit,
        period=str(period) if period else None,
    )
    return _read(found)


def list_open_attempts(database: Database) -> pd.DataFrame:
    """What the person uploaded and has neither sent nor put away; the latest of each unit and quarter.

    Columns as `list_attempts`, newest first.
    """
    require(database, "send", database.person.unit)
    return _read(
        database.frame(
            f"select {_COLUMNS} from attempt a where who = :who and submission is null and put_away_at is null"
            " and (period = '' or not exists (select 1 from attempt b where b.unit = a.unit and b.plan = a.plan"
            " and b.period = a.period and b.attempt > a.attempt)) order by attempt desc",
            who=database.person.name,
        )
    )


_COLUMNS = (
    "attempt, plan, unit, period, file_name, sha256, received_at, who, verdict, problems, mends, answers, submission,"
    " put_away_at"
)


def _read(found: pd.DataFrame) -> pd.DataFrame:
    return found.assign(
        problems=[json.loads(problems) for problems in found["problems"]],
        mends=pd.Series([_mends(mends) for mends in found["mends"]], dtype=object, index=found.index),
        answers=[json.loads(answers) for answers in found["answers"]],
    )


def change_attempt(
    database: Database,
    attempt: int,
    *,
    mends: Sequence[Mend] | None = None,
    answers: Mapping[str, Mapping[str, object]] | None = None,
) -> None:
    """Keep the mends or answers given so far. Raises KeyError for an attempt there is not, or that was sent."""
    _require_open(database, attempt)
    with database.transaction() as execute:
        if mends is not None:
            said = json.dumps([asdict(mend) for mend in mends], ensure_ascii=False, default=str)
            execute("update attempt set mends = :said where attempt = :attempt", said=said, attempt=attempt)
        if answers is not None:
            said = json.dumps(dict(answers), ensure_ascii=False, default=str)
            execute("update attempt set answers = :said where attempt = :attempt", said=said, attempt=attempt)


class AlreadySent(Exception):
    """The attempt was sent or put away in the meantime, perhaps in another tab."""


def attempt_sent(execute: Execute, attempt: int | None, submission: int) -> None:
    """The attempt, if there was one, became a submission; within the transaction that sends it.

    Only the first of two who send it gets through; for the other nothing is saved.
    """
    if attempt is None:
        return
    sent = execute(
        "update attempt set submission = :submission where attempt = :attempt and submission is null"
        " and put_away_at is null returning attempt",
        submission=submission,
        attempt=attempt,
    ).fetchall()
    if not sent:
        raise AlreadySent(attempt)


def put_away_attempt(database: Database, attempt: int, now: datetime) -> None:
    """Take an attempt off the desk. Raises KeyError for an attempt there is not, or that was sent."""
    _require_open(database, attempt)
    with database.transaction() as execute:
        execute("update attempt set put_away_at = :now where attempt = :attempt", now=now, attempt=attempt)


def _require_open(database: Database, attempt: int) -> None:
    found = database.rows("select unit from attempt where attempt = :attempt and submission is null", attempt=attempt)
    if not found:
        raise KeyError(attempt)
    require(database, "send", str(found[0].unit) or None)


def _mends(said: str) -> list[Mend]:
    return [Mend(**{**mend, "at": datetime.fromisoformat(mend["at"])}) for mend in json.loads(said)]
