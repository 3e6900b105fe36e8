"""资金: rules as printed, claims with their checks, the payout rate, and what an item would get."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from loaders.samples.rows import rows_of
from loaders.samples.story import Story
from metrics.period import Period
from metrics.plan import Plan
from store.database import Database, open_database
from store.decisions import save_decision
from store.sending import save_submission
from store.submissions import RosterRow, Submission
from tests.pages.visits import markup, visit

MONEY = "plans/money"
SENT = {"jxfs": "2025Q3", "jxdf": "2025Q3", "xzti": "2024Q2", "hznr": "2021Q1"}


def send_money(database: Database, plan: Plan, quarter: str) -> None:
    """Every keeper's invented claims and payouts as of a quarter."""
    period = Period.parse(quarter)
    moment = datetime.combine(period.end, datetime.min.time()) + timedelta(days=8)
    for unit in plan.reporting_units():
        rows = [
            RosterRow(roster, number, row, roster, dict.fromkeys(row, f"A{number}"))
            for roster in ("claims", "payouts")
            for number, row in enumerate(rows_of(Story(plan, {}), roster, unit, period), start=5)
        ]
        if rows:
            more = {"received_at": moment, "published_at": moment, "published_by": "test", "template_version": None}
            sent = Submission(
                plan.plan, plan.version, unit, period, "m.xlsx", "0" * 64, figures=[], roster_rows=rows, **more
            )
            save_submission(database, plan, sent)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, plans: dict[str, Plan]) -> str:
    address = f"duckdb:///{tmp_path_factory.mktemp('money') / 'money.duckdb'}"
    database = open_database(address)
    for name, quarter in SENT.items():
        send_money(database, plans[name], quarter)
    database.close()
    return address


def page(monkeypatch: pytest.MonkeyPatch, url: str, plan: str, period: str | None = None, **query: str) -> AppTest:
    app = visit(monkeypatch, url, MONEY, plan=plan, period=period or SENT[plan], **query)
    assert not app.exception
    assert "暂时打不开" not in markup(app)
    return app


@pytest.mark.parametrize("plan", ["jxfs", "jxdf", "xzti", "hznr", "scec"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_of_every_plan_can_be_read(monkeypatch, url, plans, plan, lang):
    shown = markup(page(monkeypatch, url, plan, SENT.get(plan, "2023Q4"), lang=lang))
    for rule in plans[plan].money.values():
        assert rule.name.by("en" if lang == "en" else "zh_CN") in shown
        assert all(clause in shown for clause in rule.clauses)


def test_amounts_are_ceilings_sums_and_steps_as_printed(monkeypatch, url):
    xiuzhou, hangzhou = markup(page(monkeypatch, url, "xzti")), markup(page(monkeypatch, url, "hznr"))
    assert "最高 100万元" in xiuzhou
    assert "国际：200万元" in xiuzhou
    assert "不低于 70%" in xiuzhou
    assert "2000平方米（含）至5000平方米：最高 50万元" in hangzhou
    assert "市级 25%，区县 75%" in hangzhou


def test_what_the_cost_share_covers_is_marked_as_assumed_and_opens_both_readings(monkeypatch, url, plans):
    shown = markup(page(monkeypatch, url, "hznr"))
    assert "适用于（推定）" in shown
    assert plans["hznr"].tensions["HZ-06"].statement.zh in shown


def test_a_decided_reading_is_no_longer_assumed_and_changes_who_bears_what(monkeypatch, url, plans, tmp_path):
    address = f"duckdb:///{tmp_path / 'decided.duckdb'}"
    database = open_database(address)
    send_money(database, plans["hznr"], "2021Q1")
    save_decision(database, plans["hznr"], "HZ-06", "one", why="示例", who="示例", now=datetime(2024, 1, 5))
    database.close()
    shown = markup(page(monkeypatch, address, "hznr"))
    assert "适用于（推定）" not in shown
    assert "规则缺失，未拆分" not in shown  # a model street is no longer split, so nothing is missing


def test_a_plan_that_has_ended_greys_its_rules_and_one_that_runs_does_not(monkeypatch, url):
    assert "已过期" in markup(page(monkeypatch, url, "xzti"))
    assert "已过期" not in markup(page(monkeypatch, url, "xzti", "2023Q4"))
    assert "已过期" not in markup(page(monkeypatch, url, "jxfs"))


def test_each_finding_stands_below_its_claim(monkeypatch, url):
    shown = markup(page(monkeypatch, url, "hznr"))
    assert "面积 2000 平方米属于“2000平方米（含）至5000平方米”，填的档次是“800平方米（含）至2000平方米”" in shown
    assert "按市级 25%、区县 75%分担，市级应为 10万元，区县应为 30万元" in shown
    assert "规则缺失：原文没有载明本单位的市、区县分担比例" in shown
    assert "10 笔申报，7 笔需核对" in shown


def test_the_first_store_is_shown_on_both_sides(monkeypatch, url):
    assert "同一对象已在“秀洲传统产业方案”按“品牌首店补助”申报" in markup(page(monkeypatch, url, "jxfs"))
    assert "同一对象已在“工厂店促消费计划”按“品牌首店补助”申报" in markup(page(monkeypatch, url, "xzti"))


def test_parts_that_were_not_sent_are_split_to_the_yuan(monkeypatch, url):
    shown = markup(page(monkeypatch, url, "hznr"))
    assert '4.9999万元<span class="note">按比例</span>' in shown
    assert '15万元<span class="note">按比例</span>' in shown


def test_only_what_needs_checking_can_be_shown(monkeypatch, url):
    app = page(monkeypatch, url, "hznr")
    assert "示例上城生活超市" in markup(app)
    app.get("button_group")[-1].set_value("flagged").run()
    assert "示例上城生活超市" not in markup(app)
    assert "示例西湖智慧超市" in markup(app)


def test_the_payout_rate_is_given_both_ways_and_june_is_not_scored(monkeypatch, url):
    shown = markup(page(monkeypatch, url, "xzti"))
    june, september = shown.split("2023年9月30日：目标 100%")
    assert "期限早于方案施行日（2023年7月1日），仅供参考，不计分。" in june
    assert "90.0%" in june
    assert "66.7%" in june
    assert "逾期未完成" not in june
    assert "逾期未完成" in september
    assert "已兑付 6 件 / 应兑付 8 件" in september


def test_the_last_day_of_a_deadline_already_has_its_verdict(monkeypatch, url, plans, tmp_path):
    address = f"duckdb:///{tmp_path / 'early.duckdb'}"
    database = open_database(address)
    send_money(database, plans["xzti"], "2023Q3")
    database.close()
    shown = markup(page(monkeypatch, address, "xzti", "2023Q3"))
    assert "逾期未完成" in shown.split("2023年9月30日：目标 100%")[1]
    assert "期限未到" not in shown


def test_what_would_this_get_answers_with_a_ceiling_and_its_exact_parts(monkeypatch, url):
    app = page(monkeypatch, url, "hznr", rule="r2")
    assert "请填面积" in markup(app)
    app.number_input(key="area-r2").set_value(2000.0).run()
    app.selectbox(key="unit-r2").set_value("330109").run()
    shown = markup(app)
    assert "最高 50万元" in shown
    assert "市级 12.5万元，区县 37.5万元（市级 25%）" in shown
    app.selectbox(key="unit-r2").set_value("HZ-XHFJ").run()
    assert "规则缺失：原文没有载明杭州西湖风景名胜区的分担比例，不作拆分。" in markup(app)


def test_an_expired_rule_and_a_sum_of_a_level_are_answered_exactly(monkeypatch, url):
    app = page(monkeypatch, url, "xzti", "2023Q4", rule="r3")
    app.selectbox(key="level-r3").set_value("r3.2").run()
    assert '<p class="big">150万元</p>' in markup(app)
    app.date_input(key="day-r3").set_value(datetime(2024, 7, 1).date()).run()
    assert "已于2024年6月30日过期" in markup(app)


def test_before_anything_is_sent_the_page_says_who_sends_it(monkeypatch, tmp_path: Path):
    empty = f"duckdb:///{tmp_path / 'empty.duckdb'}"
    open_database(empty).close()
    shown = markup(page(monkeypatch, empty, "xzti", "2023Q4"))
    assert "由区经商局、区发改局、区科技局、区金融办随季报报送" in shown
    assert "还没有报送惠企资金兑付台账" in shown
    assert "不收补助申报台账" in markup(page(monkeypatch, empty, "scec", "2023Q4"))


def test_a_past_day_is_replayed(monkeypatch, url):
    shown = markup(page(monkeypatch, url, "hznr", known="2021-04-01T00:00"))
    assert "到这一季还没有补助申报" in shown
