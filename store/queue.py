"""The reviewers' queue: what waits, in the order it fell due, and what was decided last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from metrics.calendar import term as term_of
from metrics.period import Period
from metrics.plan import Plan
from store.calendar import list_changes
from store.database import Database
from store.people import require
from store.review import list_waiting
from store.submissions import STANDING


@dataclass(frozen=True)
class Waiting:
    """`late`: days after the due day; `again`: a published version of the same quarter stands."""

    submission: int
    plan: str
    unit: str
    period: Period
    file_name: str
    sha256: str
    sent_at: datetime
    sent_by: str
    notices: tuple[dict[str, Any], ...]
    due: date
    late: int
    again: bool

    @property
    def asked(self) -> int:
        """Notices that wanted an answer."""
        return sum(1 for notice in self.notices if notice.get("asks"))

    @property
    def unanswered(self) -> int:
        return sum(1 for notice in self.notices if notice.get("asks") and not notice.get("answer"))


def queue(database: Database, plans: Mapping[str, Plan]) -> list[Waiting]:
    """Everything that waits for a decision, by due day and then by when it was sent. Raises NotAllowed."""
    require(database, "review")
    found = list_waiting(database)
    standing = {
        (row.plan, row.unit, row.period)
        for row in database.rows(
            "select plan, unit, period from submission where superseded_at = :standing", standing=STANDING
        )
    }
    changes = {name: list_changes(database, plans[name]) for name in set(found["plan"]) & set(plans)}
    waiting = []
    for row in found[found["plan"].isin(list(changes))].to_dict("records"):
        period = Period.parse(row["period"])
        term = term_of(plans[row["plan"]].calendar, changes[row["plan"]], row["unit"], period)
        waiting.append(
            Waiting(
                int(row["submission"]),
                row["plan"],
                row["unit"],
                period,
                row["file_name"],
                row["sha256"],
                row["sent_at"],
                row["sent_by"],
                tuple(row["notices"]),
                term.due,
                term.days_late(row["sent_at"].date()),
                (row["plan"], row["unit"], row["period"]) in standing,
            )
        )
    return sorted(waiting, key=lambda one: (one.due, one.sent_at, one.submission))


def list_decided(database: Database, limit: int = 10) -> pd.DataFrame:
    """The latest decisions on what was sent for review, newest first.

    Columns: submission, plan, unit, period, file_name, step (published, returned, withdrawn), at, who, why.
    """
    require(database, "review")
    return database.frame(
        'select s.submission, s.plan, s.unit, s.period, s.file_name, r.step, r.done_at as "at", r.who, r.why'
        " from review r join submission s on s.unit = r.unit and s.submission = r.submission"
        " join review b on b.unit = r.unit and b.submission = r.submission and b.step = 'sent'"
        " where r.step <> 'sent' order by r.entry desc limit :limit",
        limit=limit,
    )


def find_submission(database: Database, number: int) -> pd.Series | None:
    """Plan, unit, period, file and fingerprint of any submission, decided or not; None where there is none."""
    require(database, "review")
    found = database.frame(
        "select submission, plan, unit, period, file_name, sha256 from submission where submission = :number",
        number=number,
    )
    return None if found.empty else found.iloc[0]
