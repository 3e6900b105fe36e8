"""Reviewers at work in real browsers: two at once, sending back, and a phone."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignedIn
from tests.browser.tab import settle

pytestmark = pytest.mark.reads

QUEUE = "/review?plan=jxfs&period=2025Q3"
LABELS = {"审核一", "审核二"}
TOO_LATE = re.compile("这份报送已由 .*，你这次的操作没有生效")


def open_submission(page: Page, unit: str, plan: str = "工厂店促消费计划") -> None:
    """From the queue, as a reviewer gets there."""
    page.goto(QUEUE)
    line = page.locator("table.queue tbody tr").filter(has_text=plan).filter(has_text=unit)
    line.get_by_role("link", name=unit).click()
    expect(page.get_by_role("heading", name="审核意见")).to_be_visible()
    settle(page)


def click_at(page: Page, button: str, moment: float) -> None:
    """Let the browser itself click at a moment, so that two browsers click at the same one."""
    found = page.get_by_role("button", name=button, exact=True)
    found.evaluate("(button, at) => { setTimeout(() => button.click(), at - Date.now()); }", moment * 1000)


def city(page: Page, name: str) -> str:
    page.goto("/?plan=jxfs&period=2025Q3")
    card = page.locator("a.card", has=page.get_by_role("heading", name=name))
    expect(card.locator(".value b")).to_be_visible()
    settle(page)
    return card.locator(".value b").inner_text()


def outcome(page: Page) -> str:
    """The words of whichever message came."""
    told = page.locator("[data-testid=stAlert]")
    expect(told).to_be_visible()
    settle(page)
    return told.inner_text()


def story(page: Page) -> list[str]:
    lines = page.locator("ol.steps li")
    expect(lines).to_have_count(2)
    return lines.all_inner_texts()


def test_of_two_who_publish_at_once_one_does_and_the_other_is_told_by_whom(signed_in: SignedIn) -> None:
    first, second = signed_in("reviewer"), signed_in("second_reviewer")
    before = city(first, "工厂店培育总数")
    for page in (first, second):
        open_submission(page, "平湖市")
    together = time.time() + 1
    for page in (first, second):
        click_at(page, "发布", together)
    said = {"审核一": outcome(first), "审核二": outcome(second)}
    winners = [name for name, words in said.items() if words.startswith("已发布")]
    (loser,) = LABELS - set(winners)
    assert len(winners) == 1
    assert TOO_LATE.search(said[loser])
    assert winners[0] in said[loser]
    assert story(first) == story(second)
    assert city(first, "工厂店培育总数") == city(second, "工厂店培育总数") == str(int(before) + 2)


def test_of_publishing_and_sending_back_at_once_only_the_first_has_an_effect(signed_in: SignedIn) -> None:
    publisher, returner = signed_in("reviewer"), signed_in("second_reviewer")
    before = int(city(publisher, "专项促销活动场次"))
    for page in (publisher, returner):
        open_submission(page, "桐乡市")
    why = returner.get_by_label("退回理由（退回时必填）")
    why.fill("少了两场活动，请说明")
    why.press("Tab")  # the words count once the field is left, and a button clicked by the browser leaves it not
    settle(returner)
    together = time.time() + 1
    click_at(publisher, "发布", together)
    click_at(returner, "退回", together)
    published, returned = outcome(publisher), outcome(returner)
    assert published.startswith("已发布") != returned.startswith("已退回")
    assert TOO_LATE.search(published + returned)
    assert story(publisher) == story(returner)
    expected = before - 2 if published.startswith("已发布") else before
    assert int(city(publisher, "专项促销活动场次")) == expected


def test_what_was_sent_back_leaves_the_queue_and_tells_the_county_why(signed_in: SignedIn) -> None:
    reviewer, county = signed_in("reviewer"), signed_in("county")
    open_submission(reviewer, "秀洲区", "内外贸一体化方案")
    expect(reviewer.get_by_text("与上季完全相同")).to_be_visible()
    reviewer.get_by_role("button", name="退回").click()
    expect(reviewer.get_by_text("退回须写明理由")).to_be_visible()
    reviewer.get_by_label("退回理由（退回时必填）").fill("国内销售额与二季度一分不差，请核对")
    reviewer.get_by_role("button", name="退回").click()
    expect(reviewer.get_by_text("已退回，报送单位会看到理由")).to_be_visible()
    reviewer.goto(QUEUE)
    expect(reviewer.locator("table.queue")).to_be_visible()
    settle(reviewer)
    expect(reviewer.locator("table.queue tbody tr").filter(has_text="秀洲区")).to_have_count(0)
    county.goto("/submit?plan=jxdf&period=2025Q3&quarter=2025Q3&unit=330411")
    expect(county.get_by_text("国内销售额与二季度一分不差，请核对").first).to_be_visible()


def test_a_county_is_neither_shown_the_page_nor_let_in_by_its_address(signed_in: SignedIn) -> None:
    county = signed_in("county")
    county.goto("/review?submission=399")
    expect(county.locator(".empty h2")).to_be_visible()
    settle(county)
    expect(county.locator("table.queue")).to_have_count(0)
    expect(county.get_by_role("link", name="审核", exact=True)).to_have_count(0)


def test_a_figure_that_waits_opens_in_its_cell_and_a_published_one_at_its_origin(page: Page) -> None:
    open_submission(page, "平湖市")
    line = page.locator("table.figures tbody tr").filter(has_text="专项促销活动场次")
    line.locator("td.now a").click()
    expect(page.locator("table.sheet td.marked")).to_have_text("约5 5")
    settle(page)
    line.locator("td.quarter a").click()
    expect(page.get_by_text("这个数从哪里来")).to_be_visible()
    expect(page.locator(".origin-figure b.big").first).to_have_text("4")


def test_queue_and_submission_fit_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(QUEUE)
    expect(page.locator("table.queue")).to_be_visible()
    settle(page)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    open_submission(page, "平湖市")
    assert page.evaluate(wide) <= 0
