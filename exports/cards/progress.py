"""Who is behind on this indicator, and will they make it? (1080 × 1440)"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from charts.palette import GREY, INK, MUTED
from exports.cards.figures import CALM, LAMPS, Figure, by_lead, figures, fraction, own_targets
from exports.cards.frame import bands_legend, frame, incomplete
from exports.cards.titles import city_clause, joined, units_clause, until
from locales import text
from locales.formats import YI, is_unknown, listing, number, percent, signed
from metrics.result import Result

HUNDRED = Decimal(100)
LONGEST_AXIS = Decimal(150)
SHORTEST_AXIS = Decimal(104)
LONGEST_PAST = 12


def card(result: Result, indicator: str, language: str) -> dict[str, object]:
    city, units = figures(result, indicator, language)
    chosen = result.plan.indicators[indicator]
    if chosen.kind == "composite":
        units = [as_part(figures(result, part, language)[0]) for part in chosen.parts]
    alone = len(units) < 2
    targets = own_targets(units)
    ordered = by_lead(units) if targets else _by_value(units)
    end = axis_end([city, *units] if targets else [city])
    largest = max((unit["actual"] for unit in units if unit["actual"] is not None), default=None)
    rows = [row(unit, end) if targets else plain_row(unit, end, largest) for unit in ordered]
    seen = {figure.status for figure in ([city, *units] if targets else [city])}
    drawn = row(city, end) | {"name": text("cards.city", language), "fill": INK, "on_fill": "#FFFFFF"}
    data = frame(
        result,
        language,
        title=joined([city_clause(city), units_clause(city, units)], language),
        subtitle=subtitle(city, units, targets),
        legend=bands_legend(result, sorted(seen), language),
        notes=notes(result, city, language),
        provisional=bool(city["provisional"]),
    )
    return data | {
        "city": drawn,
        "rows": [] if alone else rows,
        "panels": panels(result, city, units, language) if alone or chosen.kind == "composite" else [],
        "tick": drawn["tick"] if targets and len({unit["tick"] for unit in (*rows, drawn)}) == 1 else None,
        "goal": drawn["goal"] if targets and not city.is_ratio else None,
        "heads": heads(city, units, targets),
        "name_width": 130 if max((len(figure.short) for figure in units), default=2) <= 4 else 220,
    }


def as_part(figure: Figure) -> Figure:
    """A part of a composite goes by the indicator's name, not by the city's."""
    name = figure.indicator.name.by(figure.language)
    return replace(figure, name=name, short=name)


def position(figure: Figure, column: str) -> Decimal | None:
    """Where a value lies in percent: of the target in force; a ratio is a percentage by itself."""
    value = figure[column]
    if value is None or figure.is_ratio:
        return None if value is None else Decimal(value)
    target = figure["target"]
    return HUNDRED * Decimal(value) / Decimal(target) if target else None


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
        return text("cards.minimum", language, minimum=figure.measured(figure["target"]))
    if figure["target"] is None or figure.indicator.kind == "composite":
        return ""
    return f"{figure.written(figure['actual'])} / {figure.measured(figure['target'])}"


def _by_value(units: Sequence[Figure]) -> list[Figure]:
    return sorted(units, key=lambda unit: (unit["actual"] is None, -(unit["actual"] or 0)))


def subtitle(city: Figure, units: Sequence[Figure], targets: bool) -> str:
    """What the bars are, and what stands to their right."""
    language = city.language
    if city.indicator.kind == "composite":
        return text("progress.subtitle_composite", language)
    if city.indicator.kind == "floor":
        return text("progress.subtitle_floor", language, minimum=_minimum(units))
    if len(units) < 2:
        return text("progress.subtitle_alone", language, names=listing((unit.name for unit in units), language))
    if not targets:
        return text("progress.subtitle_value", language)
    allocated = all(unit["deadline"] is None for unit in units)
    return text(f"progress.subtitle_{'allocated' if allocated else 'own'}", language)


def _minimum(units: Sequence[Figure]) -> str:
    return units[0].measured(units[0]["target"]) if units else ""


def heads(city: Figure, units: Sequence[Figure], targets: bool) -> dict[str, str]:
    language = city.language
    tick = goal = ""
    if city["expected"] is not None and city["deadline"] is not None:
        place = position(city, "expected")
        tick = text("progress.tick", language, expected=percent(place))
    if city["target"] is not None:
        goal = goal_words(city)
    section = ""
    if city.indicator.kind == "composite":
        section = text("progress.parts", language)
    elif not targets and len(units) > 1:
        section = text("progress.not_allocated", language)
    scheduled = city.status in LAMPS and city["lead"] is not None
    right = text("progress.against_schedule" if scheduled else "progress.status", language)
    moves = not targets and not city.is_ratio and len(units) > 1
    section_right = text("progress.pace", language) if moves else ""
    return {"tick": tick, "goal": goal, "section": section, "section_right": section_right, "right": right}


def goal_words(city: Figure) -> str:
    """`2026年底目标`; `最低数` where each unit must reach one."""
    if city["deadline"] is None:
        return text("progress.goal", city.language)
    return text("progress.goal_by", city.language, deadline=until(city["deadline"], city.language))


def notes(result: Result, city: Figure, language: str) -> list[str]:
    remarks = []
    if city["expected"] is not None and city["path"] != "listed":
        remarks.append(text("cards.path_note", language))
    if city["forecast_low"] is not None:
        remarks.append(text("cards.forecast_note", language))
    return [*incomplete(result, city, language), *([text("cards.space", language).join(remarks)] if remarks else [])]


def panels(result: Result, city: Figure, units: Sequence[Figure], language: str) -> list[dict[str, object]]:
    """The city's own quarters where no unit fills the sheet; those of each part of a composite."""
    shown = [city] if len(units) < 2 else units
    return [
        {
            "title": text(
                "progress.quarters", language, name=figure.indicator.name.by(language), measure=figure.measure
            ),
            "quarters": quarters(result, figure, city.unit),
        }
        for figure in shown
    ]


def quarters(result: Result, figure: Figure, unit: str) -> list[dict[str, object]]:
    """One figure quarter by quarter; at most the last twelve."""
    past = result.history
    chosen = past[(past["indicator"] == figure.indicator.indicator) & (past["unit"] == unit)]
    records = [{k: None if is_unknown(v) else v for k, v in record.items()} for record in chosen.to_dict("records")]
    records = records[-LONGEST_PAST:]
    heights = [Decimal(str(r[c])) for r in records for c in ("actual", "expected") if r[c] is not None]
    largest = max(heights, default=None)
    return [
        {
            "label": str(record["period"]).replace("20", "", 1),
            "text": figure.written(record["actual"]),
            "value": fraction(record["actual"], largest),
            "tick": fraction(record["expected"], largest),
            "fill": INK if record["period"] == str(result.as_of) else GREY,
            "hatched": bool(record["provisional"]),
        }
        for record in records
    ]
