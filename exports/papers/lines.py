"""One figure as a printed table has it: words, the colour of its lamp, its last quarters as small columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from exports.cards.figures import LAMPS, Figure, fraction
from exports.short_table import deadline, in_measure
from exports.table import status
from locales import text
from locales.formats import UNKNOWN, is_unknown, percent, signed
from metrics.result import Result

QUARTERS = 8
"""Two years: enough to see a direction, few enough to stay a small picture."""
ADDED_UP = ("stock", "cumulative", "annual")
"""Kinds whose city value is the sum of its units', so that a unit has a part of it."""


@dataclass(frozen=True)
class Past:
    """One figure at every quarter-end up to now, oldest first: (quarter, value or None)."""

    quarters: tuple[tuple[str, Decimal | None], ...]

    @property
    def change(self) -> Decimal | None:
        """Against the quarter before; a year's own count starts at nothing in its first quarter."""
        known = [value for _, value in self.quarters[-2:]]
        if len(known) < 2 or known[0] is None or known[1] is None:
            return None
        return known[1] - known[0]


def pasts(result: Result) -> dict[tuple[str, str], Past]:
    """(indicator, unit) → its past."""
    found: dict[tuple[str, str], list[tuple[str, Decimal | None]]] = {}
    table = result.history
    for name, unit, period, actual in zip(
        table["indicator"], table["unit"], table["period"], table["actual"], strict=True
    ):
        value = None if is_unknown(actual) else Decimal(actual)
        found.setdefault((str(name), str(unit)), []).append((str(period), value))
    return {key: Past(tuple(quarters)) for key, quarters in found.items()}


def change(figure: Figure, past: Past | None, quarter: int) -> str:
    """`+4`, `−1.3`: since the quarter before. A dash where either is unknown or carried over from before."""
    if past is None or figure.stale or figure["actual"] is None:
        return UNKNOWN
    yearly = figure.indicator.kind == "annual" and quarter == 1
    moved = figure["actual"] if yearly else past.change
    if moved is None:
        return UNKNOWN
    if moved == 0:
        return "0"
    if figure.is_ratio:
        return signed(moved)
    return ("+" if moved > 0 else "−") + figure.between(abs(moved))


def small_columns(past: Past | None) -> list[float | None]:
    """The last quarters from 0 to 1 of their largest; None where nothing is known."""
    last = past.quarters[-QUARTERS:] if past else ()
    largest = max((value for _, value in last if value is not None), default=Decimal(0))
    return [None if value is None else max(0.0, fraction(value, largest) or 0.0) for _, value in last]


def own(figure: Figure, past: Past | None, quarter: int, ranked: int) -> dict[str, object]:
    """A unit's figure against its own target. `ranked`: how many units have a place."""
    place = figure["rank"]
    return {
        "name": figure.indicator.name.by(figure.language),
        "actual": in_measure(figure, "actual"),
        "change": change(figure, past, quarter),
        "target": in_measure(figure, "target"),
        "by": deadline(figure),
        "attainment": percent(figure["attainment"]),
        "bar": _bar(figure["attainment"]),
        "tick": _bar(_expected(figure)),
        "lead": signed(figure["lead"]),
        "rank": UNKNOWN if place is None else text("papers.place", figure.language, place=place, of=ranked),
        "past": small_columns(past),
        **lamp(figure),
    }


def counted(figure: Figure, city: Figure, past: Past | None, quarter: int) -> dict[str, object]:
    """A unit's figure without a target of its own: beside the city's, and its part of it."""
    adds_up = figure.indicator.kind in ADDED_UP and not figure.is_ratio
    part = _part(figure["actual"], city["actual"]) if adds_up else None
    return {
        "name": figure.indicator.name.by(figure.language),
        "actual": in_measure(figure, "actual"),
        "change": change(figure, past, quarter),
        "city": in_measure(city, "actual"),
        "part": percent(part),
        "bar": _bar(part),
        "past": small_columns(past),
        "empty": "" if figure["actual"] is not None else f"{figure.style.shape} {figure.word}",
    }


def lamp(figure: Figure) -> dict[str, object]:
    lit = figure.status in LAMPS
    return {
        "status": status(figure),
        "ink": figure.style.text,
        "fill": figure.fill,
        "tint": figure.style.tint,
        "lit": lit,
    }


def _part(value: Decimal | None, of: Decimal | None) -> Decimal | None:
    return None if value is None or not of else Decimal(value) / Decimal(of) * 100


def _expected(figure: Figure) -> Decimal | None:
    """Where the schedule stands on a bar that ends at the target."""
    if figure["expected"] is None or figure["deadline"] is None or not figure["target"]:
        return None
    return _part(figure["expected"], figure["target"])


def _bar(value: Any) -> float | None:
    return None if value is None else min(1.0, max(0.0, float(value) / 100))


def ranked(figures: Sequence[Figure]) -> int:
    return sum(figure["rank"] is not None for figure in figures)


def by_unit(figures: Sequence[Figure]) -> Mapping[str, Figure]:
    return {figure.unit: figure for figure in figures}


def reached(figure: Figure) -> bool:
    return figure["actual"] is not None and figure["gap"] == 0
