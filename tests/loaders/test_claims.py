"""Claims go out with the template, come back through the door, and every finding names its cell."""

from datetime import datetime

import pytest

from loaders.claim_rules import LEVELS
from loaders.intake import load
from loaders.problem import message
from loaders.template import fill_template, write_template
from locales import LANGUAGES
from metrics.period import Period
from store.claims import claims, claims_elsewhere, payouts

Q4 = Period(2023, 4)
BEFORE_THE_REFORM = Period(2020, 4)
NOW = datetime(2024, 1, 10, 9, 30)
CODE = "91350100M000100Y43"
WAN = 10**4
SHEET = "补助申报台账"


def a_row(rule, approved=None, **more):
    """A canonical row; amounts in 万元 become yuan."""
    row = {"rule": rule, "name": "示例公司", "uscc": CODE, "object": "示例店", "claimed_on": "2023-11-20"}
    amounts = {"approved": approved} if approved is not None else {}
    for name in ("asked", "city_share", "local_share", "paid", "cost"):
        if name in more:
            amounts[name] = more.pop(name)
    return row | {name: str(int(amount * WAN)) for name, amount in amounts.items()} | more


def send(database, plans, plan, unit, rows, period=Q4, roster="claims"):
    if plan == "hznr":
        period, rows = BEFORE_THE_REFORM, [row | {"claimed_on": "2020-11-20"} for row in rows]
    blank = write_template(plans[plan], unit, period)
    data = fill_template(blank, plans[plan], {}, {roster: rows})
    return load(database, plans, data, f"{unit}.xlsx", now=NOW, who="张三")


def said(verdict):
    return {problem.code: problem for problem in verdict.problems if problem.code.startswith("claim_")}


def heading(plan, field):
    """The column of a field in the claims sheet."""
    return "ABCDEFGHIJKLMNOPQRSTUVW"[[f.field for f in plan.rosters["claims"].fields].index(field)]


def test_claims_in_order_are_kept_with_exact_yuan(database, plans):
    rows = [a_row("r2", 29.9999, area="1999.99", level="r2.1", city_share=14.9999, local_share=15)]
    verdict = send(database, plans, "hznr", "330102", rows)
    assert (verdict.accepted, said(verdict)) == (True, {})
    ((claim, where),) = claims(database, plans["hznr"], BEFORE_THE_REFORM)
    assert (claim.approved, claim.city_share, claim.local_share) == (299_999, 149_999, 150_000)
    assert (claim.rule, claim.level, claim.unit, where["sheet"]) == ("r2", "r2.1", "330102", SHEET)


HANGZHOU = {
    "claim_tier_wrong": [a_row("r2", 30, area="2000", level="r2.1")],
    "claim_over_limit": [a_row("r2", 50, area="1999.99", level="r2.1")],
    "claim_area_needed": [a_row("r2", 30)],
    "claim_area_too_small": [a_row("r2", 30, area="500")],
    "claim_not_as_printed": [a_row("r3", 150)],
    "claim_paid_too_much": [a_row("r3", 200, paid=201)],
    "claim_split_wrong": [a_row("r3", 200, city_share=50, local_share=150)],
    "claim_overlaps": [a_row("r1", 100, area="3200"), a_row("r2", 50, area="3200", level="r2.2")],
}
PLACES = {
    "claim_tier_wrong": "level",
    "claim_over_limit": "approved",
    "claim_not_as_printed": "approved",
    "claim_paid_too_much": "paid",
    "claim_split_wrong": "city_share",
    "claim_overlaps": "object",
    "claim_area_too_small": "area",
}


@pytest.mark.parametrize("code", HANGZHOU)
def test_what_breaks_a_rule_is_told_with_its_cell_and_kept(code, database, plans):
    verdict = send(database, plans, "hznr", "330102", HANGZHOU[code])
    assert verdict.accepted
    problem = said(verdict)[code]
    assert (problem.severity, problem.sheet) == ("notice", SHEET)
    if code in PLACES:
        row = 4 + len(HANGZHOU[code])
        assert problem.cell == f"{heading(plans['hznr'], PLACES[code])}{row}"
    for language in LANGUAGES:
        assert "{" not in message(problem, language)


def test_what_was_found_is_told_in_the_words_of_the_sheet(database, plans):
    verdict = send(database, plans, "hznr", "330102", HANGZHOU["claim_tier_wrong"])
    assert said(verdict)["claim_tier_wrong"].found == "800平方米（含）至2000平方米"
    verdict = send(database, plans, "hznr", "330102", HANGZHOU["claim_over_limit"])
    assert said(verdict)["claim_over_limit"].found == "50万元"


def test_parts_that_do_not_add_up_are_sent_back(database, plans):
    verdict = send(database, plans, "hznr", "330102", [a_row("r3", 200, city_share=100, local_share=99.9999)])
    assert not verdict.accepted
    problem = said(verdict)["claim_shares_differ"]
    assert message(problem) == "市级与区县承担合计 199.9999万元，与核定的 200万元 不等（差 −1元）。请核对到元。"
    assert claims(database, plans["hznr"]) == []


def test_an_area_without_a_cost_share_is_a_missing_rule_and_not_a_guess(database, plans):
    verdict = send(database, plans, "hznr", "HZ-XHFJ", [a_row("r3", 200)])
    assert "规则缺失" in message(said(verdict)["claim_share_missing"])


def test_xiuzhou_s_levels_dates_and_ban_on_stacking(database, plans):
    rows = [
        a_row("r3", 50, object="示例设备"),
        a_row("r10", 50, address="示例路1号"),
        a_row("r9", 30, object="另一说法", address="示例路 1号", claimed_on="2023-06-01"),
    ]
    found = said(send(database, plans, "xzti", "XZ-JSJ", rows))
    assert {"claim_level_needed", "claim_stacked", "claim_out_of_time"} == found.keys()
    assert found["claim_stacked"].cell.endswith("7")
    assert "第 6 行" in message(found["claim_stacked"])


def test_the_same_first_store_under_two_plans_is_a_notice_on_the_second(database, plans):
    store = {"object": "示例首店", "address": "示例商场1层", "claimed_on": "2024-03-01"}
    assert said(send(database, plans, "jxfs", "330411", [a_row("r1", 40, **store)], Period(2024, 1))) == {}
    verdict = send(database, plans, "xzti", "XZ-JSJ", [a_row("r10", 50, **store)])
    problem = said(verdict)["claim_elsewhere"]
    assert (verdict.accepted, problem.severity) == (True, "notice")
    assert "工厂店" in message(problem)
    assert "40万元" in message(problem)
    assert [claim.plan for claim in claims_elsewhere(database, plans, plans["xzti"])] == ["jxfs"]


def test_a_later_list_of_claims_does_not_change_an_earlier_quarter(database, plans):
    send(database, plans, "xzti", "XZ-JSJ", [a_row("r9", 30)], Period(2023, 3))
    send(database, plans, "xzti", "XZ-JSJ", [a_row("r9", 30, paid=30)], Q4)
    plan = plans["xzti"]
    assert [claim.paid for claim, _ in claims(database, plan, Period(2023, 3))] == [None]
    assert [claim.paid for claim, _ in claims(database, plan, Q4)] == [300_000]
    assert claims(database, plan, Q4, known_at=datetime(2024, 1, 1)) == []


def test_a_plan_without_claims_or_ledger_has_none(database, plans):
    assert claims(database, plans["scec"]) == []
    assert payouts(database, plans["scec"]) == []


def test_every_finding_has_its_sentence_and_only_a_contradiction_is_an_error():
    assert [code for code, level in LEVELS.items() if level == "error"] == ["claim_shares_differ"]
