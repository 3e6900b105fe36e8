"""What must hold of targets: known names, dates within the plan, the printed words, exact sums."""

import re
from collections.abc import Iterator
from decimal import Decimal

from loaders.plans.shared_checks import Fault, repeated
from metrics.plan import Indicator, Plan, Target

YI = 10**8


def check_targets(plan: Plan, versions: tuple[str, ...]) -> Iterator[Fault]:
    for target in plan.targets:
        yield from _check_target(plan, target, versions)
    yield from _check_target_sets(plan)


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
    for twice in repeated(f"{_target_key(target)} {target.version}" for target in plan.targets):
        yield "targets.csv", twice, "stands twice in the same version"
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
    for deadline in dict.fromkeys(target.deadline for target in rows):
        total = sum((t.value or Decimal(0) for t in cells if t.deadline == deadline), Decimal(0))
        printed = [t.value for t in rows if t.unit == plan.area and t.deadline == deadline]
        if printed != [total]:
            shown = ", ".join(map(str, printed)) or "nothing"
            yield "targets.csv", name, f"allocated {total} in all, but the area's row says {shown}"
