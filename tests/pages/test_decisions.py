"""裁定: settings with both readings, a decision that changes figures everywhere, and its undoing."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.plan import Plan
from store.database import open_database
from store.decisions import decisions, save_decision
from tests.pages.visits import markup, said, visit
from tests.versions import add_issued_version, plan_data

NOON = datetime(2025, 11, 3, 12)
PAGE = "plans/decisions"


def decided_options(url: str, plan: str) -> dict[str, str | None]:
    database = open_database(url)
    try:
        return {name: decision.option for name, decision in decisions(database, plan).items()}
    finally:
        database.close()


def decide(app: AppTest, tension: str, option: str | None, why: str, who: str) -> AppTest:
    """Fill the form of one setting and send it."""
    if option is not None:
        app.radio(key=f"option-{tension}").set_value(option)
    app.text_area(key=f"why-{tension}").set_value(why)
    app.text_input(key=f"who-{tension}").set_value(who)
    form = next(button for button in app.button if f"decide-{tension}" in (button.proto.form_id or ""))
    return form.click().run()


def stores(app: AppTest) -> str:
    """The value on the card of the stores."""
    card = next(part for part in markup(app).split('<a class="card') if "工厂店培育总数" in part)
    return re.search(r"<b>([\d,]+)</b>", card).group(1)


def test_every_setting_of_the_plan_stands_with_its_readings_and_its_state(
    monkeypatch: pytest.MonkeyPatch, sample_url: str, plans: dict[str, Plan]
):
    app = visit(monkeypatch, sample_url, PAGE, plan="jxdf")
    shown = markup(app)
    assert "5 处出入可由专班裁定：已裁定 0，按默认读法 2，待裁定 3" in shown
    for name in ("JD-07", "JD-08", "JD-10", "JD-11", "JD-14"):
        tension = plans["jxdf"].tensions[name]
        assert tension.statement.zh in shown and tension.show_as.zh in shown
        assert all(option.name.zh in shown for option in tension.options)
    assert not app.exception


def test_the_two_readings_of_additional_exports_stand_side_by_side_with_their_figures(
    monkeypatch: pytest.MonkeyPatch, sample_url: str
):
    shown = markup(visit(monkeypatch, sample_url, PAGE, plan="jxdf"))
    table = shown[shown.index('id="JD-07"') :]
    table = table[: table.index("</table>")]
    row = table[table.index("新增外贸出口额") :]
    figures = re.findall(r'figure-of">([\d,.]+)亿元', row)
    assert len(figures) >= 2 and figures[0] != figures[1]


@pytest.mark.parametrize(
    ("option", "why", "who", "missing"),
    [
        (None, "会议纪要", "市专班", "请选择一种读法。"),
        ("jx9", " ", "市专班", "请写明理由。"),
        ("jx9", "会议纪要", "", "请写明裁定人。"),
    ],
)
def test_nothing_is_decided_without_a_reading_a_reason_and_a_name(
    monkeypatch: pytest.MonkeyPatch, sample_url: str, option: str | None, why: str, who: str, missing: str
):
    app = decide(visit(monkeypatch, sample_url, PAGE, plan="jxfs"), "JF-05", option, why, who)
    assert [error.value for error in app.error] == [missing]
    assert decided_options(sample_url, "jxfs") == {}


def test_a_decision_changes_the_figures_at_once_and_withdrawing_it_restores_them(
    monkeypatch: pytest.MonkeyPatch, sample_url: str
):
    before = stores(visit(monkeypatch, sample_url, plan="jxfs"))
    app = decide(visit(monkeypatch, sample_url, PAGE, plan="jxfs"), "JF-11", "without", "会议纪要第三条", "市专班")
    assert decided_options(sample_url, "jxfs") == {"JF-11": "without"}
    assert "已裁定 1" in markup(app) and "会议纪要第三条" in markup(app)
    assert int(stores(visit(monkeypatch, sample_url, plan="jxfs"))) < int(before)
    app = decide(visit(monkeypatch, sample_url, PAGE, plan="jxfs"), "JF-11", "—", "另行研究", "市专班")
    assert "裁定记录（2）" in markup(app) and "撤回裁定" in markup(app)
    assert decided_options(sample_url, "jxfs") == {}
    assert stores(visit(monkeypatch, sample_url, plan="jxfs")) == before


def test_known_at_shows_the_figures_before_the_decision_and_nothing_can_be_decided_in_the_past(
    monkeypatch: pytest.MonkeyPatch, sample_url: str, plans: dict[str, Plan]
):
    before = stores(visit(monkeypatch, sample_url, plan="jxfs"))
    database = open_database(sample_url)
    later = datetime(2026, 1, 5, 12)
    save_decision(database, plans["jxfs"], "JF-11", "without", why="会议纪要", who="市专班", now=later)
    database.close()
    known = "2026-01-05T11:00"
    assert stores(visit(monkeypatch, sample_url, plan="jxfs", known=known)) == before
    app = visit(monkeypatch, sample_url, PAGE, plan="jxfs", known=known)
    assert "裁定请先回到最新数据" in markup(app)
    assert len(app.radio) == 0 and "已裁定 0" in markup(app)


def test_nine_units_decided_are_nine_units_shown_without_choosing_them(
    monkeypatch: pytest.MonkeyPatch, sample_url: str
):
    app = decide(visit(monkeypatch, sample_url, PAGE, plan="jxfs", units="jx7"), "JF-05", "jx9", "会议纪要", "市专班")
    assert said(app, "units") == "jx9"


def test_the_mark_on_a_card_opens_both_readings_with_who_when_and_why(
    monkeypatch: pytest.MonkeyPatch, sample_url: str, plans: dict[str, Plan]
):
    database = open_database(sample_url)
    save_decision(database, plans["jxfs"], "JF-09", "joint", why="会议纪要第五条", who="市专班", now=NOON)
    database.close()
    shown = markup(visit(monkeypatch, sample_url, plan="jxfs"))
    card = next(part for part in shown.split('<div class="slot">') if "专项促销活动场次" in part)
    assert "原文有出入" in card and "计划原文的出入" in card
    assert "市县合计每年100场以上" in card and "各县（市、区）每年各100场以上" in card
    assert "市专班于2025-11-03 12:00裁定。理由：会议纪要第五条" in card
    assert "/decisions?" in card and "#JF-09" in card


def test_what_is_not_decided_looks_undecided(monkeypatch: pytest.MonkeyPatch, sample_url: str):
    app = visit(monkeypatch, sample_url, "progress/indicator", plan="jxdf", indicator="domestic-share")
    shown = markup(app)
    assert "仅供参考" in shown and "尚未裁定，两种读法并列，不作定论" in shown
    assert "分母为全部外贸主体" in shown and "分母为有出口实绩的企业" in shown


def test_one_version_of_a_text_is_said_to_be_the_only_one(monkeypatch: pytest.MonkeyPatch, sample_url: str):
    app = visit(monkeypatch, sample_url, "plans/revision", plan="jxfs")
    assert "目前只有一个版本：draft-1（征求意见稿）" in markup(app)


def test_two_versions_are_compared_and_a_link_keeps_the_old_one(
    monkeypatch: pytest.MonkeyPatch, sample_url: str, tmp_path: Path
):
    monkeypatch.setenv("DASHBOARD_PLANS", str(add_issued_version(plan_data(tmp_path / "plans"))))
    app = visit(monkeypatch, sample_url, "plans/revision", plan="jxfs")
    shown = markup(app)
    assert "draft-1 与 issued-1 有" in shown and "现行" in shown
    assert "8个 · 2024年底" in shown and "≥15个 · 2026年底" in shown
    old = visit(monkeypatch, sample_url, plan="jxfs", version="draft-1")
    assert "draft-1 · 非现行文本" in markup(old) and said(old, "version") == "draft-1"
    assert "非现行文本" not in markup(visit(monkeypatch, sample_url, plan="jxfs"))
