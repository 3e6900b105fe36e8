"""Actuals as the metrics need them, and the origin of each: file, sheet and cell."""

from dataclasses import replace
from datetime import datetime

import pandas as pd

from metrics.facts import FLOWS
from metrics.period import Period
from metrics.plan import Plan
from metrics.rosters import listed_twice
from store.database import Database
from store.live import LIVE, moment
from store.people import require_figure, seen_rows
from store.recount import recounted, with_recounted
from store.submissions import STANDING

_STORED = "a.indicator not in (select unnest(cast(:recount as varchar[])))"
"""Not counted anew: see `store.recount`."""


def actuals(database: Database, plan: Plan, known_at: datetime | None = None) -> pd.DataFrame:
    """One row per indicator × unit × period × part in force at `known_at`.

    Columns: indicator, unit, period, part, number (Decimal; None = not applicable), basis,
    reported (the typed figure beside a derived one). The derived figure is the figure; those of
    `plan.recount` are counted by the plan's own rules from the rows in force. A limited role gets what
    it sees of it; sums of the city are made in `store.results`.
    """
    stored = database.frame(
        f"with {LIVE},"
        " facts as (select l.unit, l.period, a.indicator, a.part, a.number, a.basis"
        " from live l join actual a on a.unit = l.unit and a.submission = l.submission"
        f" where a.basis <> 'derived' or {_STORED})"
        " select f.indicator, f.unit, f.period, f.part, f.number, f.basis,"
        " case when f.basis = 'derived' then r.number end as reported"
        " from facts f left join facts r on r.unit = f.unit and r.period = f.period"
        " and r.indicator = f.indicator and r.part = f.part and r.basis <> f.basis"
        " where f.basis = 'derived' or r.basis is null"
        " order by f.indicator, f.unit, f.period, f.part",
        plan=plan.plan,
        at=moment(known_at),
        recount=sorted(plan.recount),
    )
    found = with_recounted(stored, recounted(database, plan, moment(known_at))) if plan.recount else stored
    return seen_rows(found, plan, database.person)


def shared(database: Database, plan: Plan, known_at: datetime | None = None) -> pd.DataFrame:
    """Roster keys that several units list, or that a flow lists in several quarters.

    Columns: indicator, part, key, unit, period, amount: every occurrence of such a key.
    """
    flows = [name for name, indicator in plan.indicators.items() if indicator.kind in FLOWS]
    stored = database.frame(
        f"with {LIVE},"
        " listed as (select c.indicator, c.part, c.key, c.unit, l.period, c.amount"
        " from live l join counted c on c.unit = l.unit and c.submission = l.submission"
        f" where {_STORED.replace('a.', 'c.')}),"
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
        recount=sorted(plan.recount),
    )
    if not plan.recount:
        return seen_rows(stored, plan, database.person)
    again = listed_twice(plan, recounted(database, plan, moment(known_at)).keys)
    return seen_rows(pd.concat([stored, again], ignore_index=True), plan, database.person)


def origins(
    database: Database, plan: Plan, indicator: str, unit: str, period: Period, known_at: datetime | None = None
) -> pd.DataFrame:
    """Where a unit's figure for one quarter came from, the figure that counts first.

    Columns: submission, file_name, sha256, received_at, published_at, published_by, part, basis,
    number, sheet, cell, shown.
    """
    require_figure(database, plan, indicator, unit)
    found = database.frame(
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
    again = _new_counts(database, plan, indicator, unit, period, known_at)
    return pd.concat([again, found[found["basis"] != "derived"]], ignore_index=True) if len(again) else found


def _new_counts(
    database: Database, plan: Plan, indicator: str, unit: str, period: Period, known_at: datetime | None
) -> pd.DataFrame:
    """Origins of one figure counted by the plan's own rules, in place of those stored with it."""
    at = moment(known_at)
    figures = recounted(database, replace(plan, recount=plan.recount & {indicator}), at).figures
    sent = database.frame(
        "select submission, file_name, sha256, received_at, published_at, published_by from submission"
        " where plan = :plan and unit = :unit and period = :period and published_at <= :at and superseded_at > :at",
        plan=plan.plan,
        unit=unit,
        period=str(period),
        at=at,
    )
    counted = [f for (_, by, when, _), f in figures.items() if (by, when) == (unit, str(period))]
    parts = pd.DataFrame(
        [(f.part, "derived", f.number, f.sheet, f.cell, f.shown) for f in counted],
        columns=["part", "basis", "number", "sheet", "cell", "shown"],
        dtype=object,
    )
    return sent.merge(parts.sort_values("part", ascending=False), how="cross")


def latest_period(database: Database, plan: Plan) -> Period | None:
    """The latest quarter anybody has reported for this plan."""
    found = database.rows(
        "select max(period) from submission where plan = :plan and superseded_at = :standing",
        plan=plan.plan,
        standing=STANDING,
    )[0][0]
    return Period.parse(found) if found else None
