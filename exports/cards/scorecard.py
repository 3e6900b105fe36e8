"""Where is it red? Units down, indicators across, the number in every cell. (1920 × 1080)"""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.palette import INK, LINE, MUTED, PAPER, STATUS
from charts.scorecard import compared
from charts.standing import BAD, GOOD
from exports.cards.figures import CALM, LAMPS, SCHEDULED, Figure, figures
from exports.cards.frame import bands_legend, frame, path_notes
from exports.cards.standings import Verdicts, scorecard_clauses, verdicts
from exports.cards.titles import joined
from exports.cards.words import whole_words
from locales import text
from locales.formats import UNKNOWN, percent, signed
from metrics.plan import Indicator
from metrics.result import Result

MOST_COLUMNS = 14
"""More would be unreadable on a slide; the note says how many are left out."""
ALARMS = ("critical", "missed")


@dataclass(frozen=True)
class Column:
    """One indicator: the city's figure, its units' and which number of theirs is shown."""

    indicator: Indicator
    city: Figure
    units: dict[str, Figure]
    shows: str

    @property
    def judged(self) -> bool:
        """Whether the plan lets units be judged by this indicator at all."""
        return any(unit.status in LAMPS for unit in self.units.values())

    @property
    def bad(self) -> int:
        return sum(unit.status in BAD for unit in self.units.values())


def card(result: Result, indicator: str, language: str) -> dict[str, object]:
    """The whole plan at one glance; `indicator` plays no part."""
    found = {chosen: column(result, chosen, language) for chosen in result.plan.indicators.values()}
    columns = [found[chosen] for chosen in arranged(choices(result)[:MOST_COLUMNS], result)]
    counted = list(found.values())
    cities = [c.city for c in counted]
    units = ranked([unit.unit for unit in result.units], columns)
    scored = any(score(unit, columns)[1] for unit in units)
    cells = [c.city for c in columns] + [figure for c in columns for figure in c.units.values() if lit(figure)]
    data = frame(
        result,
        language,
        title=joined(scorecard_clauses(cities, late(result, units, counted, language), language), language),
        subtitle=subtitle(verdicts(cities), len(cities), len(columns), scored, language),
        legend=bands_legend(result, sorted({figure.status for figure in cells}), language),
        notes=notes(columns, len(cities), language),
        provisional=any(c.city["provisional"] for c in columns),
        indicators=[c.city.indicator.indicator for c in columns],
    )
    return data | {
        "columns": [heading(c, language) for c in columns],
        "groups": groups(columns, language),
        "city": city_rows(columns, language),
        "rows": [
            {
                "name": result.plan.units[unit].label(language, short=True),
                "cells": [unit_cell(c.units.get(unit), c.shows) for c in columns],
                "score": score_bar(unit, columns) if scored else None,
            }
            for unit in units
        ],
        "score_head": text("scorecard.score", language) if scored else "",
        "edge": LINE,
    }


def subtitle(found: Verdicts, of: int, shown: int, scored: bool, language: str) -> str:
    """How many are judged of how many, and what the rows are."""
    counts = {"count": found.of, "judged": found.judged, "shown": shown}
    how = text(f"scorecard.subtitle_{'scored' if scored else 'plain'}", language)
    return text("scorecard.counted" if of == found.of else "scorecard.counted_apart", language, how=how, **counts)


def choices(result: Result) -> list[Indicator]:
    """Indicators by interest: headlines, then allocated ones, then the rest. Past years' verdicts are left out,
    those of the year looked at are not: a plan that has ended shows nothing but verdicts."""
    reported, table = compared(result), result.progress
    allocated = set(table[(table["unit"] != result.plan.area) & table["target"].notna()]["indicator"])
    years = [
        (row["indicator"], tag[6:]) for row in table.to_dict("records") for tag in row["tags"] if tag[:6] == "final:"
    ]
    final = {indicator for indicator, year in years if year != str(result.as_of.year)}
    everything = list(result.plan.indicators.values())
    candidates = [i for i in everything if i.headline or i in reported] or everything
    current = [i for i in candidates if i.indicator not in final] or candidates
    return sorted(current, key=lambda i: (not i.headline, i.indicator not in allocated))


def arranged(chosen: Sequence[Indicator], result: Result) -> list[Indicator]:
    """In the plan's order, a group's indicators side by side."""
    ordered = [i for i in result.plan.indicators.values() if i in chosen]
    first: dict[object, int] = {}
    for n, indicator in enumerate(ordered):
        first.setdefault(indicator.group, n)
    return sorted(ordered, key=lambda i: first[i.group])


def column(result: Result, indicator: Indicator, language: str) -> Column:
    city, rows = figures(result, indicator.indicator, language)
    units = {row.unit: row for row in rows if "@units" in indicator.reporters}
    shown = [name for name in ("lead", "attainment") if any(row[name] is not None for row in units.values())]
    return Column(indicator, city, units, "actual" if indicator.kind == "floor" or not shown else shown[0])


def lit(figure: Figure) -> bool:
    """Whether a cell carries a status of its own: a target, or the reason why there is no value."""
    return figure["target"] is not None or figure["actual"] is None


def unit_cell(figure: Figure | None, shows: str) -> dict[str, object]:
    if figure is None:
        return cell("", PAPER, MUTED, edged=False)
    if figure["actual"] is None:
        return cell(figure.style.shape, figure.style.tint, figure.style.text, hatched=figure.status == "no_report")
    words = {"lead": signed(figure["lead"]), "attainment": percent(figure["attainment"])}
    shown = words.get(shows, figure.written(figure["actual"]))
    if shown == UNKNOWN:
        shown = figure.written(figure["actual"])
    unsure = bool(figure["provisional"]) or bool(figure.stale)
    if figure.status not in LAMPS:
        return cell(shown, PAPER, INK, edged=True, hatched=unsure)
    return lamp(figure, shown) | {"hatched": unsure}


def lamp(figure: Figure, shown: str) -> dict[str, object]:
    """A coloured cell; the two worst shine in full colour, all but the good bear their shape."""
    style, alarm = STATUS[figure.status], figure.status in ALARMS
    shaped = shown if figure.status in GOOD else f"{style.shape} {shown}"
    fill, ink = (style.fill, style.on_fill) if alarm else (style.tint, style.text)
    return cell(shaped, fill, ink, bold=figure.status in BAD, hatched=bool(figure["provisional"]))


def cell(
    shown: str, fill: str, ink: str, *, bold: bool = False, hatched: bool = False, edged: bool = False
) -> dict[str, object]:
    return {"text": shown, "fill": fill, "ink": ink, "bold": bold, "hatched": hatched, "edged": edged}


def city_rows(columns: Sequence[Column], language: str) -> list[dict[str, object]]:
    """What the city has, what it promised, and the lamp."""
    actual = [
        cell(city_number(c.city, "actual"), INK, PAPER, bold=True, hatched=bool(c.city["provisional"])) for c in columns
    ]
    target = [cell(city_number(c.city, "target"), PAPER, MUTED) for c in columns]
    verdict = []
    for c in columns:
        scheduled = c.city["lead"] is not None and c.city.status in LAMPS[1:]
        shown = signed(c.city["lead"]) if scheduled else c.city.word
        style = STATUS[c.city.status]
        verdict.append(
            cell(f"{style.shape} {shown}", style.tint, style.text, bold=True)
            if c.city.status not in ALARMS
            else lamp(c.city, shown)
        )
    names = ("scorecard.city", "scorecard.target", "scorecard.verdict")
    return [
        {"name": text(name, language), "cells": cells}
        for name, cells in zip(names, (actual, target, verdict), strict=True)
    ]


def city_number(city: Figure, column: str) -> str:
    """Of a floor the city counts units, not what the units count."""
    if city.indicator.kind == "floor" and city[column] is not None:
        return text("scorecard.units_passing", city.language, count=city[column])
    return city.written(city[column])


def heading(column: Column, language: str) -> dict[str, object]:
    name = column.indicator.name.by(language)
    shows = text(f"scorecard.shows_{column.shows}", language, measure=column.city.measure)
    return {
        "name": name,
        "words": whole_words(name, language),
        "measure": hoped(shows if column.units else column.city.measure, column.indicator, language),
        "foot": foot(column, language),
        "alarm": column.bad > len(column.units) / 3,
    }


def hoped(measure: str, indicator: Indicator, language: str) -> str:
    """What the plan only strives for says so in its heading: it is shown and not counted."""
    return text("scorecard.hoped", language, measure=measure) if indicator.aspirational else measure


def foot(column: Column, language: str) -> str:
    """How many units are late, or have reached a target not due yet, or why no one is judged."""
    statuses = [unit.status for unit in column.units.values()]
    if not statuses:
        return ""
    if any(status in SCHEDULED for status in statuses):
        return text("scorecard.behind", language, count=column.bad)
    if column.judged or "not_due" in statuses:
        return text("scorecard.reached", language, count=statuses.count("achieved"))
    if any(unit["target"] is not None for unit in column.units.values()):
        return text("scorecard.not_judged", language)
    return text("scorecard.no_lamp", language)


def groups(columns: Sequence[Column], language: str) -> list[dict[str, object]]:
    """Neighbouring columns of one group share a heading."""
    runs: list[dict[str, object]] = []
    for n, c in enumerate(columns):
        name = c.indicator.group.by(language) if c.indicator.group else ""
        if runs and runs[-1]["name"] == name:
            runs[-1]["last"] = n
        else:
            runs.append({"name": name, "first": n, "last": n})
    return runs


def score(unit: str, columns: Sequence[Column]) -> tuple[int, int]:
    """(figures as they should be, figures with a target of the unit's own)."""
    own = [c.units[unit] for c in columns if c.judged and unit in c.units]
    own = [figure for figure in own if figure["attainment"] is not None]
    return sum(figure.status in GOOD for figure in own), len(own)


def late(result: Result, units: Sequence[str], columns: Sequence[Column], language: str) -> dict[str, tuple[int, int]]:
    """Of each unit by name: (figures late, figures that a schedule or a deadline judges)."""
    found = {}
    for unit in units:
        statuses = [c.units[unit].status for c in columns if unit in c.units]
        judged = sum(s in SCHEDULED for s in statuses)
        found[result.plan.units[unit].label(language, short=True)] = (sum(s in BAD for s in statuses), judged)
    return found


def ranked(units: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """Best first by the share of figures as they should be; nothing judged stands last."""

    def order(unit: str) -> tuple[float, int]:
        good, judged = score(unit, columns)
        return (-good / judged if judged else 1.0, -good)

    return sorted(units, key=order)


def score_bar(unit: str, columns: Sequence[Column]) -> dict[str, object]:
    good, judged = score(unit, columns)
    share = good / judged if judged else 0.0
    return {"text": [str(good), f"/{judged}"] if judged else [UNKNOWN, ""], "share": share, "fill": CALM}


def notes(columns: Sequence[Column], of: int, language: str) -> list[str]:
    lines = []
    if any(path_notes(c.city) for c in columns):
        lines.append(text("cards.path_note", language))
    if any(c.city["provisional"] for c in columns):
        lines.append(text("cards.hatched_note", language))
    if any(c.indicator.aspirational for c in columns):
        lines.append(text("scorecard.hoped_note", language))
    if of > len(columns):
        lines.append(text("scorecard.left_out", language, count=of - len(columns)))
    return [text("cards.space", language).join(lines)] if lines else []
