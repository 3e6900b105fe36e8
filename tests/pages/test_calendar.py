"""报送日历: every quarter with its days, changed with a reason, and by nobody who may not."""

from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.period import Period
from metrics.plan import Plan
from store.calendar import list_changes, save_change
from store.database import open_database
from tests.pages.visits import join, markup, six_of_seven, visit, visit_as

PAGE = "submissions/calendar"
HAIYAN = "330424"
Q3 = Period.parse("2025Q3")


@pytest.fixture
def url(tmp_path: Path, plans: dict[str, Plan]) -> str:
    address = f"duckdb:///{tmp_path / 'real.duckdb'}"
    six_of_seven(address, plans["jxfs"])
    return address


def line(app: AppTest, quarter: str) -> str:
    """The line of one quarter."""
    page = markup(app)
    table = page[page.index('<table class="calendar">') : page.index("</table>")]
    return next(row for row in table.split("<tr>") if f'<th scope="row">{quarter}</th>' in row)


def changed(url: str, plan: Plan) -> list[tuple[str | None, str, str, str]]:
    database = open_database(url)
    try:
        return [(change.unit, change.step, change.why, change.who) for change in list_changes(database, plan)]
    finally:
        database.close()


def test_each_quarter_says_when_it_is_due_and_how_many_have_sent(monkeypatch: pytest.MonkeyPatch, url: str):
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3")
    assert "每季度结束后第 15 天到期，宽限 5 天，不会自动关闭" in markup(app)
    shown = line(app, "2025年三季度")
    assert "2025年10月15日" in shown and "2025年10月20日" in shown
    assert "有单位逾期" in shown and "6 / 10" in shown


def test_a_plan_that_is_over_shows_its_own_quarters_only(monkeypatch: pytest.MonkeyPatch, url: str):
    page = markup(visit(monkeypatch, url, PAGE, plan="xzti"))
    table = page[page.index('<table class="calendar">') : page.index("</table>")]
    assert table.count('<th scope="row">') == 4 and "2024年二季度" in table and "2024年三季度" not in table


def test_a_day_moved_for_one_unit_is_said_before_it_is_saved_and_stands_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
):
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3")
    app.selectbox(key="calendar-unit").set_value(HAIYAN).run()
    app.date_input(key="calendar-day-due").set_value(date(2025, 10, 27)).run()
    assert "将要：2025年三季度 · 海盐县 · 截止日改为2025年10月27日" in markup(app)
    app.text_area(key="calendar-why").set_value("台风影响")
    app.text_input(key="calendar-who").set_value("市专班 张三")
    app.button(key="calendar-save").click().run()
    assert changed(url, plans["jxfs"]) == [(HAIYAN, "due", "台风影响", "市专班 张三")]
    assert "海盐：截止 2025年10月27日" in line(app, "2025年三季度")
    assert "调整记录（1）" in markup(app) and "理由：台风影响" in markup(app)


@pytest.mark.parametrize(
    ("step", "day", "why", "fault"),
    [
        ("due", date(2025, 10, 27), " ", "请写明理由。"),
        ("due", date(2025, 9, 1), "试", "日期不能早于季度结束。"),
        ("due", None, "试", "截止日本来就是这天，请选新的日期。"),
        ("close", None, "试", "请选自哪天起关闭。"),
        ("reopen", None, "试", "这个季度没有关闭，不用重新开放。"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan], step: str, day: date | None, why: str, fault: str
):
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3")
    app.button_group(key="calendar-step").set_value(step).run()
    app.date_input(key=f"calendar-day-{step}").set_value(day)
    app.text_area(key="calendar-why").set_value(why)
    app.button(key="calendar-save").click().run()
    assert [error.value for error in app.error] == [fault]
    assert changed(url, plans["jxfs"]) == []


def test_a_closed_quarter_with_one_unit_let_in_again_says_both(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
):
    database, plan = open_database(url), plans["jxfs"]
    save_change(database, plan, Q3, None, "close", date(2025, 11, 1), why="归档", now=datetime(2025, 10, 30))
    until = date(2200, 1, 1)
    save_change(database, plan, Q3, HAIYAN, "reopen", until, why="补报", now=datetime(2025, 11, 5))
    database.close()
    shown = line(visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3"), "2025年三季度")
    assert "2025年11月1日起" in shown and "已关闭" in shown and "海盐：开放到 2200年1月1日" in shown


def test_before_everybody_is_given_another_day_those_who_lose_their_own_are_named(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
):
    database, plan = open_database(url), plans["jxfs"]
    save_change(database, plan, Q3, HAIYAN, "due", date(2025, 10, 27), why="台风", now=datetime(2025, 10, 9))
    database.close()
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3")
    assert "海盐原有单独的日期，将改按这次的调整。" in markup(app)
    app.button_group(key="calendar-step").set_value("close").run()
    assert "原有单独的日期" not in markup(app)


def test_a_county_sees_its_own_days_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
):
    database, plan = open_database(url), plans["jxfs"]
    save_change(database, plan, Q3, HAIYAN, "due", date(2025, 10, 27), why="台风", now=datetime(2025, 10, 9))
    save_change(database, plan, Q3, "330402", "due", date(2025, 10, 28), why="换人", now=datetime(2025, 10, 9))
    database.close()
    join(url, "haiyan", "county", HAIYAN)
    app = visit_as(monkeypatch, url, "haiyan", PAGE, plan="jxfs", period="2025Q3")
    assert not app.exception and "calendar-save" not in {button.key for button in app.button}
    assert "2025年10月27日" in line(app, "2025年三季度") and "0 / 1" in line(app, "2025年三季度")
    assert "未报" in line(app, "2025年三季度") and "有单位逾期" not in markup(app)
    assert "台风" in markup(app) and "换人" not in markup(app)


def test_nothing_is_changed_while_looking_at_the_past(monkeypatch: pytest.MonkeyPatch, url: str):
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", known="2025-10-18T09:00")
    assert "调整日历请先回到最新数据" in markup(app) and "calendar-save" not in {button.key for button in app.button}
    assert "宽限期" in line(app, "2025年三季度")


def test_a_department_that_owes_nothing_in_a_quarter_is_told_so(monkeypatch: pytest.MonkeyPatch, url: str):
    join(url, "fgw", "department", "JX-FGW")
    app = visit_as(monkeypatch, url, "fgw", PAGE, plan="jxfs", period="2025Q3")
    assert not app.exception and "不需报" in line(app, "2025年三季度")
