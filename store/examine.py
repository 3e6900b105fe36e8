"""A submission as a reviewer looks at it: beside its last version and the quarter before, its unit's
record, the other units, and what publishing it would do to the city's figures."""

from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from metrics.changes import changes
from metrics.contents import Contents
from metrics.evidence import Doubt, Evidence, Listed
from metrics.peers import Beside, beside, past_of
from metrics.period import Period
from metrics.plan import Plan
from metrics.plausibility import doubts
from metrics.tally import Tally, tally
from metrics.versions import Differences, differences, row_label
from store.actuals import actuals
from store.contents import contents
from store.database import Database
from store.people import require
from store.rehearsal import staged
from store.results import result
from store.rosters import review_list
from store.submission_rows import read_submission
from store.submissions import Submission, list_submissions


@dataclass(frozen=True)
class Earlier:
    """A published submission of the same unit, and what differs from it now."""

    submission: int
    period: Period
    file_name: str
    published_at: datetime
    published_by: str
    contents: Contents
    differences: Differences


@dataclass(frozen=True)
class Examined:
    """`city`: rows of `metrics.changes` at the submission's quarter; `before`, `after`: who has sent."""

    submission: Submission
    now: Contents
    last_version: Earlier | None
    last_quarter: Earlier | None
    doubts: tuple[Doubt, ...]
    beside: tuple[Beside, ...]
    city: pd.DataFrame
    before: Tally
    after: Tally


def examine(database: Database, plan: Plan, number: int, unit_set: str | None = None) -> Examined:
    """Look at a submission that waits for review. Raises KeyError, NotAllowed."""
    require(database, "review")
    submission = read_submission(database, number)
    now, period = contents(plan, submission), submission.period
    known = actuals(database, plan)
    before = result(database, plan, period, unit_set=unit_set)
    # What waits bears no moment of publication yet; any will do, for the stage puts it behind the last one.
    with staged(database, plan, [replace(submission, published_at=submission.received_at)]) as stage:
        after = result(stage, plan, period, unit_set=unit_set)
        listed = _listed_elsewhere(review_list(stage, plan), plan, submission)
    found = doubts(Evidence(plan, period, now, past_of(known, submission.unit, period), listed))
    version, quarter = _earlier(database, plan, submission, now)
    return Examined(
        submission,
        now,
        version,
        quarter,
        tuple(found),
        tuple(beside(plan, submission.unit, period, now, known)),
        changes(before.progress, after.progress, plan.area),
        tally(before.completeness),
        tally(after.completeness),
    )


def _earlier(
    database: Database, plan: Plan, submission: Submission, now: Contents
) -> tuple[Earlier | None, Earlier | None]:
    """The version in force for the same quarter, and the one of the latest quarter before."""
    sent = list_submissions(database, plan, submission.unit)
    standing = sent[sent["superseded_at"].isna()]
    same = standing[standing["period"] == str(submission.period)]
    older = standing[standing["period"] < str(submission.period)].sort_values("period", ascending=False)
    found = (_compared(database, plan, rows, now) for rows in (same, older))
    return next(found), next(found)


def _compared(database: Database, plan: Plan, rows: pd.DataFrame, now: Contents) -> Earlier | None:
    if rows.empty:
        return None
    row = rows.iloc[0]
    then = contents(plan, read_submission(database, int(row["submission"])))
    return Earlier(
        int(row["submission"]),
        Period.parse(row["period"]),
        row["file_name"],
        row["published_at"],
        row["published_by"],
        then,
        differences(plan, then, now),
    )


def _listed_elsewhere(found: pd.DataFrame, plan: Plan, submission: Submission) -> list[Listed]:
    """Keys of this submission that others list for the same quarter, in the order of its rows."""
    found = found[found["period"] == str(submission.period)]
    rows = {(row.roster, row.row): {"row": row.row, **row.values} for row in submission.roster_rows}
    mine = found[found["unit"] == submission.unit]
    pairs = mine.merge(found[found["unit"] != submission.unit], on=["roster", "key"], suffixes=("", "_other"))
    listed = [
        Listed(
            row["roster"],
            row_label(plan, row["roster"], rows[row["roster"], int(row["row"])]),
            row["unit_other"],
            int(row["row"]),
            int(row["row_other"]),
        )
        for row in pairs.drop_duplicates(["roster", "key", "unit_other"]).to_dict("records")
    ]
    return sorted(listed, key=lambda one: (one.roster, one.row))
