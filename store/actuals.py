"""Actuals as the metrics need them, and the origin of each: file, sheet and cell."""

from datetime import datetime

import pandas as pd

from metrics.period import Period
from metrics.plan import Plan
from store.database import Database
from store.submissions import STANDING

LIVE = (
    "live as (select unit, submission, period from submission"
    " where plan = :plan and published_at <= :at and superseded_at > :at)"
)
"""The submissions in force at `:at`; `:at` is one day before STANDING when everything counts."""

FLOWS = ("cumulative", "annual", "cadence")


def moment(known_at: datetime | None) -> datetime:
    """The moment to ask for: `known_at`, or the end of time."""
    return known_at or datetime(2199, 12, 31)


def actuals(database: Database, plan: Plan, known_at: datetime | None = None) -> pd.DataFrame:
    """One row per indicator × unit × period × part in force at `known_at`.

    Columns: indicator, unit, period, part, number (Decimal; None = not applicable), basis,
    reported (the typed figure beside a derived one). The derived figure is the figure.
    """
    return database.frame(
        f"with {LIVE},"
        " facts as (select l.unit, l.period, a.indicator, a.part, a.number, a.basis"
        " from live l join actual a on a.unit = l.unit and a.submission = l.submission)"
        " select f.indicator, f.unit, f.period, f.part, f.number, f.basis,"
        " case when f.basis = 'derived' then r.number end as reported"
        " from facts f left join facts r on r.unit = f.unit and r.period = f.period"
        " and r.indicator = f.indicator and r.part = f.part and r.basis <> f.basis"
        " where f.basis = 'derived' or r.basis is null"
        " order by f.indicator, f.unit, f.period, f.part",
        plan=plan.plan,
        at=moment(known_at),
    )


def shared(database: Database, plan: Plan, known_at: datetime | None = None) -> pd.DataFrame:
    """Roster keys that several units list, or that a flow lists in several quarters.

    Columns: indicator, part, key, unit, period, amount: every occurrence of such a key.
    """
    flows = [name for name, indicator in plan.indicators.items() if indicator.kind in FLOWS]
    return database.frame(
        f"with {LIVE},"
        " listed as (select c.indicator, c.part, c.key, c.unit, l.period, c.amount"
        " from live l join counted c on c.unit = l.unit and c.submission = l.submission),"
        " flow as (select unnest(cast(:flows as varchar[])) as indicator),"
        " twice as (select g.indicator, g.part, g.key from listed g left join flow f on f.indicator = g.indicator"
        " group by g.indicator, g.part, g.key"
        " having count(distinct g.unit) > 1 or (count(*) > 1 and count(f.indicator) > 0))"
        " select g.indicator, g.part, g.key, g.unit, g.period, g.amount from listed g"
        " join twice t on t.indicator = g.indicator and t.part = g.part and t.key = g.key"
        " order by g.indicator, g.part, g.key, g.unit, g.period",
        plan=plan.plan,
        at=moment(known_at),
        flows=flows,
    )


def origins(
    database: Database, plan: Plan, indicator: str, unit: str, period: Period, known_at: datetime | None = None
) -> pd.DataFrame:
    """Where a unit's figure for one quarter came from, the figure that counts first.

    Columns: submission, file_name, sha256, received_at, published_at, published_by, part, basis,
    number, sheet, cell, shown.
    """
    return database.frame(
        "select s.submission, s.file_name, s.sha256, s.received_at, s.published_at, s.published_by,"
        " a.part, a.basis, a.number, a.sheet, a.cell, a.shown"
        " from submission s join actual a on a.unit = s.unit and a.submission = s.submission"
        " where s.plan = :plan and s.unit = :unit and s.period = :period and a.indicator = :indicator"
        " and s.published_at <= :at and s.superseded_at > :at"
        " order by a.part desc, a.basis",
        plan=plan.plan,
        unit=unit,
        period=str(period),
        indicator=indicator,
        at=moment(known_at),
    )


def latest_period(database: Database, plan: Plan) -> Period | None:
    """The latest quarter anybody has reported for this plan."""
    found = database.rows(
        "select max(period) from submission where plan = :plan and superseded_at = :standing",
        plan=plan.plan,
        standing=STANDING,
    )[0][0]
    return Period.parse(found) if found else None
