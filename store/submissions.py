"""Submissions: one workbook of one unit, plan and period, saved as a whole or not at all."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import pandas as pd

from metrics.period import Period
from metrics.plan import Plan
from metrics.rosters import counted_keys
from store.database import Database
from store.people import require

STANDING = datetime(2200, 1, 1)
"""`superseded_at` of the submission in force."""
WAITING = datetime(2200, 1, 2)
"""`published_at` of a submission that was not published, later than any moment one can ask for;
`superseded_at` too, until it is decided."""


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
class Mend:
    """A cell mended in the browser: what stands in the file, what was typed instead, by whom."""

    sheet: str
    cell: str
    found: str
    typed: str
    who: str
    at: datetime


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
    mends: Sequence[Mend] = ()


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


def find_duplicate(database: Database, plan: Plan, unit: str, period: Period, sha256: str) -> int | None:
    """The submission in force for this unit and period if it is made of exactly these bytes."""
    require(database, "read", unit)
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
    A county or department gets its own.
    """
    if database.person.limited:
        unit = unit or database.person.unit
        require(database, "read", unit)
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
    require(database, "read", unit)
    found = database.rows(
        "with latest as (select max(period) as period from submission"
        " where unit = :unit and plan = :plan and period < :before and superseded_at = :standing)"
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
