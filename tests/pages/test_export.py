"""Pictures and tables to take away."""

import pytest

from metrics.plan import Plan
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
    for content in ("progress", "scorecard", "tilegrid", "waterfall", "table"):
        app.selectbox(key="pick_content").set_value(content).run()
        assert not app.exception
        assert "这一页暂时打不开" not in markup(app)
        assert said(app, "content") == content
    labels = [button.label for button in app.get("download_button")]
    assert labels == ["下载 XLSX", "下载 CSV", "下载 JSON", "下载 PDF", "下载 PPTX", "下载 DOCX", "下载 HTML"]


def test_an_indicator_without_units_says_why_there_is_no_tile_grid(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", content="tilegrid", indicator="city-showcase")
    assert "画不了方块图" in markup(app)
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
    make = next(button for button in app.button if button.label == "生成成套材料")
    make.click().run()
    assert not app.exception
    assert "市专班 · " in markup(app) and "2个文件" in markup(app)
    labels = [button.label for button in app.get("download_button")]
    assert labels.count("下载压缩包") == 1
    next(button for button in app.button if button.label == "生成成套材料").click().run()
    assert [button.label for button in app.get("download_button")].count("下载压缩包") == 1
