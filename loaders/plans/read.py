"""One plan, or every plan below a folder, read from its files and checked as a whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from loaders.plans.checks import check_plan
from loaders.plans.files import Faults, read_rows, read_tables, read_toml, shaped
from loaders.plans.rosters import Choices, ChoiceTable, RosterTable
from loaders.plans.rows import MilestoneRow, TargetRow, UnitRow
from loaders.plans.schema import MoneyTable, PlanTable, TensionTable
from loaders.plans.shared_checks import Fault, check_roster, check_units
from metrics.plan import Plan, Roster, Unit

DATA = Path(__file__).resolve().parent.parent.parent / "data"
PLANS = DATA / "plans"


class PlanError(ValueError):
    """Plan data that cannot be used; `faults` has one `file: key: fault` each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_plan(folder: Path | str) -> Plan:
    """One plan. Units and rosters are those lying beside the folder of plans."""
    folder = Path(folder)
    faults = Faults()
    units, rosters = _shared_files(folder.parent.parent, faults)
    plan = _plan(folder, units, rosters, faults)
    if plan is None or faults.lines:
        raise PlanError(faults.lines)
    return plan


def read_plans(root: Path | str = PLANS) -> dict[str, Plan]:
    """Every plan below `root` by name, in the order the plans themselves ask for."""
    plans, faults = _all_plans(Path(root))
    if faults:
        raise PlanError(faults)
    return plans


def check_plans(root: Path | str = PLANS) -> list[str]:
    """Every fault in all plan data; an empty list means all is well."""
    return _all_plans(Path(root))[1]


def _all_plans(root: Path) -> tuple[dict[str, Plan], list[str]]:
    faults = Faults()
    units, rosters = _shared_files(root.parent, faults)
    folders = sorted(folder for folder in root.glob("*") if folder.is_dir()) if root.is_dir() else []
    if not folders:
        faults.add(root.name, "-", "no plan folder found")
    read = {folder.name: _plan(folder, units, rosters, faults) for folder in folders}
    plans = {name: plan for name, plan in read.items() if plan}
    return dict(sorted(plans.items(), key=_place)), faults.lines


def _place(item: tuple[str, Plan]) -> tuple[int, str]:
    name, plan = item
    return int(str(plan.meta["order"])), name


def _shared_files(data: Path, faults: Faults) -> tuple[dict[str, Unit], dict[str, Roster]]:
    rows = read_rows(UnitRow, data / "units.csv", faults)
    units: dict[str, Unit] = {}
    for line, row in rows:
        if row.unit in units:
            faults.add("data/units.csv", f"line {line}", f"{row.unit} is listed twice")
        units[row.unit] = row.noun()
    rosters = _rosters(data / "rosters.toml", faults)
    _collect(faults, "data", check_units(units))
    for roster in rosters.values():
        _collect(faults, "data", check_roster(roster))
    return units, rosters


def _rosters(path: Path, faults: Faults) -> dict[str, Roster]:
    tables = read_toml(path, faults) or {}
    lists: Choices = {}
    for name, values in tables.pop("choices", {}).items():
        choices = read_tables(ChoiceTable, values, faults, f"data/rosters.toml: choices.{name}")
        lists[name] = tuple(words.noun(value) for value, words in choices.items())
    shapes = read_tables(RosterTable, tables, faults, "data/rosters.toml")
    return {name: shape.noun(name, lists) for name, shape in shapes.items()}


def _plan(folder: Path, units: dict[str, Unit], rosters: dict[str, Roster], faults: Faults) -> Plan | None:
    file = f"{folder.name}/plan.toml"
    before = len(faults.lines)
    head = read_toml(folder / "plan.toml", faults)
    shape = shaped(PlanTable, head, faults, file) if head is not None else None
    parts = _parts(folder, faults)
    if shape is None or len(faults.lines) > before:
        return None
    if shape.plan != folder.name:
        faults.add(file, "plan", f"is {shape.plan}, but the folder is {folder.name}")
    plan = _assembled(shape, parts, units, rosters)
    _collect(faults, folder.name, check_plan(plan, (shape.version, *shape.earlier_versions), rosters))
    return plan


def _parts(folder: Path, faults: Faults) -> dict[str, Any]:
    """The other files of a plan, each in its shape."""
    money = read_toml(folder / "money.toml", faults) or {}
    for unknown in money.keys() - {"rules"}:
        faults.add(f"{folder.name}/money.toml", unknown, "unknown key")
    tensions = read_toml(folder / "tensions.toml", faults) or {}
    rules = read_tables(MoneyTable, money.get("rules", {}), faults, f"{folder.name}/money.toml")
    found = read_tables(TensionTable, tensions, faults, f"{folder.name}/tensions.toml")
    milestones = read_rows(MilestoneRow, folder / "milestones.csv", faults)
    _check_milestone_rows(folder, milestones, faults)
    return {
        "targets": tuple(row.noun() for _, row in read_rows(TargetRow, folder / "targets.csv", faults)),
        "milestones": tuple(row.noun() for _, row in milestones),
        "money": tuple({"rule": name, **dict(rule)} for name, rule in rules.items()),
        "tensions": {name: table.noun(name) for name, table in found.items()},
    }


def _check_milestone_rows(folder: Path, rows: list[tuple[int, MilestoneRow]], faults: Faults) -> None:
    """Faults that can be seen in the file only: doubles, and phrases without their twin."""
    file, seen = f"{folder.name}/milestones.csv", set()
    for line, row in rows:
        if row.milestone in seen:
            faults.add(file, f"line {line}", f"{row.milestone} is listed twice")
        seen.add(row.milestone)
        if len(row.actions_zh) != len(row.actions_en):
            faults.add(file, f"line {line} actions", "as many actions in zh as in en")
        for pair in ("note", "row_target"):
            if bool(getattr(row, f"{pair}_zh")) != bool(getattr(row, f"{pair}_en")):
                faults.add(file, f"line {line} {pair}", "needs both zh and en")


def _assembled(shape: PlanTable, parts: dict[str, Any], units: dict[str, Unit], rosters: dict[str, Roster]) -> Plan:
    indicators = {name: table.noun(name, shape.groups) for name, table in shape.indicators.items()}
    used = {rule.roster for indicator in indicators.values() for rule in indicator.counts.values()}
    return Plan(
        plan=shape.plan,
        version=shape.version,
        status=shape.status,
        title=shape.title,
        short=shape.short,
        area=shape.area,
        start=shape.start,
        end=shape.end,
        unit_sets=shape.unit_sets,
        unit_set=shape.unit_set,
        units={key: unit for key, unit in units.items() if shape.area in (key, unit.parent)},
        indicators=indicators,
        bands=shape.bands.noun(),
        rosters={name: roster for name, roster in rosters.items() if name in used},
        meta={"order": shape.order} | {name: value for name, value in shape.meta if value is not None},
        **parts,
    )


def _collect(faults: Faults, folder: str, found: Iterator[Fault]) -> None:
    for file, key, fault in found:
        faults.add(f"{folder}/{file}", key, fault)
