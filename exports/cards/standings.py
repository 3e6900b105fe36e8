"""How many indicators stand how: the one count behind the scorecard's title and the deck's message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charts.standing import BAD
from exports.cards.figures import LAMPS, Figure, figures
from exports.cards.titles import NAMES_SHOWN
from locales import text
from locales.formats import listing, number
from metrics.result import Result


@dataclass(frozen=True)
class Verdicts:
    """`counts` has every verdict that occurs, best first; `late` are the figures not as they should be."""

    of: int
    counts: dict[str, int]
    late: tuple[Figure, ...]

    @property
    def judged(self) -> int:
        return sum(self.counts.values())


def apart(cities: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Promises, and the goals a plan only strives for (力争, 争取): these are never counted with those."""
    hoped = [city for city in cities if city.indicator.aspirational]
    return [city for city in cities if not city.indicator.aspirational], hoped


def verdicts(cities: Sequence[Figure]) -> Verdicts:
    """Of the promises among them."""
    cities, _ = apart(cities)
    statuses = [city.status for city in cities]
    counts = {status: statuses.count(status) for status in LAMPS if status in statuses}
    return Verdicts(len(cities), counts, tuple(city for city in cities if city.status in BAD))


def every_city(result: Result, language: str) -> list[Figure]:
    """The city's figure of every indicator: what is counted does not depend on what a picture has room for."""
    return [figures(result, indicator, language)[0] for indicator in result.plan.indicators]


def scorecard_clauses(cities: Sequence[Figure], units: Mapping[str, tuple[int, int]], language: str) -> list[str]:
    """How many indicators are late in the city, and which unit is late most often.

    `units`: by name (figures late, figures judged).
    """
    found = verdicts(cities)
    counts = {"judged": found.judged, "late": len(found.late), "count": found.of}
    if all(city["actual"] is None for city in cities):
        return [text("titles.scorecard_empty", language, **counts)]
    all_late = len(found.late) == found.judged > 1
    form = "none" if not found.judged else "good" if not found.late else "all" if all_late else "some"
    worst = _worst_unit(units, language) or _worst_city(found.late)
    return [text(f"titles.scorecard_{form}", language, **counts), worst]


def _worst_unit(units: Mapping[str, tuple[int, int]], language: str) -> str:
    judged = {name: late for name, (late, judged) in units.items() if judged}
    most = max(judged.values(), default=0)
    if not judged:
        return ""
    if most == 0:
        return text("titles.scorecard_units_good", language)
    worst = [name for name, late in judged.items() if late == most]
    if len(worst) > NAMES_SHOWN:
        return text("titles.scorecard_units_many", language, count=len(worst), late=most)
    return text("titles.scorecard_units", language, names=listing(worst, language), late=most)


def _worst_city(late: Sequence[Figure]) -> str:
    scheduled = [city for city in late if city["lead"] is not None]
    if not scheduled:
        return ""
    worst = min(scheduled, key=lambda city: city["lead"])
    name, points = worst.indicator.name.by(worst.language), number(abs(worst["lead"]), 1)
    return text("titles.scorecard_worst", worst.language, name=name, points=points)
