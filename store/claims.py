"""Subsidy claims and payouts as last sent, from the rosters that units keep of them."""

from collections.abc import Mapping
from datetime import datetime

import pandas as pd

from metrics import claims as claims_roster
from metrics import payout
from metrics.claims import Claim, claim_of
from metrics.period import Period
from metrics.plan import Plan
from store.database import Database
from store.rosters import roster_rows


def claims(
    database: Database, plan: Plan, until: Period | None = None, known_at: datetime | None = None
) -> list[tuple[Claim, dict[str, object]]]:
    """Each unit's claims by its latest list up to `until`, with where they stand (period, submission, sheet)."""
    rows = _rows(database, plan, claims_roster.ROSTER, until, known_at)
    return [
        (
            claim_of(plan.plan, str(row["unit"]), int(str(row["row"])), row),
            {name: row[name] for name in ("period", "submission", "sheet")},
        )
        for row in rows
    ]


def claims_elsewhere(
    database: Database, plans: Mapping[str, Plan], plan: Plan, known_at: datetime | None = None
) -> list[Claim]:
    """Claims under other plans whose rules are for the same objects as rules of `plan`."""
    named = dict.fromkeys(other.partition(".")[0] for rule in plan.money.values() for other in rule.same_as)
    others = [plans[name] for name in named if name in plans and name != plan.plan]
    return [claim for other in others for claim, _ in claims(database, other, None, known_at)]


def payouts(
    database: Database, plan: Plan, until: Period | None = None, known_at: datetime | None = None
) -> list[dict[str, object]]:
    """The payout ledgers of all departments by their latest lists up to `until`."""
    return _rows(database, plan, payout.ROSTER, until, known_at)


def _rows(
    database: Database, plan: Plan, roster: str, until: Period | None, known_at: datetime | None
) -> list[dict[str, object]]:
    if roster not in plan.rosters:
        return []
    found: pd.DataFrame = roster_rows(database, plan, roster, known_at=known_at, until=until)
    return [{str(name): value for name, value in row.items()} for row in found.to_dict("records")]
