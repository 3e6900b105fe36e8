"""One plan, or every plan below a folder, read from its files and checked as a whole.

Each version of a plan's text has a folder of its own: `jxfs`, and for a later one any name that
begins with the same word and a dot (`jxfs.issued-1`).
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from loaders.plans.build import Shared, decided_plan, differently_counted, printed_plan
from loaders.plans.cross_plan import cross_plan
from loaders.plans.files import Faults
from loaders.plans.money import check_alike
from loaders.plans.shared import shared_files
from loaders.plans.sources import Sources, read_sources
from metrics.cross_plan import CrossPlan
from metrics.plan import Plan

DATA = Path(__file__).resolve().parent.parent.parent / "data"
PLANS = DATA / "plans"

Decisions = Mapping[str, Mapping[str, str]]
"""By plan: tension → option."""


def plans_folder(root: Path | str | None = None) -> Path:
    """The folder of plans: the given one, the one named by DASHBOARD_PLANS, or the plans shipped here."""
    return Path(root or os.environ.get("DASHBOARD_PLANS") or PLANS)


class PlanError(ValueError):
    """Plan data that cannot be used; `faults` has one `file: key: fault` each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_plan(folder: Path | str, decisions: Mapping[str, str] | None = None) -> Plan:
    """One plan. Units and rosters are those lying beside the folder of plans.

    `decisions` (tension → option) are laid over the data; an unknown one is an error.
    """
    folder, faults = Path(folder), Faults()
    shared = shared_files(folder.parent.parent, faults)
    found = _printed(folder, shared, faults)
    plan = found and found[1]
    if found and decisions:
        plan = decided_plan(found[1], found[0], decisions, shared, faults)
    if plan is None or faults.lines:
        raise PlanError(faults.lines)
    return plan


def read_plans(root: Path | str | None = None, decisions: Decisions | None = None) -> dict[str, Plan]:
    """Every plan below `root` by name, in the order the plans themselves ask for: its version in force."""
    return {name: versions[-1] for name, versions in read_versions(root, decisions).items()}


def read_versions(root: Path | str | None = None, decisions: Decisions | None = None) -> dict[str, tuple[Plan, ...]]:
    """All versions of every plan's text; the last one of each is in force.

    Decisions on tensions or options a version does not have say nothing about that version.
    """
    faults = Faults()
    shared, found = _all_printed(plans_folder(root), faults)
    if decisions and not faults.lines:
        found = [(sources, _decided(sources, plan, decisions, shared, faults)) for sources, plan in found]
    if faults.lines:
        raise PlanError(faults.lines)
    return _by_plan([plan for _, plan in found])


def read_cross_plan(path: Path | str = DATA / "cross_plan.toml") -> CrossPlan:
    """Tensions between plans, and slogans with numbers in them."""
    faults = Faults()
    found = cross_plan(Path(path), faults)
    if faults.lines:
        raise PlanError(faults.lines)
    return found


def check_plans(root: Path | str | None = None) -> list[str]:
    """Every fault in all plan data, every option of every tension built once; empty when all is well."""
    faults = Faults()
    shared, found = _all_printed(plans_folder(root), faults)
    if not faults.lines:
        for sources, plan in found:
            for name, tension in plan.tensions.items():
                for option in tension.options:
                    _check_option(sources, plan, name, option.value, shared, faults)
    return faults.lines


def _check_option(sources: Sources, plan: Plan, tension: str, option: str, shared: Shared, faults: Faults) -> None:
    own = Faults()
    decided_plan(plan, sources, {tension: option}, shared, own)
    for line in own.lines:
        faults.add(f"{sources.folder}/tensions.toml", f"{tension} {option}", line)


def _decided(sources: Sources, plan: Plan, decisions: Decisions, shared: Shared, faults: Faults) -> Plan:
    known = {
        name: option
        for name, option in decisions.get(plan.plan, {}).items()
        if name in plan.tensions and plan.tensions[name].option(option)
    }
    return (decided_plan(plan, sources, known, shared, faults) or plan) if known else plan


def _all_printed(root: Path, faults: Faults) -> tuple[Shared, list[tuple[Sources, Plan]]]:
    shared = shared_files(root.parent, faults)
    folders = sorted(folder for folder in root.glob("*") if folder.is_dir()) if root.is_dir() else []
    if not folders:
        faults.add(root.name, "-", "no plan folder found")
    found = [pair for folder in folders if (pair := _printed(folder, shared, faults))]
    for name, versions in _by_plan([plan for _, plan in found]).items():
        for one, other in pairwise(versions):
            if one.version == other.version:
                faults.add(f"{name}/plan.toml", "version", f"{one.version} lies in two folders")
            if one.in_force_from == other.in_force_from:
                faults.add(f"{name}/plan.toml", "in_force_from", "two versions are in force from the same day")
        recount = differently_counted(list(versions))
        found = [(s, replace(plan, recount=recount) if plan.plan == name else plan) for s, plan in found]
    for file, key, fault in check_alike({plan.plan: plan for _, plan in found}):
        faults.add(file, key, fault)
    return shared, found


def _by_plan(plans: list[Plan]) -> dict[str, tuple[Plan, ...]]:
    """The versions of each plan, oldest first, the plans in the order they ask for."""
    oldest_first = sorted(plans, key=lambda plan: plan.in_force_from or date.min)
    versions: dict[str, tuple[Plan, ...]] = {}
    for plan in oldest_first:
        versions[plan.plan] = (*versions.get(plan.plan, ()), plan)
    return dict(sorted(versions.items(), key=lambda item: (int(str(item[1][-1].meta["order"])), item[0])))


def _printed(folder: Path, shared: Shared, faults: Faults) -> tuple[Sources, Plan] | None:
    before = len(faults.lines)
    sources = read_sources(folder, faults)
    plan = printed_plan(sources, shared, faults) if sources and len(faults.lines) == before else None
    return (sources, plan) if sources and plan else None
