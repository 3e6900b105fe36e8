"""What only a browser shows: addresses, languages, links, the look in the dark."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.tab import settle, watched_tab

pytestmark = pytest.mark.reads

PAGES = ("/", "/scorecard", "/scorecard?view=tiles", "/indicator", "/unit", "/submit", "/completeness", "/export")


def test_a_first_visit_shows_the_overview_in_chinese(page: Page) -> None:
    page.goto("/")
    expect(page.locator("h1")).to_contain_text("项有期限的指标")
    expect(page).to_have_title("总览 · 消费专班目标看板")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page).to_have_url(re.compile(r"plan=jxfs&period=2025Q3&units=jx7"))
    expect(page.get_by_role("heading", name="工厂店培育总数")).to_be_visible()
    for words in ("示例数据", "征求意见稿", "2025年三季度 5/7 已报", "需要关注"):
        expect(page.get_by_text(words).first).to_be_visible()
    settle(page)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def test_a_card_leads_to_its_indicator_without_loading_everything_anew(page: Page) -> None:
    page.goto("/")
    settle(page)
    page.evaluate("window.still_here = true")
    page.locator("a.card", has_text="工厂店培育总数").click()
    expect(page).to_have_url(re.compile(r"/indicator\?.*indicator=stores"))
    expect(page.locator("h1")).to_contain_text("工厂店培育总数")
    settle(page)
    assert page.evaluate("window.still_here")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("项有期限的指标")


def test_the_choices_survive_the_menu_and_a_copied_address(page: Page) -> None:
    page.goto("/?plan=jxdf&period=2024Q4")
    settle(page)
    page.get_by_role("link", name="记分卡", exact=True).click()
    expect(page).to_have_url(re.compile(r"/scorecard\?.*plan=jxdf&period=2024Q4"))
    settle(page)
    page.goto(page.url)
    expect(page.locator(".plan-title")).to_contain_text("截至 2024年12月31日")


def test_english_is_remembered_for_the_next_visit(page: Page) -> None:
    page.goto("/")
    settle(page)
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_contain_text("indicators with a deadline")
    settle(page)
    page.goto("/scorecard")
    expect(page.get_by_role("link", name="Overview", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("link", name="总览", exact=True)).to_be_visible()


def test_words_that_streamlit_has_in_english_only_are_chinese(page: Page) -> None:
    page.goto("/submit")
    settle(page)
    expect(page.get_by_test_id("stFileUploader").get_by_text("Upload", exact=True)).to_have_count(0)
    page.get_by_test_id("stMainMenu").locator("button").first.click()
    expect(page.get_by_test_id("stMainMenuList")).to_contain_text("浅色")


def test_the_dark_look_follows_the_system(browser: Browser, address: str) -> None:
    with watched_tab(browser, address, color_scheme="dark") as page:
        page.goto("/")
        card = page.locator("a.card").first
        expect(card).to_be_visible()
        settle(page)
        expect(card).to_have_css("background-color", "rgb(25, 33, 42)")


def test_every_page_fits_a_phone(browser: Browser, address: str) -> None:
    with watched_tab(browser, address, viewport={"width": 390, "height": 844}) as page:
        for path in PAGES:
            page.goto(path)
            expect(page.get_by_text("示例数据").first).to_be_visible()
            settle(page)
            assert page.evaluate("document.documentElement.scrollWidth") == 390, path
