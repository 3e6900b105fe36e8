"""THE table: one row per indicator × unit, and one for the city, at an `as_of`.

Pages, charts, exports and commands only select from it, draw it or write it.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from metrics.board import Board
from metrics.comparison import competition_ranks
from metrics.figures import Figure
from metrics.forecast import FORECAST_KINDS, arrival, average_pace, forecast, pace_required, recent_pace
from metrics.period import Period
from metrics.plan import Indicator, Plan
from metrics.rounding import tidy

COLUMNS = (
    "indicator",
    "unit",
    "as_of",
    "kind",
    "baseline",
    "target",
    "comparison",
    "deadline",
    "expected",
    "actual",
    "attainment",
    "lead",
    "gap",
    "status",
    "provisional",
    "units_expected",
    "units_reported",
    "units_stale",
    "missing_units",
    "passing_units",
    "shortfall",
    "pace_average",
    "pace_recent",
    "pace_required",
    "forecast_low",
    "forecast_high",
    "eta",
    "rank",
    "path",
    "tags",
    "numerator",
    "denominator",
    "reported",
    "value_period",
    "quarters_left",
    "printed",
)
"""In the order of the docstring of `progress`; the first thirty are the contract of the exports."""


def progress(
    plan: Plan,
    actuals: pd.DataFrame,
    as_of: Period,
    *,
    unit_set: str | None = None,
    shared: pd.DataFrame | None = None,
    board: Board | None = None,
) -> pd.DataFrame:
    """Every figure of `plan` at the end of `as_of`, from published `actuals` (semantics §2-4).

    For each indicator in the plan's order: the city row (`unit` is the plan's area), then one row
    per reporter of `unit_set` (default: the indicator's own, then the plan's) that stands at the
    quarter's end. A composite has a city row only. Give the same `board` to `progress` and `history`
    to index the facts once for both.
    All columns hold objects; unknown is None, never zero. Columns:

    - `indicator`, `unit` keys; `as_of` quarter as text (2025Q3); `kind` of the indicator
    - `baseline` the path starts from (0 where assumed, see `tags`)
    - `target`, `comparison` (>=, >, =, range), `deadline` (date) of the target in force; of the city
      row of a floor or milestone the number of units that must pass, of a composite its parts
    - `expected` value of the assumed path now; None before a step and without a deadline
    - `actual` money in integer yuan, shares in percent (1 decimal), counts as they are
    - `attainment` percent of the target, `lead` percentage points ahead of the path (1 decimal),
      `gap` still lacking to the target (0 when passed)
    - `status` one word (`metrics.status`); `provisional` True when a value is missing or stale
    - `units_expected`, `units_reported` (for this quarter), `units_stale` (older level carried),
      `missing_units` list of keys of units with neither
    - `passing_units`, `shortfall` of floors and milestones: units that pass, and what the others lack
    - `pace_average`, `pace_recent`, `pace_required` per quarter; `forecast_low`, `forecast_high` at
      the deadline; `eta` quarter (text) in which the recent pace passes the target
    - `rank` among units with an own target, by lead (by attainment where no path leads yet): 1, 2, 2, 4
    - `path` rule of the expected value (linear, prorata, step, listed); None without a deadline
    - `tags` list of text: assumed_baseline, assumed_path, final:2022, missing:2025Q2, stale:2025Q1,
      not_applicable, zero_denominator, shared:3 (keys counted once), former:6 (units of before a reform
      whose quarters are in the sum), part:<indicator>, and the target's own
    - `numerator`, `denominator` of a share or cadence; `reported` typed figure beside a derived one
    - `value_period` latest quarter the value stands for; `quarters_left` to the deadline; `printed`
      words of the target
    """
    board = board or Board(plan, actuals, unit_set=unit_set, shared=shared)
    rows: list[tuple[object, ...]] = []
    for name, indicator in plan.indicators.items():
        rows.append(_row(board, board.city(name, as_of), as_of, None))
        if indicator.kind != "composite":
            figures = [board.unit(name, unit, as_of) for unit in board.units_at(name, as_of)]
            for figure, rank in zip(figures, _ranks(figures), strict=True):
                rows.append(_row(board, figure, as_of, rank))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _ranks(figures: list[Figure]) -> list[int | None]:
    """By lead among units with an own target and a value; by attainment where nothing is expected yet."""
    leading = any(figure.lead is not None for figure in figures)
    return competition_ranks([figure.lead if leading else figure.attainment for figure in figures])


def _row(board: Board, figure: Figure, as_of: Period, rank: int | None) -> tuple[object, ...]:
    rolled, promise, money = figure.rolled, figure.promise, in_yuan(figure.indicator)
    return (
        figure.indicator.indicator,
        figure.unit,
        str(as_of),
        figure.indicator.kind,
        _plain(figure.baseline, money),
        _plain(promise.value, money) if promise else None,
        promise.comparison if promise else None,
        figure.deadline,
        _plain(promise.expected, money) if promise else None,
        _plain(figure.actual, money),
        figure.attainment,
        figure.lead,
        _plain(figure.gap, money),
        figure.status,
        figure.provisional,
        len(rolled.units),
        len(rolled.reported),
        len(rolled.stale),
        list(rolled.missing),
        rolled.passing,
        _plain(rolled.shortfall, money),
        *_outlook(board, figure, as_of),
        rank,
        promise.path if promise else None,
        list(figure.tags),
        _plain(rolled.numerator),
        _plain(rolled.denominator),
        _plain(rolled.typed, money),
        rolled.period,
        _quarters_left(figure, as_of),
        figure.printed or None,
    )


def _quarters_left(figure: Figure, as_of: Period) -> int | None:
    return None if figure.deadline is None else max(0, Period.of(figure.deadline) - as_of)


def _outlook(board: Board, figure: Figure, as_of: Period) -> Iterator[object]:
    """pace_average, pace_recent, pace_required, forecast_low, forecast_high, eta."""
    indicator, actual, name = figure.indicator, figure.actual, figure.indicator.indicator
    left = _quarters_left(figure, as_of)
    average = recent = low = high = eta = None
    if actual is not None and indicator.kind in FORECAST_KINDS:
        series, moment = board.series[name], figure.moment
        average = average_pace(series, actual, moment, board.first, figure.baseline)
        whose = board.units[name] if figure.unit == board.plan.area else (figure.unit,)
        recent = recent_pace(series, whose, actual, moment, board.first, figure.baseline)
        promise = figure.promise
        if promise and promise.begun and moment == as_of:
            low, high = forecast(actual, (average, recent), left)
            latest = Period.of(promise.deadline) if indicator.kind == "annual" and promise.deadline else None
            eta = arrival(actual, recent, promise.comparison, promise.value, as_of, latest=latest)
    needed = None if figure.gap is None else pace_required(Fraction(figure.gap), left)
    for value in (average, recent, needed, low, high):
        yield _plain(value, in_yuan(indicator))
    yield None if eta is None else str(eta)


def in_yuan(indicator: Indicator) -> bool:
    """Whether the indicator's values are yuan (a share of money is a percentage)."""
    return indicator.money and indicator.kind != "share"


def _plain(value: Fraction | Decimal | None, money: bool = False) -> Decimal | None:
    """Out of the calculation: whole yuan, or at most four decimals."""
    return None if value is None else tidy(value, 0 if money else 4)
