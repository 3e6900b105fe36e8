"""Which pages each role reaches, what it sees there, and how an account is kept."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from argon2 import PasswordHasher
from streamlit.testing.v1 import AppTest

from metrics.period import Period
from metrics.plan import Plan
from pages.parts.navigation import NEEDS
from pages.parts.sources import result_key
from pages.parts.visitor import NotSignedIn, visitor
from store.accounts import passwords
from store.accounts.register import add_account, change_role, disable_account, read_account
from store.accounts.sign_in import sign_in
from store.accounts.visits import end_visit, fingerprint
from store.database import open_database
from store.people import RIGHTS, NotAllowed, Person, Role
from store.results import result
from tests.pages.visits import markup, six_of_seven, visit, visit_as

PASSWORD = "Xiu-zhou-2026"
UNIT_OF = {"county": "330411", "department": "JX-SWJ"}
SCRIPTS = {
    "submit": "submissions/submit",
    "review": "submissions/review",
    "export": "exports/export",
    "accounts": "system/accounts",
    "audit": "system/audit",
}
ROLES: list[Role] = list(RIGHTS)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def url(tmp_path: object, plans: dict[str, Plan]) -> Iterator[str]:
    """A real database in which all but Haiyan reported, with one account per role."""
    address = f"duckdb:///{tmp_path}/real.duckdb"
    six_of_seven(address, plans["jxfs"])
    database = open_database(address)
    for role in ROLES:
        add_account(
            database, role, label=role.title(), role=role, unit=UNIT_OF.get(role),
            password=PASSWORD, must_change=False, now=datetime.now(),
        )  # fmt: skip
    yield address
    database.close()


def test_the_walk_knows_every_page_that_not_everybody_opens() -> None:
    assert SCRIPTS.keys() == NEEDS.keys()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_the_pages_of_its_rights_and_no_other(
    monkeypatch: pytest.MonkeyPatch, url: str, role: Role
) -> None:
    app = visit_as(monkeypatch, url, role, plan="jxfs", period="2025Q3")
    assert not app.exception
    for name, script in SCRIPTS.items():
        if NEEDS[name] in RIGHTS[role]:
            app.switch_page(f"pages/{script}.py").run()
            assert "不在您的权限内" not in markup(app), name
            assert not app.exception, name
        else:
            with pytest.raises(ValueError, match=script):
                app.switch_page(f"pages/{script}.py")


def test_a_county_sees_its_own_row_and_the_citys_figure_but_no_other_county(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    shown = markup(visit_as(monkeypatch, url, "county", "progress/scorecard", plan="jxfs", period="2025Q3"))
    assert "秀洲" in shown
    assert "海宁" not in shown
    mine = visit_as(monkeypatch, url, "county", "progress/unit", plan="jxfs", period="2025Q3", unit="330481")
    assert mine.query_params["unit"] in ("330411", ["330411"])
    assert "海宁" not in markup(mine)


def test_whoever_has_no_visit_gets_the_sign_in_page_and_nothing_else(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    for user in ({}, {"visit": ""}, {"visit": "0" * 64}):
        app = visit(monkeypatch, url, user=user, plan="jxfs")
        bodies = [element.proto.body for element in app.get("html")]
        assert len(bodies) == 1
        assert "/login?ended=1" in bodies[0]


def test_a_new_role_takes_effect_at_the_next_click(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit_as(monkeypatch, url, "reviewer", plan="jxfs", period="2025Q3")
    app.switch_page("pages/exports/export.py")
    database = open_database(url)
    change_role(database, "reviewer", "county", "330411", now=datetime.now())
    app.run()
    assert "不在您的权限内" in markup(app)
    disable_account(database, "reviewer", now=datetime.now())
    database.close()
    app.run()
    assert "/login?ended=1" in app.get("html")[0].proto.body


def test_a_password_set_by_somebody_else_is_changed_before_anything_is_shown(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    database = open_database(url)
    add_account(
        database, "guofang", label="New", role="reviewer", unit=None, password=PASSWORD, must_change=True,
        now=datetime.now(),
    )  # fmt: skip
    app = visit_as(monkeypatch, url, "guofang", plan="jxfs", period="2025Q3")
    assert "请先设置自己的密码" in markup(app)
    assert not app.selectbox
    with pytest.raises(ValueError, match="scorecard"):
        app.switch_page("pages/progress/scorecard.py")
    typed(app, PASSWORD, "Brand-new-26", "Brand-new-62")
    assert [error.value for error in app.error] == ["两次输入的新密码不一致。"]
    typed(app, PASSWORD, "short", "short")
    assert "密码太短" in app.error[0].value
    typed(app, PASSWORD, "Brand-new-26", "Brand-new-26")
    assert app.selectbox
    assert sign_in(database, "guofang", "Brand-new-26", address="127.0.0.1", agent="", now=datetime.now())
    database.close()


def typed(app: AppTest, old: str, new: str, again: str) -> None:
    for name, value in (("old", old), ("new", new), ("again", again)):
        app.text_input(key=f"password-{name}").set_value(value)
    next(button for button in app.button if button.label == "修改密码").click().run()


def test_an_administrator_adds_an_account_and_sees_its_password_once(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit_as(monkeypatch, url, "administrator", "system/accounts", plan="jxfs")
    app.toggle(key="account-form").set_value(True).run()
    app.text_input(key="new-name").set_value("Wang")
    app.text_input(key="new-label").set_value("王芳").run()
    app.button(key="new-add").click().run()
    assert "须选择单位" in app.error[0].value
    app.selectbox(key="new-unit-county").set_value("330402").run()
    app.button(key="new-add").click().run()
    password = app.code[0].value
    database = open_database(url)
    found = read_account(database, "wang")
    assert found and (found.role, found.unit, found.must_change) == ("county", "330402", True)
    assert sign_in(database, "wang", password, address="127.0.0.1", agent="", now=datetime.now())
    app.run()
    assert not app.code
    database.close()


def test_disabling_resetting_and_another_role_are_one_click(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit_as(monkeypatch, url, "administrator", "system/accounts", plan="jxfs", account="leader")
    app.selectbox(key="role-leader-role").set_value("reviewer").run()
    app.button(key="change-role").click().run()
    app.button(key="act-reset").click().run()
    assert app.code
    app.button(key="act-disable").click().run()
    assert "账号已停用" in markup(app)
    database = open_database(url)
    found = read_account(database, "leader")
    assert found and found.role == "reviewer" and found.disabled_at and found.must_change
    database.close()


def test_the_last_administrator_stays(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit_as(monkeypatch, url, "administrator", "system/accounts", plan="jxfs", account="administrator")
    app.button(key="act-disable").click().run()
    assert "最后一个可用的管理员" in app.error[0].value


def test_signing_out_by_the_button_ends_the_visit(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit_as(monkeypatch, url, "leader", plan="jxfs", period="2025Q3")
    app.button(key="sign-out").click().run()
    app.run()
    bodies = [element.proto.body for element in app.get("html")]
    assert len(bodies) == 1 and "/login?ended=1" in bodies[0]


def test_the_sample_database_says_that_nobody_signs_in(monkeypatch: pytest.MonkeyPatch, sample_url: str) -> None:
    shown = markup(visit(monkeypatch, sample_url, plan="jxfs", period="2025Q3"))
    assert "示例数据库没有账号" in shown


def clicking() -> None:
    """A page whose button does something in its callback, before the page itself is drawn."""
    import streamlit as st

    from pages.parts.sources import database

    def act() -> None:
        st.session_state["acted_as"] = database().person.name

    st.button("act", key="act", on_click=act)


def test_a_buttons_callback_is_not_carried_out_once_the_visit_has_ended(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DASHBOARD_DATABASE", url)
    database = open_database(url)
    mark = fingerprint(sign_in(database, "reviewer", PASSWORD, address="127.0.0.1", agent="", now=datetime.now()))
    app = AppTest.from_function(clicking)
    app.user = {"visit": mark}
    app.run()
    app.button(key="act").click().run()
    assert app.session_state["acted_as"] == "reviewer"
    del app.session_state["acted_as"]
    end_visit(database, mark, now=datetime.now())
    database.close()
    app.button(key="act").click().run()
    assert "acted_as" not in app.session_state
    assert "/login?ended=1" in app.get("html")[0].proto.body


@pytest.mark.parametrize("role", ["county", "department"])
def test_the_banner_tells_a_limited_role_of_itself_and_of_nobody_else(
    monkeypatch: pytest.MonkeyPatch, url: str, role: str
) -> None:
    shown = markup(visit_as(monkeypatch, url, role, plan="jxfs", period="2025Q3"))
    (banner,) = re.findall(r'<p class="banner[^>]*>.*?</p>', shown)
    assert re.search("2025年三季度(已报|已送审|还没有报送)", banner)
    assert not re.search(r"\d/\d|已报齐", banner)


def test_a_department_begins_with_itself_and_is_told_why_a_countys_records_are_not_there(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    page = markup(visit_as(monkeypatch, url, "department", "progress/unit", plan="jxfs", period="2025Q3"))
    assert "<h1>嘉兴市商务局</h1>" in page
    other = markup(visit_as(monkeypatch, url, "department", "progress/unit", plan="jxfs", unit="330402"))
    assert "<h1>南湖区</h1>" in other
    assert "专项促销活动场次" in other
    assert "报送记录和名册只有填报单位自己和市级可以看" in other
    assert "不在您的权限内" not in other


def test_a_county_chooses_between_sets_of_the_whole_city(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit_as(monkeypatch, url, "county", plan="jxfs", period="2025Q3")
    assert list(app.button_group(key="pick_units").options) == ["7 家", "9 家"]
    assert app.button_group(key="pick_units").value == "jx7"


@pytest.mark.parametrize(("role", "decides"), [("leader", False), ("county", False), ("reviewer", True)])
def test_only_who_may_decide_finds_the_form(
    monkeypatch: pytest.MonkeyPatch, url: str, role: str, decides: bool
) -> None:
    app = visit_as(monkeypatch, url, role, "plans/decisions", plan="jxfs", period="2025Q3")
    assert not app.exception
    assert bool(app.text_area) is decides


def test_what_a_role_may_not_read_is_one_calm_sentence(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    def refuse(*_: object) -> None:
        raise NotAllowed(Person("county", "County", "county", "330411"), "read", "330402")

    monkeypatch.setattr("pages.parts.frame.replay_marks", refuse)
    shown = markup(visit_as(monkeypatch, url, "county", plan="jxfs", period="2025Q3"))
    assert "“县区填报”账号不能查看或办理这一项" in shown
    assert "编号" not in shown


def test_outside_of_a_pages_run_nobody_is_taken_for_a_guest(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DASHBOARD_DATABASE", url)
    with ThreadPoolExecutor(1) as thread, pytest.raises(NotSignedIn):
        thread.submit(visitor).result()


def test_what_is_drawn_for_one_visitor_is_never_taken_for_anothers(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    monkeypatch.setenv("DASHBOARD_DATABASE", url)
    database = open_database(url)
    people = [
        Person("a", "A", "county", "330411"),
        Person("b", "B", "county", "330402"),
        Person("c", "C", "department", "JX-SWJ"),
        Person("d", "D", "department", "JX-FGW"),
        Person("e", "E", "department", "JX-JXJ"),
        Person("f", "F", "leader"),
    ]
    results = [result(database.acting_as(person), plans["jxfs"], Period(2025, 3)) for person in people]
    database.close()
    with ThreadPoolExecutor(1) as outside:  # where a download is made
        keys = list(outside.map(result_key, results))
    assert len(set(keys)) == len(people)


def test_what_one_visitor_searched_is_not_kept_for_another(monkeypatch: pytest.MonkeyPatch, sample_url: str) -> None:
    database = open_database(sample_url)
    for role in ("administrator", "county"):
        add_account(
            database, role, label=role.title(), role=role, unit=UNIT_OF.get(role),
            password=PASSWORD, must_change=False, now=datetime.now(),
        )  # fmt: skip
    every = markup(visit_as(monkeypatch, sample_url, "administrator", "progress/portfolio", plan="jxfs"))
    own = markup(visit_as(monkeypatch, sample_url, "county", "progress/portfolio", plan="jxfs"))
    database.close()
    names = {name for name in ("南湖", "嘉善", "海宁", "平湖", "经开") if name in every.split('id="firm"')[1]}
    assert names
    assert not {name for name in names if name in own.split('id="firm"')[1]}
