"""A figure found in a table of one's own: its unit of measure, and where it stands."""

from loaders.found import Found, Input, figure_measure
from loaders.own.measures import Measure, count_measure, money_measure
from loaders.own.titles import Titles
from loaders.problem import Severity
from loaders.workbook import Cell, Sheet
from metrics.plan import Indicator


def figure(found: Found, key: str) -> tuple[Indicator, str]:
    name, _, part = key.rpartition("/")
    return found.plan.indicators[name], part


def add(
    found: Found, sheet: Sheet, row: int, column: int, indicator: Indicator, part: str, near: str, titles: Titles
) -> None:
    printed = figure_measure(indicator)
    measure = (
        money_measure(printed, near, titles.measures)
        if indicator.money
        else count_measure(printed, near if part == "value" else "")
    )
    found.inputs.append(Input(indicator, part, sheet, row, column, measure.unit))
    say_measure(measure, sheet, sheet.at(row, column), printed, found)


def say_measure(measure: Measure, sheet: Sheet, cell: Cell | None, printed: str, found: Found) -> None:
    if measure.code:
        severity: Severity = "error" if measure.wrong else "notice"
        where = cell.address if cell else ""
        found.say(
            severity,
            measure.code,
            sheet.name,
            where,
            cell.as_shown if cell else "",
            written=measure.written,
            printed=printed,
        )
