"""Who is behind on this indicator, and will they make it? (both shapes)"""

from collections.abc import Sequence
from dataclasses import replace

from charts.palette import INK
from exports.cards.bars import axis_end, plain_row, position, row
from exports.cards.figures import LAMPS, Figure, by_lead, figures, own_targets
from exports.cards.frame import bands_legend, frame, incomplete, path_notes
from exports.cards.panels import panels
from exports.cards.titles import city_clause, joined, units_clause, until
from locales import text
from locales.formats import listing, percent
from metrics.result import Result


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
    drawn = row(city, end) | {"fill": INK, "on_fill": "#FFFFFF", "note": ""}
    data = frame(
        result,
        language,
        title=joined([city_clause(city), units_clause(city, units)], language),
        subtitle=subtitle(city, units, targets),
        legend=bands_legend(result, sorted(seen), language, city.indicator),
        notes=notes(result, city, language, forecast=any(r["low"] is not None for r in (*rows, drawn))),
        provisional=bool(city["provisional"]),
        indicators=[indicator],
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
    return units[0].target if units else ""


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


def notes(result: Result, city: Figure, language: str, *, forecast: bool) -> list[str]:
    finals = [str(tag).partition(":")[2] for tag in city["tags"] or () if str(tag).startswith("final:")]
    remarks = [*(text("cards.final", language, year=year) for year in finals), *path_notes(city)]
    if forecast:
        remarks.append(text("cards.forecast_note", language))
    return [*incomplete(result, city, language), *([text("cards.space", language).join(remarks)] if remarks else [])]
