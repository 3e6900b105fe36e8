"""What must agree between the files of a plan. Each check yields (file, key, fault)."""

from collections.abc import Callable, Iterator

from loaders.plans.owners import check_reporters
from loaders.plans.shared_checks import Fault, repeated, stands
from loaders.plans.target_checks import check_targets
from metrics.plan import Bands, Count, Indicator, Milestone, Plan, Roster

AREA_UNITS = "@units"
EACH_UNIT = ("floor", "stock", "cumulative", "annual", "milestone")
"""Kinds for which a target can bind every unit by itself."""


def check_plan(plan: Plan, versions: tuple[str, ...], every_roster: dict[str, Roster]) -> Iterator[Fault]:
    """All faults of an assembled plan. `every_roster` are all rosters known, used or not."""
    yield from _check_frame(plan)
    yield from _check_unit_sets(plan)
    for indicator in plan.indicators.values():
        yield from _check_indicator(plan, indicator)
        for part, rule in indicator.counts.items():
            key = f"indicators.{indicator.indicator}.{'count' if part == 'value' else part}"
            yield from _check_count(rule, indicator, every_roster, key)
    yield from check_targets(plan, versions)
    for milestone in plan.milestones:
        yield from _check_milestone(plan, milestone)
    yield from check_reporters(plan)


def _check_frame(plan: Plan) -> Iterator[Fault]:
    if plan.start > plan.end:
        yield "plan.toml", "end", f"{plan.end} is before start {plan.start}"
    yield from _check_bands(plan.bands, "bands")
    if plan.area not in plan.units:
        yield "plan.toml", "area", f"unknown unit {plan.area}"


def _check_bands(bands: Bands, key: str) -> Iterator[Fault]:
    if not bands.on_track > bands.watch > bands.behind:
        yield "plan.toml", key, "edges must fall: on_track > watch > behind, else the bands leave a gap or overlap"


def _check_unit_sets(plan: Plan) -> Iterator[Fault]:
    if plan.unit_set not in plan.unit_sets:
        yield "plan.toml", "unit_set", f"unknown unit set {plan.unit_set}"
    for name, units in plan.unit_sets.items():
        key = f"unit_sets.{name}"
        for unit in repeated(units):
            yield "plan.toml", key, f"{unit} is listed twice"
        for unit in units:
            if unit not in plan.units:
                yield "plan.toml", key, f"unknown unit {unit}"
            elif not stands(plan.units[unit], plan.start, plan.end):
                yield "plan.toml", key, f"{unit} does not exist within the plan's period"


def _check_indicator(plan: Plan, indicator: Indicator) -> Iterator[Fault]:
    key = f"indicators.{indicator.indicator}"

    def fault(field: str, words: str) -> Fault:
        return "plan.toml", f"{key}.{field}", words

    if indicator.bands:
        yield from _check_bands(indicator.bands, f"{key}.bands")
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
    each = indicator.scope == "each_unit"
    if (each and kind not in EACH_UNIT) or (kind == "floor" and not each):
        yield fault("scope", "a floor is each_unit; besides it only counts and sums may be")
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
            if value and value not in known:  # a blank stands for rows that leave the cell empty
                yield "plan.toml", f"{key}.where.{name}", f"{value} is not one of its values"
    if indicator.kind == "share":  # its parts carry their own unit of measure in their names
        return
    if rule.total in fields and (fields[rule.total].type == "money") != indicator.money:
        yield "plan.toml", f"{key}.total", f"{rule.total} and the indicator must both be money or neither"


def _check_milestone(plan: Plan, milestone: Milestone) -> Iterator[Fault]:
    key = milestone.milestone
    if milestone.deadline and not plan.start <= milestone.deadline <= plan.end:
        yield "milestones.csv", key, f"deadline {milestone.deadline} lies outside the plan"
    if milestone.quarter and milestone.deadline != milestone.quarter.end:
        yield "milestones.csv", key, f"deadline is not the end of {milestone.quarter}"
    if not milestone.owners and milestone.owner_basis != "not_stated":
        yield "milestones.csv", key, f"{milestone.owner_basis}, but no owner is named"
