"""What did this quarter bring, beside the quarter before? (both shapes)"""

from collections.abc import Sequence
from decimal import Decimal

from charts.palette import GREY, INK, MUTED, STATUS
from charts.values import difference, gained
from exports.cards.figures import CardError, Figure, figures, fraction
from exports.cards.frame import frame, incomplete
from exports.cards.titles import NAMES_SHOWN, joined
from locales import text
from locales.formats import UNKNOWN, listing, quarter
from metrics.period import Period, periods
from metrics.plan import ADDED
from metrics.quarterly import Quarterly, quarterly
from metrics.result import Result

MOST_ROWS, LONGEST_PAST = 14, 12
UP, DOWN = STATUS["on_track"], STATUS["critical"]


def card(result: Result, indicator: str, language: str) -> dict[str, object]:
    city, units = figures(result, indicator, language)
    found = quarterly(result.history, city.indicator, result.as_of, result.plan.area)
    past = {unit.unit: found[unit.unit] for unit in (city, *units) if unit.unit in found}
    if city.unit not in past or all(entry.change is None for entry in past.values()):
        raise CardError(text("change.none", language, name=city.indicator.name.by(language)))
    shown = [unit for unit in units if unit.unit in past] if len(units) > 1 else []
    sort = "flow" if city.indicator.kind in ADDED else "level"
    names = {"now": quarter(result.as_of, language), "before": quarter(result.as_of + -1, language)}
    data = frame(
        result,
        language,
        title=joined([city_clause(city, past[city.unit], sort), units_clause(shown, past)], language),
        subtitle=text(f"change.subtitle_{sort}", language, **names, measure=city.measure),
        notes=notes(result, city, past, len(shown), language),
        provisional=bool(city["provisional"]),
        indicators=[indicator],
    )
    ordered = sorted(shown, key=lambda unit: _order(past[unit.unit]))
    ordered = told_most(ordered, past)
    largest = max((v for e in past.values() if e.unit != city.unit for v in (e.before, e.now) if v), default=None)
    return data | {
        "city": row(city, past[city.unit], None) | {"note": ""},
        "rows": [row(unit, past[unit.unit], largest) for unit in ordered],
        "quarters": [] if shown else quarters(result, city),
        "chart": text(f"change.quarters_{sort}", language, measure=city.measure),
        "heads": {name: text(f"change.{name}_{sort}", language) for name in ("before", "now")}
        | {"change": text("change.change", language)},
    }


def told_most(ordered: Sequence[Figure], past: dict[str, Quarterly]) -> list[Figure]:
    """Of too many units those that moved most or fell; the order stays."""
    sizes = {unit.unit: abs(past[unit.unit].change or Decimal(0)) for unit in ordered}
    kept = sorted(ordered, key=lambda unit: (past[unit.unit].change is None, -sizes[unit.unit]))[:MOST_ROWS]
    return [unit for unit in ordered if unit in kept]


def quarters(result: Result, city: Figure) -> list[dict[str, object]]:
    """The same figure of the quarters before, where no unit fills the sheet; none from before the plan."""
    first = max(result.as_of + (1 - LONGEST_PAST), Period.of(result.plan.start))
    entries = []
    for when in periods(first, result.as_of):
        found = quarterly(result.history, city.indicator, when, result.plan.area).get(city.unit)
        if found is not None:
            entries.append((when, found.now))
    largest = max((value for _, value in entries if value), default=None)
    return [
        {
            "label": str(when).replace("20", "", 1),
            "text": city.written(value),
            "value": fraction(value, largest),
            "tick": None,
            "fill": INK if when == result.as_of else GREY,
            "hatched": False,
        }
        for when, value in entries
    ]


def _order(entry: Quarterly) -> tuple[bool, Decimal, Decimal]:
    zero = Decimal(0)
    return (entry.change is None, -(entry.change or zero), -(entry.now or zero))


def city_clause(city: Figure, entry: Quarterly, sort: str) -> str:
    """`工厂店培育总数本季增加21家`; of what is added each quarter: `本季新增30场，比上季少1场`."""
    language, change = city.language, entry.change
    values = {"name": city.indicator.name.by(language), "now": city.measured(entry.now)}
    if change is None:
        key = "unknown" if entry.now is None else f"alone_{sort}"
        return text(f"change.city_{key}", language, **values)
    way = "level" if change == 0 else "more" if change > 0 else "less"
    counted = "units_" if city["passing_units"] is not None else ""
    size = str(abs(change)) if counted else difference(abs(change), city.indicator, language)
    return text(f"change.city_{counted}{sort}_{way}", language, size=size, **values)


def units_clause(units: Sequence[Figure], past: dict[str, Quarterly]) -> str:
    """Who fell, else who stood still, else who grew most."""
    known = [unit for unit in units if past[unit.unit].change is not None]
    if len(known) < 2:
        return ""
    fallen = [unit for unit in known if (past[unit.unit].change or 0) < 0]
    still = [unit for unit in known if past[unit.unit].change == 0]
    language = known[0].language
    for key, found in (("fallen", fallen), ("still", still)):
        if found and len(found) < len(known):
            names = listing((unit.short for unit in found[:NAMES_SHOWN]), language)
            form = "few" if len(found) <= NAMES_SHOWN else "many"
            return text(f"change.{key}_{form}", language, names=names, count=len(found))
        if found:
            return text(f"change.{key}_all", language, count=len(found))
    most = max(known, key=lambda unit: past[unit.unit].change or 0)
    size = "+" + difference(past[most.unit].change, most.indicator, language)
    return text("change.most", language, name=most.short, size=size)


def row(figure: Figure, entry: Quarterly, largest: Decimal | None) -> dict[str, object]:
    change = entry.change
    style = None if not change else UP if change > 0 else DOWN
    same_units = figure["passing_units"] is None
    said = UNKNOWN if change is None else gained(change, figure.indicator) if same_units else f"{change:+}"
    return {
        "name": figure.short,
        "before": figure.written(entry.before),
        "now": figure.measured(entry.now) if same_units else figure.written(entry.now),
        "change": said.replace("-", "−"),
        "note": figure.stale or (figure.word if figure["actual"] is None else ""),
        "at_before": fraction(entry.before, largest),
        "at_now": fraction(entry.now, largest),
        "fill": style.fill if style else INK,
        "ink": style.text if style else MUTED,
    }


def notes(result: Result, city: Figure, past: dict[str, Quarterly], units: int, language: str) -> list[str]:
    """Why a change is not told: nobody reported it, or not the same units did."""
    said = incomplete(result, city, language)
    entry = past[city.unit]
    if not entry.comparable and entry.now is not None:
        said.append(text("change.not_comparable", language))
    if any(found.change is None for found in past.values()):
        said.append(text("change.dash", language))
    if units > MOST_ROWS:
        said.append(text("change.left_out", language, count=units - MOST_ROWS))
    return [*said, text("change.no_verdict", language)]
