"""What units said about the tasks of a plan, and the cells it stands in."""

import json
from datetime import datetime

import pandas as pd

from metrics.period import Period
from metrics.plan import Plan
from store.database import Database
from store.live import LIVE, moment
from store.people import require, seen_rows
from store.submissions import STANDING, MilestoneStatus


def statuses(database: Database, plan: Plan, known_at: datetime | None = None) -> pd.DataFrame:
    """Every status in force at `known_at`: milestone, unit, period, status, done_on, evidence, note."""
    found = database.frame(
        f"with {LIVE}"
        " select m.milestone, l.unit, l.period, m.status, m.done_on, m.evidence, m.note from live l"
        " join milestone_status m on m.unit = l.unit and m.submission = l.submission"
        " order by m.milestone, l.unit, l.period",
        plan=plan.plan,
        at=moment(known_at),
    )
    return seen_rows(found, plan, database.person, detail=True)


def status_origins(
    database: Database, plan: Plan, milestone: str, unit: str, period: Period, known_at: datetime | None = None
) -> pd.DataFrame:
    """Where a status came from, one row or none.

    Columns: submission, file_name, sha256, published_at, published_by, status, done_on, evidence,
    note, sheet, cells (status, date, evidence, note → address).
    """
    require(database, "read", unit)
    found = database.frame(
        f"with {LIVE}"
        " select s.submission, s.file_name, s.sha256, s.published_at, s.published_by,"
        " m.status, m.done_on, m.evidence, m.note, m.sheet, m.row_cells as cells from live l"
        " join submission s on s.unit = l.unit and s.submission = l.submission"
        " join milestone_status m on m.unit = l.unit and m.submission = l.submission"
        " where l.unit = :unit and l.period = :period and m.milestone = :milestone",
        plan=plan.plan,
        at=moment(known_at),
        unit=unit,
        period=str(period),
        milestone=milestone,
    )
    found["cells"] = [json.loads(cells) for cells in found["cells"]]
    return found


def last_statuses(database: Database, plan: Plan, unit: str, period: Period) -> dict[str, MilestoneStatus]:
    """The unit's statuses as last published for `period` or earlier, to start the next sheet from.

    A yearly task begins anew each year, so what was said of an earlier one is not carried over.
    """
    require(database, "read", unit)
    found = database.rows(
        "select s.period, m.milestone, m.status, m.done_on, m.evidence, m.note, m.sheet, m.row_cells"
        " from submission s join milestone_status m on m.unit = s.unit and m.submission = s.submission"
        " where s.unit = :unit and s.plan = :plan and s.period <= :period and s.superseded_at = :standing"
        " order by s.period",
        unit=unit,
        plan=plan.plan,
        period=str(period),
        standing=STANDING,
    )
    yearly = {m.milestone for m in plan.milestones if m.recurrence == "annual"}
    return {
        row.milestone: MilestoneStatus(
            row.milestone, row.status, row.done_on, row.evidence, row.note, row.sheet, json.loads(row.row_cells)
        )
        for row in found
        if row.milestone not in yearly or (row.done_on or Period.parse(row.period).end).year == period.year
    }
