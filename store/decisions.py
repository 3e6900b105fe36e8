"""What the task force decided about a plan's tensions: who, when, why. Rows are only ever added."""

from datetime import datetime

import pandas as pd

from metrics.plan import Decision, Plan
from store.audit import write_entry
from store.database import Database
from store.live import moment, moment_after
from store.people import require, signature


def decisions(database: Database, plan: str, known_at: datetime | None = None) -> dict[str, Decision]:
    """Tension → the decision in force at `known_at`; withdrawn ones are not there."""
    found = _rows(database, plan, known_at)
    latest = {row["tension"]: row for row in found.to_dict("records")}
    return {
        str(tension): Decision(str(tension), row["option"], row["why"], row["decided_by"], row["decided_at"])
        for tension, row in latest.items()
        if row["option"] is not None
    }


def list_decisions(database: Database, plan: str, known_at: datetime | None = None) -> pd.DataFrame:
    """Every decision and withdrawal, newest first.

    Columns: entry, tension, option (None: withdrawn), why, decided_by, decided_at.
    """
    return _rows(database, plan, known_at).iloc[::-1].reset_index(drop=True)


def save_decision(
    database: Database, plan: Plan, tension: str, option: str | None, *, why: str, who: str, now: datetime
) -> int:
    """Decide a tension, or withdraw with `option` None; returns the entry's number.

    Raises ValueError without a reason or a name, for an option the tension does not have, and for
    withdrawing what is not decided; NotAllowed. `who` counts where nobody signs in.
    """
    require(database, "decide")
    why, who = why.strip(), signature(database.person, who) if who.strip() else ""
    if not why or not who:
        raise ValueError("a decision needs a reason and a name")
    known = plan.tensions.get(tension)
    if known is None or (option is not None and known.option(option) is None):
        raise ValueError(f"{plan.plan}: {tension} has no option {option}")
    in_force = decisions(database, plan.plan).get(tension)
    if (in_force.option if in_force else None) == option:
        raise ValueError(f"{plan.plan}: {tension} stands so already")
    with database.transaction() as execute:
        execute.raise_data_version()
        entry = int(execute("select nextval('decision_number')").scalar_one())
        latest = execute("select max(decided_at) from decision where plan = :plan", plan=plan.plan).scalar()
        at = moment_after(latest, now)
        execute(
            "insert into decision values (:entry, :plan, :tension, :option, :why, :who, :at)",
            entry=entry, plan=plan.plan, tension=tension, option=option, why=why, who=who, at=at,
        )  # fmt: skip
        detail: dict[str, object] = {"plan": plan.plan, "tension": tension, "option": option, "why": why}
        write_entry(execute, at, who, "decide" if option else "withdraw", detail)
    return entry


def _rows(database: Database, plan: str, known_at: datetime | None) -> pd.DataFrame:
    return database.frame(
        "select entry, tension, option_value as option, why, decided_by, decided_at from decision"
        " where plan = :plan and decided_at <= :at order by entry",
        plan=plan,
        at=moment(known_at),
    )
