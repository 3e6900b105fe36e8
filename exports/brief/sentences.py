"""Sentences from numbers only: counts, names, percentage points; no cause, no praise.

Every function gives one sentence, or an empty one where there is nothing to say; an empty one is dropped.
"""

from collections.abc import Iterable, Sequence

from charts.standing import BAD
from exports.cards.figures import BEHIND_SCHEDULE, LAMPS, SCHEDULED, WORST_FIRST, Figure
from exports.cards.titles import gap_words, units_clause, until
from exports.table import Block
from locales import text
from locales.formats import listing, number
from metrics.plan import ADDED

NAMED = ("missed", "critical", "behind")
"""Verdicts whose indicators are named one by one."""
BEST_FIRST = tuple(reversed(WORST_FIRST))


def standing(cities: Sequence[Figure], language: str) -> str:
    """How many can be judged, and how they stand; the worst last."""
    if not cities:
        return ""
    told = _counted((status, cities) for status in BEST_FIRST)
    judged = sum(city.status in LAMPS for city in cities)
    key = "brief.standing" if told else "brief.standing_none"
    return text(key, language, count=len(cities), judged=judged, told=listing(told, language))


def named(cities: Sequence[Figure], status: str, language: str) -> str:
    """`滞后的是A、B。`: the indicators of one status by name."""
    names = [city.indicator.name.by(language) for city in cities if city.status == status]
    if not names:
        return ""
    return text("brief.named", language, status=text(f"status.{status}", language), names=listing(names, language))


def others(cities: Sequence[Figure], language: str) -> str:
    """What has no verdict, and why, by count."""
    rest = [city for city in cities if city.status not in LAMPS]
    if not rest:
        return ""
    told = _counted((status, rest) for status in dict.fromkeys(city.status for city in rest))
    return text("brief.others", language, count=len(rest), told=listing(told, language))


def striven(cities: Sequence[Figure], language: str) -> str:
    """The goals only striven for, each with where it stands: told, not counted."""
    told = [
        text(
            "brief.striven_one",
            language,
            name=city.indicator.name.by(language),
            status=text(f"status.{city.status}", language),
        )
        for city in cities
    ]
    return text("brief.striven", language, count=len(told), told=listing(told, language)) if told else ""


def _counted(pairs: Iterable[tuple[str, Sequence[Figure]]]) -> list[str]:
    told = []
    for status, cities in pairs:
        found = [city for city in cities if city.status == status]
        if found:
            language = found[0].language
            word = text(f"status.{status}", language)
            told.append(text("brief.counted", language, word=word, count=len(found)))
    return told


def target_words(figure: Figure) -> str:
    """`2026年底目标300家`, `2025年底目标超10,000家`, `目标36家（原文未载期限）`."""
    over = "_over" if figure["comparison"] == ">" else ""
    shown = text(f"brief.value{over}", figure.language, value=figure.measured(figure["target"]))
    if figure["deadline"] is None:
        return text("brief.target_undated", figure.language, target=shown)
    yearly = figure.indicator.kind == "annual"
    year = text("brief.year", figure.language, year=figure["deadline"].year)
    deadline = year if yearly else until(figure["deadline"], figure.language)
    return text("brief.target", figure.language, deadline=deadline, target=shown)


def city(figure: Figure, units: Sequence[Figure]) -> str:
    """How the city stands with one indicator."""
    if figure["actual"] is None:
        return text(f"brief.city_{figure.status}", figure.language)
    if figure.indicator.kind == "floor" and figure["target"] is not None:
        return _floor(figure, units)
    if figure.indicator.kind == "composite":
        return _composite(figure)
    key = "brief.city_total" if figure.indicator.kind in ADDED else "brief.city"
    values = {"city": text(key, figure.language, actual=figure.actual), "attainment": figure.attainment}
    if figure["target"] is not None:
        values |= {"target": target_words(figure), "gap": gap_words(figure)}
    if figure.status in ("on_track", *BEHIND_SCHEDULE):
        return _scheduled(figure, values)
    ratio = "_ratio" if figure.is_ratio and figure.status in ("not_due", "no_deadline") else ""
    if ratio and not figure["gap"]:
        ratio = "_ratio_met"
    return text(f"brief.city_{figure.status}{ratio}", figure.language, **values)


def _scheduled(figure: Figure, values: dict[str, str]) -> str:
    lead = figure["lead"]
    direction = "level" if lead == 0 else "ahead" if lead > 0 else "behind"
    against = text(f"brief.lead_{direction}", figure.language, points=number(abs(lead), 1))
    lacking = text("brief.lacking", figure.language, gap=values["gap"]) if figure["gap"] else ""
    key = "brief.city_scheduled_ratio" if figure.is_ratio else "brief.city_scheduled"
    return text(key, figure.language, against=against, lacking=lacking, **values)


def _floor(figure: Figure, units: Sequence[Figure]) -> str:
    """Every unit must reach the minimum: how many do, and what the others lack together."""
    minimum = next((unit.measured(unit["target"]) for unit in units if unit["target"] is not None), "")
    passing, expected = figure["actual"], figure["target"]
    form = "all" if passing == expected else "none" if passing == 0 else "some"
    shortfall = figure["shortfall"]
    lacking = text("brief.shortfall", figure.language, gap=figure.measured(shortfall)) if shortfall else ""
    values = {"passing": number(passing), "expected": number(expected), "minimum": minimum, "lacking": lacking}
    return text(f"brief.floor_{form}", figure.language, **values)


def _composite(figure: Figure) -> str:
    passing, expected = figure["actual"], figure["target"]
    form = "all" if passing == expected else "none" if passing == 0 else "some"
    values = {"passing": number(passing), "expected": number(expected), "attainment": figure.attainment}
    return text(f"brief.composite_{form}", figure.language, **values)


def units(block: Block) -> str:
    """Which units hold the city back; dropped for a past year's verdict, and where nothing tells."""
    final = any(str(tag).startswith("final:") for tag in block.city["tags"] or ())
    said = "" if final else units_clause(block.city, block.units)
    return text("brief.end", block.city.language, sentence=said[0].upper() + said[1:]) if said else ""


def verdicts(blocks: Sequence[Block], unit: str) -> tuple[list[Figure], list[Figure]]:
    """One unit's figures that a schedule or a deadline judges: all, and those not as they should be."""
    firm = [block for block in blocks if not block.indicator.aspirational]
    judged = [block for block in firm if any(figure.status in SCHEDULED for figure in block.units)]
    found = [figure for block in judged for figure in block.units if figure.unit == unit and figure.status in LAMPS]
    return found, [figure for figure in found if figure.status in BAD]


def of_units(blocks: Sequence[Block], order: Sequence[str], language: str) -> list[str]:
    """First those with nothing late, together; then each of the others with what is late, most first."""
    found = {unit: verdicts(blocks, unit) for unit in order}
    found = {unit: pair for unit, pair in found.items() if pair[0]}
    good = [judged[0].short for judged, late in found.values() if not late]
    sentences = []
    if good:
        key = "brief.units_all_good" if len(good) == len(found) > 1 else "brief.units_good"
        sentences.append(text(key, language, names=listing(good, language), count=len(good)))
    for judged, late in sorted(found.values(), key=lambda pair: -len(pair[1])):
        if late:
            names = listing((figure.indicator.name.by(language) for figure in late), language)
            values = {"name": judged[0].short, "judged": len(judged), "late": len(late), "names": names}
            sentences.append(text("brief.unit_late", language, **values))
    return sentences
