"""What is printed: a page for each unit (A4), and the whole plan on one sheet for the wall (A3)."""

from collections.abc import Callable

from exports.papers import sheet, units
from locales import DEFAULT, spoken
from metrics.result import Result

__all__ = ["PAPERS", "paper_data"]

Paper = Callable[[Result, str], dict[str, object]]

PAPERS: dict[str, Paper] = {"units": units.paper, "sheet": sheet.paper}
"""Name of the paper and of its template → what it says."""


def paper_data(result: Result, paper: str, language: str = DEFAULT) -> dict[str, object]:
    return PAPERS[paper](result, spoken(language, result.plan.area_unit().name))
