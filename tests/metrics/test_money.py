"""What a money rule gives: exact yuan, half-open areas, and nothing the plan does not print."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.money import entitlement, split
from metrics.money_rules import CostShare, Tier, cost_share, shared_rules
from tests.builders import words
from tests.metrics.money_rules import WAN, a_rule, a_share_rule, a_tiered_rule, rules


@pytest.mark.parametrize(
    ("area", "limit"),
    [
        ("800", 30),
        ("1999.99", 30),
        ("2000", 50),
        ("4999.99", 50),
        ("5000", 100),
        ("12000", 100),
    ],
)
def test_an_area_on_the_edge_belongs_to_the_step_above_it(area, limit):
    given = entitlement(a_tiered_rule(), area=Decimal(area))
    assert (given.at_most, given.amount, given.obstacle) == (limit * WAN, None, None)


def test_an_area_below_the_lowest_step_gets_nothing_and_an_unknown_area_is_asked_for():
    assert entitlement(a_tiered_rule(), area=Decimal("799.99")).obstacle == "area_too_small"
    assert entitlement(a_tiered_rule()).obstacle == "area_needed"


def test_a_ceiling_is_shown_as_a_ceiling_and_a_fixed_sum_as_an_amount():
    cap, fixed = entitlement(a_rule()), entitlement(a_rule("r2", "fixed", 7 * WAN))
    assert (cap.amount, cap.at_most, cap.limit) == (None, 50 * WAN, 50 * WAN)
    assert (fixed.amount, fixed.at_most, fixed.limit) == (7 * WAN, None, 7 * WAN)


def test_a_share_of_the_outlay_without_a_printed_rate_stays_open_whatever_the_outlay():
    open_rate = a_rule(of_cost=True)
    assert [entitlement(open_rate, cost=cost).amount for cost in (None, 0, 10 * WAN)] == [None, None, None]
    assert entitlement(open_rate, cost=10 * WAN).at_most == 50 * WAN


def test_a_share_of_the_outlay_with_a_printed_rate_is_exact_and_ends_at_the_ceiling():
    rule = a_rule(of_cost=True, cost_percent=Decimal(30))
    assert entitlement(rule, cost=1_000_001).amount == 300_000
    assert entitlement(rule, cost=9_000_000).amount == 500_000
    assert entitlement(rule).obstacle == "cost_needed"


def test_a_level_chooses_its_fixed_sum():
    levels = tuple(
        Tier(f"r3.{n}", words(name), value) for n, (name, value) in enumerate({"国际": 2, "国内": 1}.items())
    )
    rule = a_rule("r3", "tier", None, tiers=levels)
    assert entitlement(rule, level="r3.1").amount == 1
    assert entitlement(rule).obstacle == "level_needed"
    assert entitlement(rule, level="r2.1").obstacle == "level_needed"


@pytest.mark.parametrize(
    ("day", "obstacle"),
    [
        (date(2023, 6, 30), "not_yet_valid"),
        (date(2023, 7, 1), None),
        (date(2024, 6, 30), None),
        (date(2024, 7, 1), "expired"),
    ],
)
def test_a_rule_lives_from_its_first_day_to_its_last(day, obstacle):
    assert entitlement(a_rule(), on=day).obstacle == obstacle


def test_a_rule_without_an_amount_promises_none_and_a_rule_that_only_governs_pays_nothing():
    assert entitlement(a_rule(amount="unspecified", value=None)).obstacle == "no_amount"
    assert entitlement(a_rule(amount="rule", value=None)).obstacle == "not_a_payment"
    assert entitlement(a_rule(amount="floor_ratio", value=None)).obstacle == "not_a_payment"


@given(st.integers(0, 10**15), st.integers(0, 100))
def test_the_two_parts_of_a_split_always_add_up(amount, percent):
    city, local = split(amount, percent)
    assert city + local == amount
    assert 0 <= city <= amount
    assert abs(Decimal(city) - Decimal(amount) * percent / 100) < 1


def test_what_is_left_of_a_yuan_is_the_units():
    assert split(300_001, 50) == (150_000, 150_001)
    assert split(300_001, 25) == (75_000, 225_001)
    assert split(1_000_000, 25) == (250_000, 750_000)


def test_a_share_is_found_by_unit_assumed_for_heirs_and_missing_elsewhere():
    half = a_share_rule("r6", 50, ["330102"], heirs=("330102@2021",))
    quarter = a_share_rule("r7", 25, ["330109"])
    every = rules(a_rule(), half, quarter)
    assert cost_share(every, "r1", "330102") == CostShare(half, 50, 50)
    assert cost_share(every, "r1", "330109") == CostShare(quarter, 25, 75)
    assert cost_share(every, "r1", "330102@2021") == CostShare(half, 50, 50, assumed=True)
    assert cost_share(every, "r1", "HZ-XHFJ") is None
    assert cost_share(every, "r9", "330102") is None
    assert shared_rules(every) == {"r1", "r2"}
