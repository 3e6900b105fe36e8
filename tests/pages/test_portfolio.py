"""All plans on one page, and one firm across them."""

from datetime import datetime
from pathlib import Path

import pytest

from metrics.period import Period
from metrics.plan import Plan
from store.database import Database, open_database
from store.sending import save_submission
from store.submissions import RosterRow, Submission
from tests.pages.visits import markup, reported, said, six_of_seven, visit

PAGE = "progress/portfolio"
CODE = "91330402XX1000001A"


def listed(database: Database, plan: Plan, roster: str, values: dict[str, str]) -> None:
    at = datetime(2025, 10, 12, 9)
    rows = [RosterRow(roster, 5, values, "名册", {})]
    period = Period.parse("2025Q3")
    save_submission(
        database,
        plan,
        Submission(
            plan.plan, plan.version, "330402", period, f"{plan.plan}.xlsx", "0" * 64, None, at, at, "test", [], rows
        ),
    )


@pytest.fixture
def url(tmp_path: Path, plans: dict[str, Plan]) -> str:
    """Jiaxing's factory stores reported by six of seven, Xiuzhou's fairs at its end: 2 of 3."""
    made = f"duckdb:///{tmp_path / 'real.duckdb'}"
    six_of_seven(made, plans["jxfs"])
    database = open_database(made)
    reported(database, plans["xzti"], "XZ-JSJ", "2024Q2", {"expos": 2})
    database.close()
    return made


def line_of(shown: str, plan: str) -> str:
    return next(part for part in shown.split('<article class="plan-line">') if f"?plan={plan}&" in part)


def test_every_plan_has_one_line_with_its_status(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    shown = markup(visit(monkeypatch, url, PAGE))
    assert shown.count('<article class="plan-line">') == len(plans)
    assert "征求意见稿" in line_of(shown, "jxfs")
    assert "已印发" in line_of(shown, "xzti")


def test_a_running_plan_shows_its_quarter_and_who_has_reported(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    mine = line_of(markup(visit(monkeypatch, url, PAGE)), "jxfs")
    assert "2025年三季度" in mine
    assert "6/7 已报" in mine
    assert "百分点" in mine


def test_a_plan_that_has_ended_shows_its_verdict(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    mine = line_of(markup(visit(monkeypatch, url, PAGE)), "xzti")
    assert "已到期，2024年二季度结论" in mine
    assert "逾期未完成" in mine
    assert "完成 66.7%" in mine


def test_a_plan_without_reports_says_so(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    shown = markup(visit(monkeypatch, url, PAGE))
    assert "还没有报表" in line_of(shown, "scec")
    assert "没有任何一家报送过" in line_of(shown, "hznr")


def test_a_quarter_before_a_plan_begins_says_when_it_does(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, at="2023Q3")
    assert "尚未开始，2024年1月1日起" in line_of(markup(app), "jxfs")
    assert said(app, "at") == "2023Q3"


def test_each_line_opens_the_plan_in_its_own_quarter(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    mine = line_of(markup(visit(monkeypatch, url, PAGE)), "xzti")
    assert "/?plan=xzti&period=2024Q2&units=xz6" in mine


def test_hopes_stand_in_a_row_of_their_own(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    mine = line_of(markup(visit(monkeypatch, url, PAGE)), "jxfs")
    firm, hoped = mine.split('<p class="counts hoped">')
    assert "力争" not in firm
    assert hoped.startswith('<span class="badge hoped">力争</span>')


@pytest.fixture
def firm_url(url: str, plans: dict[str, Plan]) -> str:
    """Nanhu lists one firm as a store's producer and as an exporter, under the same credit code."""
    database = open_database(url)
    store = {"name": "甲工厂店", "producer": "甲公司", "uscc": CODE, "address": "路1号", "opened": "2025-02-03"}
    listed(database, plans["jxfs"], "stores", store)
    listed(database, plans["jxdf"], "firms", {"name": "甲<公司>", "uscc": CODE, "first_export": "2025-07-01"})
    database.close()
    return url


def test_a_firm_of_two_plans_is_one_firm(monkeypatch: pytest.MonkeyPatch, firm_url: str) -> None:
    shown = markup(visit(monkeypatch, firm_url, PAGE))
    assert "有 1 家企业出现在不止一个计划的名册里" in shown
    assert shown.count('<section class="firm">') == 1
    mine = shown.split('<section class="firm">')[1]
    assert CODE in mine
    assert "2 个计划" in mine
    assert "各名册所填名称不一" in mine
    assert "jxdf.xlsx · 名册 · 第 5 行" in mine


def test_a_firm_counts_for_each_plans_indicators_by_themselves(monkeypatch: pytest.MonkeyPatch, firm_url: str) -> None:
    rows = markup(visit(monkeypatch, firm_url, PAGE)).split('<section class="firm">')[1].split("<tr>")
    factory = next(row for row in rows if "工厂店促消费计划" in row)
    assert "工厂店培育总数" in factory
    assert "indicator=stores" in factory
    assert "indicator=a1-new-exporters" not in factory


def test_a_search_finds_a_firm_by_a_part_of_its_name(monkeypatch: pytest.MonkeyPatch, firm_url: str) -> None:
    app = visit(monkeypatch, firm_url, PAGE)
    found = next(box for box in app.text_input if box.key == "firm_search").set_value("甲工厂").run()
    assert CODE in markup(found)
    nothing = next(box for box in app.text_input if box.key == "firm_search").set_value("没有这家").run()
    assert "没有找到“没有这家”" in markup(nothing)


def test_the_overview_keeps_hopes_out_of_its_score(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    before = markup(visit(monkeypatch, url, plan="jxfs", period="2025Q3"))
    assert "不合并计分" not in before
    hoped = next(
        name
        for name, indicator in plans["jxfs"].indicators.items()
        if indicator.aspirational and indicator.kind == "annual" and "@units" in indicator.reporters
    )
    database = open_database(url)
    reported(database, plans["jxfs"], "330424", "2025Q3", {hoped: 1})
    database.close()
    after = markup(visit(monkeypatch, url, plan="jxfs", period="2025Q3"))
    assert before.split("<h1>")[1].split("</h1>")[0] == after.split("<h1>")[1].split("</h1>")[0]
    assert "另有 1 项“力争”“争取”的目标：0 项达序时或已完成，1 项落后，不合并计分" in after
