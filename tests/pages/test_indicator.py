"""The indicator page: meaning, standing, and the way back to the cell."""

from contextlib import closing

import pytest
import streamlit as st

from metrics.period import Period
from metrics.plan import Plan
from store.actuals import origins
from store.database import open_database
from tests.pages.visits import markup, reported, said, six_of_seven, visit

PAGE = "progress/indicator"


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory, plans: dict[str, Plan]) -> str:
    address = f"duckdb:///{tmp_path_factory.mktemp('indicator') / 'real.duckdb'}"
    six_of_seven(address, plans["jxfs"])
    return address


def test_the_definition_tells_clause_words_owner_and_contradictions(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", indicator="stores")
    assert not app.exception
    page = markup(app)
    for words in ("一(三)", "「100家」、「300家以上」", "2024年底 100家；2026年底 ≥300家", "市经信局（任务分工写明）"):
        assert words in page
    assert "计划原文的出入" in page


def test_the_headline_says_how_far_how_fast_and_who_is_missing(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    page = markup(visit(monkeypatch, url, PAGE, plan="jxfs", indicator="stores", period="2025Q3"))
    for words in ("60家", "≥300家", "20.0%", "个百分点", "未报：海盐", "严重滞后", "暂定"):
        assert words in page


def test_three_counts_of_pacesetters_stand_apart_and_are_never_divided(
    monkeypatch: pytest.MonkeyPatch, sample_url: str
) -> None:
    page = markup(visit(monkeypatch, sample_url, PAGE, plan="jxdf", indicator="leaders-2025", period="2025Q3"))
    section = page.split("同一件事的几个数")[1].split("</table>")[0]
    for words in ("100家，2025年底", "36家", "24家，2022年底", "不相除也不相加"):
        assert words in section
    assert "36.0%" not in section
    alone = markup(visit(monkeypatch, sample_url, PAGE, plan="jxdf", indicator="credit", period="2025Q3"))
    assert "同一件事的几个数" not in alone


def test_every_picture_has_its_table_next_to_it(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", indicator="clusters-county", period="2025Q3")
    assert len(app.get("plotly_chart")) == 3
    assert markup(app).split("这个数从哪里来")[0].count('<table class="plain">') == 3


def test_an_earlier_figure_leads_to_its_own_quarter_where_its_parts_come_to_it(
    monkeypatch: pytest.MonkeyPatch, sample_url: str
) -> None:
    page = markup(visit(monkeypatch, sample_url, PAGE, plan="jxfs", indicator="stores", period="2025Q3"))
    earlier = (
        '<a class="figure" target="_self" href="/indicator?plan=jxfs&period=2025Q1&units=jx7&indicator=stores#origin">'
    )
    total = page.split(earlier)[1].split("</a>")[0]
    opened = markup(visit(monkeypatch, sample_url, PAGE, plan="jxfs", indicator="stores", period="2025Q1"))
    assert f"全市 {total}家。" in opened.split("这个数由哪些单位合成")[1]


def test_a_district_of_before_a_reform_leads_to_its_figure_while_it_stood(
    monkeypatch: pytest.MonkeyPatch, sample_url: str
) -> None:
    query = {"plan": "hznr", "indicator": "brands-shops"}
    page = markup(visit(monkeypatch, sample_url, PAGE, **query, period="2023Q4"))
    section = page.split("这个数由哪些单位合成", 1)[1]
    assert "19 个单位合计，正好是全市" in section
    there = 'period=2021Q1&units=hz14&indicator=brands-shops&unit=330104#origin">'
    told = section.split(there)[2].split("</a>")[0]
    then = markup(visit(monkeypatch, sample_url, PAGE, **query, period="2021Q1", unit="330104"))
    assert f'<b class="big">{told}</b>' in then
    assert "示例-江干区-2021Q1.xlsx" in then


def test_an_indicator_that_nobody_reported_shows_its_definition(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    empty = f"duckdb:///{tmp_path_factory.mktemp('empty') / 'real.duckdb'}"
    page = markup(visit(monkeypatch, empty, PAGE, plan="jxfs", indicator="stores"))
    assert "还没有人报送" in page
    assert "「100家」、「300家以上」" in page


def test_every_indicator_of_every_plan_can_be_looked_at(
    monkeypatch: pytest.MonkeyPatch, sample_url: str, plans: dict[str, Plan]
) -> None:
    for plan in ("jxfs", "jxdf"):
        app = visit(monkeypatch, sample_url, PAGE, plan=plan)
        for indicator in plans[plan].indicators.values():
            app.selectbox(key="pick_indicator").set_value(indicator.indicator).run()
            assert not app.exception, indicator.indicator
            assert "这一页暂时打不开" not in markup(app)
            assert f"<h1>{indicator.name.zh}</h1>" in markup(app)
            assert said(app, "indicator") == indicator.indicator


def test_a_typed_figure_shows_its_cell_marked_among_its_neighbours(
    monkeypatch: pytest.MonkeyPatch, sample_url: str, plans: dict[str, Plan]
) -> None:
    database = open_database(sample_url)
    (row,) = origins(database, plans["jxdf"], "exports-new", "JX-HG", Period(2025, 2)).itertuples()
    database.close()
    page = markup(visit(monkeypatch, sample_url, PAGE, plan="jxdf", indicator="exports-new", quarter="2025Q2"))
    assert f"工作表「{row.sheet}」{row.cell}" in page
    assert row.sha256 in page
    assert f'<td class="number marked"><div>{row.shown}</div></td>' in page


def test_an_altered_original_is_no_source_and_the_page_stands(
    monkeypatch: pytest.MonkeyPatch, sample_url: str, plans: dict[str, Plan]
) -> None:
    database = open_database(sample_url)
    (row,) = origins(database, plans["jxdf"], "exports-new", "JX-HG", Period(2025, 2)).itertuples()
    (database.files / row.sha256[:2] / row.sha256).write_bytes(b"something else")
    database.close()
    st.cache_resource.clear()  # a file that was read and checked before stays with the process
    app = visit(monkeypatch, sample_url, PAGE, plan="jxdf", indicator="exports-new", quarter="2025Q2")
    assert "与指纹不符" in app.error[0].value
    assert "外贸出口额" in markup(app)


def test_a_count_opens_into_its_stores_and_the_picked_one_stands_in_its_sheet(
    monkeypatch: pytest.MonkeyPatch, sample_url: str
) -> None:
    app = visit(monkeypatch, sample_url, PAGE, plan="jxfs", indicator="stores", **{"from": "330402"})
    listed = app.dataframe[-1].value
    assert f"按名册计数：{len(listed)} 条" in markup(app)
    first = listed.iloc[0]
    assert f'<td class="marked"><div>{first["门店名称"]}</div></td>' in markup(app)


def test_a_new_indicator_forgets_the_quarter_looked_up_for_the_old_one(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", indicator="stores", quarter="2025Q1", unit="330402")
    app.selectbox(key="pick_indicator").set_value("promo-events").run()
    assert said(app, "quarter") is None
    assert said(app, "unit") is None


def test_an_unknown_indicator_in_the_address_falls_back_to_the_first(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", indicator="no-such-thing", unit="999999")
    assert not app.exception
    assert app.selectbox(key="pick_indicator").value == "stores"


def test_a_target_already_passed_is_not_called_out_of_reach(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    with closing(open_database(url)) as database:
        for quarter, added in (("2025Q2", 900), ("2025Q3", 0)):
            reported(database, plans["jxdf"], "JX-HG", quarter, {"exports-new": added * 10**8})
        reported(database, plans["jxdf"], "JX-HG", "2025Q1", {"exports-new": 100 * 10**8})
    page = markup(visit(monkeypatch, url, PAGE, plan="jxdf", indicator="exports-new", period="2025Q3"))
    assert "已完成" in page
    assert "达不到" not in page
