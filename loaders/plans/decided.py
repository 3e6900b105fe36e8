"""The plans as the task force reads them: the decisions of the database laid over the data."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from loaders.plans.read import plans_folder, read_plan, read_versions
from metrics.plan import Decision, Plan
from store.database import Database
from store.decisions import decisions

Versions = dict[str, tuple[Plan, ...]]


def decided_plans(
    database: Database, known_at: datetime | None = None, root: Path | str | None = None
) -> dict[str, Plan]:
    """Every plan's version in force, with the decisions known at `known_at`."""
    return {name: versions[-1] for name, versions in decided_versions(database, known_at, root).items()}


def decided_versions(database: Database, known_at: datetime | None = None, root: Path | str | None = None) -> Versions:
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


def read_otherwise(plan: Plan, tension: str, option: str | None, root: Path | str | None = None) -> Plan:
    """The same version as it would be if `tension` were read by `option` (None: undecided)."""
    chosen = {name: value for name, value in plan.decided.items() if name != tension}
    other = read_plan(_folder(plan, plans_folder(root)), chosen | ({tension: option} if option else {}))
    return replace(other, recount=other.recount | plan.recount)


def _folder(plan: Plan, root: Path) -> Path:
    for folder in sorted(root.glob(f"{plan.plan}*")):
        head = tomllib.loads((folder / "plan.toml").read_text(encoding="utf-8"))
        if (head.get("plan"), head.get("version")) == (plan.plan, plan.version):
            return folder
    raise LookupError(f"{plan.plan} {plan.version} lies in no folder of {root.name}")


def _with_reasons(plan: Plan, known: Mapping[str, Decision]) -> Plan:
    return replace(plan, decisions={tension: known[tension] for tension in plan.decided})
