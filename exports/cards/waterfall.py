"""Who makes up the city's gap? Steps from the schedule line down to where the city stands. (both shapes)"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from charts.palette import GREY, INK, MUTED, STATUS
from charts.standing import GOOD
from exports.cards.figures import CALM, CardError, Figure, figures
from exports.cards.frame import bands_legend, frame, incomplete, path_notes
from exports.cards.shortfalls import contribution_clause, measure_of_amounts
from exports.cards.titles import joined, until
from locales import text
from locales.formats import YI, number, percent, signed
from metrics.comparison import contributions
from metrics.result import Result

Step = dict[str, Any]


def card(result: Result, indicator: str, language: str) -> dict[str, object]:
    city, units = figures(result, indicator, language)
    steps: list[Step] = [
        {str(k): v for k, v in s.items()} for s in contributions(result.progress, indicator).to_dict("records")
    ]
    parts = [step for step in steps if step["role"] != "total"]
    if len(parts) < 2 or steps[-1]["role"] != "total":
        raise CardError(text("cards.no_units", language, name=city.indicator.name.by(language)))
    basis, total = str(steps[0]["basis"]), steps[-1]
    by_unit = {unit.unit: unit for unit in units}
    beyond = reference(city, basis)
    low, high = span(steps, beyond)
    places = decimals(city, steps)
    shown = [city, *(unit for unit in units if unit["target"] is not None)]
    data = frame(
        result,
        language,
        title=joined(contribution_clause(city, basis, total["amount"], named(parts, by_unit)), language),
        subtitle=text(
            f"waterfall.subtitle_{basis}",
            language,
            name=city.indicator.name.by(language),
            measure=measure_of_amounts(city),
        ),
        legend=bands_legend(result, sorted({figure.status for figure in shown}), language, city.indicator),
        notes=notes(city, basis, parts, incomplete(result, city, language), language),
        provisional=bool(city["provisional"]),
        indicators=[indicator],
    )
    return data | {
        "steps": [drawn(step, by_unit, city, (low, high), places) for step in steps],
        "climbs": basis != "value" and Decimal(total["amount"]) > 0,
        "ground": place(Decimal(0), low, high),
        "lines": lines(city, basis, low, high),
        "ends": ends(city, basis, language),
        "sides": sides(parts, city, basis, places),
        "divider": divider(parts, basis),
    }


def decimals(city: Figure, steps: Sequence[Step]) -> int:
    """As many decimals on every step as the finest needs, so that they can be added up by eye."""
    exact = [Decimal(step["amount"]) / (YI if city.indicator.money else 1) for step in steps]
    needed = max(max(0, -int(value.normalize().as_tuple().exponent)) for value in exact)
    return min(max(needed, 1), 2) if city.indicator.money else min(needed, 1)


def written(city: Figure, value: Decimal, places: int, *, sign: bool = False) -> str:
    exact = value / YI if city.indicator.money else value
    return signed(exact, places) if sign else number(exact, places)


def place(value: Decimal, low: Decimal, high: Decimal) -> float:
    """Height in the drawing: 0 at the bottom, 1 at the top."""
    return float((value - low) / (high - low))


def reference(city: Figure, basis: str) -> list[Decimal]:
    """Where values are stacked from zero, the schedule and the target belong on the scale."""
    if basis != "value":
        return []
    return [Decimal(city[column]) for column in ("expected", "target") if city[column] is not None]


def span(steps: Sequence[Step], beyond: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Lowest and highest point; always with the ground (zero), never a cut axis."""
    points = [Decimal(0), *beyond, *(Decimal(step[end]) for step in steps for end in ("start", "end"))]
    low, high = min(points), max(points)
    return (low, high) if high > low else (low, low + 1)


def drawn(
    step: Step, by_unit: dict[str, Figure], city: Figure, scale: tuple[Decimal, Decimal], places: int
) -> dict[str, object]:
    language, basis, value = city.language, step["basis"], Decimal(step["amount"])
    low, high = scale
    stacked = basis == "value" and step["role"] != "rest"
    figure = by_unit.get(str(step["unit"]))
    name, label, ink = text("waterfall.rest", language), {"shape": "", "text": "", "colour": MUTED}, MUTED
    fill = GREY
    if step["role"] == "total":
        name, fill, ink = text("waterfall.total", language), INK, INK
        label = under(city)
    elif figure is not None:
        name, label = figure.short, under(figure) if basis != "value" else label
        fill, ink = (CALM, INK) if basis == "value" else colours(figure, value)
    return {
        "name": name,
        "label": label,
        "amount": written(city, value, places, sign=not stacked),
        "top": place(max(Decimal(step["start"]), Decimal(step["end"])), low, high),
        "bottom": place(min(Decimal(step["start"]), Decimal(step["end"])), low, high),
        "end": place(Decimal(step["end"]), low, high),
        "below": value < 0,
        "fill": fill,
        "ink": ink,
        "total": step["role"] == "total",
        "hatched": bool((figure or city)["provisional"]) and step["role"] != "rest",
    }


def colours(figure: Figure, value: Decimal) -> tuple[str, str]:
    """The unit's lamp where it is lit; otherwise only ahead or behind."""
    style = STATUS[figure.status]
    if figure["lead"] is not None or figure.status in GOOD:
        return style.fill, style.text
    return (STATUS["on_track"].fill, STATUS["on_track"].text) if value > 0 else (CALM, INK)


def under(figure: Figure) -> dict[str, str]:
    """Below the name: the lamp's shape and how far the target is reached."""
    reached = figure.actual if figure.is_ratio or figure.indicator.kind == "floor" else percent(figure["attainment"])
    if figure.indicator.kind == "floor" and figure["passing_units"] is not None:
        reached = f"{figure['passing_units']}/{figure['target']}"
    if figure["attainment"] is None and not figure.is_ratio:
        return {"shape": "", "text": "", "colour": MUTED}
    lit = figure["target"] is not None
    return {"shape": figure.style.shape if lit else "", "text": reached, "colour": figure.style.text if lit else MUTED}


def lines(city: Figure, basis: str, low: Decimal, high: Decimal) -> list[dict[str, object]]:
    """Where values are stacked: the schedule and the target as lines across, with what lacks to them."""
    if basis != "value" or city["actual"] is None:
        return []
    found: list[dict[str, object]] = []
    for column in ("expected", "target"):
        if city[column] is None:
            continue
        value, actual = Decimal(city[column]), Decimal(city["actual"])
        by = until(city["deadline"], city.language) if city["deadline"] is not None else ""
        key = f"waterfall.line_{column}" + ("" if by or column == "expected" else "_undated")
        lacks = "waterfall.lacks" if actual < value else "waterfall.exceeds"
        words = text(key, city.language, value=round_words(city, value), by=by)
        gap = text(lacks, city.language, gap=round_words(city, abs(value - actual)))
        found.append({"at": place(value, low, high), "text": words, "gap": gap, "solid": column == "expected"})
    return found


def round_words(city: Figure, value: Decimal) -> str:
    """A path's value or its distance with its unit of measure."""
    return f"{city.between(value)}{' ' if city.language == 'en' else ''}{measure_of_amounts(city)}"


def ends(city: Figure, basis: str, language: str) -> list[str]:
    """What the ground line stands for (left), and what the city reached (right)."""
    if basis == "value":
        return ["", ""]
    actual = (
        city.actual
        if basis != "minimum"
        else text("waterfall.passing", language, passing=city["passing_units"], expected=city["target"])
    )
    against = {"path": "expected", "target": "target", "share": "target"}.get(basis)
    value = Decimal(city[against]) if against and city[against] is not None else None
    words = "" if value is None else city.measured(value) if basis != "path" else round_words(city, value)
    return [
        text(f"waterfall.ground_{basis}", language, value=words),
        text("waterfall.actual", language, actual=actual),
    ]


def sides(parts: Sequence[Step], city: Figure, basis: str, places: int) -> list[dict[str, str]]:
    """The sums of those below and of those above the line, in words."""
    if basis == "value":
        return []
    units = [step for step in parts if step["role"] == "unit"]
    below = [Decimal(s["amount"]) for s in units if s["amount"] < 0]
    above = [Decimal(s["amount"]) for s in units if s["amount"] >= 0]
    late, good = STATUS["critical"].text, STATUS["on_track"].text
    found = []
    for key, values, colour in (("below", below, late), ("above", above, good)):
        if values:
            words = text(f"waterfall.{key}_{'path' if basis == 'path' else 'other'}", city.language, count=len(values))
            found.append(
                {
                    "text": words,
                    "sum": written(city, sum(values, Decimal(0)), places, sign=True),
                    "colour": colour,
                    "side": key,
                }
            )
    return found


def divider(parts: Sequence[Step], basis: str) -> int | None:
    """After how many steps the laggards end."""
    below = sum(step["role"] == "unit" and step["amount"] < 0 for step in parts)
    return below if basis != "value" and 0 < below < len(parts) else None


def named(parts: Sequence[Step], by_unit: dict[str, Figure]) -> list[tuple[str, Decimal]]:
    return [(by_unit[str(s["unit"])].short, Decimal(s["amount"])) for s in parts if s["role"] == "unit"]


def notes(city: Figure, basis: str, parts: Sequence[Step], missing: list[str], language: str) -> list[str]:
    remarks = [text(f"waterfall.how_{'value' if basis == 'value' else 'gap'}", language)]
    if any(step["role"] == "rest" for step in parts):
        remarks.append(text("waterfall.rest_note", language))
    remarks += path_notes(city)
    return [*missing, text("cards.space", language).join(remarks)]
