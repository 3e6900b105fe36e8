"""Workbooks on their way: what the database keeps of each, and the verdict with what was typed since.

Nothing of this lies in a visit's memory: whoever opens the page again, in another tab or after
signing in anew, finds the workbook as it was left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from loaders.found import Form
from loaders.judging import judge
from loaders.problem import Refused
from loaders.verdict import Answers, Verdict
from loaders.workbook import Workbook
from metrics.period import Period
from metrics.plan import Plan
from store.attempts import list_attempts, list_open_attempts
from store.database import Database
from store.submissions import Mend

STRAY = frozenset({"unit_differs", "period_differs", "plan_differs", "not_your_unit"})
UNREADABLE = frozenset(
    {
        *("file_empty", "file_lock", "file_damaged", "file_encrypted", "file_wrong_kind", "file_too_large"),
        *("file_too_heavy", "file_unsafe", "too_many_cells", "text_too_long"),
    }
)


@dataclass(frozen=True)
class Upload:
    """One workbook on its way. `form`: whose it is; `problems`: those of its arrival, as JSON."""

    attempt: int
    form: Form
    file_name: str
    sha256: str
    received_at: datetime
    who: str
    problems: list[dict[str, Any]]
    mends: list[Mend]
    answers: dict[str, dict[str, Any]]
    submission: int | None
    put_away: bool

    @property
    def open(self) -> bool:
        """Neither sent nor put away."""
        return self.submission is None and not self.put_away

    @property
    def stray(self) -> bool:
        """Uploaded here by mistake: another unit's, quarter's or plan's file, or none that can be read."""
        return any(problem["code"] in STRAY or problem["code"] in UNREADABLE for problem in self.problems)


def uploads(database: Database, plan: Plan, unit: str, period: Period) -> list[Upload]:
    """All uploads for one duty, newest first."""
    return _uploads(list_attempts(database, plan, unit, period))


def on_desk(every: Sequence[Upload]) -> list[Upload]:
    """Of all uploads for one duty: the last one if it is open; a stray file does not hide the one before it."""
    shown = []
    for upload in every:
        if upload.open:
            shown.append(upload)
        if not upload.stray:
            break
    return shown


def open_uploads(database: Database) -> list[Upload]:
    """What the person uploaded and has neither sent nor put away, newest first."""
    return _uploads(list_open_attempts(database))


def _uploads(found: pd.DataFrame) -> list[Upload]:
    return [
        Upload(
            attempt=int(row["attempt"]),
            form=Form(row["plan"] or None, row["unit"] or None, Period.parse(row["period"]) if row["period"] else None),
            file_name=row["file_name"],
            sha256=row["sha256"],
            received_at=row["received_at"],
            who=row["who"],
            problems=row["problems"],
            mends=row["mends"],
            answers=row["answers"],
            submission=None if pd.isna(row["submission"]) else int(row["submission"]),
            put_away=not pd.isna(row["put_away_at"]),
        )
        for row in found.to_dict("records")
    ]


def answers_of(every: Sequence[Upload]) -> Answers:
    """What was answered for one duty so far: an answer stands for every later file that asks the same."""
    return {key: given for upload in reversed(every) for key, given in upload.answers.items()}


def judge_again(
    database: Database,
    plans: dict[str, Plan],
    upload: Upload,
    opened: Workbook | Refused,
    answers: Answers,
    *,
    now: datetime,
) -> Verdict:
    """The verdict with all that was typed and answered, on what the database holds now."""
    return judge(
        database,
        plans,
        opened,
        upload.file_name,
        upload.sha256,
        now=now,
        who=database.person.name,
        form=upload.form,
        mends=upload.mends,
        answers=answers,
    )


def unanswered(verdict: Verdict) -> int:
    """How many notices still want an answer."""
    notices = verdict.draft.notices if verdict.draft else ()
    return sum(1 for notice in notices if notice.get("asks") and not notice.get("answer"))
