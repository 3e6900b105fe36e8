"""Where the database and the metrics meet: a plan at a quarter as known at a moment."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import pandas as pd

from metrics.board import Board
from metrics.completeness import completeness, waiting_units
from metrics.history import history
from metrics.period import Period
from metrics.plan import Plan
from metrics.progress import progress
from metrics.result import Result
from store.actuals import actuals, shared
from store.calendar import list_changes
from store.database import Database
from store.people import OPERATOR, Person, seen_plan, seen_units
from store.steps import list_plan_steps
from store.submissions import list_submissions


def result(
    database: Database,
    plan: Plan,
    as_of: Period,
    known_at: datetime | None = None,
    unit_set: str | None = None,
) -> Result:
    """Everything a page or an export shows of one plan; five queries, then metrics.

    Counted for everybody, then narrowed to what the person of `database` sees.
    """
    return seen_result(_result(database.acting_as(OPERATOR), plan, as_of, known_at, unit_set), database.person)


def seen_result(found: Result, person: Person) -> Result:
    """The result as far as a person sees it: a county its own rows and the city's."""
    if not person.limited:
        return found
    plan, units = seen_plan(found.plan, person), seen_units(found.plan, person)

    def seen(rows: pd.DataFrame) -> pd.DataFrame:
        rows = rows[rows["indicator"].isin(list(plan.indicators))]
        return (rows if units is None else rows[rows["unit"].isin(list(units))]).reset_index(drop=True)

    own = found.completeness[found.completeness["unit"] == person.unit].reset_index(drop=True)
    return replace(
        found,
        plan=plan,
        unit_set=found.unit_set if plan.unit_sets[found.unit_set] else plan.unit_set,
        progress=seen(found.progress),
        history=seen(found.history),
        completeness=own,
        files={unit: name for unit, name in found.files.items() if unit == person.unit},
    )


def _result(database: Database, plan: Plan, as_of: Period, known_at: datetime | None, unit_set: str | None) -> Result:
    chosen = unit_set or plan.unit_set
    known = actuals(database, plan, known_at)
    board = Board(plan, known, unit_set=unit_set, shared=shared(database, plan, known_at))
    sent = list_submissions(database, plan, known_at=known_at)
    return Result(
        plan=plan,
        as_of=as_of,
        known_at=known_at,
        unit_set=chosen,
        progress=progress(plan, known, as_of, board=board),
        history=history(plan, known, as_of, board=board),
        completeness=completeness(
            plan,
            sent,
            as_of,
            unit_set=chosen,
            changes=list_changes(database, plan, known_at),
            waiting=waiting_units(list_plan_steps(database, plan, known_at), as_of),
        ),
        sample=database.sample,
        data_version=database.data_version(),
        files=_files(sent, as_of),
    )


def _files(sent: pd.DataFrame, as_of: Period) -> dict[str, str]:
    """The workbook of each unit that is in force for this quarter."""
    standing = sent[(sent["period"] == str(as_of)) & sent["superseded_at"].isna()]
    return {str(unit): str(name) for unit, name in zip(standing["unit"], standing["file_name"], strict=True)}


def figures(
    database: Database,
    plan: Plan,
    indicators: Collection[str],
    as_of: Period,
    known_at: datetime | None = None,
    unit_set: str | None = None,
) -> pd.DataFrame:
    """The rows of the progress table for some indicators only: to see what a reading changes."""
    units = seen_units(plan, database.person)
    database = database.acting_as(OPERATOR)
    parts = {part for name in indicators for part in plan.indicators[name].parts}
    narrowed = replace(plan, indicators={n: i for n, i in plan.indicators.items() if n in parts | set(indicators)})
    known = actuals(database, narrowed, known_at)
    board = Board(narrowed, known, unit_set=unit_set, shared=shared(database, narrowed, known_at))
    rows = progress(narrowed, known, as_of, board=board)
    return rows if units is None else rows[rows["unit"].isin(list(units))].reset_index(drop=True)
