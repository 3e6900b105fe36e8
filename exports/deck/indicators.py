"""The slides of one indicator: its quarters and its units, and where and since when."""

from collections.abc import Sequence
from typing import Any

from pptx.util import Emu, Inches

from charts.palette import MUTED
from charts.values import rows_of
from exports.cards import CardError, card_data
from exports.cards.figures import Figure, by_lead, own_targets
from exports.cards.frame import incomplete, path_notes
from exports.cards.titles import city_clause, joined, units_clause
from exports.deck import native
from exports.deck.contents import NOTE, picture, table, told
from exports.deck.frame import BOTTOM, MARGIN, TOP, Deck, add_slide, write
from exports.deck.lines import path_lines
from exports.table import Block, measure
from locales.formats import is_unknown

LONGEST_PAST = 12


def indicator_page(deck: Deck, block: Block) -> None:
    """One indicator: its quarters on the left, its units on the right."""
    city, units = block.city, by_lead(block.units)
    title = "".join(joined([city_clause(city), units_clause(city, block.units)], deck.language))
    slide = add_slide(deck, title)
    notes = [*path_notes(city), *incomplete(deck.result, city, deck.language)]
    width = deck.width * (0.48 if units else 1)
    path_chart(deck, slide, city, width)
    if units:
        units_chart(deck, slide, units, (MARGIN + deck.width * 0.52, width))
    if notes:
        write(slide, " ".join(notes), (MARGIN, BOTTOM - NOTE, deck.width, NOTE), size=11, ink=MUTED)


def path_chart(deck: Deck, slide: Any, city: Figure, width: float) -> None:
    name = deck.say("deck.path_chart", name=city.indicator.name.by(deck.language), measure=measure(city))
    write(slide, name, (MARGIN, TOP, width, Inches(0.4)), size=deck.heading, bold=True)
    past = quarters(deck, city)
    words = deck.say("deck.chart", title=name, figures=told([city], "actual"))
    place = (MARGIN, TOP + Inches(0.4), round(width), BOTTOM - TOP - Inches(0.4) - NOTE)
    names = (deck.say("deck.actual"), deck.say("deck.assumed"))
    path_lines(slide, place, past, names, native.number_format(city), words)


def quarters(deck: Deck, city: Figure) -> list[tuple[str, float | None, float | None]]:
    """The city quarter by quarter; of a yearly count this year only, as each January begins anew at zero."""
    table = rows_of(deck.result.history, indicator=city.indicator.indicator, unit=city.unit)
    found = []
    for row in table.to_dict("records"):
        when = str(row["period"])
        if city.indicator.kind == "annual" and when[:4] != str(deck.result.as_of.year):
            continue
        actual, expected = (None if is_unknown(row[name]) else row[name] for name in ("actual", "expected"))
        shown = (native.as_written(city.written(actual)), native.as_written(city.between(expected)))
        found.append((when[2:], *shown))
    return found[-LONGEST_PAST:]


def units_chart(deck: Deck, slide: Any, units: Sequence[Figure], place: tuple[float, float]) -> None:
    left, width = place
    owned = own_targets(units)
    name = deck.say(
        f"deck.units_{'chart' if owned else 'plain'}",
        name=units[0].indicator.name.by(deck.language),
        measure=units[0].measure,
    )
    write(slide, name, (round(left), TOP, round(width), Inches(0.4)), size=deck.heading, bold=True)
    floor = units[0].indicator.kind == "floor"
    dash = deck.say("deck.minimum" if floor else "deck.own_target") if owned else None
    words = deck.say("deck.chart", title=name, figures=told(units, "actual"))
    area = (round(left), TOP + Inches(0.4), round(width), BOTTOM - TOP - Inches(0.4) - NOTE)
    native.unit_bars(slide, area, units, (deck.say("deck.actual"), dash), words)


def tiles_page(deck: Deck, block: Block) -> bool:
    """Where and since when: the tile grid beside the units' table. False where no unit has a figure."""
    name = block.indicator.indicator
    try:
        title = "".join(card_data(deck.result, "tilegrid", name, deck.language)["title"])  # type: ignore[arg-type]
    except CardError:
        return False
    slide = add_slide(deck, deck.say("deck.where", name=block.indicator.name.by(deck.language)))
    left = Inches(5.75)
    head = slide.shapes.title
    head.left, head.width = left, Emu(head.left + head.width - left)
    picture(deck, slide, "tilegrid", name, title, (Inches(0.4), Inches(0.12), Inches(6.7)))
    place = (left, TOP, deck.file.slide_width - left - MARGIN)
    table(deck, slide, block.rows, place, columns=(0, 1, 2, 4, 5, 6), units=True)
    return True
