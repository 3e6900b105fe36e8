"""Every card in every state: drawn, of the right size, not blank, and with its proof at the foot."""

import io
from typing import Any

import pytest
from PIL import Image

from exports import CARDS, CardError, card_data, cards_of, write_card
from exports.cards import SHAPES, SIZES
from metrics.result import Result
from tests.exports.worlds import allocated, composite, department, everyone, floor, only_indicator, share, stores

DRAWN = [f"{card}@{shape}" for card in CARDS for shape in SHAPES[card]]
WORLDS = everyone()


def picture(result: Result, card: str, language: str = "zh_CN") -> Image.Image:
    return Image.open(io.BytesIO(write_card(result, card, only_indicator(result), language)))


def said(result: Result, card: str = "progress", language: str = "zh_CN") -> dict[str, Any]:
    return card_data(result, card, only_indicator(result), language)


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("card", DRAWN)
def test_a_card_is_drawn_in_every_state_or_says_why_not(world: str, card: str) -> None:
    result = WORLDS[world]
    name, _, shape = card.partition("@")
    if name not in cards_of(result, only_indicator(result)):
        with pytest.raises(CardError, match="不出此图"):
            write_card(result, card, only_indicator(result))
        return
    drawn = picture(result, card)
    assert drawn.size == SIZES[shape]
    assert len(drawn.convert("L").resize((40, 40)).getcolors() or []) > 10


@pytest.mark.parametrize("card", [card for card in DRAWN if card[:5] not in ("goals", "floor")])
def test_a_card_is_drawn_in_english_too(card: str) -> None:
    assert picture(allocated([120, 61, 57, 50, 40, 20, 0]), card, "en").size == SIZES[card.partition("@")[2]]


@pytest.mark.parametrize("card", ["floor@phone", "floor@wall", "goals@phone", "goals@wall"])
def test_minimums_and_both_goals_are_drawn_in_english_too(card: str) -> None:
    assert picture(floor() if card[:5] == "floor" else composite(), card, "en").size == SIZES[card.partition("@")[2]]


def test_an_unknown_card_or_shape_is_refused() -> None:
    for card in ("scorecard@phone", "nothing", "floor@cinema"):
        with pytest.raises(LookupError):
            write_card(floor(), card)


def test_only_units_make_a_tile_grid_or_a_waterfall() -> None:
    for result in (department(), composite()):
        assert not {"tilegrid", "waterfall", "floor"} & set(cards_of(result, only_indicator(result)))


@pytest.mark.parametrize("card", [card for card in CARDS if card not in ("goals", "floor")])
def test_date_version_source_and_marks_are_on_every_card(card: str) -> None:
    data = said(stores(sample=True), card)
    assert "数据截至2025年9月30日" in data["notes"][-1]
    assert "计划版本：1（征求意见稿）" in data["notes"][-1]
    assert "来源：" in data["notes"][-1]
    assert [mark["text"] for mark in data["marks"] if mark["text"] != "暂定"] == ["征求意见稿", "示例数据"]


@pytest.mark.parametrize("card", ["progress", "scorecard", "worst", "tilegrid", "waterfall"])
def test_a_drawn_schedule_is_called_ours(card: str) -> None:
    assert any("序时为本系统按直线推算，计划未载明" in note for note in said(stores(), card)["notes"])


def test_the_tile_grid_says_that_it_is_no_map() -> None:
    notes = "".join(said(stores(), "tilegrid")["notes"])
    assert "方块按大致方位排列，仅为示意，不表示行政区域界线" in notes


def test_tiles_lie_as_the_places_lie() -> None:
    tiles = {tile["name"]: (tile["row"], tile["column"]) for tile in said(stores(), "tilegrid")["tiles"]}
    assert tiles["嘉善"][0] < tiles["南湖"][0] < tiles["海盐"][0]
    assert tiles["桐乡"][1] < tiles["南湖"][1] < tiles["平湖"][1]


def test_without_a_target_of_its_own_a_unit_is_listed_by_value_and_has_no_lamp() -> None:
    data = said(stores())
    assert data["heads"]["section"] == "各地数值（计划未分解到各地）"
    assert [row["strong"] for row in data["rows"]] == ["25家", "20家", "20家", "18家", "16家", "15家", "12家"]
    assert all(row["label"]["shape"] == "" and row["tick"] is None for row in data["rows"])


def test_units_with_targets_stand_best_first_with_shape_and_words() -> None:
    rows = said(allocated([120, 61, 57, 50, 40, 20, 0]))["rows"]
    assert [row["label"]["shape"] for row in rows] == ["★", "●", "▲", "▲", "◆", "▼", "▼"]
    assert [row["label"]["text"] for row in rows][:3] == ["已完成", "快 2.7", "慢 1.3"]
    assert rows[0]["clipped"] is False


def test_a_runaway_bar_is_cut_with_a_mark() -> None:
    assert said(allocated([900, 61, 57, 50, 40, 20, 3]))["rows"][0]["clipped"] is True


def test_a_missing_unit_is_not_a_zero() -> None:
    data = said(stores((20, None, 15, 0, 25, 16, 20)))
    last, zero = data["rows"][-1], data["rows"][-2]
    assert (last["name"], last["value"], last["small"], last["label"]["text"]) == ("秀洲", None, "未报送", "未报送")
    assert (zero["name"], zero["value"], zero["strong"]) == ("海盐", 0.0, "0家")


def test_a_provisional_city_is_hatched_marked_and_explained() -> None:
    data = said(stores((20, None, 15, 0, 25, 16, 20)))
    assert data["city"]["hatched"] is True
    assert data["marks"][0]["text"] == "暂定"
    assert "暂定：已报6/7，缺秀洲。" in data["notes"]


def test_a_floor_shows_units_that_pass_and_the_shortfall() -> None:
    city = said(floor())["city"]
    assert (city["strong"], city["small"]) == ("5 / 7 地", "合计短缺4个")


def test_a_share_shows_what_it_is_made_of() -> None:
    data = said(share())
    assert (data["city"]["strong"], data["city"]["small"]) == ("40.0%", "400 / 1,000")


def test_a_composite_shows_its_goals_apart() -> None:
    rows = {row["name"]: row["strong"] for row in said(composite())["rows"]}
    assert rows == {"新增出口额": "102.0%", "新增内销额": "64.0%"}


def test_the_bands_are_printed_beside_the_lamps() -> None:
    legend = "".join(entry["text"] for entry in said(allocated([90, 61, 57, 50, 40, 20, 0]))["legend"])
    assert "达序时 ≥0" in legend
    assert "严重滞后 <−30" in legend


def test_the_steps_of_the_waterfall_add_up() -> None:
    result = allocated([90, 61, 57, 50, 40, 20, 3])
    steps = said(result, "waterfall")["steps"]
    amounts = [float(step["amount"].replace("−", "-")) for step in steps]
    assert sum(amounts[:-1]) == pytest.approx(amounts[-1], abs=0.4)
    assert steps[-1]["name"] == "全市"


def test_the_scorecard_prints_a_number_in_every_cell() -> None:
    data = said(allocated([120, 61, 57, 50, 40, 20, None]), "scorecard")
    cells = {row["name"]: row["cells"][0]["text"] for row in data["rows"]}
    assert cells["秀洲"] == "+2.7"
    assert cells["平湖"] == "▼ −38.3"
    assert cells["桐乡"] == "…"
