"""A county at the submit page: everything it typed is kept, what it sends waits, what comes back says why."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from loaders.template import fill_template, write_template
from metrics.period import Period
from metrics.plan import Plan
from store.accounts.register import add_account
from store.calendar import save_change
from store.database import Database, open_database
from store.people import Person
from store.review import list_waiting, publish_submission, return_submission
from store.submission_rows import read_submission
from store.submissions import list_submissions
from tests.pages.visits import markup, said, visit_as

PAGE = "submissions/submit"
Q3 = Period(2025, 3)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STORE = {"name": "示例甲店", "uscc": "91350100M000100Y43", "address": "甲路1号", "opened": "2025-03-04"}
CHOICES = {"plan": "jxfs", "unit": "330402", "quarter": "2025Q3"}
REVIEWER = Person("li", "李审核", "reviewer")
TYPED = "mend-{}-数据填报-F6"


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    address = f"duckdb:///{tmp_path_factory.mktemp('county') / 'real.duckdb'}"
    database = open_database(address)
    for name, role, unit in (("admin", "administrator", None), ("nanhu", "county", "330402")):
        add_account(
            database, name, label=f"{name}的人", role=role, unit=unit,
            password="Nan-hu-2026", must_change=False, now=datetime.now(),
        )  # fmt: skip
    database.close()
    return address


@pytest.fixture(scope="module")
def blanks(plans: dict[str, Plan]) -> dict[str, bytes]:
    return {unit: write_template(plans["jxfs"], unit, Q3) for unit in ("330402", "330411")}


@pytest.fixture
def visits(monkeypatch: pytest.MonkeyPatch, url: str):  # type: ignore[no-untyped-def]
    """A new tab of the county each time."""
    return lambda **query: visit_as(monkeypatch, url, "nanhu", PAGE, **{**CHOICES, **query})


def workbook(plans: dict[str, Plan], blank: bytes, stores: object = 1, rows: list[Mapping[str, str]] | None = None):
    return fill_template(blank, plans["jxfs"], {("stores", "value"): stores}, {"stores": rows or [STORE]})


def uploaded(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader[0].set_value([(name, data, XLSX) for name, data in files]).run()
    assert not app.exception
    return app


def typed(app: AppTest, key: str, words: str) -> AppTest:
    app.text_input(key=key).set_value(words).run()
    assert not app.exception
    return app


def answered(app: AppTest, words: str) -> AppTest:
    box = next(box for box in app.text_input if str(box.key).startswith("answer-"))
    return typed(app, box.key, words)


def keys(app: AppTest) -> list[str]:
    return [str(button.key) for button in app.button]


def reading(url: str) -> Database:
    return open_database(url)


def test_a_county_is_offered_its_own_unit_only_whatever_the_address_says(visits, url: str) -> None:
    app = visits(unit="330411")
    assert app.selectbox(key="pick_unit").options == ["南湖区"]
    assert said(app, "unit") == "330402"
    assert "应在2025年10月15日前报送" in markup(app)
    assert "publish" not in keys(app)


def test_a_mend_and_an_answer_outlive_the_tab_and_go_with_what_is_sent(visits, url, plans, blanks) -> None:
    app = uploaded(visits(), ("南湖.xlsx", workbook(plans, blanks["330402"], "约5")))
    assert "有 1 处错误" in markup(app)
    typed(app, TYPED.format(1), "5")
    assert "已改好" not in markup(app)  # five against one row of the list: now it wants explaining
    assert "请说明" in markup(app)
    again = visits()
    assert "网页上改为“5”（nanhu的人" in markup(again)
    assert again.button(key="send").disabled
    answered(again, "其余四家尚未录入")
    assert not again.button(key="send").disabled
    again.button(key="send").click().run()
    assert "已送审" in markup(again)
    assert "正在等待审核" in markup(visits())
    database = reading(url)
    assert list_submissions(database).empty
    sent = read_submission(database, int(list_waiting(database)["submission"].iloc[0]))
    assert [(mend.found, mend.typed, mend.who) for mend in sent.mends] == [("约5", "5", "nanhu")]
    assert [notice["answer"] for notice in sent.notices if notice.get("asks")] == ["其余四家尚未录入"]
    database.close()


def test_what_is_taken_back_lies_on_the_desk_again_as_it_was(visits, url, plans, blanks) -> None:
    app = uploaded(visits(), ("南湖.xlsx", workbook(plans, blanks["330402"], "约1")))
    typed(app, TYPED.format(1), "1").button(key="send").click().run()
    app.button(key="withdraw").click().run()
    page = markup(app)
    assert "没有要改的了" in page
    assert "网页上改为“1”" in page
    assert "撤回" in page
    app.button(key="send").click().run()
    database = reading(url)
    assert len(list_waiting(database)) == 1
    database.close()


def test_what_was_returned_says_why_and_goes_on_in_the_browser(visits, url, plans, blanks) -> None:
    app = uploaded(visits(), ("南湖.xlsx", workbook(plans, blanks["330402"])))
    app.button(key="send").click().run()
    database = reading(url).acting_as(REVIEWER)
    number = int(list_waiting(database)["submission"].iloc[0])
    return_submission(database, number, why="门店地址请写到门牌号", now=datetime.now())
    database.close()
    app = visits()
    assert "门店地址请写到门牌号" in markup(app)
    assert "已退回，请改" in markup(app)
    app.button(key="go-on").click().run()
    assert "审核退回过这一份，理由写在本页上方" in markup(app)
    app.button(key="send").click().run()
    assert "门店地址请写到门牌号" not in markup(visits()).split("本季报送经过")[0]


def test_a_withdrawal_that_comes_too_late_says_who_was_first(visits, url, plans, blanks) -> None:
    app = uploaded(visits(), ("南湖.xlsx", workbook(plans, blanks["330402"])))
    app.button(key="send").click().run()
    database = reading(url).acting_as(REVIEWER)
    publish_submission(database, plans["jxfs"], int(list_waiting(database)["submission"].iloc[0]), now=datetime.now())
    database.close()
    app.button(key="withdraw").click().run()
    assert "没有撤回：li已于" in app.warning[0].value
    assert "已发布" in markup(app)


def test_the_next_file_tells_what_is_closed_what_is_new_and_what_still_stands(visits, plans, blanks) -> None:
    first = {**STORE, "uscc": "91350100M000100Y44"}
    app = uploaded(visits(), ("一.xlsx", workbook(plans, blanks["330402"], "约1", [first])))
    second = [{**STORE, "closed": "2024-01-01"}]
    page = markup(uploaded(app, ("二.xlsx", workbook(plans, blanks["330402"], "约1", second))))
    assert "已改好 1 处，还在 1 处，新出现 1 处" in page
    assert page.count("上一份就有") == 1


def test_a_published_file_is_another_round_and_nothing_is_compared_with_it(visits, url, plans, blanks) -> None:
    app = uploaded(visits(), ("一.xlsx", workbook(plans, blanks["330402"], 3)))
    answered(app, "两家未录入").button(key="send").click().run()
    database = reading(url).acting_as(REVIEWER)
    publish_submission(database, plans["jxfs"], int(list_waiting(database)["submission"].iloc[0]), now=datetime.now())
    database.close()
    page = markup(uploaded(visits(), ("二.xlsx", workbook(plans, blanks["330402"], 4))))
    assert "与上一份" not in page
    assert "现行版本：一.xlsx" in page


def test_several_files_are_judged_together_and_a_stray_one_hides_none(visits, plans, blanks) -> None:
    app = visits()
    app.checkbox(key="several").set_value(True).run()
    other = workbook(plans, blanks["330411"])
    page = markup(uploaded(app, ("好.xlsx", workbook(plans, blanks["330402"])), ("别人的.xlsx", other)))
    assert page.count('class="what-now"') == 2
    assert "文件写的是秀洲区，您正在为南湖区填报" in page
    assert not app.button(key="send").disabled
    later = visits()
    next(button for button in later.button if button.key == "away-2").click().run()
    assert "别人的.xlsx" not in markup(later)
    assert "没有要改的了" in markup(later)


def test_of_two_files_for_one_quarter_the_sender_hears_which_counts(visits, plans, blanks) -> None:
    files = [(name, workbook(plans, blanks["330402"], at)) for at, name in enumerate(("一.xlsx", "二.xlsx"), start=1)]
    app = uploaded(visits(), *files)
    assert "只算后一份“二.xlsx”" in app.warning[0].value


def test_a_file_that_cannot_be_read_hides_none_and_is_not_to_be_mended(visits, plans, blanks) -> None:
    app = uploaded(visits(), ("约.xlsx", workbook(plans, blanks["330402"], "约1")))
    page = markup(uploaded(app, ("图.xlsx", b"%PDF-1.4 a picture")))
    assert "这份文件用不上，请按下面说的换一份" in page
    assert "有 1 处错误" in page
    assert "这一处要在文件里改" not in page and "与上一份" not in page


def test_a_sheet_of_ones_own_with_a_part_of_what_is_owed_is_sent_with_a_reason_only(visits) -> None:
    page = uploaded(visits(), ("表.csv", "2025年三季度\n指标,本季数\n工厂店培育总数,126\n".encode()))
    assert "这份文件里没有这" in markup(page) and "专项促销活动场次" in markup(page)
    assert page.button(key="send").disabled
    assert not answered(page, "其余各项本季不变").button(key="send").disabled


def test_what_nobody_recognised_is_found_again_on_any_page_of_the_unit(visits) -> None:
    app = visits()
    app.checkbox(key="several").set_value(True).run()
    uploaded(app, ("图.xlsx", b"not a workbook"))
    later = markup(visits(quarter="2025Q2"))
    assert "另有 1 份上传后没有送出" in later
    assert "图.xlsx" in later


def test_a_closed_quarter_takes_nothing_in_and_says_whom_to_ask(visits, url, plans, blanks) -> None:
    app = uploaded(visits(), ("南湖.xlsx", workbook(plans, blanks["330402"])))
    database = reading(url)
    save_change(database, plans["jxfs"], Q3, None, "close", date(2025, 12, 1), why="已结账", now=datetime.now())
    database.close()
    app.button(key="send").click().run()
    assert "已关闭，不再收件" in app.warning[0].value
    assert "没有要改的了" in markup(app)


def test_two_tabs_send_one_file_and_the_second_is_told(visits, url, plans, blanks) -> None:
    first = uploaded(visits(), ("南湖.xlsx", workbook(plans, blanks["330402"])))
    second = visits()
    first.button(key="send").click().run()
    second.button(key="send").click().run()
    assert "没有重复送出" in second.warning[0].value
    database = reading(url)
    assert len(list_waiting(database)) == 1
    database.close()


def test_nobody_submits_while_looking_at_the_past(visits) -> None:
    app = visits(known="2025-12-01T00:00")
    assert "上报请先回到最新数据" in markup(app)
    assert not app.get("file_uploader")


def test_a_department_sends_its_own_indicators(monkeypatch, url, plans) -> None:
    database = reading(url)
    add_account(
        database, "swj", label="商务局", role="department", unit="JX-SWJ",
        password="Shang-wu-2026", must_change=False, now=datetime.now(),
    )  # fmt: skip
    database.close()
    data = fill_template(write_template(plans["jxfs"], "JX-SWJ", Q3), plans["jxfs"], {("promo-events", "value"): 3}, {})
    app = visit_as(monkeypatch, url, "swj", PAGE, plan="jxfs", quarter="2025Q3")
    assert app.selectbox(key="pick_unit").options == ["嘉兴市商务局"]
    uploaded(app, ("商务局.xlsx", data))
    app.button(key="send").click().run()
    assert "正在等待审核" in markup(app)
    database = reading(url)
    assert list(list_waiting(database)["unit"]) == ["JX-SWJ"]
    database.close()


def test_a_refresh_shows_all_files_uploaded_last_and_publishes_them_together(monkeypatch, url, plans, blanks) -> None:
    app = visit_as(monkeypatch, url, "admin", PAGE, **CHOICES)
    app.checkbox(key="several").set_value(True).run()
    uploaded(app, *((f"{unit}.xlsx", workbook(plans, blank)) for unit, blank in blanks.items()))
    again = visit_as(monkeypatch, url, "admin", PAGE, **CHOICES, files=str(said(app, "files")))
    assert markup(again).count('class="what-now"') == 2
    again.button(key="publish").click().run()
    database = reading(url)
    assert sorted(list_submissions(database)["unit"]) == ["330402", "330411"]
    assert set(list_submissions(database)["published_by"]) == {"admin"}
    database.close()
