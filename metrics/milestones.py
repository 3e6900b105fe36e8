"""Where each task of a plan stands at `as_of`: a word per task and unit, never a percentage.

A task is judged by its own deadline and by what its reporters last published. What the text leaves
open stays open: a continuous task has no deadline to be late for, and a yearly one is one task per
year, due on 31 December (`deadline_assumed`, for the text only says 每年).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from metrics.period import Period
from metrics.plan import Milestone, Plan

STATUSES = ("not_started", "under_way", "done", "not_applicable")
"""What a unit can say."""
STATES = ("late", "due", "no_report", "upcoming", "no_deadline", "done_late", "done", "not_applicable")
"""What we make of it, what asks for attention first."""
FINISHED = ("done", "done_late")
OPEN = ("late", "due", "upcoming", "no_deadline", "no_report")
"""States of what is still to do, the one that names a task of several units first."""
CARRIED = 2
"""Quarters for which "under way" still tells something; older, it is no report."""
AT_ISSUE = timedelta(days=14)
COLUMNS = (
    "milestone", "unit", "year", "deadline", "deadline_assumed", "quarter", "when", "state", "status", "done_on",
    "evidence", "note", "value_period", "due_at_issue", "tags",
)  # fmt: skip


@dataclass(frozen=True)
class Occurrence:
    """A task once: `year` for one that returns every year."""

    milestone: Milestone
    year: int | None
    deadline: date | None

    @property
    def assumed(self) -> bool:
        return self.year is not None


class Said(NamedTuple):
    """What a unit published: the status, and the quarter it was published for."""

    period: Period
    status: str
    done_on: date | None
    evidence: str | None
    note: str | None

    @property
    def year(self) -> int:
        """The year of a yearly task this speaks of: that of its finish, else that of the quarter."""
        return self.done_on.year if self.done_on else self.period.year


def occurrences(plan: Plan, milestone: Milestone, as_of: Period) -> list[Occurrence]:
    """A yearly task stands once for each year that has begun; every other stands once."""
    if milestone.recurrence != "annual":
        return [Occurrence(milestone, None, milestone.deadline)]
    years = range(plan.start.year, min(plan.end.year, as_of.year) + 1)
    return [Occurrence(milestone, year, min(date(year, 12, 31), plan.end)) for year in years]


def milestone_states(plan: Plan, statuses: pd.DataFrame, as_of: Period, *, unit_set: str | None = None) -> pd.DataFrame:
    """One row per task (per year for yearly ones) and unit that answers for it, in the plan's order.

    `statuses`: milestone, unit, period, status, done_on, evidence, note, as published. Columns:
    `year` (yearly tasks), `deadline`, `deadline_assumed`, `quarter` (of the deadline, text),
    `when` (`overdue`, `due`, `upcoming`, `none`), `state` (`STATES`), `status` (as published),
    `value_period` (the quarter it was published for), `due_at_issue`, `tags`.
    """
    said = _said(statuses, as_of)
    rows = [
        _row(plan, once, unit, said, as_of)
        for milestone in plan.milestones
        for once in occurrences(plan, milestone, as_of)
        for unit in plan.reporters_of(milestone, unit_set, as_of)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _said(statuses: pd.DataFrame, as_of: Period) -> dict[tuple[str, str], list[Said]]:
    """What was published up to `as_of`, oldest first."""
    found: dict[tuple[str, str], list[Said]] = {}
    for row in statuses.itertuples():
        period = Period.parse(str(row.period))
        if period <= as_of:
            known: Any = row
            one = Said(period, known.status, known.done_on, known.evidence, known.note)
            found.setdefault((known.milestone, known.unit), []).append(one)
    return {key: sorted(each, key=lambda one: one.period) for key, each in found.items()}


def _row(
    plan: Plan, once: Occurrence, unit: str, said: dict[tuple[str, str], list[Said]], as_of: Period
) -> tuple[object, ...]:
    every = said.get((once.milestone.milestone, unit), [])
    mine = [one for one in every if once.year in (None, one.year)]
    last = mine[-1] if mine else None
    stale = last is not None and last.status not in ("done", "not_applicable") and last.period < as_of
    return (
        once.milestone.milestone,
        unit,
        once.year,
        once.deadline,
        once.assumed,
        str(Period.of(once.deadline)) if once.deadline else None,
        position(once.deadline, as_of),
        judge(once.deadline, last, as_of),
        last.status if last else None,
        last.done_on if last else None,
        last.evidence if last else None,
        last.note if last else None,
        str(last.period) if last else None,
        due_at_issue(plan, once.deadline),
        [f"stale:{last.period}"] if last and stale else [],
    )


def position(deadline: date | None, as_of: Period) -> str:
    """Where a deadline lies as seen from the quarter's end. On its own day a task is due, not late."""
    if deadline is None:
        return "none"
    if deadline < as_of.end:
        return "overdue"
    return "due" if deadline == as_of.end else "upcoming"


def judge(deadline: date | None, last: Said | None, as_of: Period) -> str:
    """The state of one task of one unit; the first that applies."""
    when = position(deadline, as_of)
    if last is not None and last.status == "not_applicable":
        return "not_applicable"
    if last is not None and last.status == "done":
        late = deadline is not None and last.done_on is not None and last.done_on > deadline
        return "done_late" if late else "done"
    if when == "upcoming":
        return "upcoming"
    if last is None:
        return "no_report"
    if when == "overdue":
        return "late"
    if as_of - last.period > CARRIED:
        return "no_report"
    return "due" if when == "due" else "no_deadline"


def due_at_issue(plan: Plan, deadline: date | None) -> bool:
    """Whether the plan was issued so shortly before that nothing but luck could keep the deadline.

    The plan of 30 March 2022 asks for tasks of its first quarter: one day was left.
    """
    issued = plan.meta.get("issued")
    return deadline is not None and isinstance(issued, date) and issued <= deadline <= issued + AT_ISSUE


TOGETHER = (
    "milestone", "year", "deadline", "deadline_assumed", "quarter", "when", "state", "units_expected", "units_done",
    "units_reported", "done_on", "due_at_issue",
)  # fmt: skip


def together(states: pd.DataFrame) -> pd.DataFrame:
    """One row per task (and year): what its units' states come to.

    It is done when every unit to which it applies has done it; else it has the state of the unit
    that asks for attention first. `units_expected` leaves out those to which it does not apply.
    """
    tasks: dict[tuple[object, object], list[dict[str, Any]]] = {}
    for row in _records(states):
        tasks.setdefault((row["milestone"], row["year"]), []).append(row)
    return pd.DataFrame([_joined(rows) for rows in tasks.values()], columns=list(TOGETHER), dtype=object)


def _records(states: pd.DataFrame) -> Iterator[dict[str, Any]]:
    columns = [states[name] for name in COLUMNS]
    for values in zip(*columns, strict=True):
        yield dict(zip(COLUMNS, values, strict=True))


def _joined(rows: list[dict[str, Any]]) -> tuple[object, ...]:
    first = rows[0]
    applies = [row for row in rows if row["state"] != "not_applicable"]
    done = [row for row in applies if row["state"] in FINISHED]
    days = [row["done_on"] for row in done if row["done_on"]]
    whole = bool(done) and len(done) == len(applies)
    return (
        *(first[name] for name in ("milestone", "year", "deadline", "deadline_assumed", "quarter", "when")),
        joint_state([row["state"] for row in rows]),
        len(applies),
        len(done),
        sum(row["status"] is not None for row in applies),
        max(days) if whole and days else None,
        first["due_at_issue"],
    )


def joint_state(states: list[str]) -> str:
    applies = [state for state in states if state != "not_applicable"]
    if not applies:
        return "not_applicable"
    unfinished = [state for state in applies if state not in FINISHED]
    if unfinished:
        return next(state for state in OPEN if state in unfinished)
    return "done_late" if "done_late" in applies else "done"


class Tally(NamedTuple):
    """So many tasks of one unit in one state, with the quarter of their deadline (None: undated)."""

    unit: str
    quarter: str | None
    state: str
    number: int


def tallies(states: pd.DataFrame) -> Iterator[Tally]:
    """The board: counts by unit (in the order of the rows), quarter (undated last) and state."""
    counts = Counter((row["unit"], row["quarter"], row["state"]) for row in _records(states))
    order = {unit: place for place, unit in enumerate(dict.fromkeys(states["unit"]))}

    def place(key: tuple[str, str | None, str]) -> tuple[int, str, int]:
        unit, quarter, state = key
        return order[unit], quarter or "later", STATES.index(state)

    for unit, quarter, state in sorted(counts, key=place):
        yield Tally(unit, quarter, state, counts[unit, quarter, state])
