"""What all plans share: units, rosters, and the tensions and slogans between plans."""

from pathlib import Path

from loaders.plans.build import Shared, collect
from loaders.plans.cross_plan import cross_plan
from loaders.plans.files import Faults, read_rows, read_tables, read_toml
from loaders.plans.rosters import Choices, ChoiceTable, RosterTable
from loaders.plans.rows import UnitRow
from loaders.plans.shared_checks import check_roster, check_units
from metrics.plan import Roster, Unit


def shared_files(data: Path, faults: Faults) -> Shared:
    """The files that lie beside the folder of plans."""
    rows = read_rows(UnitRow, data / "units.csv", faults)
    units: dict[str, Unit] = {}
    for line, row in rows:
        if row.unit in units:
            faults.add("data/units.csv", f"line {line}", f"{row.unit} is listed twice")
        units[row.unit] = row.noun()
    rosters = _rosters(data / "rosters.toml", faults)
    collect(faults, "data", check_units(units))
    for roster in rosters.values():
        collect(faults, "data", check_roster(roster))
    return Shared(units, rosters, cross_plan(data / "cross_plan.toml", faults))


def _rosters(path: Path, faults: Faults) -> dict[str, Roster]:
    tables = read_toml(path, faults) or {}
    lists: Choices = {}
    for name, values in tables.pop("choices", {}).items():
        choices = read_tables(ChoiceTable, values, faults, f"data/rosters.toml: choices.{name}")
        lists[name] = tuple(words.noun(value) for value, words in choices.items())
    shapes = read_tables(RosterTable, tables, faults, "data/rosters.toml")
    return {name: shape.noun(name, lists) for name, shape in shapes.items()}
