"""Signing in and out as people do it, on a real database with an account per role."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, Request, StorageState, expect

from store.accounts.sign_in import TRIES
from tests.browser.conftest import SignedIn, real_copy, serving, settle, watched_tab
from tests.browser.people import PASSWORD, PEOPLE
from tests.web import provider as idp

HOME = "/?plan=jxfs&period=2025Q3"
REFUSED = r"status (of|code) (401|403|429)"
States = Callable[[str], StorageState]


def fill(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def opened(page: Page, path: str = HOME) -> Page:
    page.goto(path)
    expect(page.locator(".plan-title")).to_be_visible()
    settle(page)
    return page


def click(page: Page) -> None:
    """Any click that asks the server."""
    page.get_by_test_id("stButtonGroup").first.locator("button").last.click()


def is_signed_out(page: Page) -> None:
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    expect(page.get_by_text("登录已结束，请重新登录")).to_be_visible()


def chip(page: Page, name: str, button: str) -> None:
    page.get_by_role("button", name=PEOPLE[name][0]).click()
    page.get_by_role("button", name=button, exact=True).click()


def keep(administrator: Page, name: str, act: str) -> None:
    """What an administrator does with an account."""
    opened(administrator, f"/accounts?plan=jxfs&account={name}")
    administrator.get_by_role("button", name=act, exact=True).click()
    expect(administrator.locator(".banner[role=status]").first).to_be_visible()
    settle(administrator)


def test_a_link_leads_through_signing_in_to_the_page_it_names(browser: Browser, accounts_address: str) -> None:
    with watched_tab(browser, accounts_address, expected=REFUSED) as page:
        page.goto("/indicator?plan=jxfs&period=2025Q2&indicator=stores")
        expect(page.get_by_role("heading", name="登录")).to_be_visible()
        fill(page, "Leader", "wrong-password")
        expect(page.get_by_role("alert")).to_have_text("账号或密码不正确。")
        fill(page, "Leader")
        expect(page.locator("h1")).to_contain_text("工厂店培育总数")
        expect(page).to_have_url(re.compile(r"/indicator\?.*period=2025Q2"))
        settle(page)
        page.reload()
        expect(page.locator("h1")).to_contain_text("工厂店培育总数")
        settle(page)
        assert page.evaluate("document.cookie").count("dashboard_visit") == 0


def test_signing_out_in_one_tab_ends_the_other(browser: Browser, accounts_address: str) -> None:
    with watched_tab(browser, accounts_address, expected=REFUSED) as first:
        first.goto(HOME)
        fill(first, "leader")
        opened(first)
        second = opened(first.context.new_page(), "/scorecard?plan=jxfs&period=2025Q3")
        chip(second, "leader", "退出登录")
        expect(second.get_by_role("heading", name="登录")).to_be_visible()
        click(first)
        is_signed_out(first)
        fill(first, "leader")
        expect(first.locator(".plan-title")).to_be_visible()
        expect(first).to_have_url(re.compile("period=2025Q3"))


def test_signing_out_everywhere_ends_the_other_computer_too(browser: Browser, accounts_address: str) -> None:
    with (
        watched_tab(browser, accounts_address, expected=REFUSED) as here,
        watched_tab(browser, accounts_address, expected=REFUSED) as there,
    ):
        for page in (here, there):
            page.goto(HOME)
            fill(page, "leader")
            opened(page)
        chip(here, "leader", "在所有电脑上退出")
        expect(here.get_by_role("heading", name="登录")).to_be_visible()
        there.evaluate("window.dispatchEvent(new Event('focus'))")  # somebody comes back to the open tab
        is_signed_out(there)


def test_guessing_is_paused_and_an_administrator_lets_in_again(
    browser: Browser, accounts_address: str, signed_in: SignedIn
) -> None:
    with watched_tab(browser, accounts_address, expected=REFUSED) as page:
        page.goto("/login")
        for _ in range(TRIES):
            fill(page, "department", "a guess")
            expect(page.get_by_role("alert")).to_have_text("账号或密码不正确。")
        fill(page, "department")
        expect(page.get_by_role("alert")).to_contain_text("已暂停登录")
        administrator = signed_in("administrator")
        opened(administrator, "/accounts?plan=jxfs")
        expect(administrator.get_by_role("row", name=re.compile("department.*已锁定"))).to_be_visible()
        keep(administrator, "department", "解锁")
        fill(page, "department")
        expect(page.locator(".plan-title")).to_be_visible()


def test_a_disabled_account_is_out_at_its_next_click_and_told_why(
    browser: Browser, accounts_address: str, signed_in: SignedIn
) -> None:
    administrator = signed_in("administrator")
    with watched_tab(browser, accounts_address, expected=REFUSED) as page:
        page.goto(HOME)
        fill(page, "second_reviewer")
        opened(page)
        keep(administrator, "second_reviewer", "停用")
        click(page)
        is_signed_out(page)
        fill(page, "second_reviewer")
        expect(page.get_by_role("alert")).to_contain_text("这个账号已停用")
        keep(administrator, "second_reviewer", "恢复使用")
        fill(page, "second_reviewer")
        expect(page.locator(".plan-title")).to_be_visible()


def test_a_password_from_an_administrator_is_changed_at_the_first_sign_in(
    browser: Browser, accounts_address: str, signed_in: SignedIn
) -> None:
    administrator = signed_in("administrator")
    keep(administrator, "other_county", "重设密码")
    given = administrator.get_by_test_id("stCode").inner_text().strip()
    with watched_tab(browser, accounts_address, expected=REFUSED) as page:
        page.goto("/unit?plan=jxfs&period=2025Q3")
        fill(page, "other_county", given)
        expect(page.get_by_role("heading", name="请先设置自己的密码")).to_be_visible()
        settle(page)
        for label, words in (("现在的密码", given), ("新密码", PASSWORD), ("再输一次新密码", PASSWORD)):
            page.get_by_label(label, exact=True).fill(words)
        page.get_by_role("button", name="修改密码", exact=True).click()
        expect(page.locator(".plan-title")).to_be_visible()
        settle(page)
        expect(page.locator("[data-testid=stMain]")).to_contain_text("南湖")


@pytest.mark.parametrize("path", ["/accounts", "/audit", "/review", "/export"])
def test_a_county_that_types_the_address_of_anothers_page_is_told_calmly(signed_in: SignedIn, path: str) -> None:
    page = opened(signed_in("county"), f"{path}?plan=jxfs&period=2025Q3")
    expect(page.get_by_role("heading", name="这一页不在您的权限内")).to_be_visible()
    assert page.get_by_role("link", name="账号", exact=True).count() == 0


@pytest.mark.parametrize(
    "path",
    [
        "/unit?unit=330402",
        "/submit?unit=330402",
        "/indicator?indicator=stores&from=330402",
        "/completeness",
        "/scorecard",
    ],
)
def test_a_county_that_types_another_countys_address_sees_nothing_of_it(signed_in: SignedIn, path: str) -> None:
    page = opened(signed_in("county"), f"{path}{'&' if '?' in path else '?'}plan=jxfs&period=2025Q3")
    expect(page.locator("[data-testid=stMain]")).to_contain_text("秀洲")
    shown = page.locator("[data-testid=stMain]").inner_text()
    assert "南湖" not in shown
    assert "海宁" not in shown


def workbook(folder: Path) -> Path:
    book = Workbook()
    book.active["A1"] = "随便一张表"
    book.save(folder / "示例.xlsx")
    return folder / "示例.xlsx"


def choose_file(page: Page, file: Path) -> None:
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(str(file))


def test_a_county_cannot_send_a_file_into_another_countys_page(
    signed_in: SignedIn, accounts_address: str, tmp_path: Path
) -> None:
    theirs, mine = signed_in("other_county"), signed_in("county")
    sent: list[Request] = []
    theirs.on("request", lambda r: sent.append(r) if "/upload_file/" in r.url else None)
    opened(theirs, "/submit?plan=jxfs&period=2025Q3")
    choose_file(theirs, workbook(tmp_path))
    expect(theirs.get_by_text("示例.xlsx").first).to_be_visible()
    settle(theirs)
    opened(mine, "/submit?plan=jxfs&period=2025Q3")
    token = next(cookie["value"] for cookie in mine.context.cookies() if "xsrf" in cookie["name"])
    file = {"name": "x.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK"}
    for method in ("PUT", "DELETE"):
        answer = mine.context.request.fetch(
            sent[0].url, method=method, headers={"X-Xsrftoken": token}, multipart={"file": file}
        )
        assert answer.status == 403
        assert "This page is somebody else's." in answer.text()


def test_a_sign_in_that_ends_during_an_upload_loses_only_that_upload(
    browser: Browser, accounts_address: str, signed_in: SignedIn, tmp_path: Path
) -> None:
    with watched_tab(browser, accounts_address, expected=REFUSED) as page:
        sent: list[Request] = []
        page.on("request", lambda r: sent.append(r) if "/upload_file/" in r.url else None)
        page.goto("/submit?plan=jxfs&period=2025Q3")
        fill(page, "county")
        opened(page, "/submit?plan=jxfs&period=2025Q3")
        choose_file(page, workbook(tmp_path))
        expect(page.get_by_text("示例.xlsx").first).to_be_visible()
        settle(page)
        keep(signed_in("administrator"), "county", "结束全部登录")
        assert page.context.request.put(sent[0].url).status == 401
        choose_file(page, workbook(tmp_path))
        is_signed_out(page)
        fill(page, "county")
        expect(page).to_have_url(re.compile(r"/submit\?.*period=2025Q3"))
        expect(page.get_by_text("示例.xlsx").first).to_be_visible()


def test_the_identity_provider_leads_to_the_same_pages(browser: Browser, seeded_folder: Path, tmp_path: Path) -> None:
    url = real_copy(seeded_folder, tmp_path)
    with idp.provider() as issuer:
        settings = {"ISSUER": issuer, "CLIENT": "dashboard", "SECRET": "s3cret", "LABEL": "浙政钉"}
        environment = {f"DASHBOARD_OIDC_{name}": value for name, value in settings.items()}
        with serving(url, tmp_path / "server.log", **environment) as address:
            page = browser.new_context(base_url=address, locale="zh-CN").new_page()
            page.goto("/unit?plan=jxfs&period=2025Q3")
            page.get_by_role("link", name="用浙政钉登录").click()
            page.locator("input[name=sub]").fill("county")
            page.get_by_role("button", name="Authorize").click()
            expect(page).to_have_url(re.compile(re.escape(address) + r"/unit\?.*period=2025Q3"))
            opened(page, "/unit?plan=jxfs&period=2025Q3")
            chip(page, "county", "退出登录")
            expect(page.get_by_role("heading", name="登录")).to_be_visible()
            page.context.close()


def test_signing_in_fits_a_phone_in_both_languages(browser: Browser, accounts_address: str) -> None:
    with watched_tab(browser, accounts_address, expected=REFUSED) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto("/login?next=/unit")
        for language, title in (("zh", "登录"), ("en", "Sign in")):
            expect(page.get_by_role("heading", name=title)).to_be_visible()
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, language
            expect(page.get_by_role("button", name=title, exact=True)).to_be_in_viewport()
            if language == "zh":
                page.get_by_role("link", name="English").click()
