"""A reader finds a promise in the plan's text, and a leader the plan that is behind."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tab import settle

pytestmark = pytest.mark.reads


def test_from_a_clause_to_its_money_rule(page: Page) -> None:
    page.goto("/library?plan=jxfs")
    box = page.get_by_placeholder("例如：首店")
    expect(box).to_be_visible()
    settle(page)
    box.fill("直播荣誉")
    box.press("Enter")
    expect(page.get_by_text("本计划找到")).to_be_visible()
    settle(page)
    page.get_by_role("link", name="国家级直播荣誉奖励").click()
    rule = page.locator("#rule-r2")
    expect(rule).to_contain_text("国家级直播荣誉奖励")
    expect(rule).to_be_in_viewport()


def test_from_all_plans_to_the_one_that_has_ended(page: Page) -> None:
    page.goto("/portfolio")
    ended = page.locator(".plan-line", has_text="秀洲传统产业方案")
    expect(ended).to_contain_text("已到期，2024年二季度结论")
    ended.get_by_role("link", name="秀洲传统产业方案").click()
    expect(page.locator(".plan-title")).to_contain_text("秀洲区关于支持传统特色产业高质量发展的实施方案")
    expect(page.get_by_text("截至 2024年6月30日")).to_be_visible()


def test_one_firm_is_found_in_two_plans(page: Page) -> None:
    page.goto("/portfolio")
    box = page.get_by_placeholder("信用代码、企业名称或门店名称")
    expect(box).to_be_visible()
    settle(page)
    box.fill("91330402xx10000014")
    box.press("Enter")
    expect(page.get_by_text("找到 1 家企业")).to_be_visible()
    firm = page.locator("section.firm")
    expect(firm).to_have_count(1)
    expect(firm).to_contain_text("示例新桥服饰有限公司")
    expect(firm).to_contain_text("2 个计划")
    expect(firm).to_contain_text("工厂店名册")
    expect(firm).to_contain_text("荣誉与认定名册")
