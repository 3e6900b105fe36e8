"""Signing in and out as people do it, on a real database with an account per role."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SignedIn, settle, watched_tab
from tests.browser.people import PASSWORD


def fill(page: Page, name: str, password: str) -> None:
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def test_a_link_leads_through_signing_in_to_the_page_it_names(browser: Browser, accounts_address: str) -> None:
    with watched_tab(browser, accounts_address) as page:
        page.goto("/indicator?plan=jxfs&period=2025Q2&indicator=stores")
        expect(page.get_by_role("heading", name="登录")).to_be_visible()
        fill(page, "Leader", PASSWORD)
        expect(page.locator("h1")).to_contain_text("工厂店培育总数")
        expect(page).to_have_url(re.compile(r"/indicator\?.*period=2025Q2"))
        settle(page)
        page.reload()
        expect(page.locator("h1")).to_contain_text("工厂店培育总数")
        second = page.context.new_page()
        second.goto("/scorecard?plan=jxfs")
        expect(second.locator(".plan-title")).to_be_visible()


def test_each_role_comes_in_with_its_kept_cookie(signed_in: SignedIn) -> None:
    page = signed_in("county")
    page.goto("/?plan=jxfs&period=2025Q3")
    expect(page.locator(".plan-title")).to_be_visible()
    expect(page.get_by_text("示例数据")).to_have_count(0)
