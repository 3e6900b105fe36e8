"""A county's own sheet in the browser: asked once what its headings mean, remembered for it alone."""

import io
from datetime import date
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignedIn
from tests.browser.tab import choose, press, settle
from tests.browser.test_main_job import saved, upload
from tests.loaders import cells

CODE = "91350100M000100Y43"
HEADS = ["店铺", "信用码", "店址在哪", "开张日"]


def own_sheet(folder: Path, name: str, *, opened: object = date(2025, 3, 4)) -> Path:
    file = folder / name
    file.write_bytes(cells.xlsx([HEADS, [f"示例{name}店", CODE, "甲路1号", opened]]))
    return file


def send(page: Page, unit: str, file: Path) -> None:
    page.goto(f"/submit?plan=jxfs&period=2025Q4&quarter=2025Q4&unit={unit}")
    expect(page.get_by_role("button", name="模板")).to_be_visible()
    upload(page, file)


def test_headings_are_asked_once_and_known_again_for_that_county_only(signed_in: SignedIn, tmp_path: Path) -> None:
    page = signed_in("county")
    send(page, "330411", own_sheet(tmp_path, "自制一.xlsx"))
    expect(page.get_by_text("表头拿不准，请确认一次")).to_be_visible()
    expect(page.get_by_text("没有找到可识别的表").first).to_be_visible()
    keep = page.get_by_role("button", name="记住并重新检查")
    expect(keep).to_be_disabled()
    choose(page, page.get_by_role("combobox", name="“店址在哪”是什么"), "经营地址（必填）")
    press(keep)
    expect(page.get_by_text("没有找到可识别的表")).to_have_count(0)
    expect(page.get_by_text("表头拿不准")).to_have_count(0)
    settle(page)
    page.reload()
    expect(page.get_by_text("记住的表头写法（4）")).to_be_visible()

    send(page, "330411", own_sheet(tmp_path, "自制二.xlsx", opened="2025年13月1日"))
    expect(page.get_by_text("没有“2025年13月1日”这一天").first).to_be_visible()
    expect(page.get_by_text("表头拿不准")).to_have_count(0)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载退回件").first.click()
    book = openpyxl.load_workbook(io.BytesIO(saved(waiting.value).read_bytes()))
    assert book.sheetnames[0] == "问题清单"
    assert "13月" in book["Sheet1"]["D2"].comment.text

    other = signed_in("other_county")
    send(other, "330402", own_sheet(tmp_path, "自制三.xlsx"))
    expect(other.get_by_text("表头拿不准，请确认一次")).to_be_visible()
