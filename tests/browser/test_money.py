"""The money page in a real browser: checks, both readings, and what an item would get."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tab import settle

pytestmark = pytest.mark.reads


def test_a_leader_finds_what_needs_checking_and_what_a_step_gives(page: Page) -> None:
    page.goto("/?plan=hznr&period=2021Q1")
    settle(page)
    page.locator("[data-testid=stTopNavSection]", has_text="计划").click()
    page.get_by_role("menuitem", name="资金").click()
    expect(page.locator("h1")).to_contain_text("8 条资金规则，5 条写明金额")
    settle(page)
    share = page.locator("article.rule", has_text="市区（县）分担50/50")
    share.get_by_text("计划原文的出入").click()
    expect(share.get_by_text("“以上扶持资金”写在(五)节之内")).to_be_visible()

    page.goto("/money?plan=hznr&period=2021Q1&rule=r2")
    settle(page)
    area = page.get_by_label("面积（平方米）")
    area.fill("1999.99")
    area.press("Enter")
    expect(page.locator(".answer .big")).to_have_text("最高 30万元")
    area.fill("2000")
    area.press("Enter")
    expect(page.locator(".answer .big")).to_have_text("最高 50万元")
    expect(page.locator(".answer")).to_contain_text("市级 25万元，区县 25万元")


def test_claims_fit_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/money?plan=jxfs&period=2025Q3")
    expect(page.locator("table.claims")).to_be_visible()
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    table = page.locator("table.claims").evaluate("t => [t.parentElement.scrollWidth, t.parentElement.clientWidth]")
    assert table[0] <= table[1]
