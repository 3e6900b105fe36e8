"""Figures and doubts of a submission in words."""

from decimal import Decimal

from charts.values import measured, written
from locales.formats import UNKNOWN, listing, number
from metrics.contents import Place
from metrics.evidence import Doubt
from metrics.plan import RATIOS, Indicator, Plan
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.headline import written_part
from pages.parts.review.queue import unit_name


def place_name(plan: Plan, place: Place) -> str:
    """The indicator, and of a share which part."""
    indicator, part = plan.indicators[place[0]], place[1]
    name = indicator.name.by(language())
    if part == "value":
        return name
    words = indicator.numerator_name if part == "numerator" else indicator.denominator_name
    return say("review.figures.part", name=name, part=words.by(language()) if words else say(f"detail.part.{part}"))


def figure(value: object, indicator: Indicator, part: str) -> str:
    """A number of one cell, without its measure where the column says it."""
    if _whole(indicator, part):
        return written(value, indicator)
    return written_part(value, indicator)


def figure_with_measure(value: object, indicator: Indicator, part: str) -> str:
    return measured(value, indicator, language()) if _whole(indicator, part) else written_part(value, indicator)


def moved(value: Decimal | None, indicator: Indicator, part: str) -> str:
    """A difference with its sign."""
    shown = figure(value, indicator, part)
    return f"+{shown}" if value is not None and value > 0 else shown


def _whole(indicator: Indicator, part: str) -> bool:
    """A figure typed as one number; the parts of shares and cadences are plain counts or amounts."""
    return part == "value" and indicator.kind not in RATIOS


def doubt_words(plan: Plan, doubt: Doubt) -> str:
    """The doubt as a sentence; numbers in the indicator's measure, keys as names."""
    values: dict[str, object] = {name: _value(plan, doubt, name, value) for name, value in doubt.values.items()}
    if doubt.place is not None:
        values["name"] = place_name(plan, doubt.place)
    if doubt.places:
        values["names"] = listing([place_name(plan, place) for place in doubt.places], language())
    return say(f"review.doubt.{doubt.code}", **values)


def _value(plan: Plan, doubt: Doubt, name: str, value: object) -> str:
    if name == "unit":
        return unit_name(plan, str(value))
    if name == "roster":
        return plan.rosters[str(value)].name.by(language())
    if name in ("times", "factor"):
        return number(value, 1 if name == "times" else 2)  # type: ignore[arg-type]
    if isinstance(value, Decimal) and doubt.place is not None:
        return figure_with_measure(value, plan.indicators[doubt.place[0]], doubt.place[1])
    return number(value) if isinstance(value, int) else str(value) or UNKNOWN
