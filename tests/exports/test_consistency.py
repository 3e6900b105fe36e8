"""Consistency: one figure, one sentence, one table, wherever a reader meets them.

Every indicator of every plan, when nobody, one county and everybody has reported. The tables of the
pack's files are compared in test_pack; here the screen, the pictures, the slides' charts and the sentences.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from charts.headline import headline
from exports import EXPORTS, card_data, cards_of
from exports.cards.bars import amount_of
from exports.cards.figures import Figure
from exports.cards.titles import city_clause, joined, units_clause
from exports.deck.frame import Deck
from exports.deck.indicators import indicator_page
from exports.deck.native import as_written, named
from exports.deck.theme import new_presentation
from exports.table import Block, blocks
from locales.formats import number, percent, signed
from metrics.plan import Plan
from metrics.result import Result
from pages.parts import table
from tests.exports.test_pack import reported_by

PLANS = ("jxfs", "jxdf", "xzti", "hznr", "scec")
WORLDS = [(plan, counties) for plan in PLANS for counties in (0, 1, 99)]
LANGUAGE = "zh_CN"


@dataclass(frozen=True)
class World:
    result: Result
    blocks: list[Block]
    slides: list[Any]
    """A slide for every indicator, read back from the file."""


@pytest.fixture(scope="module", params=WORLDS, ids=lambda world: f"{world[0]}-{world[1]}-counties")
def world(request: pytest.FixtureRequest, plans: dict[str, Plan]) -> World:
    name, counties = request.param
    result = reported_by(plans[name], counties)
    found = blocks(result, None, LANGUAGE)
    deck = Deck(new_presentation(LANGUAGE), result, found[0].city.language)
    for block in found:
        indicator_page(deck, block)
    stream = io.BytesIO()
    deck.file.save(stream)
    return World(result, found, list(Presentation(stream).slides))


def sentence(block: Block) -> str:
    return "".join(joined([city_clause(block.city), units_clause(block.city, block.units)], LANGUAGE))


def test_the_screen_writes_every_figure_as_the_exports_do(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "say", lambda key, **values: key)
    rows = {(row["indicator"], row["unit"]): row for _, row in world.result.progress.iterrows()}
    for block in world.blocks:
        indicator = block.indicator.indicator
        for figure in block.rows:
            seen = table._row(world.result, rows[indicator, figure.unit], LANGUAGE)
            assert seen["actual"] == figure.written(figure["actual"]), (indicator, figure.unit)
            assert seen["attainment"] == percent(figure["attainment"]), (indicator, figure.unit)
            assert seen["lead"] == signed(figure["lead"]), (indicator, figure.unit)
            assert seen["gap"] == figure.written(figure["gap"]), (indicator, figure.unit)
        card = headline(world.result, block.indicator, LANGUAGE)
        assert card.value == block.city.written(block.city["actual"]), indicator
        assert card.status in (block.city.status, block.city["status"]), indicator


def test_every_picture_shows_the_figure_of_its_table(world: World) -> None:
    for block in world.blocks:
        indicator, city = block.indicator.indicator, block.city
        for card in cards_of(world.result, indicator, LANGUAGE, whole=False):
            data = card_data(world.result, card, indicator, LANGUAGE)
            shown = " ".join(_texts({name: data[name] for name in data if name not in ("notes", "legend")}))
            for words in figure_words(card, city):
                assert words in shown, (card, indicator, words)
            placed = [unit.unit for unit in world.result.units]
            for unit in block.units if card in ("progress", "tilegrid") and len(block.units) > 1 else ():
                if unit.unit in placed and unit["actual"] is not None and unit["target"] is None and not unit.is_ratio:
                    assert unit.written(unit["actual"]) in shown, (card, indicator, unit.unit)


def figure_words(card: str, city: Figure) -> Iterator[str]:
    """What a card must say of the city's figure."""
    if city["actual"] is None:
        return
    if card == "floor":
        yield f"{number(city['passing_units'])}/"
        yield city.measured(city["shortfall"])
    elif card in ("progress", "tilegrid") and city["passing_units"] is None and city.indicator.kind != "composite":
        yield city.written(city["actual"]) if city.is_ratio or city["attainment"] is None else city.attainment[:-1]
    if card == "progress" and city.is_ratio and city["numerator"] is not None:
        yield amount_of(city["numerator"], city.indicator.money)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def test_the_scorecard_picture_has_the_citys_figure_of_each_column(world: World) -> None:
    data: Any = card_data(world.result, "scorecard", None, LANGUAGE)
    cities = {block.indicator.name.by(LANGUAGE): block.city for block in world.blocks}
    for column, cell in zip(data["columns"], data["city"][0]["cells"], strict=True):
        city = cities[column["name"]]
        counted = city.indicator.kind == "floor" and city["actual"] is not None
        assert cell["text"] == (f"{city['actual']} 地" if counted else city.written(city["actual"])), column["name"]


def test_the_workbook_behind_each_native_chart_has_the_figures_as_written(world: World) -> None:
    for block, slide in zip(world.blocks, world.slides, strict=True):
        charts = [shape.chart for shape in slide.shapes if shape.has_chart]
        past, *of_units = [_workbook(chart) for chart in charts]
        assert past[-1][1] == as_written(block.city.written(block.city["actual"])), block.indicator.indicator
        expected = [(named(unit), as_written(unit.written(unit["actual"]))) for unit in block.units]
        if of_units:
            assert sorted(map(str, ((row[0], row[1]) for row in of_units[0]))) == sorted(map(str, expected))


def _workbook(chart: Any) -> list[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    rows = list(book.active.values)[1:]
    assert [row[1] for row in rows] == list(chart.plots[0].series[0].values)
    return [(row[0], None if row[1] is None else float(row[1]), *row[2:]) for row in rows]


def test_one_sentence_in_picture_slide_web_and_brief(world: World) -> None:
    page = unescape(re.sub(r"<[^>]+>", "", EXPORTS["html"](world.result).decode()))
    brief = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(EXPORTS["docx"](world.result))).paragraphs)
    for block, slide in zip(world.blocks, world.slides, strict=True):
        said = sentence(block)
        assert slide.shapes.title.text_frame.text == said
        card: Any = card_data(world.result, "progress", block.indicator.indicator, LANGUAGE)
        if len(block.units) > 1 or block.indicator.kind != "composite":
            assert "".join(card["title"]) == said
        if block.indicator.headline:
            assert said in page
        final = any(str(tag).startswith("final:") for tag in block.city["tags"] or ())
        units = "" if final else units_clause(block.city, block.units)
        assert units in brief
    if not world.result.plan.area_unit().name.endswith("市"):
        assert "全市" not in page + brief
