"""Where and since when? One tile a unit, lying roughly as the places lie. (both shapes)"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from charts.palette import INK, LINE, STATUS
from charts.tiles import places
from charts.values import rows_of
from exports.cards.bars import per_quarter, position
from exports.cards.figures import LAMPS, CardError, Figure, figures, own_targets
from exports.cards.frame import bands_legend, frame, incomplete, path_notes
from exports.cards.streaks import streak_clause
from exports.cards.titles import city_clause, few_sent, joined, units_clause, until
from locales import text
from locales.formats import is_unknown, number, signed
from metrics.result import Result

LONGEST_PAST, WALL_ROWS = 12, 3
PAST = "#A3B1C2"
Past = dict[str, list[dict[str, Any]]]


def across(result: Result, indicator: str, language: str) -> dict[str, object]:
    """For a wall: at most three rows, so that the tiles keep their height."""
    return card(result, indicator, language, wide=True)


def card(result: Result, indicator: str, language: str, *, wide: bool = False) -> dict[str, object]:
    city, units = figures(result, indicator, language)
    in_set = {unit.unit for unit in result.units}
    units = [unit for unit in units if unit.unit in in_set]
    if not units:
        raise CardError(text("cards.no_units", language, name=city.indicator.name.by(language)))
    past = history_of(result, indicator)
    shows = "lead" if any(unit["lead"] is not None for unit in units) else "actual"
    spots, laid_out = layout(result, city, units, wide)
    scale = extent([record[shows] for unit in units for record in past.get(unit.unit, [])] + minimums(units))
    lamps = own_targets(units)
    data = frame(
        result,
        language,
        title=title(city, units, past),
        subtitle=subtitle(city, units, shows),
        legend=bands_legend(
            result, sorted({f.status for f in ([city, *units] if lamps else [city])}), language, city.indicator
        ),
        notes=notes(city, language, laid_out=laid_out, incomplete=incomplete(result, city, language)),
        provisional=bool(city["provisional"]),
        indicators=[indicator],
    )
    return data | {
        "city": city_tile(city, spots[city.unit]),
        "tiles": [tile(unit, spots[unit.unit], past.get(unit.unit, []), shows, scale, lamps) for unit in units],
        "columns": 1 + max(column for _, column in spots.values()),
        "rows": 1 + max(row for row, _ in spots.values()),
        "zero": scale[0],
        "years": years(past.get(units[0].unit, [])),
        "how": how(shows, city, lamps, language),
    }


def history_of(result: Result, indicator: str) -> Past:
    """Per unit the last quarters, oldest first."""
    past: Past = {}
    for record in rows_of(result.history, indicator=indicator).to_dict("records"):
        known = {str(k): v if isinstance(v, list) or not is_unknown(v) else None for k, v in record.items()}
        past.setdefault(str(record["unit"]), []).append(known)
    return {unit: records[-LONGEST_PAST:] for unit, records in past.items()}


def layout(
    result: Result, city: Figure, units: Sequence[Figure], wide: bool
) -> tuple[dict[str, tuple[int, int]], bool]:
    """Places as laid out by hand, or rows of a near square in the plan's order."""
    everyone = [city.unit, *(unit.unit for unit in units)]
    known = places(result.unit_set)
    if set(everyone) <= known.keys() and not (wide and max(known[unit][0] for unit in everyone) >= WALL_ROWS):
        return {unit: known[unit] for unit in everyone}, True
    sides, rows = ((3, 4, 5), 4) if not wide else ((4, 5, 6), WALL_ROWS)
    side = next((n for n in sides if len(everyone) <= rows * n), 6)
    return {unit: divmod(n, side) for n, unit in enumerate(everyone)}, False


def extent(values: Sequence[Decimal | None]) -> tuple[float, float]:
    """(height of the zero line, height of one) so that the tallest columns up and down fill the strip."""
    known = [float(value) for value in values if value is not None]
    top, bottom = max([0.0, *known]), min([0.0, *known])
    span = top - bottom or 1.0
    return -bottom / span, 1 / span


def minimums(units: Sequence[Figure]) -> list[Decimal | None]:
    """The level every unit must reach is drawn, so it must lie on the scale."""
    return [unit["target"] for unit in units if unit.indicator.kind == "floor"]


def city_tile(city: Figure, spot: tuple[int, int]) -> dict[str, object]:
    language = city.language
    lines = []
    if city["target"] is not None:
        if city.indicator.kind != "floor" and not city.is_ratio and city["actual"] is not None:
            lines.append(text("tilegrid.done", language, actual=city.actual))
        target = city.target
        if city.indicator.kind == "floor" and city["shortfall"] is not None:
            lines.append(text("cards.shortfall", language, shortfall=city.measured(city["shortfall"])))
        elif city["deadline"] is None:
            lines.append(text("tilegrid.target", language, target=target))
        else:
            lines.append(text("tilegrid.target_by", language, target=target, by=until(city["deadline"], language)))
    big, unit = big_number(city)
    return {
        "row": spot[0],
        "column": spot[1],
        "name": text("cards.city", language),
        "big": big,
        "unit": unit,
        "word": {"shape": city.style.shape, "text": city.verdict},
        "lines": lines,
        "fill": INK,
        "hatched": bool(city["provisional"]),
    }


def big_number(figure: Figure) -> tuple[str, str]:
    """The attainment where there is a target to attain, else the figure itself."""
    language = figure.language
    if figure["actual"] is None:
        return "", ""
    if figure.indicator.kind == "floor" and figure["passing_units"] is not None:
        return f"{figure['passing_units']}/{figure['target']}", text("tilegrid.units", language)
    if figure.is_ratio or figure.indicator.kind == "floor" or figure["attainment"] is None:
        return figure.written(figure["actual"]), figure.measure
    return number(figure["attainment"], 1), "%"


def tile(
    figure: Figure,
    spot: tuple[int, int],
    past: Sequence[Mapping[str, Any]],
    shows: str,
    scale: tuple[float, float],
    lamps: bool,
) -> dict[str, object]:
    known = figure["actual"] is not None
    style = figure.style
    lit = (lamps and figure["target"] is not None) or not known
    alarm = lit and figure.status in ("behind", "critical", "missed")
    big, unit = big_number(figure)
    return {
        "row": spot[0],
        "column": spot[1],
        "name": figure.short,
        "word": {"shape": style.shape, "text": figure.word} if lit else None,
        "big": big,
        "unit": unit,
        "side": side(figure),
        "tint": style.tint if lit else "#F7F9FB",
        "edge": style.fill if lit and figure.status in LAMPS else LINE,
        "ink": style.text if lit else INK,
        "alarm": alarm,
        "hatched": figure["actual"] is None,
        "note": figure.stale
        or (text("cards.provisional_mark", figure.language) if known and figure["provisional"] else ""),
        "bars": bars(past, shows, scale, figure),
        "goal": float(figure["target"]) * scale[1] if figure.indicator.kind == "floor" and figure["target"] else None,
    }


def side(figure: Figure) -> str:
    """What stands beside the big number: the lead, the amounts, or the pace."""
    if figure["actual"] is None:
        return ""
    if figure["lead"] is not None:
        return figure.lead
    if figure["target"] is not None and figure.indicator.kind != "floor":
        return f"{figure.written(figure['actual'])}/{figure.written(figure['target'])}"
    if figure.indicator.kind == "floor" and figure["target"] is not None:
        return text("cards.minimum", figure.language, minimum=figure.target)
    if figure["pace_recent"] is not None and not figure.is_ratio:
        return text("tilegrid.pace", figure.language, pace=per_quarter(figure))
    return ""


def bars(
    past: Sequence[Mapping[str, Any]], shows: str, scale: tuple[float, float], figure: Figure
) -> list[dict[str, object]]:
    """Small columns, this year's in colour: in that of their own lamp where there is one."""
    year = figure["as_of"][:4]
    _, one = scale
    columns = []
    for record in past:
        value = record[shows]
        lamp = record["status"] if shows == "lead" and record["status"] in LAMPS else None
        colour = STATUS[lamp].fill if lamp else figure.fill
        size = 0.0 if value is None else float(value) * one
        colour = colour if str(record["period"]).startswith(year) else PAST
        columns.append({"size": size, "fill": colour, "known": value is not None})
    return columns


def years(past: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    """The calendar years below the columns: text, first and last column."""
    runs: list[dict[str, Any]] = []
    for n, record in enumerate(past):
        year = str(record["period"])[:4]
        if runs and runs[-1]["text"] == year:
            runs[-1]["last"] = n
        else:
            runs.append({"text": year, "first": n, "last": n})
    return runs


def title(city: Figure, units: Sequence[Figure], past: Past) -> list[str]:
    language = city.language
    late = streak_clause(units, past)
    if late:
        return joined([late, city_clause(city)], language)
    own = streak_clause([city], past) if not own_targets(units) else ""
    return joined([city_clause(city), few_sent(city) or own or units_clause(city, units)], language)


def subtitle(city: Figure, units: Sequence[Figure], shows: str) -> str:
    language = city.language
    name = city.indicator.name.by(language)
    key = "lead" if shows == "lead" else "own" if own_targets(units) else "value"
    return text(f"tilegrid.subtitle_{key}", language, name=name)


def how(shows: str, city: Figure, lamps: bool, language: str) -> dict[str, object]:
    """How to read a tile."""
    ratio = city.is_ratio or city.indicator.kind == "floor" or not lamps
    big = text(f"tilegrid.how_{'value' if ratio else 'attainment'}", language, measure=city.measure)
    schedule = position(city, "expected")
    if shows == "lead" and schedule is not None and not city.is_ratio:
        big = text("tilegrid.how_schedule", language, expected=signed(schedule).lstrip("+"))
    columns = text(f"tilegrid.how_bars_{shows}", language)
    if city.indicator.kind == "floor":
        columns += text("titles.tie", language) + text("tilegrid.how_minimum", language)
    return {"title": text("tilegrid.how", language), "lines": [big, columns, text("tilegrid.how_years", language)]}


def notes(city: Figure, language: str, *, laid_out: bool, incomplete: list[str]) -> list[str]:
    remarks = [text("tilegrid.not_a_map" if laid_out else "tilegrid.listed", language), *path_notes(city)]
    return [*incomplete, text("cards.space", language).join(remarks)]
