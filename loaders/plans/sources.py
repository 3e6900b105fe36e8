"""The files of one plan as they are written: tables and cells, before they take their shapes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loaders.plans.files import Faults, read_cells, read_tables, read_toml, shaped_rows
from loaders.plans.money import MoneyTable
from loaders.plans.rows import MilestoneRow, TargetRow
from loaders.plans.schema import TensionTable
from metrics.plan import Milestone, Target, Tension

Cells = list[tuple[int, dict[str, str]]]
"""Rows of a CSV file: line number and filled cells."""


@dataclass(frozen=True)
class Sources:
    """What a reading of a tension may change is still raw: `head` (plan.toml), `targets`, `money`."""

    folder: str
    head: dict[str, Any]
    targets: Cells
    money: dict[str, Any]
    tensions: dict[str, Tension]
    milestones: tuple[Milestone, ...]


def read_sources(folder: Path, faults: Faults) -> Sources | None:
    """The files of a plan's folder; None when one cannot be read at all."""
    head = read_toml(folder / "plan.toml", faults)
    money = read_toml(folder / "money.toml", faults)
    tensions = read_tables(
        TensionTable, read_toml(folder / "tensions.toml", faults) or {}, faults, f"{folder.name}/tensions.toml"
    )
    targets = read_cells(TargetRow, folder / "targets.csv", faults)
    milestones = _milestones(folder, faults)
    if head is None or money is None:
        return None
    for unknown in money.keys() - {"rules"}:
        faults.add(f"{folder.name}/money.toml", unknown, "unknown key")
    nouns = {name: table.noun(name) for name, table in tensions.items()}
    return Sources(folder.name, head, targets, money.get("rules", {}), nouns, milestones)


def shaped_targets(sources: Sources, faults: Faults) -> tuple[Target, ...]:
    rows = shaped_rows(TargetRow, sources.targets, faults, f"{sources.folder}/targets.csv")
    return tuple(row.noun() for _, row in rows)


def shaped_money(sources: Sources, faults: Faults) -> dict[str, MoneyTable]:
    return read_tables(MoneyTable, sources.money, faults, f"{sources.folder}/money.toml")


def _milestones(folder: Path, faults: Faults) -> tuple[Milestone, ...]:
    file, seen = f"{folder.name}/milestones.csv", set()
    rows = shaped_rows(MilestoneRow, read_cells(MilestoneRow, folder / "milestones.csv", faults), faults, file)
    for line, row in rows:
        if row.milestone in seen:
            faults.add(file, f"line {line}", f"{row.milestone} is listed twice")
        seen.add(row.milestone)
        if len(row.actions_zh) != len(row.actions_en):
            faults.add(file, f"line {line} actions", "as many actions in zh as in en")
        for pair in ("note", "row_target"):
            if bool(getattr(row, f"{pair}_zh")) != bool(getattr(row, f"{pair}_en")):
                faults.add(file, f"line {line} {pair}", "needs both zh and en")
    return tuple(row.noun() for _, row in rows)
