"""Signing in and out as people do it, on a real database with an account per role."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from store.accounts.sign_in import TRIES
from tests.browser.conftest import SignedIn, real_copy
from tests.browser.people import PASSWORD, PEOPLE
from tests.browser.server import serving
from tests.browser.tab import settle, watched_tab
from tests.web import provider as idp

HOME = "/?plan=jxfs&period=2025Q3"
DROP = "[data-testid=stFileUploaderDropzoneInput]"
REFUSED = r"status (of|code) (401|403|429)"


@pytest.fixture
def stranger(browser: Browser, accounts_address: str) -> Iterator[Page]:
    """A tab of somebody who has not signed in yet; to be refused is no fault of the page."""
    with watched_tab(browser, accounts_address, expected=REFUSED) as tab:
        yield tab


def arrived(page: Page) -> None:
    expect(page.locator(".plan-title")).to_be_visible()
    settle(page)


def fill(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(password)
    with page.expect_navigation():  # or the next words would be typed into the form that is about to go
        page.get_by_role("button", name="登录", exact=True).click()


def opened(page: Page, path: str) -> Page:
    page.goto(path)
    arrived(page)
    return page


def entered(page: Page, name: str, path: str = HOME) -> None:
    page.goto(path)
    fill(page, name)
    arrived(page)


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
    done = administrator.locator(".banner[role=status]").first
    expect(done).to_have_count(0)
    administrator.get_by_role("button", name=act, exact=True).click()
    expect(done).to_be_visible()
    settle(administrator)


def test_a_link_leads_through_signing_in_to_the_page_it_names(stranger: Page) -> None:
    stranger.goto("/indicator?plan=jxfs&period=2025Q2&indicator=stores")
    expect(stranger.get_by_role("heading", name="登录")).to_be_visible()
    fill(stranger, "Leader", "wrong-password")
    expect(stranger.get_by_role("alert")).to_have_text("账号或密码不正确。")
    fill(stranger, "Leader")
    expect(stranger.locator("h1")).to_contain_text("工厂店培育总数")
    expect(stranger).to_have_url(re.compile(r"/indicator\?.*period=2025Q2"))
    settle(stranger)
    stranger.reload()
    expect(stranger.locator("h1")).to_contain_text("工厂店培育总数")
    settle(stranger)
    assert stranger.evaluate("document.cookie").count("dashboard_visit") == 0


def test_signing_out_in_one_tab_ends_the_other(stranger: Page) -> None:
    entered(stranger, "leader")
    second = opened(stranger.context.new_page(), "/scorecard?plan=jxfs&period=2025Q3")
    chip(second, "leader", "退出登录")
    expect(second.get_by_role("heading", name="登录")).to_be_visible()
    click(stranger)
    is_signed_out(stranger)
    fill(stranger, "leader")
    arrived(stranger)
    expect(stranger).to_have_url(re.compile("period=2025Q3"))


def test_signing_out_everywhere_ends_the_other_computer_too(browser: Browser, accounts_address: str) -> None:
    with (
        watched_tab(browser, accounts_address, expected=REFUSED) as here,
        watched_tab(browser, accounts_address, expected=REFUSED) as there,
    ):
        for page in (here, there):
            entered(page, "leader")
        chip(here, "leader", "在所有电脑上退出")
        expect(here.get_by_role("heading", name="登录")).to_be_visible()
        there.evaluate("window.dispatchEvent(new Event('focus'))")  # somebody comes back to the open tab
        is_signed_out(there)


def test_guessing_is_paused_and_an_administrator_lets_in_again(stranger: Page, signed_in: SignedIn) -> None:
    stranger.goto("/login")
    for _ in range(TRIES):
        fill(stranger, "department", "a guess")
        expect(stranger.get_by_role("alert")).to_have_text("账号或密码不正确。")
    fill(stranger, "department")
    expect(stranger.get_by_role("alert")).to_contain_text("已暂停登录")
    administrator = signed_in("administrator")
    opened(administrator, "/accounts?plan=jxfs")
    expect(administrator.get_by_role("row", name=re.compile("department.*已锁定"))).to_be_visible()
    keep(administrator, "department", "解锁")
    fill(stranger, "department")
    arrived(stranger)


def test_a_disabled_account_is_out_at_its_next_click_and_told_why(stranger: Page, signed_in: SignedIn) -> None:
    administrator = signed_in("administrator")
    entered(stranger, "second_reviewer")
    keep(administrator, "second_reviewer", "停用")
    click(stranger)
    is_signed_out(stranger)
    fill(stranger, "second_reviewer")
    expect(stranger.get_by_role("alert")).to_contain_text("这个账号已停用")
    keep(administrator, "second_reviewer", "恢复使用")
    fill(stranger, "second_reviewer")
    arrived(stranger)


def test_a_password_from_an_administrator_is_changed_at_the_first_sign_in(stranger: Page, signed_in: SignedIn) -> None:
    administrator = signed_in("administrator")
    keep(administrator, "other_county", "重设密码")
    given = administrator.get_by_test_id("stCode").inner_text().strip()
    stranger.goto("/unit?plan=jxfs&period=2025Q3")
    fill(stranger, "other_county", given)
    expect(stranger.get_by_role("heading", name="请先设置自己的密码")).to_be_visible()
    settle(stranger)
    for label, words in (("现在的密码", given), ("新密码", PASSWORD), ("再输一次新密码", PASSWORD)):
        stranger.get_by_label(label, exact=True).fill(words)
    stranger.get_by_role("button", name="修改密码", exact=True).click()
    arrived(stranger)
    expect(stranger.locator("[data-testid=stMain]")).to_contain_text("南湖")


def test_a_county_that_types_the_address_of_anothers_page_is_told_calmly(signed_in: SignedIn) -> None:
    page = signed_in("county")
    for path in ("/accounts", "/export"):  # which pages are whose: tests/pages/test_accounts.py
        opened(page, f"{path}?plan=jxfs&period=2025Q3")
        expect(page.get_by_role("heading", name="这一页不在您的权限内")).to_be_visible()
        expect(page.get_by_role("link", name="账号", exact=True)).to_have_count(0)


def test_a_county_that_types_another_countys_address_sees_nothing_of_it(signed_in: SignedIn) -> None:
    page = signed_in("county")
    for path in (
        "/unit?unit=330402&",
        "/submit?unit=330402&",
        "/indicator?indicator=stores&from=330402&",
        "/completeness?",
        "/scorecard?",
    ):
        opened(page, f"{path}plan=jxfs&period=2025Q3")
        expect(page.locator("[data-testid=stMain]")).to_contain_text("秀洲")
        shown = page.locator("[data-testid=stMain]").inner_text()
        assert "南湖" not in shown, path
        assert "海宁" not in shown, path


def workbook(folder: Path) -> Path:
    book = Workbook()
    book.active["A1"] = "随便一张表"
    book.save(folder / "示例.xlsx")
    return folder / "示例.xlsx"


def choose_file(page: Page, file: Path) -> str:
    """The address that it is sent to."""
    with page.expect_response(re.compile("/upload_file/")) as sending:
        page.locator(DROP).set_input_files(str(file))
    expect(page.get_by_text(file.name).first).to_be_visible()
    settle(page)
    return sending.value.url


def test_a_county_cannot_send_a_file_into_another_countys_page(
    signed_in: SignedIn, accounts_address: str, tmp_path: Path
) -> None:
    theirs, mine = signed_in("other_county"), signed_in("county")
    opened(theirs, "/submit?plan=jxfs&period=2025Q3")
    address = choose_file(theirs, workbook(tmp_path))
    opened(mine, "/submit?plan=jxfs&period=2025Q3")
    token = next(cookie["value"] for cookie in mine.context.cookies() if "xsrf" in cookie["name"])
    file = {"name": "x.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK"}
    for method in ("PUT", "DELETE"):
        answer = mine.context.request.fetch(
            address, method=method, headers={"X-Xsrftoken": token}, multipart={"file": file}
        )
        assert answer.status == 403
        assert "This page is somebody else's." in answer.text()


def test_a_sign_in_that_ends_during_an_upload_loses_only_that_upload(
    stranger: Page, signed_in: SignedIn, tmp_path: Path
) -> None:
    entered(stranger, "county", "/submit?plan=jxfs&period=2025Q3")
    address = choose_file(stranger, workbook(tmp_path))
    keep(signed_in("administrator"), "county", "结束全部登录")
    assert stranger.context.request.put(address).status == 401
    stranger.locator(DROP).set_input_files(str(workbook(tmp_path)))
    is_signed_out(stranger)
    fill(stranger, "county")
    expect(stranger).to_have_url(re.compile(r"/submit\?.*period=2025Q3"))
    expect(stranger.get_by_text("示例.xlsx").first).to_be_visible()


def test_the_identity_provider_leads_to_the_same_pages(browser: Browser, real_folder: Path, tmp_path: Path) -> None:
    url = real_copy(real_folder, tmp_path)
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


def test_signing_in_fits_a_phone_in_both_languages(stranger: Page) -> None:
    stranger.set_viewport_size({"width": 390, "height": 844})
    stranger.goto("/login?next=/unit")
    for language, title in (("zh", "登录"), ("en", "Sign in")):
        expect(stranger.get_by_role("heading", name=title)).to_be_visible()
        wide = stranger.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, language
        expect(stranger.get_by_role("button", name=title, exact=True)).to_be_in_viewport()
        if language == "zh":
            stranger.get_by_role("link", name="English").click()
