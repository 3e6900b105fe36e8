"""Units of before a reform: told apart from those that bear their name, and looked at while they stood."""

from datetime import timedelta

from metrics.period import Period
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import chosen, href, say


def dated(plan: Plan, unit: str, *, short: bool = False) -> str:
    """A unit's name; where a reform left two of that name, with the year it ended or began."""
    place = plan.units[unit]
    name = place.label(language(), short=short)
    if [other.name for other in plan.units.values() if other.parent == place.parent].count(place.name) < 2:
        return name
    if place.valid_from:
        return say("detail.completeness.since", unit=name, year=place.valid_from.year)
    return say("detail.completeness.until", unit=name, year=place.valid_to.year) if place.valid_to else name


def last_quarter(plan: Plan, unit: str) -> str | None:
    """The last quarter a unit stood that is gone by the quarter looked at; None while it stands."""
    ended = plan.units[unit].valid_to
    if ended is None or ended >= chosen().as_of.end:
        return None
    return str(Period.of(ended + timedelta(days=1)) + -1)


def unit_address(plan: Plan, unit: str) -> str:
    """The unit's page; of one that is gone, at its last quarter."""
    return href("unit", unit=unit, period=last_quarter(plan, unit))
