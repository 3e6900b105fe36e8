"""Units before and after a reform: who answers for a quarter, and what to say to whom it is not."""

from collections.abc import Callable
from typing import Any

from loaders.problem import Problem
from locales.formats import day, quarter
from metrics.period import Period
from metrics.plan import Plan


def _both(words: Callable[[Any, str], str], value: object) -> dict[str, str]:
    return {"zh": words(value, "zh_CN"), "en": words(value, "en")}


def of_its_time(plan: Plan, unit: str, period: Period) -> str:
    """The unit of the quarter that has the same code or name; itself where there is none.

    People write 上城区 and 330102 before and after the reform; the quarter tells which is meant.
    """
    place = plan.units[unit]
    if place.stands_on(period.end):
        return unit
    called = ((key, plan.units[key]) for key in plan.reporting_units(period))
    heirs = [key for key, other in called if other.name == place.name or (place.code and other.code == place.code)]
    return heirs[0] if len(heirs) == 1 else unit


def out_of_time(plan: Plan, unit: str, period: Period, sheet: str = "") -> Problem | None:
    """Why a unit cannot report a quarter at whose end it does not exist; None when it does."""
    place = plan.units[unit]
    if place.stands_on(period.end):
        return None
    ended = place.valid_to is not None and place.valid_to < period.end
    values: dict[str, object] = {
        "unit": {"zh": place.name, "en": place.name_en},
        "period": _both(quarter, period),
        "day": _both(day, place.valid_to if ended else place.valid_from),
    }
    return Problem("error", "unit_ended" if ended else "unit_not_begun", sheet, found=unit, values=values)
