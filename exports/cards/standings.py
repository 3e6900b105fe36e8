"""The scorecard's title: how many indicators are late in the city, and where most."""

from collections.abc import Mapping, Sequence

from charts.standing import BAD
from exports.cards.figures import LAMPS, Figure
from exports.cards.titles import NAMES_SHOWN
from locales import text
from locales.formats import listing, number


def scorecard_clauses(cities: Sequence[Figure], units: Mapping[str, tuple[int, int]], language: str) -> list[str]:
    """How many of the shown indicators are late in the city, and which unit is late most often.

    `units`: by name (figures late, figures judged).
    """
    judged = [city for city in cities if city.status in LAMPS]
    late = [city for city in judged if city.status in BAD]
    counts = {"judged": len(judged), "late": len(late), "shown": len(cities)}
    if all(city["actual"] is None for city in cities):
        return [text("titles.scorecard_empty", language, **counts)]
    form = "none" if not judged else "good" if not late else "all" if len(late) == len(judged) > 1 else "some"
    return [text(f"titles.scorecard_{form}", language, **counts), _worst_unit(units, language) or _worst_city(late)]


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
