"""How each figure came about: the same calculation at every quarter-end up to `as_of`."""

import pandas as pd

from metrics.board import Board
from metrics.figures import Figure
from metrics.period import Period, periods
from metrics.plan import Plan
from metrics.progress import in_yuan
from metrics.rounding import tidy

COLUMNS = (
    "indicator",
    "unit",
    "period",
    "actual",
    "expected",
    "attainment",
    "lead",
    "status",
    "provisional",
    "target",
    "reported",
    "missing_units",
)


def history(
    plan: Plan,
    actuals: pd.DataFrame,
    as_of: Period,
    *,
    unit_set: str | None = None,
    shared: pd.DataFrame | None = None,
    board: Board | None = None,
) -> pd.DataFrame:
    """One row per indicator × unit × quarter in which the unit stood, from the plan's start to `as_of`.

    Oldest quarter first. `actual`, `expected`, `attainment`, `lead`, `status`, `provisional`, `target`
    and `missing_units` are those of `metrics.progress.progress` at that quarter, `reported` its typed
    figure; `period` is text (2025Q3).
    """
    board = board or Board(plan, actuals, unit_set=unit_set, shared=shared)
    span = periods(board.first, as_of)
    rows: list[tuple[object, ...]] = []
    for name, indicator in plan.indicators.items():
        rows.extend(_row(board.city(name, quarter), quarter) for quarter in span)
        if indicator.kind != "composite":
            stood = {quarter: board.units_at(name, quarter) for quarter in span}
            for unit in board.units[name]:
                rows.extend(
                    _row(board.unit(name, unit, quarter), quarter) for quarter in span if unit in stood[quarter]
                )
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _row(figure: Figure, quarter: Period) -> tuple[object, ...]:
    places = 0 if in_yuan(figure.indicator) else 4
    promise = figure.promise
    due, value = (promise.expected, promise.value) if promise else (None, None)
    exact = (figure.actual, due, value, figure.rolled.typed)
    actual, expected, target, reported = (None if value is None else tidy(value, places) for value in exact)
    return (
        figure.indicator.indicator,
        figure.unit,
        str(quarter),
        actual,
        expected,
        figure.attainment,
        figure.lead,
        figure.status,
        figure.provisional,
        target,
        reported,
        list(figure.rolled.missing),
    )
