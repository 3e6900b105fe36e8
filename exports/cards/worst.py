"""The five indicators furthest behind: what a phone can bear of the scorecard. (1080 × 1440)"""

from collections.abc import Sequence
from decimal import Decimal

from charts.standing import BAD
from exports.cards.bars import along, position
from exports.cards.figures import LAMPS, SCHEDULED, WORST_FIRST, CardError, Figure, figures
from exports.cards.frame import bands_legend, frame, path_notes
from exports.cards.goals import paces
from exports.cards.standings import apart, every_city, scorecard_clauses, verdicts
from exports.cards.titles import joined
from locales import text
from locales.formats import listing, percent
from metrics.result import Result

MOST = 5
NAMED = 3
HUNDRED = Decimal(100)


def card(result: Result, indicator: str, language: str) -> dict[str, object]:
    """The whole plan; `indicator` plays no part."""
    cities = every_city(result, language)
    found = verdicts(cities)
    if not found.judged:
        raise CardError(text("worst.none", language))
    late = sorted(found.late, key=_order)[:MOST]
    shown = late or sorted((city for city in apart(cities)[0] if city.status in LAMPS), key=_order)[:MOST]
    form = "late" if late else "good"
    counts = {"count": found.of, "judged": found.judged, "late": len(found.late), "shown": len(shown)}
    data = frame(
        result,
        language,
        title=joined(scorecard_clauses(cities, {}, language), language),
        subtitle=text(f"worst.subtitle_{form}{'' if found.of == len(cities) else '_apart'}", language, **counts),
        legend=bands_legend(result, sorted({city.status for city in shown}), language),
        notes=notes(shown, language),
        provisional=any(city["provisional"] for city in shown),
        indicators=[city.indicator.indicator for city in shown],
    )
    return data | {"rows": [row(result, city) for city in shown]}


def _order(city: Figure) -> tuple[int, Decimal, Decimal]:
    """Overdue first, then by distance to the schedule, then by what is attained."""
    lead = city["lead"] if city["lead"] is not None else HUNDRED
    rank = 0 if city.status == "missed" else 1 if city.status in BAD else 2 + len(WORST_FIRST)
    return (rank, lead, city["attainment"] if city["attainment"] is not None else HUNDRED)


def row(result: Result, city: Figure) -> dict[str, object]:
    scheduled = city.status in SCHEDULED and city.status != "missed" and city["expected"] is not None
    shown = city.actual if city.is_ratio else city.attainment
    counted = city["passing_units"] is not None
    of = f"{city.written(city['actual'])} / {city['target'] if counted else city.measured(city['target'])}"
    return {
        "name": city.indicator.name.by(city.language),
        "label": city.label,
        "fill": city.fill,
        "big": shown,
        "of": "" if city.is_ratio else of,
        "value": along(position(city, "actual")),
        "tick": along(position(city, "expected")) if scheduled else None,
        "goal": along(position(city, "target")),
        "hatched": bool(city["provisional"]),
        "facts": facts(city, scheduled),
        "line": next((words for words in (behind(result, city), *paces(city)[1:], least(result, city)) if words), ""),
    }


def facts(city: Figure, scheduled: bool) -> str:
    """`还差17家`, and where the schedule would be."""
    said = paces(city)[:1]
    if scheduled:
        said.append(text("worst.tick", city.language, expected=percent(position(city, "expected"))))
    return text("worst.tie", city.language).join(said)


def reported(result: Result, city: Figure) -> list[Figure]:
    _, units = figures(result, city.indicator.indicator, city.language)
    return [unit for unit in units if unit["actual"] is not None] if len(units) > 1 else []


def behind(result: Result, city: Figure) -> str:
    """The units behind, worst first."""
    late = sorted((unit for unit in reported(result, city) if unit.status in BAD), key=_order)
    names = listing((f"{unit.short} {unit.verdict}" for unit in late[:NAMED]), city.language)
    return text("worst.units_late", city.language, names=names, count=len(late)) if late else ""


def least(result: Result, city: Figure) -> str:
    """Where the plan judges no unit and no pace is told: those with least."""
    units = reported(result, city)
    if not units or any(unit["target"] is not None for unit in units):
        return ""
    most = max(unit["actual"] for unit in units)
    lowest = sorted((unit for unit in units if unit["actual"] < most), key=lambda unit: unit["actual"])[:NAMED]
    names = listing((f"{unit.short} {unit.actual}" for unit in lowest), city.language)
    return text("worst.units_least", city.language, names=names) if lowest else ""


def notes(shown: Sequence[Figure], language: str) -> list[str]:
    paths = list(dict.fromkeys(note for city in shown for note in path_notes(city)))
    said = paths if len(paths) < 2 else [text("brief.paths", language)]
    if any(city["provisional"] for city in shown):
        said.append(text("cards.hatched_note", language))
    return [text("cards.space", language).join(said)] if said else []
