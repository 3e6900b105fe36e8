"""The task page in a real browser: from the menu to a department to the cell a status was read from."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tab import settle

pytestmark = pytest.mark.reads


def test_a_late_task_is_followed_from_the_menu_to_its_department_and_its_cell(page: Page) -> None:
    page.goto("/?plan=jxdf&period=2022Q4")
    settle(page)
    page.get_by_role("button", name="计划").click()
    page.get_by_text("任务", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("44 项任务")
    expect(page.locator("table.annex tbody tr")).to_have_count(9)
    settle(page)

    page.locator("table.board").get_by_role("link", name="市发展改革委", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 项任务，2 项已完成；1 项逾期未完成")
    settle(page)

    page.locator("#late").get_by_role("link", name=re.compile("看报送的原件")).click()
    expect(page.locator("table.sheet td.marked")).to_have_text("推进中")
    expect(page.get_by_text("示例-嘉兴市发展改革委-2022Q4.xlsx").first).to_be_visible()
    expect(page).to_have_url(re.compile("task=a2-7-q3"))


def test_on_a_phone_the_annex_is_read_downwards_and_nothing_runs_off_the_side(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/milestones?plan=jxdf&period=2022Q4")
    expect(page.locator("table.board")).to_be_visible()
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    cell = page.locator("table.annex td:not(.nothing)").first.bounding_box()
    assert cell is not None and cell["width"] <= 390
