"""Every rule of the table, broken once and kept once."""

from datetime import date
from decimal import Decimal

import pytest

from loaders.case import Case
from loaders.checks import RULES, check
from loaders.found import Form
from loaders.problem import Problem, message
from loaders.recognise import recognise
from loaders.values import read_values
from metrics.period import Period
from metrics.plan import Plan
from store.submissions import Figure
from tests.loaders.cells import Value, sheet, workbook

Q3 = Period(2025, 3)
CODE = "91330402MA2B12345C"
HEADS = ["门店名称", "统一社会信用代码", "经营地址", "开业日期", "闭店日期", "首次评星日期", "营业面积"]
STORE: list[Value] = ["示例甲店", CODE, "甲路1号", date(2025, 3, 4), None, None, 100]


def case(
    plans: dict[str, Plan],
    rows: list[list[Value]],
    *,
    plan: str = "jxfs",
    unit: str = "330402",
    last: dict[tuple[str, str], Decimal] | None = None,
    derived: dict[tuple[str, str], Figure] | None = None,
) -> Case:
    found = recognise(workbook(sheet(rows)), plans, Form(plan, unit, Q3))
    return Case(found, read_values(found), derived or {}, last or {})


def broken(judged: Case) -> list[Problem]:
    """All but what these small forms lack."""
    return [problem for problem in (*judged.found.problems, *check(judged)) if problem.code != "absent"]


def only(judged: Case) -> Problem:
    (problem,) = broken(judged)
    return problem


def typed(*rows: list[Value]) -> list[list[Value]]:
    return [["指标", "本季数"], *rows]


def listed(*rows: list[Value]) -> list[list[Value]]:
    return [HEADS, *rows]


def counted(number: int) -> dict[tuple[str, str], Figure]:
    return {("stores", "value"): Figure("stores", "value", Decimal(number), "工厂店名册", "5:9", str(number))}


def test_a_sheet_of_ones_own_without_a_place_for_everything_is_asked_whether_that_is_meant(plans):
    (told,) = (problem for problem in check(case(plans, typed(["工厂店培育总数", 12]))) if problem.code == "absent")
    assert (told.severity, told.sheet) == ("notice", "")
    assert "专项促销活动场次" in message(told) and "工厂店培育总数" not in message(told)


def test_a_template_has_a_place_for_everything(plans):
    judged = case(plans, typed(["工厂店培育总数", 12]))
    judged.found.template_version = "2"
    assert [problem for problem in check(judged) if problem.code == "absent"] == []


def test_a_sound_form_breaks_no_rule(plans):
    assert broken(case(plans, typed(["工厂店培育总数", 12], ["专项促销活动场次", 0]))) == []
    assert broken(case(plans, listed(STORE))) == []


def test_a_form_with_nothing_in_it_is_sent_back(plans):
    problem = only(case(plans, typed(["工厂店培育总数", None])))
    assert (problem.code, problem.severity) == ("nothing_filled", "error")


def test_blank_figures_are_told_once_and_only_when_no_roster_stands_for_them(plans):
    rows = typed(["工厂店培育总数", None], ["各地集聚区数", None], ["专项促销活动场次", 3])
    problem = only(case(plans, rows))
    assert (problem.code, problem.severity, problem.cell) == ("figures_blank", "notice", "B2")
    assert problem.values["count"] == 2
    assert only(case(plans, rows, derived=counted(3))).values["count"] == 1


def test_a_figure_of_somebody_else_is_noticed(plans):
    problem = only(case(plans, typed(["新增外贸出口额", 1], ["改革试点产业基地分解数", 1]), plan="jxdf"))
    assert (problem.code, problem.severity, problem.cell) == ("figure_not_owed", "notice", "B2")


def test_half_a_share_is_sent_back(plans):
    rows = typed(["开展内销的外贸企业数", 300], ["名册内外贸企业数", None])
    problem = only(case(plans, rows, plan="jxdf"))
    assert (problem.code, problem.severity, problem.cell) == ("share_half_empty", "error", "B3")


def test_a_share_is_not_more_than_all(plans):
    rows = typed(["开展内销的外贸企业数", 500], ["名册内外贸企业数", 400])
    problem = only(case(plans, rows, plan="jxdf"))
    assert (problem.code, problem.cell, problem.values["other_cell"]) == ("over_hundred", "B2", "B3")
    rows = typed(["开展内销的外贸企业数", 5], ["名册内外贸企业数", 0])
    assert only(case(plans, rows, plan="jxdf")).code == "nothing_to_divide_by"
    rows = typed(["开展内销的外贸企业数", 400], ["名册内外贸企业数", 400])
    assert broken(case(plans, rows, plan="jxdf")) == []


def test_counts_are_neither_negative_nor_broken(plans):
    assert only(case(plans, typed(["工厂店培育总数", -3]))).code == "negative"
    problem = only(case(plans, typed(["工厂店培育总数", Decimal("12.5")])))
    assert (problem.code, problem.cell, problem.found) == ("not_whole", "B2", "12.5")


def test_added_money_may_be_negative_and_have_decimals(plans):
    assert broken(case(plans, typed(["外贸企业新增国内销售额", Decimal("-1.25")]), plan="jxdf")) == []


def test_the_roster_stands_and_the_typed_count_is_shown_beside_it(plans):
    problem = only(case(plans, typed(["工厂店培育总数", 12]), derived=counted(11)))
    assert (problem.code, problem.severity, problem.cell) == ("count_differs", "notice", "B2")
    assert problem.values["counted"] == "11"
    assert broken(case(plans, typed(["工厂店培育总数", 11]), derived=counted(11))) == []


def test_a_level_that_fell_by_more_than_half_is_noticed(plans):
    last = {("stores", "value"): Decimal(100)}
    problem = only(case(plans, typed(["工厂店培育总数", 49]), last=last))
    assert (problem.code, problem.severity, problem.values["before"]) == ("fell_by_half", "notice", "100")
    assert broken(case(plans, typed(["工厂店培育总数", 50]), last=last)) == []
    problem = only(case(plans, typed(["专项促销活动场次", 1]), last=last, derived=counted(40)))
    assert (problem.code, problem.sheet, problem.values["now"]) == ("count_fell_by_half", "工厂店名册", "40")


def test_a_flow_may_fall(plans):
    last = {("promo-events", "value"): Decimal(100)}
    assert broken(case(plans, typed(["专项促销活动场次", 1]), last=last)) == []


@pytest.mark.parametrize(("now", "told"), [("12000", True), ("0.00012", True), ("1.3", False), ("120", False)])
def test_a_jump_of_ten_thousand_times_is_noticed(plans, now: str, told: bool):
    last = {("domestic-sales-new", "value"): Decimal(120_000_000)}
    problems = broken(case(plans, typed(["外贸企业新增国内销售额", Decimal(now)]), plan="jxdf", last=last))
    assert [problem.code for problem in problems] == (["jumped"] if told else [])


def test_a_row_listed_twice_names_both_rows(plans):
    again: list[Value] = ["示例甲店（东区）", CODE.lower(), "甲路 １号", date(2025, 4, 4)]
    problem = only(case(plans, listed(STORE, again)))
    assert (problem.code, problem.severity, problem.cell) == ("row_twice", "error", "B3")
    assert (problem.values["row"], problem.values["other_row"]) == (3, 2)
    other: list[Value] = ["示例乙店", CODE, "乙路2号", date(2025, 4, 4)]
    assert broken(case(plans, listed(STORE, other))) == []


def test_dates_of_a_row_are_in_order(plans):
    closed: list[Value] = ["示例甲店", CODE, "甲路1号", date(2025, 3, 4), date(2025, 3, 3)]
    problem = only(case(plans, listed(closed)))
    assert (problem.code, problem.cell, problem.values["other_cell"]) == ("date_order", "E2", "D2")
    assert problem.values["late"] == {"zh": "闭店日期", "en": "Closed"}
    rated: list[Value] = ["示例甲店", CODE, "甲路1号", date(2025, 3, 4), None, date(2025, 3, 1)]
    assert only(case(plans, listed(rated))).cell == "F2"


def test_a_date_out_of_this_world_is_sent_back_and_one_after_the_quarter_noticed(plans):
    old: list[Value] = ["示例甲店", CODE, "甲路1号", date(1825, 3, 4)]
    assert (only(case(plans, listed(old))).code, only(case(plans, listed(old))).cell) == ("date_out_of_range", "D2")
    later: list[Value] = ["示例甲店", CODE, "甲路1号", date(2025, 10, 1)]
    problem = only(case(plans, listed(later)))
    assert (problem.code, problem.severity, problem.values["end"]) == ("date_after_quarter", "notice", "2025-09-30")


def test_a_negative_amount_in_a_row_is_sent_back(plans):
    problem = only(case(plans, listed([*STORE[:6], -100])))
    assert (problem.code, problem.severity, problem.cell) == ("row_negative", "error", "G2")


def test_a_firm_registered_elsewhere_is_noticed(plans):
    problem = only(case(plans, listed(["示例甲店", "91350100M000100Y43", *STORE[2:]])))
    assert (problem.code, problem.severity, problem.cell) == ("code_of_elsewhere", "notice", "B2")


@pytest.mark.parametrize(("total", "right"), [(75, True), (76, False), (74, False)])
def test_counts_add_up_exactly(plans, total: int, right: bool):
    rows: list[list[Value]] = [["单位", "工厂店培育总数"], ["南湖区", 40], ["秀洲区", 35], ["合计", total]]
    problems = [problem for problem in broken(case(plans, rows)) if problem.severity == "error"]
    assert [problem.code for problem in problems] == ([] if right else ["total_differs"])


@pytest.mark.parametrize(("total", "right"), [("2.5", True), ("2.6", True), ("2.8", False)])
def test_rounded_amounts_may_differ_by_their_rounding(plans, total: str, right: bool):
    rows: list[list[Value]] = [
        ["单位", "外贸企业新增国内销售额"],
        ["南湖区", Decimal("1.2")],
        ["秀洲区", Decimal("1.3")],
        ["合计", Decimal(total)],
    ]
    problems = [problem for problem in broken(case(plans, rows, plan="jxdf")) if problem.severity == "error"]
    assert [problem.code for problem in problems] == ([] if right else ["total_differs"])


def test_subtotals_and_of_which_rows_are_added_once(plans):
    rows: list[list[Value]] = [
        ["单位", "工厂店培育总数"],
        ["南湖区", 40],
        ["秀洲区", 35],
        ["其中：出口企业开办", 9],
        ["小计", 75],
        ["嘉善县", 20],
        ["小　计", 20],
        ["合　计", 95],
    ]
    assert [problem for problem in broken(case(plans, rows)) if problem.severity == "error"] == []


def test_a_total_above_its_rows_is_the_sum_of_those_below(plans):
    rows: list[list[Value]] = [["单位", "工厂店培育总数"], ["全市", 76], ["南湖区", 40], ["秀洲区", 35]]
    (problem,) = [problem for problem in broken(case(plans, rows)) if problem.severity == "error"]
    assert (problem.code, problem.cell, problem.values["cells"]) == ("total_differs", "B2", "B3:B4")


def test_a_growth_rate_that_is_an_index_is_noticed(plans):
    from dataclasses import replace

    from metrics.text import Text

    plan = plans["jxfs"]
    rate = replace(plan.indicators["stores"], name=Text("零售额增长", "Growth"), measure=Text("%", "%"), decimals=1)
    with_rate = {**plans, "jxfs": replace(plan, indicators={**plan.indicators, "stores": rate})}
    problem = only(case(with_rate, typed(["零售额增长", Decimal(1052)])))
    assert (problem.code, problem.severity) == ("growth_out_of_range", "notice")


def test_every_rule_has_a_name_of_its_own():
    assert len({rule.id for rule in RULES}) == len(RULES)
