"""The plans as the task force reads them: the decisions of the database laid over the data."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from loaders.plans.read import PLANS, read_versions
from metrics.plan import Decision, Plan
from store.database import Database
from store.decisions import decisions

Versions = dict[str, tuple[Plan, ...]]


def decided_plans(database: Database, known_at: datetime | None = None, root: Path | str = PLANS) -> dict[str, Plan]:
    """Every plan's version in force, with the decisions known at `known_at`."""
    return {name: versions[-1] for name, versions in decided_versions(database, known_at, root).items()}


def decided_versions(database: Database, known_at: datetime | None = None, root: Path | str = PLANS) -> Versions:
    """All versions of every plan, with the decisions known at `known_at`; the last one is in force."""
    printed = read_versions(root)
    known = {name: found for name in printed if (found := decisions(database, name, known_at))}
    if not known:
        return printed
    chosen = {name: {t: str(d.option) for t, d in found.items()} for name, found in known.items()}
    return {
        name: tuple(_with_reasons(plan, known.get(name, {})) for plan in versions)
        for name, versions in read_versions(root, chosen).items()
    }


def _with_reasons(plan: Plan, known: Mapping[str, Decision]) -> Plan:
    return replace(plan, decisions={tension: known[tension] for tension in plan.decided})
