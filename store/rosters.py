"""Rosters row by row: what a count is made of."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd

from metrics.period import Period
from metrics.plan import Plan
from store.database import Database
from store.live import LIVE, moment
from store.people import OPERATOR, require, require_figure, seen_rows
from store.recount import recounted
from store.submissions import STANDING


def _expanded(found: pd.DataFrame, fields: Sequence[str]) -> pd.DataFrame:
    """Replace the JSON of each row by one column per field (None where blank)."""
    contents = [json.loads(text) for text in found["row_values"]]
    for field in fields:
        found[field] = pd.Series([content.get(field) for content in contents], dtype=object, index=found.index)
    return found.drop(columns="row_values")


def _fields(plan: Plan, roster: str) -> list[str]:
    return [field.field for field in plan.rosters[roster].fields]


def roster_rows(
    database: Database,
    plan: Plan,
    roster: str,
    unit: str | None = None,
    period: Period | None = None,
    known_at: datetime | None = None,
    *,
    until: Period | None = None,
) -> pd.DataFrame:
    """The rows of a roster: each unit's latest list (up to the quarter `until`), or its list of one quarter.

    Columns: unit, period, submission, row, sheet, then one per field of the roster. Without `unit` a
    county or department gets its own rows.
    """
    require(database, "read", unit)
    found = database.frame(
        f"with {LIVE},"
        " listed as (select l.unit, l.period, l.submission, r.row_number, r.sheet, r.row_values"
        " from live l join roster_row r on r.unit = l.unit and r.submission = l.submission"
        " where r.roster = :roster and (cast(:unit as varchar) is null or l.unit = :unit)"
        " and (cast(:period as varchar) is null or l.period = :period)"
        " and (cast(:until as varchar) is null or l.period <= :until)),"
        " latest as (select unit, max(period) as period from listed group by unit)"
        " select g.unit, g.period, g.submission, g.row_number as row, g.sheet, g.row_values"
        " from listed g join latest t on t.unit = g.unit and t.period = g.period"
        " order by g.unit, g.row_number",
        plan=plan.plan,
        at=moment(known_at),
        roster=roster,
        unit=unit,
        period=str(period) if period else None,
        until=str(until) if until else None,
    )
    return _expanded(seen_rows(found, plan, database.person, detail=True), _fields(plan, roster))


def last_roster(database: Database, plan: Plan, unit: str, roster: str, period: Period) -> list[dict[str, Any]]:
    """The unit's list as last published for `period` or earlier, to start the next one from."""
    require(database, "read", unit)
    found = database.rows(
        "with latest as (select max(s.period) as period from submission s"
        " join roster_row r on r.unit = s.unit and r.submission = s.submission"
        " where s.unit = :unit and s.plan = :plan and s.period <= :period and r.roster = :roster"
        " and s.superseded_at = :standing)"
        " select r.row_values from submission s join latest l on l.period = s.period"
        " join roster_row r on r.unit = s.unit and r.submission = s.submission"
        " where s.unit = :unit and s.plan = :plan and r.roster = :roster and s.superseded_at = :standing"
        " order by r.row_number",
        unit=unit,
        plan=plan.plan,
        period=str(period),
        roster=roster,
        standing=STANDING,
    )
    return [json.loads(row.row_values) for row in found]


def counted_rows(
    database: Database, plan: Plan, indicator: str, unit: str, period: Period, known_at: datetime | None = None
) -> pd.DataFrame:
    """The rows behind a derived figure: part, key, amount, row, sheet, then the roster's fields."""
    require_figure(database, plan, indicator, unit)
    roster = next(iter(plan.indicators[indicator].counts.values())).roster
    if indicator in plan.recount:
        return _newly_counted(database, plan, roster, indicator, unit, period, known_at)
    found = database.frame(
        f"with {LIVE}"
        " select c.part, c.key, c.amount, c.row_number as row, r.sheet, r.row_values from live l"
        " join counted c on c.unit = l.unit and c.submission = l.submission"
        " join roster_row r on r.unit = c.unit and r.submission = c.submission and r.roster = c.roster"
        " and r.row_number = c.row_number"
        " where l.unit = :unit and l.period = :period and c.indicator = :indicator"
        " order by c.part desc, c.row_number",
        plan=plan.plan,
        at=moment(known_at),
        unit=unit,
        period=str(period),
        indicator=indicator,
    )
    return _expanded(found, _fields(plan, roster))


def _newly_counted(
    database: Database,
    plan: Plan,
    roster: str,
    indicator: str,
    unit: str,
    period: Period,
    known_at: datetime | None,
) -> pd.DataFrame:
    """The same where the stored counts follow another reading (see `store.recount`)."""
    keys = recounted(database, replace(plan, recount=frozenset({indicator})), moment(known_at)).keys
    mine = keys[(keys["unit"] == unit) & (keys["period"] == str(period))].sort_values(
        ["part", "row"], ascending=[False, True]
    )
    rows = roster_rows(database.acting_as(OPERATOR), plan, roster, unit, period, known_at).drop(
        columns=["unit", "period", "submission"]
    )
    return mine[["part", "key", "amount", "row"]].merge(rows, on="row")


def review_list(database: Database, plan: Plan, known_at: datetime | None = None) -> pd.DataFrame:
    """Keys that two or more units list in the same quarter, to be answered by the task force.

    Columns: period, roster, key, unit, submission, sheet, row.
    """
    found = database.frame(
        f"with {LIVE},"
        " listed as (select distinct l.period, c.roster, c.key, l.unit, l.submission, c.row_number"
        " from live l join counted c on c.unit = l.unit and c.submission = l.submission),"
        " twice as (select period, roster, key from listed"
        " group by period, roster, key having count(distinct unit) > 1)"
        " select g.period, g.roster, g.key, g.unit, g.submission, r.sheet, g.row_number as row"
        " from listed g join twice t on t.period = g.period and t.roster = g.roster and t.key = g.key"
        " join roster_row r on r.unit = g.unit and r.submission = g.submission and r.roster = g.roster"
        " and r.row_number = g.row_number"
        " order by g.period desc, g.roster, g.key, g.unit",
        plan=plan.plan,
        at=moment(known_at),
    )
    return seen_rows(found, plan, database.person, detail=True)
