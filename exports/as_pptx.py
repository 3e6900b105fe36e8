"""The slides of a meeting: native charts and tables, pictures of the cards, sources in the notes."""

import io
from datetime import datetime, time

from exports.cards import default_indicator
from exports.carried import plain
from exports.deck import indicators, pages
from exports.deck.frame import Deck
from exports.deck.theme import new_presentation
from exports.table import blocks, heading
from locales import DEFAULT, spoken
from metrics.result import Result


def write_pptx(
    result: Result, indicator: str | None = None, *, card: str | None = None, language: str = DEFAULT
) -> bytes:
    """The whole plan, or one indicator of it."""
    language = spoken(language, result.plan.area_unit().name)
    deck = Deck(new_presentation(language), result, language)
    pages.title_page(deck)
    if indicator is None:
        fill_plan(deck)
    else:
        fill_indicator(deck, indicator)
    properties = deck.file.core_properties
    properties.title = plain(heading(result, language))
    properties.author = plain(result.plan.area_unit().label(language))
    properties.created = properties.modified = datetime.combine(result.as_of.end, time())
    stream = io.BytesIO()
    deck.file.save(stream)
    return stream.getvalue()


def fill_plan(deck: Deck) -> None:
    found = blocks(deck.result, None, deck.language)
    pages.message_page(deck, found)
    pages.picture_page(deck, "scorecard")
    reached = [block.city for block in found if block.city["attainment"] is not None]
    for part in pages.even(reached, pages.MOST_BARS):
        pages.bars_page(deck, part)
    for block in found:
        if block.indicator.kind == "composite" and block.city["actual"] is not None:
            pages.picture_page(deck, "goals@wall", block.indicator.indicator)
    for block in pages.shown_first(deck, found):
        indicators.indicator_page(deck, block)
        if block.indicator.kind == "floor":
            pages.picture_page(deck, "floor@wall", block.indicator.indicator)
        if block.indicator.indicator == default_indicator(deck.result):
            indicators.tiles_page(deck, block)
    pages.picture_page(deck, "completeness@wall")
    pages.table_pages(deck, [block.city for block in found])


def fill_indicator(deck: Deck, indicator: str) -> None:
    [block] = blocks(deck.result, indicator, deck.language)
    indicators.indicator_page(deck, block)
    indicators.tiles_page(deck, block)
    pages.table_pages(deck, block.rows, units=True)
