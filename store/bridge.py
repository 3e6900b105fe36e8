"""Every published version of one figure, for the bridge from what was said first to what stands now."""

import json
from collections import defaultdict
from dataclasses import replace
from datetime import datetime

import pandas as pd

from metrics.bridge import Bridge, bridge
from metrics.period import Period
from metrics.plan import Plan
from store.database import Database
from store.live import moment
from store.people import require_figure, seen_units
from store.submissions import RosterRow, Submission, derived_counts, derived_figures

FACTS = ("submission", "indicator", "unit", "period", "part", "number", "basis", "reported")
KEYS = ("submission", "indicator", "part", "key", "unit", "period", "amount")
PUBLISHED = (
    "s.plan = :plan and s.published_at <= :at and (cast(:unit as varchar) is null or s.unit = :unit)"
    " and (cast(:period as varchar) is null or s.period = :period)"
)


def revisions(
    database: Database,
    plan: Plan,
    indicator: str,
    unit: str,
    as_of: Period,
    known_at: datetime | None = None,
    unit_set: str | None = None,
) -> Bridge:
    """The bridge of one figure as known at `known_at`. Raises NotAllowed for a figure one may not read.

    A county looking at the city's figure learns what others' revisions came to, not whose they were.
    """
    require_figure(database, plan, indicator, unit if unit != plan.area else database.person.unit or unit)
    at, whose = moment(known_at), None if unit == plan.area else unit
    versions = database.frame(
        f"select s.submission, s.unit, s.period, s.published_at from submission s where {PUBLISHED}",
        plan=plan.plan,
        at=at,
        unit=whose,
        period=None,
    )
    facts, keys = facts_of_versions(database, plan, indicator, at, whose)
    found = bridge(plan, indicator, unit, as_of, versions=versions, facts=facts, keys=keys, unit_set=unit_set)
    seen = seen_units(plan, database.person)
    return found if seen is None else _veiled(found, seen)


def _veiled(found: Bridge, seen: frozenset[str]) -> Bridge:
    mine = tuple(r if r.unit in seen else replace(r, unit="", own_before=None, own_after=None) for r in found.revisions)
    return replace(found, revisions=mine)


def facts_of_versions(
    database: Database, plan: Plan, indicator: str, at: datetime, unit: str | None = None, period: Period | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What every version published by `at` says of one indicator: FACTS, and the KEYS its counts are made of.

    Of all units and quarters, or of one.
    """
    asked: dict[str, object] = {"plan": plan.plan, "at": at, "unit": unit, "period": str(period) if period else None}
    if indicator in plan.recount:
        return _counted_anew(database, plan, indicator, asked)
    return _stored(database, indicator, asked)


def _stored(database: Database, indicator: str, asked: dict[str, object]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Facts as they were saved; a count from a roster stands before the figure typed beside it."""
    facts = database.frame(
        "select a.submission, a.indicator, s.unit, s.period, a.part, a.number, a.basis, null as reported"
        " from submission s join actual a on a.unit = s.unit and a.submission = s.submission"
        f" where {PUBLISHED} and a.indicator = :indicator order by a.basis",
        indicator=indicator,
        **asked,
    ).drop_duplicates(["submission", "part"])
    keys = database.frame(
        "select c.submission, c.indicator, c.part, c.key, s.unit, s.period, c.amount"
        " from submission s join counted c on c.unit = s.unit and c.submission = s.submission"
        f" where {PUBLISHED} and c.indicator = :indicator",
        indicator=indicator,
        **asked,
    )
    return facts, keys


def _counted_anew(
    database: Database, plan: Plan, indicator: str, asked: dict[str, object]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same by the plan's own rules, from the rows of every version (see `store.recount`)."""
    narrowed = replace(plan, indicators={indicator: plan.indicators[indicator]})
    typed, _ = _stored(database, indicator, asked)
    rows = database.rows(
        "select s.submission, s.unit, s.period, r.roster, r.row_number, r.sheet, r.row_values"
        " from submission s join roster_row r on r.unit = s.unit and r.submission = s.submission"
        f" where {PUBLISHED} and r.roster in (select unnest(cast(:rosters as varchar[])))"
        " order by s.submission, r.row_number",
        rosters=sorted({rule.roster for rule in plan.indicators[indicator].counts.values()}),
        **asked,
    )
    listed: dict[tuple[int, str, str], list[RosterRow]] = defaultdict(list)
    for row in rows:
        listed[row.submission, row.unit, row.period].append(
            RosterRow(row.roster, row.row_number, json.loads(row.row_values), row.sheet, {})
        )
    facts: list[tuple[object, ...]] = []
    keys: list[tuple[object, ...]] = []
    then = moment(None)
    for (number, unit, period), of_it in listed.items():
        sent = Submission(plan.plan, "", unit, Period.parse(period), "", "", None, then, then, "", (), of_it)
        counted = derived_counts(narrowed, sent)
        for figure in derived_figures(narrowed, sent, counted):
            facts.append((number, indicator, unit, period, figure.part, figure.number, "derived", None))
        columns = (counted[name] for name in ("part", "key", "amount"))
        keys += [
            (number, indicator, part, key, unit, period, amount) for part, key, amount in zip(*columns, strict=True)
        ]
    again = pd.DataFrame(facts, columns=list(FACTS), dtype=object)
    reported = typed[typed["basis"] == "reported"]
    together = pd.concat([again, reported], ignore_index=True).drop_duplicates(["submission", "part"])
    return together, pd.DataFrame(keys, columns=list(KEYS), dtype=object)
