"""One firm in the rosters of several plans: the same credit code, wherever a unit lists it.

Nothing is added up here. A firm that is a factory store in one plan and an exporter in another
counts in each indicator by that indicator's own rule; `indicators` names where.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from metrics.period import Period
from metrics.plan import Plan, Roster
from store.database import Database
from store.live import moment
from store.recount import recounted

COLUMNS = (
    "code", "firm", "plan", "roster", "unit", "period", "entry", "submission", "file_name", "sheet", "row",
    "indicators",
)  # fmt: skip
MOST = 30
"""Firms shown at once."""
FIRM = ("producer", "operator", "holder", "name")
"""Fields that say whose `uscc` it is, the firm before the shop; `leader_uscc` has its own `leader`."""
ENTRY = ("site", "object", "product", "claim", "name", "industry")
"""Fields that say what the row is about."""


def firms(
    database: Database,
    plans: Mapping[str, Plan],
    words: str = "",
    *,
    until: Period | None = None,
    known_at: datetime | None = None,
) -> pd.DataFrame:
    """Every entry of the firms whose code or row holds `words`; without words, of those in several plans.

    Submissions in force only, of a county or department its own; of an entry that a unit lists quarter
    after quarter the latest. Columns are COLUMNS; `row` is the row in the sent sheet, `indicators` a
    tuple of those it counts for.
    """
    fields = sorted({field for plan in plans.values() for roster in plan.rosters.values() for field in codes(roster)})
    if not fields:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    unit = database.person.unit if database.person.limited else None
    found = _listed(database, fields, words.strip(), str(until or "9999Q4"), moment(known_at), unit)
    counted = _counted(database, plans, moment(known_at), {row.submission for row in found})
    rows = [
        _entry(row, plans[row.plan], counted.get((row.submission, row.roster, row.row_number), ()))
        for row in found
        if row.plan in plans and row.roster in plans[row.plan].rosters
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    same = ["code", "plan", "roster", "unit", "entry"]
    return (
        table.sort_values("period").drop_duplicates(same, keep="last").sort_values(["code", "plan", "roster", "unit"])
    )


def codes(roster: Roster) -> tuple[str, ...]:
    """The fields of a roster that hold a credit code."""
    return tuple(field.field for field in roster.fields if field.type == "uscc")


def _listed(
    database: Database, fields: Iterable[str], words: str, until: str, at: datetime, unit: str | None
) -> Sequence[Any]:
    names = {f"field{number}": field for number, field in enumerate(fields)}
    each = " union all ".join(
        f"select *, cast(:{name} as varchar) as field, content ->> cast(:{name} as varchar) as code from listed"
        for name in names
    )
    wanted = "strpos(lower(code), :words) > 0 or strpos(lower(row_values), :words) > 0" if words else "1 = 1"
    several = "" if words else "having count(distinct plan) > 1"
    return database.rows(
        "with listed as (select s.plan, s.unit, s.period, s.submission, s.file_name, r.roster, r.row_number, r.sheet,"
        " r.row_values, cast(r.row_values as json) as content"
        " from submission s join roster_row r on r.unit = s.unit and r.submission = s.submission"
        " where s.published_at <= :at and s.superseded_at > :at and s.period <= :until"
        " and (cast(:unit as varchar) is null or s.unit = :unit)),"
        f" named as (select * from ({each}) as each_field where code is not null),"
        f" wanted as (select code from named where {wanted}"
        f" group by code {several} order by count(distinct plan) desc, code limit :most)"
        " select n.* from named n join wanted w on w.code = n.code",
        at=at,
        until=until,
        unit=unit,
        most=MOST,
        **names,
        **({"words": words.lower()} if words else {}),
    )


def _entry(row: Any, plan: Plan, indicators: Iterable[str]) -> tuple[object, ...]:
    values = json.loads(row.row_values)
    own = (row.field.removesuffix("_uscc"),) if row.field != "uscc" else FIRM
    firm = next((values[name] for name in own if values.get(name)), "")
    entry = next((values[name] for name in ENTRY if values.get(name)), firm)
    named = tuple(name for name in plan.indicators if name in set(indicators))
    origin = (row.submission, row.file_name, row.sheet, row.row_number)
    return (row.code, firm, row.plan, row.roster, row.unit, row.period, entry, *origin, named)


def _counted(
    database: Database, plans: Mapping[str, Plan], at: datetime, submissions: set[int]
) -> dict[tuple[int, str, int], list[str]]:
    """Indicators by roster row; those a decision counts by another rule are counted by it."""
    found: dict[tuple[int, str, int], list[str]] = {}
    stored = database.rows(
        "select s.plan, c.submission, c.roster, c.row_number, c.indicator from counted c"
        " join submission s on s.unit = c.unit and s.submission = c.submission"
        " where c.submission in (select unnest(cast(:submissions as bigint[])))",
        submissions=sorted(submissions),
    )
    for row in stored:
        if row.plan in plans and row.indicator not in plans[row.plan].recount:
            found.setdefault((row.submission, row.roster, row.row_number), []).append(row.indicator)
    for plan in plans.values():
        for key, indicator in _counted_anew(database, plan, at):
            found.setdefault(key, []).append(indicator)
    return found


def _counted_anew(database: Database, plan: Plan, at: datetime) -> Iterable[tuple[tuple[int, str, int], str]]:
    if not plan.recount:
        return
    sent = database.rows(
        "select unit, period, submission from submission"
        " where plan = :plan and published_at <= :at and superseded_at > :at",
        plan=plan.plan,
        at=at,
    )
    numbers = {(row.unit, row.period): row.submission for row in sent}
    for row in recounted(database, plan, at).keys.to_dict("records"):
        roster = next(iter(plan.indicators[row["indicator"]].counts.values())).roster
        yield (numbers[row["unit"], row["period"]], roster, int(row["row"])), str(row["indicator"])
