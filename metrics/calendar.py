"""When a submission is due, how long it is waited for, and when a quarter is closed.

No plan prints such days: they are settings of the plan's data (`[calendar]`), moved for one quarter,
or for one unit of it, by changes that each carry a reason. Lateness is measured by the due day alone
and stays a fact; grace says from when somebody is overdue; closing is the only thing that refuses.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from metrics.period import Period

Step = Literal["due", "close", "reopen"]
State = Literal["running", "open", "grace", "overdue", "closed"]
"""`running`: the quarter has not ended; `open`: it has, and the due day has not passed."""


@dataclass(frozen=True)
class Calendar:
    """A plan's rule, in days: due after the quarter's end, grace after that, closed after the grace.

    Fifteen days after a quarter's end is the 15th of the month that follows.
    """

    due: int = 15
    grace: int = 5
    closing: int | None = None
    """None: a quarter never closes by itself."""


@dataclass(frozen=True)
class Change:
    """One entry of the calendar. `unit` None: for everybody. The latest entry counts.

    `day` of `due`: the new due day (None: the plan's own again); of `close`: the first day nothing
    is taken in any more; of `reopen`: the last day it is open (None: without an end).
    """

    entry: int
    period: Period
    unit: str | None
    step: Step
    day: date | None
    why: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Term:
    """The days that hold for one unit and quarter. `changes`: those that made them so, oldest first."""

    due: date
    grace_until: date
    closed_from: date | None
    changes: tuple[Change, ...] = ()

    def closed_on(self, day: date) -> bool:
        return self.closed_from is not None and day >= self.closed_from

    def days_late(self, received: date) -> int:
        """Days after the due day; 0 when in time."""
        return max(0, (received - self.due).days)


def usual_term(calendar: Calendar, period: Period) -> Term:
    """The days by the plan's own rule."""
    return _due_on(calendar, period.end + timedelta(days=calendar.due))


def term(calendar: Calendar, changes: Iterable[Change], unit: str | None, period: Period) -> Term:
    """The days that hold for a unit (None: for everybody without days of their own).

    The last change of the due day counts, and the last closing or reopening.
    """
    mine = [change for change in changes if change.period == period and change.unit in (None, unit)]
    mine.sort(key=lambda change: change.entry)
    moved = next((change for change in reversed(mine) if change.step == "due"), None)
    gate = next((change for change in reversed(mine) if change.step != "due"), None)
    made = usual_term(calendar, period)
    if moved and moved.day:
        made = _due_on(calendar, moved.day)
    if gate:
        # A reopening names its last day, a closing the first day after.
        shut = gate.day + timedelta(days=1) if gate.day and gate.step == "reopen" else gate.day
        made = replace(made, closed_from=shut)
    return replace(made, changes=tuple(mine))


def _due_on(calendar: Calendar, due: date) -> Term:
    grace_until = due + timedelta(days=calendar.grace)
    closed = None if calendar.closing is None else grace_until + timedelta(days=calendar.closing + 1)
    return Term(due, grace_until, closed)


def state_on(made: Term, period: Period, day: date) -> State:
    """Where a quarter stands on a day for whoever has not sent yet."""
    if made.closed_on(day):
        return "closed"
    if day <= period.end:
        return "running"
    if day <= made.due:
        return "open"
    return "grace" if day <= made.grace_until else "overdue"
