"""A decision in a real browser: it changes the card, its mark says so, and undoing restores it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.tab import settle

SETTING = ".st-key-setting-JF-11"


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".stHtml h1").first).to_be_visible()
    settle(page)


def card(page: Page) -> Locator:
    return page.locator(".slot", has=page.get_by_role("heading", name="工厂店培育总数"))


def value(page: Page) -> str:
    opened(page, "/?plan=jxfs&period=2025Q3&units=jx7")
    return card(page).locator(".value b").inner_text()


def decide(page: Page, option: str, why: str) -> None:
    opened(page, "/decisions?plan=jxfs&period=2025Q3&units=jx7")
    setting = page.locator(SETTING)
    setting.get_by_text(re.compile("作出裁定|改变或撤回裁定")).click()
    setting.get_by_test_id("stRadio").get_by_text(option).click()
    setting.get_by_label("理由").fill(why)
    setting.get_by_label("裁定人").fill("市消费专班办公室")
    setting.get_by_role("button", name="确认裁定").click()
    expect(page.get_by_text("已裁定，数字已按新读法更新。")).to_be_visible()
    settle(page)


def test_a_decision_changes_the_card_opens_in_its_mark_and_is_undone(page: Page) -> None:
    before = value(page)

    decide(page, "不计集合店", "会议纪要第三条")
    after = value(page)
    assert int(after) < int(before)
    mark = card(page).locator(".tension-mark")
    mark.get_by_text("原文有出入").click()
    expect(mark.get_by_text("会议纪要第三条")).to_be_visible()
    mark.get_by_role("link", name="去裁定").first.click()
    expect(page).to_have_url(re.compile(r"/decisions\?.*#JF-"))

    decide(page, "撤回裁定，恢复默认读法", "另行研究")
    assert value(page) == before


def test_a_form_without_a_reason_says_what_is_missing_and_decides_nothing(page: Page) -> None:
    opened(page, "/decisions?plan=jxfs&period=2025Q3&units=jx7")
    setting = page.locator(".st-key-setting-JF-14")
    setting.get_by_text("作出裁定").click()
    setting.get_by_role("button", name="确认裁定").click()
    expect(setting.get_by_text("请选择一种读法。 请写明理由。 请写明裁定人。")).to_be_visible()
    opened(page, "/decisions?plan=jxfs&period=2025Q3&units=jx7")
    expect(setting.get_by_text("尚未裁定，按默认读法计。")).to_be_visible()
