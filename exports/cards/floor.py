"""Who has not reached the least each unit must have, and how many do they lack? (both shapes)"""

from collections.abc import Sequence

from charts.palette import STATUS
from exports.cards.figures import CALM, CardError, Figure, figures
from exports.cards.frame import bands_legend, frame, incomplete, path_notes
from exports.cards.titles import NAMES_SHOWN, city_clause, few_sent, joined, until
from locales import text
from locales.formats import listing, number
from metrics.result import Result

MOST_ROWS, MOST_SLOTS = 14, 8
"""Up to so many a unit's things are drawn one by one; more become a bar."""


def card(result: Result, indicator: str, language: str) -> dict[str, object]:
    city, units = figures(result, indicator, language)
    units = [unit for unit in units if unit["target"] is not None]
    if city.indicator.kind != "floor" or len(units) < 2:
        raise CardError(text("floor.none", language, name=city.indicator.name.by(language)))
    ordered = sorted(units, key=_order)
    most = max(int(max(unit["actual"] or 0, unit["target"])) for unit in units)
    more = len(ordered) - MOST_ROWS
    left_out = [text("floor.left_out", language, count=more)] if more > 0 else []
    data = frame(
        result,
        language,
        title=joined([city_clause(city), few_sent(city) or lacking_clause(units)], language),
        subtitle=text("floor.subtitle", language, minimum=units[0].target, by=_by(city)),
        legend=bands_legend(result, sorted({unit.status for unit in units}), language, city.indicator),
        notes=[*incomplete(result, city, language), *path_notes(city), *left_out],
        provisional=bool(city["provisional"]),
        indicators=[indicator],
    )
    return data | {
        "facts": facts(city, units),
        "slots": most if most <= MOST_SLOTS else 0,
        "most": most,
        "rows": [row(unit) for unit in ordered[:MOST_ROWS]],
        "heads": {
            "minimum": text("floor.minimum", language, minimum=units[0].target),
            "lacks": text("floor.lacks_head", language),
        },
    }


def _by(city: Figure) -> str:
    """`，2026年底前`, or nothing where the plan prints no date."""
    if city["deadline"] is None:
        return ""
    return text("floor.by", city.language, deadline=until(city["deadline"], city.language))


def _order(unit: Figure) -> tuple[int, int, int]:
    """Who lacks most first; who has not reported next; those who pass by level."""
    if unit["actual"] is None:
        return (1, 0, 0)
    lacks = int(unit["gap"] or 0)
    return (0, -lacks, 0) if lacks else (2, 0, -int(unit["actual"]))


def lacking_clause(units: Sequence[Figure]) -> str:
    """`海盐差3个、秀洲差1个`; of many the two worst and the sum."""
    language = units[0].language
    known = [unit for unit in units if unit["actual"] is not None]
    short = sorted((unit for unit in known if unit["gap"]), key=lambda unit: -unit["gap"])
    if not known:
        return ""
    if not short:
        return text("titles.floor_met" if len(known) == len(units) else "floor.reported_met", language)
    if len(short) <= NAMES_SHOWN:
        told = (text("floor.lacks_of", language, name=unit.short, lacks=unit.measured(unit["gap"])) for unit in short)
        return listing(told, language)
    together = short[0].measured(sum(unit["gap"] for unit in short))
    names = listing((unit.short for unit in short[:2]), language)
    return text("floor.lacks_many", language, names=names, count=len(short), lacks=together)


def facts(city: Figure, units: Sequence[Figure]) -> list[dict[str, str]]:
    """Three figures above the rows: who passes, what all lack together, how the plan's goal stands."""
    language = city.language
    known = city["passing_units"] is not None
    passing = f"{number(city['passing_units'])}/{len(units)}" if known else ""
    return [
        {"big": passing, "text": text("floor.passing", language)},
        {"big": city.measured(city["shortfall"]) if known else "", "text": text("floor.shortfall", language)},
        {"big": f"{city.style.shape} {city.word}", "text": text("floor.verdict", language)},
    ]


def row(unit: Figure) -> dict[str, object]:
    language, known = unit.language, unit["actual"] is not None
    lacks = int(unit["gap"] or 0) if known else 0
    passes = known and not lacks
    style = STATUS["achieved"] if passes else unit.style
    if not known:
        label = unit.word
    else:
        label = unit.word if passes else text("floor.lacks", language, lacks=unit.measured(unit["gap"]))
    return {
        "name": unit.short,
        "have": int(unit["actual"]) if known else 0,
        "need": int(unit["target"]),
        "level": unit.actual if known else "",
        "known": known,
        "fill": style.fill if passes else CALM,
        "ink": style.text,
        "shape": style.shape,
        "label": label,
        "lacks": lacks,
        "note": unit.stale,
        "hatched": bool(unit["provisional"]) and known,
    }
