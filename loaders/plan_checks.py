"""What must agree between the files of a plan. Each check yields (file, key, fault)."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from metrics.plan import Count, Indicator, Milestone, Plan, Roster, Target, Unit

Fault = tuple[str, str, str]
AREA_UNITS = "@units"
YI = 10**8


def check_plan(plan: Plan, versions: tuple[str, ...], every_roster: dict[str, Roster]) -> Iterator[Fault]:
    """All faults of an assembled plan. `every_roster` are all rosters known, used or not."""
    yield from _check_frame(plan)
    yield from _check_unit_sets(plan)
    for indicator in plan.indicators.values():
        yield from _check_indicator(plan, indicator)
        for part, rule in indicator.counts.items():
            key = f"indicators.{indicator.indicator}.{'count' if part == 'value' else part}"
            yield from _check_count(rule, indicator, every_roster, key)
    for target in plan.targets:
        yield from _check_target(plan, target, versions)
    yield from _check_target_sets(plan)
    for milestone in plan.milestones:
        yield from _check_milestone(plan, milestone)


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def _check_frame(plan: Plan) -> Iterator[Fault]:
    if plan.start > plan.end:
        yield "plan.toml", "end", f"{plan.end} is before start {plan.start}"
    bands = plan.bands
    if not bands.on_track > bands.watch > bands.behind:
        yield "plan.toml", "bands", "edges must fall: on_track > watch > behind, else the bands leave a gap or overlap"
    if plan.area not in plan.units:
        yield "plan.toml", "area", f"unknown unit {plan.area}"


def _check_unit_sets(plan: Plan) -> Iterator[Fault]:
    if plan.unit_set not in plan.unit_sets:
        yield "plan.toml", "unit_set", f"unknown unit set {plan.unit_set}"
    for name, units in plan.unit_sets.items():
        key = f"unit_sets.{name}"
        for unit in _repeated(units):
            yield "plan.toml", key, f"{unit} is listed twice"
        for unit in units:
            if unit not in plan.units:
                yield "plan.toml", key, f"unknown unit {unit}"
            elif not _stands(plan.units[unit], plan.start, plan.end):
                yield "plan.toml", key, f"{unit} does not exist within the plan's period"


def _stands(unit: Unit, start: date, end: date) -> bool:
    return (unit.valid_from or start) <= end and (unit.valid_to or end) >= start


def _check_indicator(plan: Plan, indicator: Indicator) -> Iterator[Fault]:
    key = f"indicators.{indicator.indicator}"

    def fault(field: str, words: str) -> Fault:
        return "plan.toml", f"{key}.{field}", words

    if indicator.group is None:
        yield fault("group", "not one of [groups]")
    if indicator.unit_set and indicator.unit_set not in plan.unit_sets:
        yield fault("unit_set", f"unknown unit set {indicator.unit_set}")
    for reporter in indicator.reporters:
        if reporter != AREA_UNITS and reporter not in plan.units:
            yield fault("reporters", f"unknown unit {reporter}")
    for tension in indicator.tensions:
        if tension not in plan.tensions:
            yield fault("tensions", f"{tension} is not in tensions.toml")
    for part in indicator.parts:
        if part not in plan.indicators:
            yield fault("parts", f"unknown indicator {part}")
    if indicator.money and indicator.measure.zh != "亿元":
        yield fault("measure", "money is measured in 亿元")
    yield from _check_kind(indicator, fault)


def _check_kind(indicator: Indicator, fault: Callable[[str, str], Fault]) -> Iterator[Fault]:
    kind = indicator.kind
    if kind == "composite" and (len(indicator.parts) < 2 or indicator.reporters):
        yield fault("parts", "a composite has two parts or more and no reporters")
    if kind != "composite" and indicator.parts:
        yield fault("parts", f"only a composite has parts, this is {kind}")
    if kind != "composite" and not indicator.reporters:
        yield fault("reporters", "nobody reports this indicator")
    if kind == "share" and not (indicator.numerator_name and indicator.denominator_name):
        yield fault("numerator_name", "a share names its numerator and denominator")
    if kind == "share" and indicator.count:
        yield fault("count", "a share is counted by numerator and denominator")
    if kind != "share" and (indicator.numerator or indicator.denominator):
        yield fault("numerator", f"only a share has a numerator and denominator, this is {kind}")
    if (kind == "cadence") != bool(indicator.count and indicator.count.every):
        yield fault("count.every", "a cadence counts weeks or months, other kinds do not")
    if (kind == "floor") != (indicator.scope == "each_unit"):
        yield fault("scope", "a floor is each_unit, and only a floor is")
    if (indicator.path == "listed") != bool(indicator.listed):
        yield fault("listed", "path listed needs values, other paths have none")
    if not indicator.owners and indicator.owner_basis != "not_stated":
        yield fault("owner_basis", f"{indicator.owner_basis}, but no owner is named")


def _check_count(rule: Count, indicator: Indicator, rosters: dict[str, Roster], key: str) -> Iterator[Fault]:
    roster = rosters.get(rule.roster)
    if roster is None:
        yield "plan.toml", f"{key}.roster", f"unknown roster {rule.roster}"
        return
    fields = {field.field: field for field in roster.fields}
    dates = {"since": rule.since, "ended": rule.ended, "valid_to": rule.valid_to}
    named = dates | {"key": rule.key, "filled": rule.filled, "where": tuple(field for field, _ in rule.where)}
    for use, names in (named | {"total": (rule.total,) if rule.total else ()}).items():
        for name in names:
            if name not in fields:
                yield "plan.toml", f"{key}.{use}", f"roster {rule.roster} has no field {name}"
            elif use in dates and fields[name].type != "date":
                yield "plan.toml", f"{key}.{use}", f"{name} is not a date"
    for name, allowed in rule.where:
        known = {choice.value for choice in fields[name].choices} if name in fields else set(allowed)
        known = {"yes", "no"} if name in fields and fields[name].type == "yesno" else known
        for value in allowed:
            if value not in known:
                yield "plan.toml", f"{key}.where.{name}", f"{value} is not one of its values"
    if indicator.kind == "share":  # its parts carry their own unit of measure in their names
        return
    if rule.total in fields and (fields[rule.total].type == "money") != indicator.money:
        yield "plan.toml", f"{key}.total", f"{rule.total} and the indicator must both be money or neither"


def _target_key(target: Target) -> str:
    return f"{target.indicator} {target.unit} {target.deadline or 'no deadline'}"


def _check_target(plan: Plan, target: Target, versions: tuple[str, ...]) -> Iterator[Fault]:
    key = _target_key(target)
    indicator = plan.indicators.get(target.indicator)
    if indicator is None:
        yield "targets.csv", key, f"unknown indicator {target.indicator}"
        return
    if target.unit not in plan.units:
        yield "targets.csv", key, f"unknown unit {target.unit}"
    if target.version not in versions:
        yield "targets.csv", key, f"unknown version {target.version}"
    if target.deadline and target.deadline > plan.end:
        yield "targets.csv", key, f"deadline is after the plan's end {plan.end}"
    if target.deadline and target.deadline < plan.start and "before_start" not in target.tags:
        yield "targets.csv", key, f"deadline is before the plan's start {plan.start}; if so printed, tag before_start"
    yield from _check_value(target, indicator, key)
    if target.printed and target.comparison != "none":
        yield from _check_printed(target, indicator, key)


def _check_value(target: Target, indicator: Indicator, key: str) -> Iterator[Fault]:
    if (target.comparison == "none") != (target.value is None):
        yield "targets.csv", key, "a comparison needs a value, none has no value"
    upper = target.maximum
    if (target.comparison == "range") != (upper is not None):
        yield "targets.csv", key, "a range, and only a range, has a maximum"
    if upper is not None and target.value is not None and upper <= target.value:
        yield "targets.csv", key, f"maximum {upper} is not above {target.value}"
    if target.value is None:
        return
    if target.value < 0:
        yield "targets.csv", key, "value is negative"
    if indicator.money and target.value != target.value.to_integral_value():
        yield "targets.csv", key, "money is integer yuan"
    if indicator.kind == "share" and target.value > 100:
        yield "targets.csv", key, "a share is at most 100 %"


def _check_printed(target: Target, indicator: Indicator, key: str) -> Iterator[Fault]:
    """The value and the comparison must be those of the printed words (以上 ≥, 突破/超 >)."""
    numbers = {Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", target.printed)}
    for value in (target.value, target.maximum):
        if value is not None and numbers and (value / YI if indicator.money else value) not in numbers:
            yield "targets.csv", key, f"value {value} is not what is printed: {target.printed}"
    if re.search("突破|超", target.printed):
        meant = ">"
    elif re.search("以上|至少|不少于|不低于|达", target.printed):
        meant = ">="
    else:
        meant = "range" if re.search(r"\d\s*[-—–]\s*\d", target.printed) else "="
    if target.comparison != meant:
        yield "targets.csv", key, f"comparison {target.comparison} does not fit {target.printed}: expected {meant}"


def _check_target_sets(plan: Plan) -> Iterator[Fault]:
    for repeated in _repeated(f"{_target_key(target)} {target.version}" for target in plan.targets):
        yield "targets.csv", repeated, "stands twice in the same version"
    for name, indicator in plan.indicators.items():
        rows = [t for t in plan.targets if t.indicator == name and t.version == plan.version]
        if not rows:
            yield "targets.csv", name, "indicator has no row (comparison none where nothing is printed)"
        cells = [t for t in rows if t.unit != plan.area]
        if indicator.scope == "allocation":
            yield from _check_allocation(plan, indicator, rows, cells)
        elif cells:
            yield "targets.csv", name, f"scope {indicator.scope} has targets of the area only"


def _check_allocation(plan: Plan, indicator: Indicator, rows: list[Target], cells: list[Target]) -> Iterator[Fault]:
    name = indicator.indicator
    expected = set(plan.unit_sets.get(indicator.unit_set or plan.unit_set, ()))
    if expected != {target.unit for target in cells}:
        yield "targets.csv", name, f"allocation must name every unit of {indicator.unit_set or plan.unit_set} once"
    total = sum((t.value or Decimal(0) for t in cells), Decimal(0))
    printed = [t.value for t in rows if t.unit == plan.area]
    if printed != [total]:
        shown = ", ".join(map(str, printed)) or "nothing"
        yield "targets.csv", name, f"allocated {total} in all, but the area's row says {shown}"


def _check_milestone(plan: Plan, milestone: Milestone) -> Iterator[Fault]:
    key = milestone.milestone
    if milestone.deadline and not plan.start <= milestone.deadline <= plan.end:
        yield "milestones.csv", key, f"deadline {milestone.deadline} lies outside the plan"
    if milestone.quarter and milestone.deadline != milestone.quarter.end:
        yield "milestones.csv", key, f"deadline is not the end of {milestone.quarter}"
    if not milestone.owners and milestone.owner_basis != "not_stated":
        yield "milestones.csv", key, f"{milestone.owner_basis}, but no owner is named"


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
            if _stands(one, other.valid_from or date.min, other.valid_to or date.max):
                yield "units.csv", one.unit, f"{name} also names {other.unit}"
