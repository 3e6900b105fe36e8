"""One county: its figures, what it sent, its rosters."""

from datetime import datetime

import pytest

from metrics.plan import Plan
from store.database import open_database
from tests.pages.visits import markup, reported, said, six_of_seven, visit

PAGE = "progress/unit"


def test_targets_of_its_own_come_before_what_is_only_counted(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, plans: dict[str, Plan]
) -> None:
    url = f"duckdb:///{tmp_path_factory.mktemp('unit') / 'real.duckdb'}"
    six_of_seven(url, plans["jxfs"])
    page = markup(visit(monkeypatch, url, PAGE, plan="jxfs", unit="330402"))
    assert page.index("有本地目标的指标") < page.index("各地集聚区数") < page.index("只列数值的指标")
    assert "★ 已完成" in page
    assert "indicator=stores&unit=330402#origin" in page


def test_a_replaced_version_stays_on_the_list(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, plans: dict[str, Plan]
) -> None:
    url = f"duckdb:///{tmp_path_factory.mktemp('unit') / 'real.duckdb'}"
    database = open_database(url)
    for day, stores in ((8, 10), (20, 12)):
        reported(database, plans["jxfs"], "330402", "2025Q3", {"stores": stores}, when=datetime(2025, 10, day, 9))
    database.close()
    sent = visit(monkeypatch, url, PAGE, plan="jxfs", unit="330402").dataframe[0].value
    assert list(sent["版本"]) == ["现行", "已被替换"]
    assert sent["发布时间"].iloc[0] == "2025-10-20 09:00"


def test_the_search_finds_rows_by_every_word_whatever_its_width(
    monkeypatch: pytest.MonkeyPatch, sample_url: str
) -> None:
    app = visit(monkeypatch, sample_url, PAGE, plan="jxfs", unit="330402")
    every = app.dataframe[-1].value
    name, code = every["门店名称"].iloc[0], every["统一社会信用代码"].iloc[0]
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code.lower())
    app.text_input(key="roster_search").set_value(f"{name[:4]} {wide}").run()
    assert list(app.dataframe[-1].value["统一社会信用代码"]) == [code]
    app.text_input(key="roster_search").set_value("没有这家店").run()
    assert "没有找到“没有这家店”" in markup(app)


def test_the_lists_are_those_of_the_quarter_looked_at(monkeypatch: pytest.MonkeyPatch, sample_url: str) -> None:
    early, late = (
        visit(monkeypatch, sample_url, PAGE, plan="jxfs", unit="330402", period=quarter)
        for quarter in ("2024Q1", "2025Q3")
    )
    assert "2024年一季度报送，" in markup(early)
    assert "2025年三季度报送，" in markup(late)
    assert len(early.dataframe[-1].value) < len(late.dataframe[-1].value)


def test_every_reporter_can_be_looked_at(
    monkeypatch: pytest.MonkeyPatch, sample_url: str, plans: dict[str, Plan]
) -> None:
    app = visit(monkeypatch, sample_url, PAGE, plan="jxfs")
    for unit in plans["jxfs"].reporting_units():
        app.selectbox(key="pick_unit").set_value(unit).run()
        assert f"<h1>{plans['jxfs'].units[unit].name}</h1>" in markup(app)
        assert "这一页暂时打不开" not in markup(app)
        assert said(app, "unit") == unit


def test_a_unit_that_sent_nothing_is_told_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    url = f"duckdb:///{tmp_path_factory.mktemp('unit') / 'real.duckdb'}"
    page = markup(visit(monkeypatch, url, PAGE, plan="jxfs", unit="330402"))
    assert "还没有报送过。" in page
