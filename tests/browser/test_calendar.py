"""A quarter closed and reopened in real browsers, and reminders to exactly those who owe."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignedIn
from tests.browser.tab import choose, press, settle
from tests.browser.test_main_job import add_stores, template, upload

pytestmark = pytest.mark.reads

CALENDAR = "/calendar?plan=jxfs&period=2025Q3"
COMPLETENESS = "/completeness?plan=jxfs&period=2025Q3"
SUBMIT = "/submit?plan=jxfs&period=2025Q3&quarter=2025Q3&unit=330411"
REFUSED = "2025年三季度自2025年11月3日起已关闭，不再收件"


def opened(page: Page, address: str, table: str) -> None:
    page.goto(address)
    expect(page.locator(f"table.{table}")).to_be_visible()
    settle(page)


def change(page: Page, step: str, why: str, day: str = "") -> None:
    """Change the calendar for 秀洲, as a reviewer does."""
    opened(page, CALENDAR, "calendar")
    page.get_by_text("调整日历").click()
    form = page.locator(".st-key-calendar-adjust")
    choose(page, form.get_by_label("对谁"), "秀洲区")
    form.get_by_text(step, exact=True).click()
    if day:
        form.get_by_role("spinbutton", name=re.compile("^year, 自哪天起")).click()
        page.keyboard.type(day)
    form.get_by_label("理由（必填）").fill(why)  # the date counts once its field is left
    if day:
        expect(page.get_by_text("将要：2025年三季度 · 秀洲区 · 自2025年11月3日起关闭")).to_be_visible()
    press(form.get_by_role("button", name="确认调整"))
    expect(page.get_by_text(f"理由：{why}")).to_be_visible()
    settle(page)


def answer_all(page: Page) -> None:
    """Say why, wherever the check asks."""
    asked = page.get_by_label(re.compile("说明原因$"))
    expect(asked.first).to_be_visible()
    settle(page)
    answered = page.locator(".fault .mark", has_text="已说明")
    for number in range(asked.count()):
        asked.nth(number).fill("清理名册，按实际登记")
        asked.nth(number).press("Enter")
        expect(answered).to_have_count(number + 1)
        settle(page)


def send(page: Page) -> None:
    press(page.get_by_role("button", name=re.compile("^送审 1 份")))


def test_a_closed_quarter_refuses_a_countys_workbook_and_takes_the_same_one_once_reopened(signed_in: SignedIn) -> None:
    county, reviewer = signed_in("county"), signed_in("reviewer")
    county.goto(SUBMIT)
    file = template(county)
    add_stores(file, 2)
    upload(county, file)
    expect(county.get_by_role("button", name=re.compile("^送审 1 份"))).to_be_visible()
    settle(county)
    answer_all(county)

    change(reviewer, "关闭", "三季度归档", "20251103")
    line = reviewer.locator("table.calendar tr").filter(has_text="2025年三季度")
    expect(line).to_contain_text("秀洲：2025年11月3日起关闭")
    send(county)
    expect(county.get_by_text(REFUSED).first).to_be_visible()

    change(reviewer, "重新开放", "漏报两家店")
    expect(line).not_to_contain_text("秀洲")
    send(county)
    expect(county.get_by_text(REFUSED)).to_have_count(0)
    expect(county.locator(".done")).to_be_visible()
    reviewer.goto("/review?plan=jxfs&period=2025Q3")
    expect(reviewer.locator("table.queue tr").filter(has_text="秀洲").first).to_be_visible()


def test_a_reviewer_reminds_those_who_owe_and_nobody_else_sees_the_words(signed_in: SignedIn) -> None:
    reviewer = signed_in("reviewer")
    opened(reviewer, COMPLETENESS, "sent")
    words = reviewer.locator("[data-testid=stCode]")
    expect(words).to_contain_text("嘉善")
    expect(words).not_to_contain_text("南湖")
    # Pinghu has sent and waits for review: it owes nothing.
    expect(words).not_to_contain_text("平湖")
    expect(reviewer.get_by_text("待审核：平湖。")).to_be_visible()
    reviewer.get_by_role("button", name="记为已催报").click()
    expect(reviewer.get_by_text("催报记录（1）")).to_be_visible()
    settle(reviewer)
    for name in ("leader", "county", "department"):
        other = signed_in(name)
        opened(other, COMPLETENESS, "sent")
        expect(other.get_by_role("heading", name="催报")).to_have_count(0)


def test_a_county_reads_its_own_calendar_and_cannot_change_it(signed_in: SignedIn) -> None:
    county = signed_in("other_county")
    opened(county, CALENDAR, "calendar")
    expect(county.get_by_text("调整日历")).to_have_count(0)
    line = county.locator("table.calendar tr").filter(has_text="2025年三季度")
    expect(line).to_contain_text("1 / 1")


def test_both_pages_fit_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for address, table in ((CALENDAR, "calendar"), (COMPLETENESS, "sent")):
        opened(page, address, table)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
