"""Submissions: one workbook of one unit, plan and period, saved as a whole or not at all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

import pandas as pd

from metrics.period import Period
from metrics.plan import Plan
from metrics.rosters import counted_keys
from store.database import Database, Execute

Columns = Mapping[str, tuple[str, Sequence[object]]]
"""Columns of a table to insert: name → (SQL type, one value per row)."""

STANDING = datetime(2200, 1, 1)
"""`superseded_at` of the submission in force."""


@dataclass(frozen=True)
class Figure:
    """A typed figure. `number` is exact (integer yuan for money); None says 不适用 (—)."""

    indicator: str
    part: str
    number: Decimal | None
    sheet: str
    cell: str
    shown: str


@dataclass(frozen=True)
class RosterRow:
    """One roster row: `values` field → canonical text, `cells` field → address."""

    roster: str
    row: int
    values: dict[str, str]
    sheet: str
    cells: dict[str, str]


@dataclass(frozen=True)
class MilestoneStatus:
    """What a unit says about one task: `cells` status, date, evidence, note → address."""

    milestone: str
    status: str
    done_on: date | None
    evidence: str | None
    note: str | None
    sheet: str
    cells: dict[str, str]


@dataclass(frozen=True)
class Submission:
    plan: str
    plan_version: str
    unit: str
    period: Period
    file_name: str
    sha256: str
    template_version: str | None
    received_at: datetime
    published_at: datetime
    published_by: str
    figures: Sequence[Figure]
    roster_rows: Sequence[RosterRow]
    notices: Sequence[dict[str, object]] = field(default_factory=tuple)
    milestones: Sequence[MilestoneStatus] = ()


def derived_counts(plan: Plan, submission: Submission) -> pd.DataFrame:
    """What the rosters of a submission count to: indicator, part, key, amount, roster, row.

    Indicators whose roster has no row at all are left out: an empty list is not a zero
    (a unit that has none types 0).
    """
    rows_of: dict[str, list[dict[str, object]]] = {}
    for row in submission.roster_rows:
        rows_of.setdefault(row.roster, []).append({"row": row.row, **row.values})
    found: list[tuple[object, ...]] = []
    for indicator in plan.indicators_of(submission.unit):
        rules = indicator.counts
        listed = next((rule.roster for rule in rules.values() if rule.roster in rows_of), None)
        if listed is not None:
            found += [
                (indicator.indicator, part, key, amount, listed, row)
                for part, key, amount, row in counted_keys(rows_of[listed], indicator, submission.period)
            ]
    return pd.DataFrame(found, columns=["indicator", "part", "key", "amount", "roster", "row"], dtype=object)


def derived_figures(plan: Plan, submission: Submission, keys: pd.DataFrame | None = None) -> list[Figure]:
    """The counts of the submission's rosters as figures, each with the range it was counted from.

    `keys`: the submission's `derived_counts`, where they are at hand already.
    """
    keys = derived_counts(plan, submission) if keys is None else keys
    totals: dict[tuple[str, str], Decimal] = {}
    for indicator_name, part_name, amount in zip(keys["indicator"], keys["part"], keys["amount"], strict=True):
        totals[indicator_name, part_name] = totals.get((indicator_name, part_name), Decimal(0)) + amount
    ranges = {roster: _range(submission.roster_rows, roster) for roster in {r.roster for r in submission.roster_rows}}
    figures = []
    for indicator in plan.indicators_of(submission.unit):
        for part, rule in indicator.counts.items():
            if rule.roster in ranges:
                sheet, cells = ranges[rule.roster]
                number = totals.get((indicator.indicator, part), Decimal(0))
                figures.append(Figure(indicator.indicator, part, number, sheet, cells, f"{number.normalize():f}"))
    return figures


def _range(rows: Sequence[RosterRow], roster: str) -> tuple[str, str]:
    mine = [row for row in rows if row.roster == roster]
    return mine[0].sheet, f"{min(r.row for r in mine)}:{max(r.row for r in mine)}"


def save_submission(database: Database, plan: Plan, submission: Submission) -> int:
    """Save and publish a submission in one transaction; returns its number.

    The submission of the same unit, plan and period that stood until now is closed, not changed.
    """
    plan = plan.as_printed or plan  # a decision can be undone, so stored counts follow the printed text
    keys = derived_counts(plan, submission)
    typed, derived = list(submission.figures), derived_figures(plan, submission, keys)
    with database.transaction() as execute:
        execute("update head set value = cast(cast(value as bigint) + 1 as varchar) where name = 'data_version'")
        number = int(execute("select nextval('submission_number')").scalar_one())
        published_at = _close_standing(execute, submission)
        execute(
            "insert into submission values (:unit, :submission, :plan, :plan_version, :period, :file_name, :sha256,"
            " :template_version, :received_at, :published_at, :superseded_at, :published_by, :notices)",
            unit=submission.unit,
            submission=number,
            plan=submission.plan,
            plan_version=submission.plan_version,
            period=str(submission.period),
            file_name=submission.file_name,
            sha256=submission.sha256,
            template_version=submission.template_version,
            received_at=submission.received_at,
            published_at=published_at,
            superseded_at=STANDING,
            published_by=submission.published_by,
            notices=json.dumps(list(submission.notices), ensure_ascii=False),
        )
        _insert(execute, "actual", submission.unit, number, _actual_columns("reported", typed))
        _insert(execute, "actual", submission.unit, number, _actual_columns("derived", derived))
        _insert(execute, "roster_row", submission.unit, number, _roster_columns(submission.roster_rows))
        _insert(execute, "counted", submission.unit, number, _counted_columns(keys))
        _insert(execute, "milestone_status", submission.unit, number, _milestone_columns(submission.milestones))
    return number


def _close_standing(execute: Execute, submission: Submission) -> datetime:
    """Close the version in force and return a moment later than all earlier versions' own."""
    same = {"unit": submission.unit, "plan": submission.plan, "period": str(submission.period)}
    where = "unit = :unit and plan = :plan and period = :period"
    latest = execute(f"select max(published_at) from submission where {where}", **same).scalar()
    published_at = submission.published_at
    if latest is not None and published_at <= latest:
        published_at = latest + timedelta(microseconds=1)
    execute(
        f"update submission set superseded_at = :at where {where} and superseded_at = :standing",
        at=published_at,
        standing=STANDING,
        **same,
    )
    return published_at


def _insert(execute: Execute, table: str, unit: str, number: int, columns: Columns) -> None:
    """Insert many rows of one submission in one statement; nothing where there is no row."""
    if not any(len(values) for _, values in columns.values()):
        return
    names = ", ".join(columns)
    lists = ", ".join(f"unnest(cast(:{name} as {kind}[]))" for name, (kind, _) in columns.items())
    execute(
        f"insert into {table} (unit, submission, {names}) select :unit, :submission, {lists}",
        unit=unit,
        submission=number,
        **{name: list(values) for name, (_, values) in columns.items()},
    )


def _actual_columns(basis: str, figures: Sequence[Figure]) -> Columns:
    return {
        "indicator": ("varchar", [f.indicator for f in figures]),
        "part": ("varchar", [f.part for f in figures]),
        "basis": ("varchar", [basis] * len(figures)),
        "number": ("decimal(24, 4)", [None if f.number is None else f"{f.number:f}" for f in figures]),
        "sheet": ("varchar", [f.sheet for f in figures]),
        "cell": ("varchar", [f.cell for f in figures]),
        "shown": ("varchar", [f.shown for f in figures]),
    }


def _roster_columns(rows: Sequence[RosterRow]) -> Columns:
    return {
        "roster": ("varchar", [r.roster for r in rows]),
        "row_number": ("integer", [r.row for r in rows]),
        "sheet": ("varchar", [r.sheet for r in rows]),
        "row_values": ("varchar", [json.dumps(r.values, ensure_ascii=False) for r in rows]),
        "row_cells": ("varchar", [json.dumps(r.cells, ensure_ascii=False) for r in rows]),
    }


def _counted_columns(keys: pd.DataFrame) -> Columns:
    return {
        "indicator": ("varchar", list(keys["indicator"])),
        "part": ("varchar", list(keys["part"])),
        "key": ("varchar", list(keys["key"])),
        "amount": ("decimal(24, 4)", [f"{amount:f}" for amount in keys["amount"]]),
        "roster": ("varchar", list(keys["roster"])),
        "row_number": ("integer", [int(row) for row in keys["row"]]),
    }


def _milestone_columns(statuses: Sequence[MilestoneStatus]) -> Columns:
    return {
        "milestone": ("varchar", [s.milestone for s in statuses]),
        "status": ("varchar", [s.status for s in statuses]),
        "done_on": ("date", [s.done_on.isoformat() if s.done_on else None for s in statuses]),
        "evidence": ("varchar", [s.evidence for s in statuses]),
        "note": ("varchar", [s.note for s in statuses]),
        "sheet": ("varchar", [s.sheet for s in statuses]),
        "row_cells": ("varchar", [json.dumps(s.cells, ensure_ascii=False) for s in statuses]),
    }


def find_duplicate(database: Database, plan: Plan, unit: str, period: Period, sha256: str) -> int | None:
    """The submission in force for this unit and period if it is made of exactly these bytes."""
    found = database.rows(
        "select submission from submission where unit = :unit and plan = :plan and period = :period"
        " and sha256 = :sha256 and superseded_at = :standing",
        unit=unit,
        plan=plan.plan,
        period=str(period),
        sha256=sha256,
        standing=STANDING,
    )
    return int(found[0][0]) if found else None


def list_submissions(
    database: Database, plan: Plan | None = None, unit: str | None = None, known_at: datetime | None = None
) -> pd.DataFrame:
    """All versions, newest first; with `known_at` only those published by then.

    Columns: submission, plan, plan_version, unit, period, file_name, sha256, received_at,
    published_at, superseded_at (None while in force at that moment), published_by, notices (list).
    """
    at = known_at or STANDING
    found = database.frame(
        "select submission, plan, plan_version, unit, period, file_name, sha256, received_at, published_at,"
        " case when superseded_at <= :at and superseded_at < :standing then superseded_at end as superseded_at,"
        " published_by, notices"
        " from submission where published_at <= :at and (cast(:plan as varchar) is null or plan = :plan)"
        " and (cast(:unit as varchar) is null or unit = :unit) order by published_at desc, submission desc",
        at=at,
        standing=STANDING,
        plan=plan.plan if plan else None,
        unit=unit,
    )
    found["notices"] = [json.loads(notices) for notices in found["notices"]]
    return found


def last_figures(database: Database, plan: Plan, unit: str, before: Period) -> dict[tuple[str, str], Decimal]:
    """Each figure of the unit's latest submission for a quarter earlier than `before`."""
    found = database.rows(
        "with latest as (select max(period) as period from submission"
        " where unit = :unit and plan = :plan and period < :before)"
        " select a.indicator, a.part, a.basis, a.number from submission s"
        " join latest l on l.period = s.period join actual a on a.unit = s.unit and a.submission = s.submission"
        " where s.unit = :unit and s.plan = :plan and s.superseded_at = :standing and a.number is not null"
        " order by a.basis desc",  # derived after reported: the derived figure wins
        unit=unit,
        plan=plan.plan,
        before=str(before),
        standing=STANDING,
    )
    return {(row.indicator, row.part): row.number for row in found}
