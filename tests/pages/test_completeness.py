"""Who has sent what, who still owes, how units report, and reminding exactly those who owe."""

import re
import socket
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler

from metrics.period import Period
from metrics.plan import Plan
from store.addresses import add_address, list_addresses, list_reminders
from store.attempts import save_attempt
from store.calendar import save_change
from store.database import open_database
from store.sending import send_submission
from store.submissions import Submission
from tests.pages.visits import join, markup, six_of_seven, visit, visit_as

PAGE = "submissions/completeness"
HAIYAN, NANHU = "330424", "330402"
Q3 = Period.parse("2025Q3")


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory, plans: dict[str, Plan]) -> str:
    address = f"duckdb:///{tmp_path_factory.mktemp('completeness') / 'real.duckdb'}"
    six_of_seven(address, plans["jxfs"])
    return address


class Postbox(Handler):
    def __init__(self) -> None:
        super().__init__()
        self.letters: list[Any] = []

    def handle_message(self, message: Any) -> None:
        self.letters.append(message)


@pytest.fixture
def postbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings = {"HOST": "127.0.0.1", "PORT": str(port), "FROM": "tixing@jx.example"}
    for name, value in settings.items():
        monkeypatch.setenv(f"DASHBOARD_SMTP_{name}", value)
    yield box
    controller.stop()


def test_counties_and_departments_are_told_apart_with_the_missing_by_name(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    page = markup(visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3"))
    assert "6 / 7 已报" in page
    assert "未报：海盐。" in page
    assert "0 / 3 已报" in page
    assert "截止 2025年10月15日，宽限到 2025年10月20日" in page


def test_the_matrix_has_a_row_a_unit_and_a_cell_a_quarter(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    page = markup(visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3"))
    matrix = page[page.index('<table class="sent">') : page.index("</table>")]
    assert matrix.count("</td></tr>") == 10
    assert matrix.count("按时") == 6
    assert matrix.count('<th scope="col">') == 7


def test_a_district_of_before_the_reform_leads_to_the_last_quarter_it_stood(
    monkeypatch: pytest.MonkeyPatch, sample_url: str
) -> None:
    shown = markup(visit(monkeypatch, sample_url, PAGE, plan="hznr", period="2023Q4"))
    old, new = "unit=330102", "unit=330102%402021"
    links = re.findall(r'href="/unit\?plan=hznr&period=(\w+)&units=\w+&(unit=330102(?:%402021)?)">(.*?)</a>', shown)
    assert ("2021Q1", old, "上城（至2021年）") in links
    assert ("2021Q1", old, "上城区（至2021年）") in links
    assert {period for period, unit, _ in links if unit == new} == {"2023Q4"}
    there = markup(visit(monkeypatch, sample_url, "progress/unit", plan="hznr", period="2021Q1", unit="330104"))
    assert "<h1>江干区</h1>" in there


def test_an_empty_database_shows_everybody_missing_and_no_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    empty = f"duckdb:///{tmp_path_factory.mktemp('empty') / 'real.duckdb'}"
    app = visit(monkeypatch, empty, PAGE, plan="jxfs", period="2025Q3")
    assert not app.exception
    assert "0 / 7 已报" in markup(app)


def test_the_reminder_names_exactly_those_who_owe_and_a_later_day_of_their_own(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    database = open_database(url)
    later = date(2200, 1, 1)
    save_change(database, plans["jxfs"], Q3, HAIYAN, "due", later, why="台风", now=datetime(2025, 10, 9))
    database.close()
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3")
    words = app.code[0].value
    assert "请于2200年1月1日前报送：海盐" in words
    assert "南湖" not in words and "市商务局" in words
    assert "海盐另有规定" in markup(app) and "未到期" in markup(app)


def test_pasted_words_are_recorded_and_listed(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3")
    app.button(key="remind-noted").click().run()
    assert "催报记录（1）" in markup(app)
    database = open_database(url)
    found = list_reminders(database, plans["jxfs"], Q3)
    database.close()
    assert found["way"].tolist() == ["text"] and HAIYAN in found["units"][0] and NANHU not in found["units"][0]


def test_an_address_is_added_and_the_mail_goes_to_that_unit_only(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan], postbox: Postbox
) -> None:
    database = open_database(url)
    add_address(database, NANHU, "a@nh.example", now=datetime(2025, 10, 9))
    database.close()
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3")
    assert not [button for button in app.button if button.key == "remind-mail"]
    app.selectbox(key="address-unit").set_value(HAIYAN)
    app.text_input(key="address-new").set_value("a@hy.example")
    next(button for button in app.button if button.label == "添加").click().run()
    app.button(key="remind-mail").click().run()
    assert [letter["To"] for letter in postbox.letters] == ["a@hy.example"]
    assert [done.value for done in app.success] == ["已发出 1 封。"]
    database = open_database(url)
    known, found = list_addresses(database), list_reminders(database, plans["jxfs"], Q3)
    database.close()
    assert known[HAIYAN] == ["a@hy.example"]
    assert found[["way", "units"]].values.tolist() == [["mail", [HAIYAN]]]


def test_a_second_click_sends_no_second_mail(monkeypatch: pytest.MonkeyPatch, url: str, postbox: Postbox) -> None:
    database = open_database(url)
    add_address(database, HAIYAN, "a@hy.example", now=datetime(2025, 10, 9))
    database.close()
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3")
    for _ in range(2):
        app.button(key="remind-mail").click().run()
    assert len(postbox.letters) == 1
    assert [done.value for done in app.success] == ["两分钟内已经发过，没有再发。"]


def test_a_wrong_address_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3")
    app.text_input(key="address-new").set_value("海盐")
    next(button for button in app.button if button.label == "添加").click().run()
    assert [error.value for error in app.error] == ["这不是一个邮箱地址。"]


def test_how_units_report_is_counted_and_an_unmended_fault_shows(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    database = open_database(url)
    for unit, at, verdict in ((NANHU, 5, "rejected"), (NANHU, 9, "accepted"), (HAIYAN, 9, "rejected")):
        save_attempt(
            database, plan="jxfs", unit=unit, period=Q3, file_name="x.xlsx", sha256=f"{unit}{at:02d}".ljust(64, "0"),
            verdict=verdict, problems=[], now=datetime(2025, 10, 9, at),
        )  # fmt: skip
    database.close()
    page = markup(visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3"))
    table = page[page.index("报送表现") :]
    nanhu = table[table.index("南湖区") : table.index("秀洲区")]
    assert "0 / 1" in nanhu and "4.0 小时" in nanhu
    haiyan = table[table.index("海盐县") : table.index("海宁市")]
    assert "1 件待改" in haiyan


def test_a_county_sees_its_own_line_and_neither_addresses_nor_reminders(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    join(url, "haiyan", "county", HAIYAN)
    app = visit_as(monkeypatch, url, "haiyan", PAGE, plan="jxfs", period="2025Q3")
    page = markup(app)
    assert not app.exception and "未报" in page and "催报" not in page
    table = page[page.index('<table class="sent">') : page.index("</table>")]
    assert table.count("</td></tr>") == 1 and "海盐" in table
    assert "南湖" not in page and not app.code


def test_what_waits_for_review_is_owed_no_more_and_leads_the_reviewer_there(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    database = open_database(url)
    at = datetime(2025, 10, 12, 9)
    waiting = Submission("jxfs", "draft-1", HAIYAN, Q3, "海盐.xlsx", "a" * 64, None, at, at, "haiyan", (), ())
    number = send_submission(database, plans["jxfs"], waiting)
    database.close()
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3")
    assert "待审核：海盐。" in markup(app) and "海盐" not in app.code[0].value
    assert f"submission={number}" in markup(app) and "2025-10-12 09:00" in markup(app)


def test_a_past_day_shows_what_was_owed_then_and_reminds_nobody(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", known="2025-10-01T09:00")
    assert "0 / 7 已报" in markup(app) and "未到期" in markup(app)
    assert "不能催报" in markup(app) and not app.code
