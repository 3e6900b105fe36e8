"""The life of a unit's quarter: every version that was sent, by whom, what became of it, what it said."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from metrics.period import Period
from metrics.plan import Plan
from store.bridge import facts_of_versions
from store.database import Database
from store.live import moment
from store.people import OPERATOR, require, require_figure
from store.submission_rows import list_mends
from store.submissions import Mend

State = Literal["in_force", "superseded", "waiting", "returned", "withdrawn"]


@dataclass(frozen=True)
class Step:
    step: str
    at: datetime
    who: str
    why: str | None = None


@dataclass(frozen=True)
class Version:
    """`number` counts the versions of the quarter from 1. `figures`: what a published one says, by part."""

    number: int
    submission: int
    file_name: str
    sha256: str
    received_at: datetime
    published_at: datetime | None
    state: State
    steps: tuple[Step, ...]
    notices: tuple[dict[str, Any], ...] = ()
    figures: dict[str, Decimal | None] = field(default_factory=dict)


def versions(
    database: Database,
    plan: Plan,
    unit: str,
    period: Period,
    known_at: datetime | None = None,
    *,
    indicator: str | None = None,
) -> list[Version]:
    """The versions of a unit's quarter as known at `known_at`, the first sent first. Raises NotAllowed.

    With `indicator` each published one tells its figure; who may read the figure of another unit may
    read how it came about.
    """
    if indicator is None:
        require(database, "read", unit)
    else:
        require_figure(database, plan, indicator, unit)
    at = moment(known_at)
    sent = database.rows(
        "select submission, file_name, sha256, received_at, published_at, superseded_at, published_by, notices"
        " from submission where plan = :plan and unit = :unit and period = :period and received_at <= :at"
        " order by submission",
        plan=plan.plan, unit=unit, period=str(period), at=at,
    )  # fmt: skip
    steps = _steps(database, plan, unit, period, at)
    said = _figures(database, plan, indicator, unit, period, at)
    return [
        _version(number, row, steps[row.submission], said[row.submission], at) for number, row in enumerate(sent, 1)
    ]


def _version(number: int, row: Any, steps: list[Step], figures: dict[str, Decimal | None], at: datetime) -> Version:
    published = row.published_at if row.published_at <= at else None
    if published and not any(step.step == "published" for step in steps):
        steps = [*steps, Step("published", published, row.published_by)]  # from before reviews were kept
    state: State = "waiting"
    if published:
        state = "in_force" if row.superseded_at > at else "superseded"
    elif steps and steps[-1].step in ("returned", "withdrawn"):
        state = "returned" if steps[-1].step == "returned" else "withdrawn"
    notices = tuple(json.loads(row.notices))
    return Version(
        number, row.submission, row.file_name, row.sha256, row.received_at, published, state, tuple(steps), notices,
        figures,
    )  # fmt: skip


def _steps(database: Database, plan: Plan, unit: str, period: Period, at: datetime) -> dict[int, list[Step]]:
    found = database.rows(
        'select r.submission, r.step, r.done_at as "at", r.who, r.why from review r'
        " join submission s on s.unit = r.unit and s.submission = r.submission"
        " where s.plan = :plan and s.unit = :unit and s.period = :period and r.done_at <= :at order by r.entry",
        plan=plan.plan, unit=unit, period=str(period), at=at,
    )  # fmt: skip
    steps: dict[int, list[Step]] = defaultdict(list)
    for row in found:
        steps[row.submission].append(Step(row.step, row.at, row.who, row.why))
    return steps


def _figures(
    database: Database, plan: Plan, indicator: str | None, unit: str, period: Period, at: datetime
) -> dict[int, dict[str, Decimal | None]]:
    said: dict[int, dict[str, Decimal | None]] = defaultdict(dict)
    if indicator is not None:
        facts, _ = facts_of_versions(database, plan, indicator, at, unit, period)
        for number, part, value in zip(facts["submission"], facts["part"], facts["number"], strict=True):
            said[number][part] = value
    return said


def mends_of(database: Database, plan: Plan, indicator: str, unit: str, submission: int) -> list[Mend]:
    """The cells of a submission mended in the browser, for whoever may read the figure."""
    require_figure(database, plan, indicator, unit)
    return list_mends(database.acting_as(OPERATOR), submission)
