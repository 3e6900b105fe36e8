"""Units side by side: ranks, who makes up a gap, and where attention is needed (semantics §4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import pandas as pd

NEEDS_ATTENTION = ("missed", "critical", "behind", "watch")
Basis = Literal["path", "target", "share", "minimum", "value"]


def competition_ranks(scores: Sequence[Decimal | None]) -> list[int | None]:
    """Largest first; equal scores share a rank and the next is skipped (1, 2, 2, 4). None stays unranked."""
    known = sorted((score for score in scores if score is not None), reverse=True)
    places: dict[Decimal, int] = {}
    for place, score in enumerate(known, start=1):
        places.setdefault(score, place)
    return [None if score is None else places[score] for score in scores]


def ranking(progress: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """The unit rows of one indicator, best first.

    Ranked units by rank; then units without an own target, which are only listed by value; then
    those without a report. Equal ones keep the plan's order.
    """
    units = _rows(progress, indicator)[1:]

    def place(row: dict[str, Any]) -> tuple[bool, int, Decimal]:
        rank = row["rank"]
        return row["actual"] is None, 10**9 if rank is None else rank, -(row["actual"] or Decimal(0))

    units.sort(key=place)
    return pd.DataFrame(units, columns=progress.columns, dtype=object)


def attention(progress: pd.DataFrame, limit: int | None = None) -> pd.DataFrame:
    """The largest shortfalls of city and units in one list: furthest behind the path first.

    A missed target's lead is what it lacks in percent of the target, so both compare. A composite
    speaks through its parts and is left out.
    """
    rows = progress[progress["status"].isin(NEEDS_ATTENTION) & (progress["kind"] != "composite")]
    order = sorted(range(len(rows)), key=lambda i: rows["lead"].iloc[i] if rows["lead"].iloc[i] is not None else 0)
    return rows.iloc[order[:limit]]


def contributions(progress: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """What each unit adds to the city's distance, as steps of a waterfall.

    One row per unit with a figure (laggards first, the worst first; then leaders, the largest
    first), a row `rest` if they do not add up to the city (keys counted once, parts of the city's
    target given to nobody, units without a report), and the city as `total`. Columns:

    - `unit` (None for the rest), `role` (unit, rest, total), `amount`, `start` and `end` of the
      step, `status`, `attainment` and `basis`, which says what the amounts are:
    - `path`: actual − expected; `target`: actual − own target, where no path leads (no deadline, or
      not due); `minimum`: minus the shortfall of a floor; `share`: numerator − target % ×
      denominator, which adds up exactly; `value`: the actual itself, where no unit has an own target.

    Percentages are never added up: a share without a target has no contributions.
    """
    city, *units = _rows(progress, indicator)
    basis = _basis(city, units)
    steps = [
        _Step(row["unit"], "unit", amount, row["status"], row["attainment"])
        for row in units
        if (amount := _amount(row, basis, city["target"])) is not None
    ]
    steps.sort(key=lambda step: (step.amount >= 0, step.amount if step.amount < 0 else -step.amount))
    total = _amount(city, basis, city["target"])
    if total is not None:
        rest = total - sum((step.amount for step in steps), Decimal(0))
        steps += [_Step(None, "rest", rest, None, None)] if rest else []
        steps.append(_Step(city["unit"], "total", total, city["status"], city["attainment"]))
    return pd.DataFrame(list(_laid_out(steps, basis)), columns=list(_COLUMNS), dtype=object)


_COLUMNS = ("unit", "role", "amount", "start", "end", "status", "attainment", "basis")


@dataclass(frozen=True)
class _Step:
    unit: str | None
    role: Literal["unit", "rest", "total"]
    amount: Decimal
    status: str | None
    attainment: Decimal | None


def _laid_out(steps: Sequence[_Step], basis: Basis) -> Iterator[tuple[object, ...]]:
    """Each step starts where the one before ended; the total stands on the ground."""
    reached = Decimal(0)
    for step in steps:
        start = Decimal(0) if step.role == "total" else reached
        reached = start + step.amount
        yield (step.unit, step.role, step.amount, start, reached, step.status, step.attainment, basis)


def _rows(progress: pd.DataFrame, indicator: str) -> list[dict[str, Any]]:
    """The rows of one indicator, the city first. Raises KeyError for an indicator not in the table."""
    rows = progress[progress["indicator"] == indicator].to_dict("records")
    if not rows:
        raise KeyError(indicator)
    return [{str(name): value for name, value in row.items()} for row in rows]


def _basis(city: dict[str, Any], units: list[dict[str, Any]]) -> Basis:
    if city["kind"] in ("floor", "share"):
        return "minimum" if city["kind"] == "floor" else "share"
    if any(row["lead"] is not None for row in units):
        return "path"
    return "target" if any(row["target"] is not None for row in units) else "value"


def _amount(row: dict[str, Any], basis: Basis, city_target: Decimal | None) -> Decimal | None:
    """One row's amount; None where there is no figure, or nothing to hold it against."""
    if row["actual"] is None:
        return None
    if basis == "value":
        return Decimal(row["actual"])
    if basis == "minimum":
        return None if row["shortfall"] is None else -row["shortfall"]
    if basis == "share":
        return None if city_target is None else row["numerator"] - city_target * row["denominator"] / 100
    against = row["expected"] if basis == "path" else row["target"]
    return None if against is None else row["actual"] - against
