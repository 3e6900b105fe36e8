"""The scorecard: matrix and tiles."""

import re
from pathlib import Path

import pytest

from metrics.plan import Plan
from tests.pages.visits import markup, six_of_seven, visit

PAGE = "progress/scorecard"


@pytest.fixture
def url(tmp_path: Path, plans: dict[str, Plan]) -> str:
    made = f"duckdb:///{tmp_path / 'real.duckdb'}"
    six_of_seven(made, plans["jxfs"])
    return made


def test_a_cell_names_its_status_in_words_and_leads_to_its_origin(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    shown = markup(visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", measure="actual"))
    cell = next(part for part in shown.split("<td") if "indicator=clusters-county" in part and "unit=330402" in part)
    assert "已完成" in cell
    assert "★" in cell
    assert "#origin" in cell


def test_a_unit_that_sent_nothing_shows_a_dash_and_not_a_zero(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    shown = markup(visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", measure="actual"))
    cell = next(part for part in shown.split("<td") if "indicator=stores" in part and "unit=330424" in part)
    assert "未报送" in cell
    assert ">0<" not in cell


def test_a_click_on_a_unit_opens_its_page(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    shown = markup(visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3"))
    assert "/unit?plan=jxfs&period=2025Q3&units=jx7&unit=330402" in shown


def test_the_tile_grid_says_that_it_is_a_sketch(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", view="tiles", indicator="clusters-county")
    assert markup(app).count('<a class="tile') == 8
    assert "不表示行政区域界线" in markup(app)


def test_the_title_tells_of_the_city_where_no_unit_can_be_judged(
    monkeypatch: pytest.MonkeyPatch, sample_url: str
) -> None:
    shown = markup(visit(monkeypatch, sample_url, PAGE, plan="jxdf", period="2025Q3"))
    good, judged = re.search(r"<b>(\d+)</b>/(\d+)", shown).groups()  # type: ignore[union-attr]
    assert f"<h1>全市 {judged}\u00a0项中 {int(judged) - int(good)}\u00a0项未达序时；各地尚不评判</h1>" in shown


def test_the_tiles_call_nobody_late_where_the_text_gives_no_day(
    monkeypatch: pytest.MonkeyPatch, sample_url: str
) -> None:
    query = {"plan": "jxdf", "period": "2025Q3", "view": "tiles", "indicator": "leaders-county"}
    shown = markup(visit(monkeypatch, sample_url, PAGE, **query))
    assert "各地数值，尚不评判</h1>" in shown
    assert "0\u00a0地达" not in shown


def test_the_same_figures_stand_in_a_table_beside_the_picture(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", view="tiles", indicator="stores")
    table = app.dataframe[0].value
    nanhu = table[table["地区"] == "南湖区"].iloc[0]
    assert nanhu["实际"] == "10"
    assert set(table["指标"]) == {"工厂店培育总数"}


def test_the_title_names_what_the_city_is_late_with_when_every_unit_is_well(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    shown = markup(visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3"))
    title = shown.split("<h1>")[1].split("</h1>")[0]
    assert title.startswith("全市 ")
    assert title.endswith("均已达到")
