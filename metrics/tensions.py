"""Which figures a tension is about: those that name it, and those one of its readings changes."""

from metrics.plan import Option, Plan, Tension

OF_ONE_INDICATOR = ("indicators", "targets")


def touched(plan: Plan, tension: Tension) -> tuple[str, ...]:
    """Indicators that some reading of the tension changes, in the plan's order."""
    found = {name for option in tension.options for name in _named(plan, option)} | set(tension.unscored)
    found |= {name for name, indicator in plan.indicators.items() if found & set(indicator.parts)}
    return tuple(name for name in plan.indicators if name in found)


def _named(plan: Plan, option: Option) -> set[str]:
    places = [place.split(".") for place in option.sets]
    named = {steps[1] for steps in places if steps[0] in OF_ONE_INDICATOR and len(steps) > 1}
    if ["unit_set"] in places:
        named |= {name for name, indicator in plan.indicators.items() if "@units" in indicator.reporters}
    return named


def tensions_of(plan: Plan, indicator: str) -> tuple[Tension, ...]:
    """The tensions to show beside a figure, in the plan's order."""
    own = plan.indicators[indicator].tensions
    return tuple(
        tension for name, tension in plan.tensions.items() if name in own or indicator in touched(plan, tension)
    )


def printed_apart(plan: Plan, indicator: str) -> tuple[str, ...]:
    """The figures the text prints for the same thing on other terms or bases (36, 24 and 100 pacesetters).

    They are shown one below the other and never divided or added (semantics §4). Empty when the
    indicator is alone; otherwise it is among them, all in the plan's order.
    """
    own = {name for name in plan.indicators[indicator].tensions if plan.tensions[name].kind == "arithmetic"}
    found = tuple(name for name, other in plan.indicators.items() if own & set(other.tensions))
    return found if len(found) > 1 else ()


def undecided(plan: Plan, tension: Tension) -> bool:
    """Whether it can be decided, and is not, and has no reading of its own until then."""
    return bool(tension.options) and plan.reading(tension.tension) is None
