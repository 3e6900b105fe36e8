"""One bar of the progress card: how long, how coloured, what is written in it and beside it."""

from collections.abc import Sequence
from decimal import Decimal

from charts.palette import MUTED
from exports.cards.figures import CALM, Figure, fraction
from locales import text
from locales.formats import YI, number, signed

HUNDRED = Decimal(100)
LONGEST_AXIS = Decimal(150)
SHORTEST_AXIS = Decimal(104)
BEYOND = Decimal(110)


def position(figure: Figure, column: str) -> Decimal | None:
    """Where a value lies in percent: of the target in force; a ratio is a percentage by itself."""
    value = figure[column]
    if value is None or figure.is_ratio:
        return None if value is None else Decimal(value)
    target = figure["target"]
    return HUNDRED * Decimal(value) / Decimal(target) if target else None


def along(place: Decimal | None) -> float | None:
    """From 0 to 1 along a bar that ends a little beyond its target."""
    return _clip(place, BEYOND)


def axis_end(shown: Sequence[Figure]) -> Decimal:
    """Long enough for the furthest bar and forecast, but a runaway must not flatten the others."""
    places = [position(figure, column) for figure in shown for column in ("actual", "expected", "forecast_high")]
    furthest = max((place for place in places if place is not None), default=HUNDRED)
    return min(max(furthest * Decimal("1.03"), SHORTEST_AXIS), LONGEST_AXIS)


def row(figure: Figure, end: Decimal) -> dict[str, object]:
    """A bar against its own target."""
    value = position(figure, "actual")
    has_forecast = figure["forecast_low"] is not None and figure.status not in ("achieved", "missed", "no_deadline")
    return {
        "name": figure.short,
        "strong": _strong(figure),
        "small": _small(figure),
        "value": _clip(value, end),
        "clipped": value is not None and value > end,
        "tick": _clip(position(figure, "expected"), end) if figure["deadline"] is not None else None,
        "goal": _clip(position(figure, "target"), end),
        "goal_or_end": _clip(position(figure, "target"), end) or 1.0,
        "low": _clip(position(figure, "forecast_low"), end) if has_forecast else None,
        "high": _clip(position(figure, "forecast_high"), end) if has_forecast else None,
        "fill": figure.fill,
        "on_fill": figure.style.on_fill,
        "hatched": bool(figure["provisional"]),
        "empty": figure["actual"] is None,
        "label": figure.label,
        "note": figure.stale,
    }


def plain_row(figure: Figure, end: Decimal, largest: Decimal | None) -> dict[str, object]:
    """A unit without a target of its own: its value, no lamp, no schedule."""
    of = end if figure.is_ratio else largest
    known = figure["actual"] is not None
    pace = figure["pace_recent"]
    moved = "" if pace is None or figure.is_ratio else per_quarter(figure)
    label = {"shape": "", "text": moved, "colour": MUTED} if known else figure.label
    return row(figure, end) | {
        "strong": figure.actual if known else "",
        "small": _parts(figure) if known else figure.word,
        "value": fraction(figure["actual"], of),
        "clipped": False,
        "tick": None,
        "goal": None,
        "goal_or_end": 1.0,
        "low": None,
        "high": None,
        "fill": CALM,
        "on_fill": "#FFFFFF",
        "label": label,
    }


def per_quarter(figure: Figure) -> str:
    """The recent pace with its sign, one decimal: `+3.3`; money in 亿元."""
    pace = figure["pace_recent"]
    return signed(pace / YI if figure.indicator.money else pace)


def _clip(place: Decimal | None, end: Decimal) -> float | None:
    return None if place is None else max(0.0, min(1.0, float(place / end)))


def _strong(figure: Figure) -> str:
    if figure["actual"] is None:
        return ""
    if figure.is_ratio:
        return figure.actual
    if figure.indicator.kind == "composite" or figure["passing_units"] is not None:
        return _passing(figure)
    if figure.indicator.kind == "floor":
        return figure.actual
    return figure.attainment if figure["attainment"] is not None else figure.actual


def _passing(figure: Figure) -> str:
    counts = {"passing": number(figure["actual"]), "expected": number(figure["target"])}
    return text(
        "cards.passing_units" if figure.indicator.kind == "floor" else "cards.passing", figure.language, **counts
    )


def _parts(figure: Figure) -> str:
    """`362 / 500`: what a ratio is made of."""
    if not figure.is_ratio or figure["numerator"] is None or figure["denominator"] is None:
        return ""
    indicator = figure.indicator
    return " / ".join(amount_of(part, indicator.money) for part in (figure["numerator"], figure["denominator"]))


def amount_of(value: Decimal, money: bool) -> str:
    return number(value / YI, 1) if money else number(value)


def _small(figure: Figure) -> str:
    language = figure.language
    if figure["actual"] is None:
        return figure.word
    if figure.is_ratio:
        return _parts(figure)
    if figure.indicator.kind == "floor":
        if figure["passing_units"] is not None:
            return text("cards.shortfall", language, shortfall=figure.measured(figure["shortfall"]))
        return text("cards.minimum", language, minimum=figure.target)
    if figure["target"] is None or figure.indicator.kind == "composite":
        return ""
    return f"{figure.written(figure['actual'])} / {figure.measured(figure['target'])}"
