"""Who has sent a submission for a quarter, and in time (semantics §2: missing is not zero)."""

from collections.abc import Collection, Iterable

import pandas as pd

from metrics.calendar import Change, term
from metrics.period import Period
from metrics.plan import Indicator, Plan
from metrics.trajectory import Targets

RECEIVED = ("received", "late")
COLUMNS = ("unit", "expected", "received_at", "published_at", "state", "due")


def is_open(indicator: Indicator, targets: Targets, as_of: Period) -> bool:
    """Whether anything is still to be reported: a yearly count is closed after its last target's year."""
    last = targets.last_year(indicator) if indicator.kind == "annual" else None
    return bool(indicator.typed_parts) and (last is None or as_of.year <= last)


def expected_units(plan: Plan, as_of: Period, unit_set: str | None = None) -> tuple[str, ...]:
    """Units that owe a submission for `as_of`: standing reporters of an open indicator, within the plan's quarters."""
    if not Period.of(plan.start) <= as_of <= Period.of(plan.end):
        return ()
    targets = Targets(plan)
    return tuple(
        dict.fromkeys(
            unit
            for indicator in plan.indicators.values()
            if is_open(indicator, targets, as_of)
            for unit in plan.reporters_of(indicator, unit_set, as_of)
        )
    )


def completeness(
    plan: Plan,
    submissions: pd.DataFrame,
    as_of: Period,
    *,
    unit_set: str | None = None,
    changes: Iterable[Change] = (),
    waiting: Collection[str] = (),
) -> pd.DataFrame:
    """One row per reporting unit: units of the set in plan order, then the others, then departments.

    `submissions`: unit, period, received_at, published_at (published ones, replaced ones included or
    not). `changes`: what was changed of the plan's calendar, as far as it was known. `waiting`: units
    that have sent what nobody has decided yet. Columns: `unit`, `expected` (bool), `received_at`
    (first), `published_at` (last), `state` (`received`, `late` = first received after `due`,
    `waiting`, `missing`, `not_expected`), `due` (date, the unit's own). What is published counts;
    who waits is told apart from who has not sent.
    """
    owed, moved = set(expected_units(plan, as_of, unit_set)), tuple(changes)
    sent = submissions[submissions["period"] == str(as_of)]
    received: dict[str, pd.Timestamp] = dict(sent.groupby("unit")["received_at"].min()) if len(sent) else {}
    published: dict[str, pd.Timestamp] = dict(sent.groupby("unit")["published_at"].max()) if len(sent) else {}
    order = dict.fromkeys((*plan.units_of(unit_set), *plan.reporting_units()))
    rows = []
    for unit in order:
        came, due = received.get(unit), term(plan.calendar, moved, unit, as_of).due
        if unit not in owed:
            state = "not_expected"
        elif came is None:
            state = "waiting" if unit in waiting else "missing"
        else:
            state = "late" if came.date() > due else "received"
        rows.append((unit, unit in owed, came, published.get(unit), state, due))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def last_steps(steps: pd.DataFrame | None, as_of: Period) -> dict[str, tuple[str, pd.Timestamp]]:
    """Unit → what last happened to what it sent for the quarter, and when. `steps`: unit, period, step, at."""
    if steps is None:
        return {}
    mine = steps[steps["period"] == str(as_of)].sort_values("at", kind="stable")
    return {unit: (step, at) for unit, step, at in zip(mine["unit"], mine["step"], mine["at"], strict=True)}


def waiting_units(steps: pd.DataFrame | None, as_of: Period) -> frozenset[str]:
    """Units that have sent for the quarter what nobody has decided yet."""
    return frozenset(unit for unit, (step, _) in last_steps(steps, as_of).items() if step == "sent")
