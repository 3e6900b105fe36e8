"""From the files of a plan to the plan, as printed or as the task force reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from loaders.plans.checks import check_plan
from loaders.plans.cross_plan import check_slogans
from loaders.plans.files import Faults, shaped
from loaders.plans.money import check_money, claims_roster
from loaders.plans.owners import with_reporters
from loaders.plans.schema import PlanTable
from loaders.plans.settings import NoSuchPlace, check_settings, check_unscored, overlaid
from loaders.plans.shared_checks import Fault
from loaders.plans.sources import Sources, shaped_money, shaped_targets
from metrics import claims
from metrics.calendar import Calendar
from metrics.cross_plan import CrossPlan
from metrics.facts import FLOWS
from metrics.plan import Indicator, Plan, Roster, Unit
from metrics.tensions import touched


@dataclass(frozen=True)
class Shared:
    """What lies beside the folder of plans, for all of them."""

    units: dict[str, Unit]
    rosters: dict[str, Roster]
    cross: CrossPlan


def printed_plan(sources: Sources, shared: Shared, faults: Faults) -> Plan | None:
    """The plan as its data are written, no tension decided; None with the reasons added to `faults`."""
    before = len(faults.lines)
    plan = _assembled(sources, shared, faults)
    collect(faults, sources.folder, check_settings(sources.tensions))
    if plan is None:
        return None
    collect(faults, sources.folder, check_unscored(plan))
    return None if len(faults.lines) > before else _judged(plan, {})


def decided_plan(
    printed: Plan,
    sources: Sources,
    decisions: Mapping[str, str],
    shared: Shared,
    faults: Faults,
) -> Plan | None:
    """The plan with each tension of `decisions` read by the chosen option."""
    data, file = sources, f"{sources.folder}/tensions.toml"
    for name, value in decisions.items():
        option = printed.tensions[name].option(value) if name in printed.tensions else None
        if option is None:
            faults.add(file, name, f"has no option {value}")
            return None
        try:
            data = overlaid(data, option)
        except NoSuchPlace as error:
            faults.add(file, f"{name} {value}", str(error))
            return None
    plan = _assembled(data, shared, faults)
    if plan is None:
        return None
    return replace(
        _judged(plan, decisions),
        decided=dict(decisions),
        recount=printed.recount | _counted_otherwise(printed, plan),
        as_printed=printed,
    )


def _judged(plan: Plan, decisions: Mapping[str, str]) -> Plan:
    """Indicators tagged with the decisions that touch them, and without a verdict while one is awaited."""
    awaited = {
        name
        for tension in plan.tensions.values()
        if tension.tension not in decisions and tension.default is None
        for name in tension.unscored
    }
    touching = {name: touched(plan, plan.tensions[name]) for name in decisions}

    def judged(indicator: Indicator) -> Indicator:
        tags = (f"decided:{name}" for name, indicators in touching.items() if indicator.indicator in indicators)
        scored = indicator.scored and indicator.indicator not in awaited
        return replace(indicator, tags=(*indicator.tags, *tags), scored=scored)

    return replace(plan, indicators={name: judged(indicator) for name, indicator in plan.indicators.items()})


def _counted_otherwise(printed: Plan, plan: Plan) -> frozenset[str]:
    """Indicators whose rows are picked by another rule than the one they are stored by."""

    def rule(indicator: Indicator | None) -> object:
        return indicator and (indicator.counts, indicator.kind in FLOWS)

    return frozenset(
        name
        for name, indicator in plan.indicators.items()
        if indicator.counts and rule(indicator) != rule(printed.indicators.get(name))
    )


def differently_counted(versions: list[Plan]) -> frozenset[str]:
    """Indicators whose count rule is not the same in all versions of a plan's text."""
    return frozenset().union(*(_counted_otherwise(one, other) for one in versions for other in versions))


def _assembled(sources: Sources, shared: Shared, faults: Faults) -> Plan | None:
    before = len(faults.lines)
    shape = shaped(PlanTable, sources.head, faults, f"{sources.folder}/plan.toml")
    targets, money = shaped_targets(sources, faults), shaped_money(sources, faults)
    if shape is None or len(faults.lines) > before:
        return None
    if sources.folder.partition(".")[0] != shape.plan:
        faults.add(f"{sources.folder}/plan.toml", "plan", f"is {shape.plan}, but the folder is {sources.folder}")
    indicators = {name: table.noun(name, shape.groups) for name, table in shape.indicators.items()}
    used = {rule.roster for indicator in indicators.values() for rule in indicator.counts.values()} | {*shape.keepers}
    rules = {name: table.noun(name, shape.start, shape.end) for name, table in money.items()}
    kept = {name: roster for name, roster in shared.rosters.items() if name in used}
    if claims.ROSTER in kept:
        kept[claims.ROSTER] = claims_roster(kept[claims.ROSTER], rules)
    own = {key: unit for key, unit in shared.units.items() if shape.area in (key, unit.parent)}
    plan = Plan(
        plan=shape.plan,
        version=shape.version,
        status=shape.status,
        in_force_from=shape.in_force_from,
        title=shape.title,
        short=shape.short,
        area=shape.area,
        start=shape.start,
        end=shape.end,
        unit_sets=shape.unit_sets,
        unit_set=shape.unit_set,
        units=own,
        indicators=indicators,
        targets=targets,
        bands=shape.bands.noun(),
        rosters=kept,
        milestones=with_reporters(sources.milestones, own, shape.collectives, shape.lead_unit),
        tensions=sources.tensions,
        money=rules,
        keepers=shape.keepers,
        calendar=shape.calendar.noun() if shape.calendar else Calendar(),
        meta={"order": shape.order} | {name: value for name, value in shape.meta if value is not None},
    )
    collect(faults, sources.folder, check_plan(plan, (shape.version, *shape.earlier_versions), shared.rosters))
    collect(faults, sources.folder, check_slogans(plan, shared.cross.slogans))
    collect(faults, sources.folder, check_money(plan, shared.rosters))
    return plan


def collect(faults: Faults, folder: str, found: Iterator[Fault]) -> None:
    for file, key, fault in found:
        faults.add(f"{folder}/{file}", key, fault)
