"""Claims checked against the rules: each finding names its cell and what would be right."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.claims import Borne, Sums, borne, check_claims, claim_of, same_object, sums
from metrics.money_rules import Tier
from tests.builders import words
from tests.metrics.money_rules import WAN, a_claim, a_rule, a_share_rule, a_tiered_rule, rules


def codes(*args, **options):
    return [(finding.code, finding.field) for finding in check_claims(*args, **options)]


def only(*args, **options):
    found = check_claims(*args, **options)
    assert len(found) == 1, [finding.code for finding in found]
    return found[0]


def test_a_claim_within_its_rule_is_silent():
    assert codes(rules(a_rule()), [a_claim("r1", 50, paid=50 * WAN)]) == []


def test_an_approved_amount_over_the_ceiling_says_by_how_much():
    finding = only(rules(a_rule()), [a_claim("r1", 60, asked=80 * WAN)])
    assert (finding.code, finding.field) == ("claim_over_limit", "approved")
    assert (finding.values["limit"], finding.values["over"]) == (50 * WAN, 10 * WAN)


def test_asking_for_more_is_said_only_while_nothing_is_approved():
    assert codes(rules(a_rule()), [a_claim("r1", asked=80 * WAN)]) == [("claim_over_limit", "asked")]
    assert codes(rules(a_rule()), [a_claim("r1", 50, asked=80 * WAN)]) == []


def test_the_step_written_down_must_be_the_one_the_area_gives():
    every = rules(a_tiered_rule())
    finding = only(every, [a_claim("r2", 30, area=2000, level="r2.1")])
    assert (finding.code, finding.field) == ("claim_tier_wrong", "level")
    assert (finding.values["stated"].tier, finding.values["right"].tier) == ("r2.1", "r2.2")
    assert codes(every, [a_claim("r2", 30, area="1999.99", level="r2.1")]) == []


def test_an_amount_of_the_next_step_is_over_the_limit_of_its_own():
    finding = only(rules(a_tiered_rule()), [a_claim("r2", 50, area="1999.99")])
    assert (finding.code, finding.values["limit"]) == ("claim_over_limit", 30 * WAN)


@pytest.mark.parametrize(("area", "code"), [(None, "claim_area_needed"), (500, "claim_area_too_small")])
def test_an_area_missing_or_too_small_is_named(area, code):
    assert codes(rules(a_tiered_rule()), [a_claim("r2", 30, area=area)]) == [(code, "area")]


def test_a_recognition_without_its_level_is_named():
    levelled = a_rule("r3", "tier", None, tiers=(Tier("r3.1", words("国际"), 200 * WAN),))
    assert codes(rules(levelled), [a_claim("r3", 20)]) == [("claim_level_needed", "level")]


def test_a_fixed_sum_is_neither_more_nor_less():
    fixed = rules(a_rule("r1", "fixed", 7 * WAN))
    assert codes(fixed, [a_claim("r1", 8)]) == [("claim_over_limit", "approved")]
    assert codes(fixed, [a_claim("r1", 5)]) == [("claim_not_as_printed", "approved")]
    assert codes(fixed, [a_claim("r1", 7)]) == []


@pytest.mark.parametrize("day", [date(2023, 6, 30), date(2024, 7, 1)])
def test_a_claim_outside_the_rules_dates_is_named_and_still_checked(day):
    assert codes(rules(a_rule()), [a_claim("r1", 60, claimed_on=day)]) == [
        ("claim_out_of_time", "claimed_on"),
        ("claim_over_limit", "approved"),
    ]


def test_more_paid_than_approved_is_named():
    assert codes(rules(a_rule()), [a_claim("r1", 40, paid=41 * WAN)]) == [("claim_paid_too_much", "paid")]
    assert codes(rules(a_rule()), [a_claim("r1", paid=1)]) == [("claim_paid_too_much", "paid")]


def test_parts_that_do_not_add_up_are_told_to_the_yuan():
    every = rules(a_rule(), a_share_rule())
    finding = only(every, [a_claim("r1", 30, city_share=150_000, local_share=149_999)])
    assert (finding.code, finding.values["difference"]) == ("claim_shares_differ", -1)


def test_parts_that_add_up_in_the_wrong_proportion_say_the_right_ones():
    every = rules(a_rule(), a_share_rule(city=25))
    finding = only(every, [a_claim("r1", 30, city_share=150_000, local_share=150_000)])
    assert (finding.code, finding.values["city"], finding.values["local"]) == ("claim_split_wrong", 75_000, 225_000)
    assert codes(every, [a_claim("r1", 30, city_share=75_000, local_share=225_000)]) == []


def test_a_unit_without_a_printed_share_gets_no_invented_one():
    every = rules(a_rule(), a_share_rule())
    assert codes(every, [a_claim("r1", 30, unit="HZ-XHFJ")]) == [("claim_share_missing", "approved")]
    assert codes(rules(a_rule()), [a_claim("r1", 30, unit="HZ-XHFJ")]) == []


def test_two_benefits_for_one_object_are_stacking_only_where_the_plan_bans_it():
    two = [a_claim("r1", 30), a_claim("r4", 20, row=6, object="另一名称", address="示例路1号")]
    same = [a_claim("r1", 30, address="示例路 1号"), two[1]]
    plain = (a_rule(), a_rule("r4"))
    ban = a_rule("r12", "rule", None, no_stacking=True)
    assert codes(rules(*plain), same) == []
    assert codes(rules(*plain, ban), two) == []
    assert codes(rules(*plain, ban), same) == [("claim_stacked", "object")]


def test_conditions_that_may_both_be_met_are_warned_of_without_choosing():
    every = rules(a_rule("r1", overlaps=("r2",)), a_tiered_rule())
    two = [a_claim("r1", 40), a_claim("r2", 50, area=3200, row=6)]
    finding = only(every, two)
    assert (finding.code, finding.claim.row, finding.values["other"].row) == ("claim_overlaps", 6, 5)


def test_a_one_off_reward_is_for_one_firm_once():
    once = rules(a_rule("r1", "fixed", 7 * WAN, one_off=True))
    assert codes(once, [a_claim("r1", 7), a_claim("r1", 7, row=6, object="再报")]) == [("claim_again", "uscc")]


def test_the_same_first_store_under_two_plans_is_found_by_credit_code_and_place():
    every = rules(a_rule("r10", same_as=("jxfs.r1",)))
    mine = a_claim("r10", 50, address="示例路１号")
    there = a_claim("r1", 30, plan="jxfs", unit="330411", object="换了个名字", address="示例路1 号")
    assert codes(every, [mine], [there]) == [("claim_elsewhere", "object")]
    assert codes(every, [mine], [a_claim("r2", 30, plan="jxfs", address="示例路1号")]) == []
    assert codes(every, [mine], [a_claim("r1", 30, plan="jxfs", uscc="91330411XX10000025")]) == []


def test_blank_names_and_codes_make_no_two_claims_the_same():
    assert not same_object(a_claim(uscc=""), a_claim(uscc=""))
    assert not same_object(a_claim(object=""), a_claim(object=""))


def test_a_roster_row_becomes_a_claim_of_exact_yuan():
    row = {"rule": "r2", "uscc": "91330102XX10000017", "object": "示例店", "area": "2000.5", "approved": "300001"}
    claim = claim_of("hznr", "330102", 7, {**row, "paid": None, "claimed_on": "2023-11-20", "level": " "})
    assert (claim.approved, claim.paid, claim.level, claim.row) == (300_001, None, None, 7)
    assert (claim.claimed_on, str(claim.area)) == (date(2023, 11, 20), "2000.5")


def test_an_approved_amount_without_parts_is_split_as_the_plan_prints():
    every = rules(a_rule(), a_share_rule(city=25, units=["330109"], heirs=["330113"]), a_rule("r3"))
    assert borne(every, a_claim("r1", 30, unit="330109")) == Borne(75_000, 225_000, "computed")
    assert borne(every, a_claim("r1", 30, unit="330113")) == Borne(75_000, 225_000, "assumed")
    assert borne(every, a_claim("r1", 30, unit="HZ-XHFJ")) == Borne(None, None, "missing")
    assert borne(every, a_claim("r1", unit="330109")) == Borne(None, None, "open")
    assert borne(every, a_claim("r3", 30, unit="330109")) == Borne(None, None, "not_shared")
    assert borne(every, a_claim("r1", 30, city_share=1)) == Borne(1, 0, "sent")


def test_sums_are_exact_and_keep_what_has_no_share_apart():
    every = rules(a_rule(), a_share_rule(units=["330102"]))
    odd = a_claim("r1", unit="330102", object="甲")
    claims = [replace(odd, approved=300_001, paid=5), a_claim("r1", 20, unit="HZ-XHFJ"), a_claim("r1")]
    assert sums(every, claims) == Sums(3, 500_001, 5, 150_000, 150_001, 200_000)
