"""Who answers for a milestone: the owners' printed names as unit keys.

Names are looked up among the plan's units (data/units.csv). A name that stands for many, such as
各区、县（市）政府, is spelled out under `[collectives]` in plan.toml. Where the text names nobody, the
lead department of the plan answers, and the task says so (`owner_basis` stays `not_stated`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from loaders.plans.shared_checks import Fault
from metrics.plan import Milestone, Plan, Unit

UNITS = "@units"
Collectives = Mapping[str, tuple[str, ...]]


def with_reporters(
    milestones: Iterable[Milestone], units: Mapping[str, Unit], collectives: Collectives, lead: str | None
) -> tuple[Milestone, ...]:
    """The milestones, each with those who report its status."""
    called = {name: unit.unit for unit in units.values() for name in (*unit.aliases, unit.short, unit.name)}

    def reporters(milestone: Milestone) -> tuple[str, ...]:
        named = [key for owner in milestone.owners for key in collectives.get(owner, (called.get(owner, owner),))]
        if milestone.scope == "each_unit":
            # Each locality shows its own; the department beside it guides them.
            local = [key for key in named if key in units and units[key].kind != "department"]
            return tuple(dict.fromkeys(local)) or (UNITS,)
        return tuple(dict.fromkeys(named)) or ((lead,) if lead else ())

    return tuple(replace(milestone, reporters=reporters(milestone)) for milestone in milestones)


def check_reporters(plan: Plan) -> Iterator[Fault]:
    names: dict[str, str] = {}
    for milestone in plan.milestones:
        key = milestone.milestone
        for reporter in milestone.reporters:
            if reporter != UNITS and reporter not in plan.units:
                words = "is neither a unit (data/units.csv) nor one of [collectives] in plan.toml"
                yield "milestones.csv", key, f"{reporter} {words}"
        if not milestone.reporters:
            yield "milestones.csv", key, "nobody reports it: name an owner, or give plan.toml a lead_unit"
        if (other := names.setdefault(milestone.name.zh, key)) != key:
            yield (
                "milestones.csv",
                key,
                f"is called {milestone.name.zh}, as {other} is; each needs its own name",
            )
