"""Titles say what the data says. Each clause is chosen by counting, never typed.

The first clause is about the city, the second about its units; an empty clause is dropped.
"""

from collections.abc import Sequence
from datetime import date

from charts.standing import BAD
from exports.cards.figures import BEHIND_SCHEDULE, LAGGING, LAMPS, SCHEDULED, WORST_FIRST, Figure
from locales import text
from locales.formats import day, listing, number, percent

NAMES_SHOWN = 3


def city_clause(city: Figure) -> str:
    """How the city stands: against the schedule, the target or neither."""
    language = city.language
    values = {
        "name": city.indicator.name.by(language),
        "actual": city.actual,
        "target": city.target,
        "gap": gap_words(city),
        "attainment": percent(city["attainment"]),
        "deadline": until(city["deadline"], language),
    }
    if city["actual"] is None and city.status != "not_applicable":
        return text("titles.city_no_report", language, **values)
    if city.indicator.kind == "floor":
        counts = {"passing": number(city["actual"]), "expected": number(city["target"]), "name": values["name"]}
        return text("titles.city_floor", language, **counts)
    if city.indicator.kind == "composite":
        counts = {"passing": number(city["actual"]), "expected": number(city["target"]), "name": values["name"]}
        return text("titles.city_composite", language, **counts)
    if city.status in ("on_track", *BEHIND_SCHEDULE):
        lead = city["lead"]
        key = "level" if lead == 0 else "ahead" if lead > 0 else "behind"
        return text(f"titles.city_{key}", language, points=number(abs(lead), 1), **values)
    return text(f"titles.city_{city.status}", language, **values)


def units_clause(city: Figure, units: Sequence[Figure]) -> str:
    """Which units hold the city back, or that none does."""
    if len(units) < 2 or all(unit["actual"] is None for unit in units):
        return ""
    if few := few_sent(city):
        return few
    if city.indicator.kind == "floor":
        return _floor_clause(units)
    if city.indicator.kind == "composite":
        late = listing((part.short for part in units if part.status in BAD), city.language)
        return text("titles.parts_late", city.language, names=late) if late else ""
    lamps = [unit for unit in units if unit.status in LAMPS]
    scheduled = any(unit.status in SCHEDULED for unit in lamps)
    if scheduled or (lamps and len(lamps) == len([unit for unit in units if unit["actual"] is not None])):
        return _lagging_clause(lamps, everyone=len(lamps) == len(units))
    if any(unit["attainment"] is not None for unit in units):
        return _spread_clause(units)
    return _largest_clause(units)


def few_sent(city: Figure) -> str:
    """Where fewer than half have a figure, that is the message: who is largest among the few is none."""
    reported, expected = city["units_reported"], city["units_expected"]
    if not reported or reported * 2 >= expected:
        return ""
    return text("titles.few_sent", city.language, reported=reported, expected=expected)


def gap_words(figure: Figure) -> str:
    """What is missing to the target; between percentages the distance is in percentage points."""
    if figure.is_ratio and figure["gap"] is not None:
        return text("titles.points", figure.language, points=number(figure["gap"], 1))
    return figure.measured(figure["gap"])


def until(deadline: date | None, language: str) -> str:
    """`2026年底` for the last day of a year, else the day."""
    if deadline is not None and (deadline.month, deadline.day) == (12, 31):
        return text("cards.year_end", language, year=deadline.year)
    return day(deadline, language)


def _lagging_clause(lamps: Sequence[Figure], *, everyone: bool) -> str:
    language = lamps[0].language
    worst = sorted(lamps, key=lambda unit: (WORST_FIRST.index(unit.status), unit["lead"] or 0))
    for statuses, word in ((LAGGING, "lag"), (("watch",), "slightly")):
        late = [unit for unit in worst if unit.status in statuses]
        if late:
            return named(f"titles.units_{word}", late, everyone=len(late) == len(lamps))
    return text("titles.units_on_track" if everyone else "titles.reported_on_track", language, count=len(lamps))


def _floor_clause(units: Sequence[Figure]) -> str:
    reported = [unit for unit in units if unit["actual"] is not None]
    below = sorted((u for u in reported if u.status != "achieved"), key=lambda unit: unit["actual"])
    if not below:
        return text("titles.floor_met", units[0].language)
    return named("titles.floor", below, everyone=len(below) == len(reported))


def _spread_clause(units: Sequence[Figure]) -> str:
    """Targets without a deadline: no one is late, only far along or not."""
    known = sorted((u for u in units if u["attainment"] is not None), key=lambda unit: unit["attainment"])
    low, high = known[0], known[-1]
    none = [unit for unit in known if unit["actual"] == 0]
    if none and len(none) < len(known):
        return named("titles.none", none, everyone=False)
    if low["attainment"] == high["attainment"]:
        return ""
    return text(
        "titles.spread", low.language, high=high.short, most=high.attainment, low=low.short, least=low.attainment
    )


def _largest_clause(units: Sequence[Figure]) -> str:
    known = sorted((u for u in units if u["actual"] is not None), key=lambda unit: unit["actual"], reverse=True)
    language = known[0].language
    none = [unit for unit in known if unit["actual"] == 0]
    if none and len(none) < len(known):
        return named("titles.none", none, everyone=False)
    top = [unit for unit in known if unit["actual"] == known[0]["actual"]]
    if len(known) < 2 or len(top) == len(known):
        return ""
    names = listing((unit.short for unit in top[:NAMES_SHOWN]), language)
    key = "titles.highest" if known[0].is_ratio else "titles.largest"
    return text(key, language, names=names, actual=top[0].actual)


def named(key: str, units: Sequence[Figure], *, everyone: bool) -> str:
    """`key`_one, _few, _many or _all: by name up to three, then the two first and a count."""
    language = units[0].language
    count = len(units)
    if everyone and count > 1:
        return text(f"{key}_all", language, count=count)
    form = "one" if count == 1 else "few" if count <= NAMES_SHOWN else "many"
    shown = units[: NAMES_SHOWN if form == "few" else 2]
    return text(f"{key}_{form}", language, count=count, names=listing((unit.short for unit in shown), language))


def joined(clauses: Sequence[str], language: str) -> list[str]:
    """The first two clauses that exist, tied by a comma. A phrase may hold two, parted by `|`."""
    kept = [part for clause in clauses for part in clause.split("|") if part][:2]
    tie = text("titles.tie", language)
    return [clause + tie for clause in kept[:-1]] + kept[-1:]
