"""Pictures and tables to take away."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from exports import CARDS, PAPERS
from exports.jobs import JobFailed
from metrics.plan import Plan
from pages.parts import taken
from pages.parts.exports import packs
from store.audit import list_entries
from store.database import open_database
from store.people import NotAllowed, Person
from tests.pages.visits import markup, said, six_of_seven, visit

PAGE = "exports/export"


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory, plans: dict[str, Plan]) -> str:
    address = f"duckdb:///{tmp_path_factory.mktemp('export') / 'real.duckdb'}"
    six_of_seven(address, plans["jxfs"])
    return address


def test_a_card_is_previewed_with_its_table_and_offered_as_picture_and_document(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3")
    assert not app.exception
    assert len(app.image) == 1
    assert [button.label for button in app.get("download_button")] == ["下载 PNG", "下载 PDF"]
    assert "嘉兴市" in set(app.dataframe[0].value["地区"])


def test_every_content_can_be_chosen(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", indicator="clusters-county")
    for content in (*CARDS, *PAPERS, "brief", "table"):
        app.selectbox(key="pick_content").set_value(content).run()
        assert not app.exception
        assert "这一页暂时打不开" not in markup(app)
        assert said(app, "content") == content
    labels = [button.label for button in app.get("download_button")]
    assert labels == ["下载 XLSX", "下载 CSV", "下载 JSON", "下载 PDF", "下载 PPTX", "下载 HTML"]


@pytest.mark.parametrize(("paper", "pages"), [("units", 8), ("sheet", 1)])
def test_a_paper_is_shown_page_by_page_before_it_is_taken(
    monkeypatch: pytest.MonkeyPatch, url: str, paper: str, pages: int
) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", content=paper)
    assert not app.exception
    assert len(app.image) == pages
    assert [button.label for button in app.get("download_button")] == ["下载 PDF"]


def test_the_text_of_the_brief_is_edited_recorded_and_taken_back(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", content="brief")
    assert "还没有改过" in markup(app)
    text = app.text_area[0].value
    app.text_area[0].set_value(text.replace("通报如下", "报告如下") + "\n请各地对照落实。").run()
    shown = markup(app)
    assert "有没保存的修改" in shown and "改动（2处）" in shown
    assert "<del>通</del>" in shown and "<ins>请各地对照落实。</ins>" in shown
    app.text_input(key="brief-who").set_value("王处长")
    button(app, "保存修改").click().run()
    assert "王处长" in markup(app) and "改过2处，下载的通报用的是改后的文字" in markup(app)
    assert app.text_area[0].value.endswith("请各地对照落实。")
    button(app, "恢复原句").click().run()
    assert app.text_area[0].value == text
    assert "恢复原句" in markup(app) and "还没有改过" in markup(app)


def test_a_changed_figure_in_the_text_is_pointed_out(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", content="brief")
    app.text_area[0].set_value(app.text_area[0].value.replace("全市60家", "全市80家")).run()
    assert "改了数字，与附表不再一致" in markup(app)


def button(app: AppTest, label: str) -> Button:
    return next(found for found in app.button if found.label == label)


def test_a_card_offers_the_indicators_that_can_fill_it_and_its_other_shape(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", content="floor")
    assert app.selectbox(key="pick_indicator").options == ["各地集聚区数", "各地工厂店品牌活动数"]
    assert len(app.image) == 1
    shape = next(group for group in app.get("button_group") if group.key == "shape-floor")
    shape.set_value("wall").run()
    assert not app.exception and len(app.image) == 1


def test_an_indicator_without_units_says_why_there_is_no_tile_grid(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", content="tilegrid", indicator="city-showcase")
    assert "没有分地数据，不出此图。请换一种图或换一项指标。" in markup(app)
    assert not app.image


def test_an_empty_database_leads_to_the_template(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    empty = f"duckdb:///{tmp_path_factory.mktemp('empty') / 'real.duckdb'}"
    app = visit(monkeypatch, empty, PAGE, plan="jxfs")
    assert not app.exception
    assert "/submit?" in markup(app)


def test_a_pack_is_made_listed_with_who_and_when_and_not_made_twice(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3")
    app.get("button_group")[-1].set_value(["json"])
    app.text_input(key="pack-who").set_value("市专班")
    button(app, "生成成套材料").click().run()
    assert not app.exception
    assert "市专班 · " in markup(app) and "2个文件" in markup(app)
    labels = [button.label for button in app.get("download_button")]
    assert labels.count("下载压缩包") == 1
    button(app, "生成成套材料").click().run()
    assert [button.label for button in app.get("download_button")].count("下载压缩包") == 1


def test_a_pack_shows_its_pages_once_made_and_hides_them_on_request(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", content="table")
    app.get("button_group")[-1].set_value(["pdf"])
    button(app, "生成成套材料").click().run()
    assert not app.exception
    files = app.selectbox(key="seen-pack-0").options
    assert [name.partition("2025年三季度 ")[2] for name in files] == [
        "进度总表.pdf",
        "各地逐页（A4）.pdf",
        "进度一览（A3）.pdf",
    ]
    app.selectbox(key="seen-pack-0").set_value(files[1]).run()
    assert len(app.image) == 8
    button(app, "收起预览").click().run()
    assert not app.image


def test_a_pack_whose_pages_cannot_be_drawn_is_kept_all_the_same(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    def fail(files: object, folder: object) -> None:
        raise JobFailed

    monkeypatch.setattr(packs, "look", fail)
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", content="table")
    app.get("button_group")[-1].set_value(["json"])
    button(app, "生成成套材料").click().run()
    assert "没有画成" in app.warning[0].value
    assert [found.label for found in app.get("download_button")].count("下载压缩包") == 1


def test_every_download_is_in_the_audit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    database = open_database(f"duckdb:///{tmp_path / 'real.duckdb'}")
    monkeypatch.setattr(taken, "visitor", lambda: Person("li", "李", "leader"))
    acting = database.acting_as(Person("li", "李", "leader"))
    take = taken.recorded(acting, lambda: b"bytes", {"plan": "jxfs", "file": "a.pdf"})
    assert take() == b"bytes"
    entry = list_entries(database, action="export").iloc[0]
    assert (entry["who"], entry["detail"]) == ("li", {"plan": "jxfs", "file": "a.pdf", "bytes": 5})
    county = database.acting_as(Person("a", "A", "county", "330402"))
    with pytest.raises(NotAllowed):
        taken.recorded(county, lambda: b"bytes", {})()
    assert len(list_entries(database, action="export")) == 1
    database.close()
