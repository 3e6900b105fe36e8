"""The audit page: what was done in words, the chain verified on the spot, and a download."""

import ast
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from locales import LANGUAGES, catalogue
from store.audit import as_csv, list_entries, record
from store.database import open_database
from tests.pages.visits import markup, visit

ROOT = Path(__file__).parent.parent.parent
PAGE = "system/audit"
NINE = datetime(2026, 11, 2, 9, 0)


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"duckdb:///{tmp_path / 'real.duckdb'}"
    with closing(open_database(address)) as database:
        told = {"plan": "jxfs", "unit": "330402", "period": "2025Q3", "file": "南湖.xlsx"}
        record(database, NINE, "zhang", "send", told)
        record(database, NINE + timedelta(hours=1), "li", "return", {**told, "why": "漏了两家店"})
        record(database, NINE + timedelta(days=1), "zhang", "sign_in", {"address": "10.0.0.7", "by": "password"})
    return address


def written_actions() -> set[str]:
    """Every action that is named where an entry is written."""
    doors = {"write_entry": 3, "record": 3, "_note": 3, "_keep": 1}
    found = set()
    for folder in ("store", "loaders", "pages", "exports", "web"):
        for file in (ROOT / folder).rglob("*.py"):
            for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and len(call.args) > 1:
                    name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
                    place = doors.get(name)
                    said = call.args[place] if place is not None and len(call.args) > place else None
                    ends = [said.body, said.orelse] if isinstance(said, ast.IfExp) else [said]
                    found |= {end.value for end in ends if isinstance(end, ast.Constant) and isinstance(end.value, str)}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_that_is_written_has_words(language: str) -> None:
    actions = written_actions()
    assert {"load", "publish", "return", "sign_in", "calendar", "decide"} <= actions
    assert {name for name in actions if f"audit.action.{name}" not in catalogue(language)} == set()


def test_entries_are_told_in_words_newest_first(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE)
    assert not app.exception
    rows = app.dataframe[0].value
    assert list(rows["操作"]) == ["登录", "退回", "送审"]
    assert list(rows["谁"]) == ["zhang", "li", "zhang"]
    assert rows["内容"].iloc[0] == "10.0.0.7 · 密码"
    assert rows["内容"].iloc[1] == "工厂店促消费计划 · 南湖 · 2025年三季度 · 南湖.xlsx · 原因：漏了两家店"
    assert rows["时间"].iloc[0] == "2026-11-03 09:00:00"


def test_the_log_narrows_by_person_action_day_and_words(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE)
    app.selectbox(key="audit-who").set_value("zhang").run()
    assert len(app.dataframe[0].value) == 2
    app.selectbox(key="audit-action").set_value("send").run()
    assert list(app.dataframe[0].value["操作"]) == ["送审"]
    app.selectbox(key="audit-who").set_value(None).run()
    app.selectbox(key="audit-action").set_value(None).run()
    app.date_input(key="audit-until").set_value(NINE.date()).run()
    assert len(app.dataframe[0].value) == 2
    app.text_input(key="audit-words").set_value("两家").run()
    assert list(app.dataframe[0].value["操作"]) == ["退回"]
    app.text_input(key="audit-words").set_value("nowhere").run()
    assert "没有符合条件的记录" in markup(app)


def test_the_button_says_whole_or_names_the_broken_link(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE)
    app.button(key="audit-verify").click().run()
    assert "操作记录 3 条，链条完整" in app.success[0].value
    with closing(open_database(url)) as database, database.transaction() as execute:
        execute("update audit set who = 'nobody' where entry = 2")
    app = visit(monkeypatch, url, PAGE)
    app.button(key="audit-verify").click().run()
    assert "第 2 条（2026-11-02 10:00，nobody，return）的内容被改动过" in app.error[0].value


def test_the_download_holds_the_particulars_as_they_are_kept(url: str) -> None:
    with closing(open_database(url)) as database:
        sheet = as_csv(list_entries(database)).decode("utf-8-sig")
    assert sheet.splitlines()[0] == "entry,done_at,who,action,detail,digest"
    assert "漏了两家店" in sheet
