"""What must hold of units and rosters, which all plans share. A fault is (file, key, fault)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from metrics.plan import Roster, Unit

Fault = tuple[str, str, str]


def repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def stands(unit: Unit, start: date, end: date) -> bool:
    return (unit.valid_from or start) <= end and (unit.valid_to or end) >= start


def check_roster(roster: Roster) -> Iterator[Fault]:
    fields = {field.field: field for field in roster.fields}
    for name in roster.key:
        if name not in fields:
            yield "rosters.toml", f"{roster.roster}.key", f"no field {name}"
    for pair in roster.orders:
        for name in pair:
            if name not in fields or fields[name].type != "date":
                yield "rosters.toml", f"{roster.roster}.orders", f"{name} is not a date field"
    headings = Counter(words for field in roster.fields for words in {field.name.zh, *field.aliases})
    for heading, times in headings.items():
        if times > 1:
            yield "rosters.toml", f"{roster.roster}.fields", f"{heading} names two columns"
    for field in roster.fields:
        if (field.type == "choice") != bool(field.choices):
            yield "rosters.toml", f"{roster.roster}.fields.{field.field}", "a choice needs a list under [choices]"


def check_units(units: dict[str, Unit]) -> Iterator[Fault]:
    names: dict[tuple[str | None, str], list[Unit]] = {}
    for unit in units.values():
        if unit.parent and unit.parent not in units:
            yield "units.csv", unit.unit, f"unknown parent {unit.parent}"
        if unit.valid_from and unit.valid_to and unit.valid_from > unit.valid_to:
            yield "units.csv", unit.unit, "valid_to is before valid_from"
        for name in {unit.name, unit.short, *unit.aliases}:
            names.setdefault((unit.parent, name), []).append(unit)
    for (_, name), bearers in names.items():
        for one, other in pairwise(bearers):
            if stands(one, other.valid_from or date.min, other.valid_to or date.max):
                yield "units.csv", one.unit, f"{name} also names {other.unit}"
