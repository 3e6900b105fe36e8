"""Who still owes a submission on a day, and until when: completeness with the calendar laid over it."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from metrics.calendar import Change, state_on, term
from metrics.completeness import completeness, last_steps, waiting_units
from metrics.period import Period
from metrics.plan import Plan

COLUMNS = ("unit", "period", "expected", "state", "due", "grace_until", "closed_from", "days_late", "received_at")
NOT_SENT = {"running": "not_due", "open": "not_due", "grace": "grace", "overdue": "missing", "closed": "closed"}
OWING = ("returned", "not_due", "grace", "missing")
"""States in which the unit can and should still send."""


def dues(
    plan: Plan,
    submissions: pd.DataFrame,
    as_of: Period,
    *,
    on: date,
    unit_set: str | None = None,
    changes: Iterable[Change] = (),
    steps: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per reporting unit on the day `on`, in the order of `completeness`.

    `steps`: unit, period, step, at of what was sent for review (sent, returned, withdrawn,
    published). Columns: `unit`, `period`, `expected`, `state`, `due`, `grace_until`, `closed_from`
    (None: open without end), `days_late` (of what was received, or so far of what is owed),
    `received_at` (of what waits: when it was sent). `state`, the first that applies: `not_expected`
    · `received`, `late` (published, by the due day or after) · `waiting` (sent, nobody has decided)
    · `closed` · `returned` (sent back, not sent again) · `not_due` · `grace` · `missing` (overdue).
    """
    moved, last = tuple(changes), last_steps(steps, as_of)
    sent = completeness(plan, submissions, as_of, unit_set=unit_set, changes=moved, waiting=waiting_units(steps, as_of))
    rows = []
    for row in sent.to_dict("records"):
        unit = str(row["unit"])
        made = term(plan.calendar, moved, unit, as_of)
        state, came = str(row["state"]), row["received_at"]
        step, at = last.get(unit, ("", None))
        if state == "waiting":
            came = at
        elif state == "missing":
            state = NOT_SENT[state_on(made, as_of, on)]
            if step == "returned" and state != "closed":
                state = "returned"
        late = 0 if state == "not_expected" else made.days_late(came.date() if came is not None else on)
        rows.append(
            (unit, str(as_of), row["expected"], state, made.due, made.grace_until, made.closed_from, late, came)
        )
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def owing(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of exactly those who can and should still send."""
    return rows[rows["state"].isin(OWING)]
