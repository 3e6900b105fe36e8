"""The whole plan on one sheet (A3 across, `templates/sheet.typ`): indicators down, city and units across."""

from collections.abc import Sequence

from exports.brief import sentences
from exports.brief.composition import schedules
from exports.cards.figures import LAMPS, Figure
from exports.cards.frame import bands_legend, frame
from exports.cards.standings import apart
from exports.carried import sending
from exports.papers.lines import by_unit, reached
from exports.short_table import deadline, in_measure
from exports.table import Block, blocks, status
from locales import text
from locales.formats import UNKNOWN, listing, percent, quarter, signed
from metrics.plan import Plan, Unit
from metrics.result import Result

HEADS = ("indicator", "city", "target", "attainment", "lead", "status")


def paper(result: Result, language: str) -> dict[str, object]:
    found = blocks(result, None, language)
    statuses = sorted({figure.status for block in found for figure in block.rows if figure.status in LAMPS})
    when = quarter(result.as_of, language)
    data = frame(
        result,
        language,
        title=[text("papers.sheet_title", language, plan=result.plan.short.by(language), quarter=when)],
        subtitle=text("papers.sheet_note", language),
        legend=bands_legend(result, statuses, language),
        notes=schedules(found, language),
        provisional=any(block.city["provisional"] for block in found),
        indicators=[block.indicator.indicator for block in found],
    )
    firm, hoped = apart([block.city for block in found])
    said = [sentences.standing(firm, language), sentences.striven(hoped, language), sending(result, language)]
    return data | {
        "messages": [words for words in said if words],
        "heads": [text(f"papers.{name}", language) for name in HEADS],
        "units": [unit.label(language, short=True) for unit in result.units],
        "groups": groups(found, result.plan, result.units, language),
        **scores(found, result.units, language),
    }


def groups(found: Sequence[Block], plan: Plan, units: Sequence[Unit], language: str) -> list[dict[str, object]]:
    """The plan's groups in its order, each with its lines; one without a name where the plan has none."""
    made: dict[str, list[dict[str, object]]] = {}
    for block in found:
        name = block.indicator.group.by(language) if block.indicator.group else ""
        made.setdefault(name, []).append(line(block, plan, units, language))
    return [{"name": name if len(made) > 1 else "", "lines": lines} for name, lines in made.items()]


def line(block: Block, plan: Plan, units: Sequence[Unit], language: str) -> dict[str, object]:
    city = block.city
    own = by_unit(block.units)
    shown = [cell(own.get(unit.unit)) for unit in units]
    return {
        "name": block.indicator.name.by(language),
        "actual": in_measure(city, "actual"),
        "target": in_measure(city, "target"),
        "by": deadline(city) if city["deadline"] is not None else "",
        "attainment": percent(city["attainment"]),
        "lead": signed(city["lead"]),
        "status": status(city),
        "ink": city.style.text,
        "tint": city.style.tint if city.status in LAMPS else "",
        "cells": shown if any(shown) else [],
        "alone": "" if any(shown) else alone(block, plan, language),
    }


def alone(block: Block, plan: Plan, language: str) -> str:
    """Why no unit has a figure here: others give it, or it is made of other figures."""
    if parts := block.indicator.parts:
        names = listing((plan.indicators[part].name.by(language) for part in parts), language)
        return text("papers.made_of", language, names=names)
    names = listing(
        (plan.units[unit].label(language, short=True) for unit in plan.reporters_of(block.indicator)), language
    )
    return text("papers.alone", language, names=names)


def cell(figure: Figure | None) -> dict[str, object] | None:
    """A unit's figure; below it, where the unit has a target of its own, how it stands to it."""
    if figure is None or figure.status == "not_applicable":
        return None
    lit = figure.status in LAMPS
    return {
        "text": figure.between(figure["actual"]),
        "below": below(figure),
        "tint": figure.style.tint if lit else "",
        "ink": figure.style.text if lit else "",
        "shape": figure.style.shape if lit else "",
        "hatched": bool(figure.stale),
    }


def below(figure: Figure) -> str:
    """`快 4.2` against a schedule; else the part of the target that is done."""
    if figure["target"] is None or figure["actual"] is None:
        return ""
    return figure.lead or (UNKNOWN if figure["attainment"] is None else figure.attainment)


def scores(found: Sequence[Block], units: Sequence[Unit], language: str) -> dict[str, object]:
    """The last line, `2/5`: late of those judged; where none is, reached of those with a target; else none."""
    judged = [sentences.verdicts(found, unit.unit) for unit in units]
    counts, head = [(len(late), len(every)) for every, late in judged], "score"
    if not any(every for _, every in counts):
        counts, head = [_reached(found, unit) for unit in units], "reached"
    shown = [f"{part}/{every}" if every else UNKNOWN for part, every in counts]
    told = any(every for _, every in counts)
    return {"score_head": text(f"papers.{head}", language), "scores": shown if told else []}


def _reached(found: Sequence[Block], unit: Unit) -> tuple[int, int]:
    figures = [own for block in found if (own := by_unit(block.units).get(unit.unit))]
    asked = [figure for figure in figures if figure["target"] is not None and figure.status != "not_applicable"]
    return sum(map(reached, asked)), len(asked)
