"""Submitting: judged before anything is saved, rehearsed before it is published."""

import io
from collections.abc import Mapping
from datetime import date, datetime

import openpyxl
import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.testing.v1 import AppTest

from loaders.template import fill_template, write_template
from metrics.period import Period
from metrics.plan import Plan
from pages.parts.submit.template_offer import template
from store.calendar import save_change
from store.database import Database, open_database
from store.submissions import list_submissions
from tests.pages.visits import markup, visit

PAGE = "submissions/submit"
Q3 = Period(2025, 3)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPED = {("promo-events", "value"): 12, ("tourism-bases", "value"): 2}


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"duckdb:///{tmp_path_factory.mktemp('submit') / 'real.duckdb'}"


def a_workbook(plan: Plan, unit: str = "330402", figures: Mapping[tuple[str, str], int | str] = TYPED) -> bytes:
    return fill_template(write_template(plan, unit, Q3), plan, figures, {})


def at_the_desk(monkeypatch: pytest.MonkeyPatch, url: str, *files: tuple[str, bytes]) -> AppTest:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", unit="330402", quarter="2025Q3")
    app.file_uploader[0].set_value([(name, data, XLSX) for name, data in files]).run()
    return app


def sent(url: str, plan: Plan) -> list[str]:
    database = open_database(url)
    try:
        return list(list_submissions(database, plan)["unit"])
    finally:
        database.close()


def test_checking_saves_nothing_and_shows_what_would_change(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    app = at_the_desk(monkeypatch, url, ("南湖.xlsx", a_workbook(plans["jxfs"])))
    assert not app.exception
    page = markup(app)
    assert "检查通过" in page
    assert "专项促销活动场次" in page
    assert "已报单位 0 → 1" in page
    assert sent(url, plans["jxfs"]) == []


def test_publishing_saves_under_the_name_given_and_clears_the_desk(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    app = at_the_desk(monkeypatch, url, ("南湖.xlsx", a_workbook(plans["jxfs"])))
    app.text_input(key="who").set_value("张三")
    app.button(key="publish").click().run()
    assert "1 份已入库并生效" in markup(app)
    assert "检查结果" not in markup(app)
    database = open_database(url)
    assert list(list_submissions(database, plans["jxfs"])["published_by"]) == ["张三"]
    database.close()


def test_a_fault_is_named_by_sheet_and_cell_and_nothing_can_be_published(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    faulty = a_workbook(plans["jxfs"], figures={("promo-events", "value"): "约12"})
    app = at_the_desk(monkeypatch, url, ("错.xlsx", faulty))
    page = markup(app)
    assert "没有通过" in page
    assert "数据填报" in page
    assert "约12" in page
    assert not [button for button in app.button if button.key == "publish"]
    assert sent(url, plans["jxfs"]) == []


def test_another_countys_file_is_refused_unless_units_are_read_from_the_files(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    other = ("秀洲.xlsx", a_workbook(plans["jxfs"], "330411"))
    app = at_the_desk(monkeypatch, url, other)
    assert "没有通过" in markup(app)
    app.checkbox(key="several").set_value(True).run()
    app.file_uploader[0].set_value([(other[0], other[1], XLSX)]).run()
    assert "工厂店促消费计划 · 秀洲区 · 2025年三季度" in markup(app)
    assert "没有通过" not in markup(app)


def test_one_faulty_file_does_not_hold_back_the_others(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", unit="330402", quarter="2025Q3")
    app.checkbox(key="several").set_value(True).run()
    faulty = a_workbook(plans["jxfs"], "330421", {("promo-events", "value"): "约12"})
    files = [("a.xlsx", a_workbook(plans["jxfs"])), ("b.xlsx", faulty), ("c.xlsx", a_workbook(plans["jxfs"], "330411"))]
    app.file_uploader[0].set_value([(name, data, XLSX) for name, data in files]).run()
    app.button(key="publish").click().run()
    assert sorted(sent(url, plans["jxfs"])) == ["330402", "330411"]


def test_the_same_file_again_changes_nothing_and_says_so(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    file = ("南湖.xlsx", a_workbook(plans["jxfs"]))
    app = at_the_desk(monkeypatch, url, file)
    app.button(key="publish").click().run()
    app.file_uploader[0].set_value([(file[0], file[1], XLSX)]).run()
    assert "与现行版本相同" in markup(app)
    assert not [button for button in app.button if button.key == "publish"]


def test_what_is_no_workbook_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = at_the_desk(monkeypatch, url, ("图.xlsx", b"\x89PNG\r\n\x1a\n0000"))
    assert not app.exception
    assert "没有通过" in markup(app)
    assert "整个文件" in markup(app)


def test_uploaded_bytes_do_not_stay_in_the_upload_store(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    removed: list[str] = []
    remove = MemoryUploadedFileManager.remove_file
    monkeypatch.setattr(
        MemoryUploadedFileManager,
        "remove_file",
        lambda self, session, file: (removed.append(file), remove(self, session, file))[1],
    )
    at_the_desk(monkeypatch, url, ("南湖.xlsx", a_workbook(plans["jxfs"])))
    assert len(removed) == 1


def test_discarding_leaves_an_empty_desk(monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]) -> None:
    app = at_the_desk(monkeypatch, url, ("南湖.xlsx", a_workbook(plans["jxfs"])))
    next(button for button in app.button if str(button.key).startswith("away-")).click().run()
    assert "检查结果" not in markup(app)
    assert sent(url, plans["jxfs"]) == []


def test_the_template_names_the_day_that_holds_for_the_unit_also_after_it_was_moved(
    database: Database, plans: dict[str, Plan]
) -> None:
    plan = plans["jxfs"]
    moved = {"330402": "2025年10月28日", "330411": "2025年10月15日"}
    save_change(database, plan, Q3, "330402", "due", date(2025, 10, 28), why="台风", now=datetime(2025, 10, 9))
    for unit, day in moved.items():
        book = openpyxl.load_workbook(io.BytesIO(template(database, plan, unit, Q3, "zh_CN")))
        assert f"报送截止：{day}" in str(book.worksheets[1]["A2"].value)
