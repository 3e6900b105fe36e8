"""Counts made anew from the roster rows, where the stored ones follow another reading of the plan.

What is stored with a submission is counted as the plan is printed. A decision, or another version
of the text, may pick other rows of the same lists: then the rows are counted again when asked.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from metrics.period import Period
from metrics.plan import Plan
from store.database import Database
from store.live import LIVE
from store.submissions import Figure, RosterRow, Submission, derived_counts, derived_figures

KEYS = ("indicator", "part", "key", "unit", "period", "amount", "row")


@dataclass(frozen=True)
class Recounted:
    """`figures` by (indicator, unit, period, part); `keys` one row per counted key (see KEYS)."""

    figures: dict[tuple[str, str, str, str], Figure]
    keys: pd.DataFrame


def recounted(database: Database, plan: Plan, at: datetime) -> Recounted:
    """The figures of `plan.recount` in force at `at`, by the plan's own rules."""
    chosen = {name: plan.indicators[name] for name in plan.indicators if name in plan.recount}
    narrowed = replace(plan, indicators=chosen)
    figures: dict[tuple[str, str, str, str], Figure] = {}
    found: list[tuple[object, ...]] = []
    for submission in _with_rows(database, narrowed, at) if chosen else ():
        keys = derived_counts(narrowed, submission)
        unit, period = submission.unit, str(submission.period)
        for figure in derived_figures(narrowed, submission, keys):
            figures[figure.indicator, unit, period, figure.part] = figure
        columns = (keys[name] for name in ("indicator", "part", "key", "amount", "row"))
        found += [(i, part, key, unit, period, amount, row) for i, part, key, amount, row in zip(*columns, strict=True)]
    return Recounted(figures, pd.DataFrame(found, columns=list(KEYS), dtype=object))


def _with_rows(database: Database, plan: Plan, at: datetime) -> Iterator[Submission]:
    """Every submission in force with the roster rows the counts are made from, and nothing else."""
    rosters = {rule.roster for indicator in plan.indicators.values() for rule in indicator.counts.values()}
    rows = database.rows(
        f"with {LIVE} select l.unit, l.submission, l.period, r.roster, r.row_number, r.sheet, r.row_values"
        " from live l join roster_row r on r.unit = l.unit and r.submission = l.submission"
        " where r.roster in (select unnest(cast(:rosters as varchar[])))"
        " order by l.submission, r.roster, r.row_number",
        plan=plan.plan,
        at=at,
        rosters=sorted(rosters),
    )
    by_submission: dict[tuple[str, str], list[RosterRow]] = defaultdict(list)
    for row in rows:
        values = json.loads(row.row_values)
        by_submission[row.unit, row.period].append(RosterRow(row.roster, row.row_number, values, row.sheet, {}))
    for (unit, period), listed in by_submission.items():
        yield Submission(plan.plan, plan.version, unit, Period.parse(period), "", "", None, at, at, "", (), listed)


def with_recounted(actuals: pd.DataFrame, found: Recounted) -> pd.DataFrame:
    """`actuals` (without stored counts of these indicators) with the new ones in their place."""
    names = ("indicator", "unit", "period", "part")
    rows = {tuple(row[name] for name in names): row for row in actuals.to_dict("records")}
    for place, figure in found.figures.items():
        typed = rows.get(place, {}).get("number")
        again = (*place, figure.number, "derived", typed)
        rows[place] = dict(zip((*names, "number", "basis", "reported"), again, strict=True))
    ordered = [rows[place] for place in sorted(rows)]
    return pd.DataFrame(ordered, columns=list(actuals.columns), dtype=object)
