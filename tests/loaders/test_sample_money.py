"""The invented claims and payouts show every check once, and stay plainly invented."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from loaders.claim_rules import LEVELS
from loaders.samples.rows import rows_of
from loaders.samples.story import Story
from metrics.claims import Claim, check_claims, claim_of
from metrics.payout import payout_rate
from metrics.period import Period

PLANS_WITH_CLAIMS = ("jxfs", "jxdf", "xzti", "hznr")
NOT_SHOWN = {"claim_shares_differ", "claim_cost_needed"}
"""A contradiction is sent back at the door; and no plan prints a rate of the outlay."""
LAST = Period(2025, 3)


def claims_of(plan, period=LAST) -> list[Claim]:
    story = Story(plan, {})
    return [
        claim_of(plan.plan, unit, number, row)
        for unit in plan.reporting_units()
        for number, row in enumerate(rows_of(story, "claims", unit, period))
    ]


def findings(plans, name):
    elsewhere = [claim for other in PLANS_WITH_CLAIMS if other != name for claim in claims_of(plans[other])]
    return check_claims(plans[name].money, claims_of(plans[name]), elsewhere)


def test_every_check_of_claims_is_shown(plans):
    shown = Counter(finding.code for name in PLANS_WITH_CLAIMS for finding in findings(plans, name))
    assert set(shown) == set(LEVELS) - NOT_SHOWN
    assert shown["claim_elsewhere"] == 2  # once on each side


@pytest.mark.parametrize("name", PLANS_WITH_CLAIMS)
def test_every_plan_has_claims_in_order_too(name, plans):
    wrong = {finding.claim.row for finding in findings(plans, name)}
    assert len(wrong) < len(claims_of(plans[name]))


@pytest.mark.parametrize("name", PLANS_WITH_CLAIMS)
def test_claims_are_plainly_invented(name, plans):
    for claim in claims_of(plans[name]):
        assert "示例" in claim.name
        assert "示例" in claim.object or "示例" in claim.name
        assert "XX" in claim.uscc


def test_a_claim_is_approved_and_paid_only_once_that_has_happened(plans):
    first = claims_of(plans["jxfs"], Period(2024, 1))
    assert [(claim.rule, claim.approved, claim.paid) for claim in first] == [("r1", None, None)]
    later = claims_of(plans["jxfs"], Period(2024, 2))
    assert (later[0].approved, later[0].paid) == (400_000, None)


def test_xiuzhou_passes_80_percent_by_amount_and_not_by_cases_and_misses_all_by_september(plans):
    plan = plans["xzti"]
    rows = [row for unit in plan.reporting_units() for row in rows_of(Story(plan, {}), "payouts", unit, LAST)]
    june, september = payout_rate(rows, date(2023, 6, 30)), payout_rate(rows, date(2023, 9, 30))
    assert (june.by_amount, june.by_cases) == (Decimal("90.0"), Decimal("66.7"))
    assert (september.cases_due - september.cases_paid, september.by_amount < 100) == (2, True)
