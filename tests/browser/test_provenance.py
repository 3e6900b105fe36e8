"""A corrected workbook: the city figure moves, leads to the cell, and yesterday's figure can be seen again."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.tab import press, settle
from tests.browser.test_main_job import XIUZHOU, add_stores, city_stores, template, upload

STORES = "/indicator?plan=jxfs&period=2025Q3&indicator=stores"


def publish(page: Page, file: Path) -> None:
    page.goto(XIUZHOU)
    upload(page, file)
    press(page.get_by_role("button", name=re.compile("^发布 1 份")))
    expect(page.get_by_role("heading", name="已发布")).to_be_visible()
    settle(page)


def pick_moment(page: Page, at: datetime) -> None:
    """The clock in the header, as a reader uses it."""
    page.get_by_role("button", name="最新数据").click()
    page.locator(".st-key-pick_known [data-type=year]").click()
    page.keyboard.type(at.strftime("%Y%m%d"))
    page.keyboard.press("Enter")
    page.locator(".st-key-pick_known_time [data-type=hour]").click()
    page.keyboard.type(at.strftime("%H%M"))
    page.keyboard.press("Enter")
    look = page.get_by_role("button", name="按此时刻查看")
    press(look)
    expect(page.locator(".st-key-replay")).to_be_visible()
    settle(page)
    page.keyboard.press("Escape")  # where the redraw has left the small window open, it covers the way back
    expect(look).to_be_hidden()


def test_a_correction_leads_to_its_cell_and_the_figure_before_it_can_be_seen_again(page: Page) -> None:
    first = city_stores(page)
    page.goto(XIUZHOU)
    file = template(page)
    layout = add_stores(file, 3)
    began = datetime.now()
    publish(page, file)
    assert city_stores(page) == first + 3

    page.goto(STORES)
    section = page.locator("#origin")
    expect(section).to_be_visible()
    bridge = page.locator(".st-key-picture-bridge")
    expect(bridge).to_contain_text("秀洲")
    settle(page)

    # City → county → version → row of the sent sheet.
    page.locator("table.plain", has_text="数据所属").get_by_role("link", name="秀洲").click()
    settle(page)
    file_panel = page.locator(".st-key-origin-file")
    expect(file_panel).to_contain_text(file.name)
    expect(file_panel).to_contain_text("第 2 版")
    expect(file_panel.locator("td.marked").first).to_be_visible()
    sheet = next(name for name in layout.columns if layout.roster_of(name) == "stores")
    expect(file_panel.locator(".origin-figure").first).to_contain_text(f"工作表「{sheet}」")
    with page.expect_download() as waiting:
        file_panel.get_by_role("button", name="下载原始文件").first.click()
    assert Path(str(waiting.value.path())).read_bytes() == file.read_bytes()

    # The version before, as it was known then.
    chain = page.locator("table.plain", has=page.locator("caption", has_text="这个季度报过 2 版"))
    chain.get_by_role("row", name=re.compile("第 1 版")).get_by_role("link").click()
    expect(page.locator(".st-key-replay")).to_contain_text("当时所知的数据")
    settle(page)
    expect(page.locator(".st-key-origin-file")).to_contain_text("第 1 版")
    assert page.locator(".watermark").evaluate("e => getComputedStyle(e).backgroundImage").startswith("url(")

    # Any page at a day and time; and back.
    page.goto("/?plan=jxfs&period=2025Q3")
    settle(page)
    pick_moment(page, began - timedelta(minutes=1))
    card = page.locator("a.card", has=page.get_by_role("heading", name="工厂店培育总数"))
    expect(card.locator(".value b")).to_have_text(str(first))
    settle(page)
    page.get_by_role("button", name="回到最新数据").first.click()
    expect(page.locator(".watermark")).to_have_count(0)
    settle(page)
    expect(card.locator(".value b")).to_have_text(str(first + 3))


def test_a_picked_row_of_a_list_stands_in_its_sheet_below_the_file_it_came_in(page: Page) -> None:
    page.goto("/unit?plan=jxfs&period=2025Q3&unit=330402")
    settle(page)
    grid = page.locator(".st-key-roster-stores canvas").first
    expect(grid).to_be_visible()
    settle(page)
    grid.click(position={"x": 18, "y": 60}, force=True)  # the box before the first row, which is drawn, not written
    row = page.locator(".st-key-origin-row")
    expect(row.locator("td.marked").first).to_be_visible()
    expect(row.get_by_role("button", name="下载原始文件")).to_be_visible()
    expect(page.get_by_text("这一页暂时打不开")).to_have_count(0)


def test_the_log_of_it_is_whole_and_names_the_upload_and_the_download(page: Page) -> None:
    page.goto("/audit")
    settle(page)
    page.get_by_role("button", name="核对链条").click()
    expect(page.get_by_text("链条完整")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 CSV").click()
    said = Path(str(waiting.value.path())).read_text(encoding="utf-8-sig")
    for action in ("upload", "publish", "download"):
        assert f",{action}," in said
    page.get_by_label("搜索").fill("操作记录")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 条", exact=True)).to_be_visible()  # taking the log along is in the log
