"""What a rule gives to one claimant, in exact yuan, and how city and unit bear it.

Nothing is computed that the plan does not print: where it says only 最高 or 不超过 there is a
ceiling and no amount, and a share of the outlay without a rate stays open (一定比例).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from metrics.money_rules import MoneyRule, Tier

Obstacle = Literal[
    "no_amount",
    "not_a_payment",
    "not_yet_valid",
    "expired",
    "area_needed",
    "area_too_small",
    "level_needed",
    "cost_needed",
]


@dataclass(frozen=True)
class Entitlement:
    """`amount` where the plan prints it exactly, `at_most` where it prints a ceiling.

    With an `obstacle` neither is known: it says what is missing or in the way.
    """

    rule: MoneyRule
    tier: Tier | None = None
    amount: int | None = None
    at_most: int | None = None
    obstacle: Obstacle | None = None

    @property
    def limit(self) -> int | None:
        """The most this rule can give."""
        return self.at_most if self.amount is None else self.amount


def entitlement(
    rule: MoneyRule,
    *,
    on: date | None = None,
    area: Decimal | None = None,
    level: str | None = None,
    cost: int | None = None,
) -> Entitlement:
    """What `rule` gives for a floor `area` in m², a recognised `level` (key of a tier) and an outlay.

    `on` is the day of the claim; None does not ask about validity.
    """
    if obstacle := _in_the_way(rule, on):
        return Entitlement(rule, obstacle=obstacle)
    if rule.tiers:
        tier, obstacle = tier_of(rule, area, level)
        if tier is None:
            return Entitlement(rule, obstacle=obstacle)
        return _given(rule, tier, tier.value, cost)
    return _given(rule, None, rule.value, cost)


def tier_of(rule: MoneyRule, area: Decimal | None, level: str | None) -> tuple[Tier | None, Obstacle | None]:
    """The step that applies: by area where areas are printed, whatever `level` says, else by level."""
    if rule.by_area:
        if area is None:
            return None, "area_needed"
        found = next((tier for tier in rule.tiers if tier.holds(area)), None)
        return found, None if found else "area_too_small"
    found = next((tier for tier in rule.tiers if tier.tier == level), None)
    return found, None if found else "level_needed"


def _in_the_way(rule: MoneyRule, on: date | None) -> Obstacle | None:
    if not rule.claimable:
        return "not_a_payment"
    if on is not None and on < rule.valid_from:
        return "not_yet_valid"
    if on is not None and on > rule.valid_to:
        return "expired"
    return "no_amount" if rule.amount == "unspecified" else None


def _given(rule: MoneyRule, tier: Tier | None, value: int | None, cost: int | None) -> Entitlement:
    """A fixed amount, a ceiling, or the printed share of the outlay up to the ceiling."""
    if rule.of_cost and rule.cost_percent is not None:
        if cost is None:
            return Entitlement(rule, tier, at_most=value, obstacle="cost_needed")
        part = int(cost * rule.cost_percent / 100)  # a fraction of a yuan is not paid
        return Entitlement(rule, tier, amount=part if value is None else min(part, value))
    if rule.at_most or rule.of_cost:
        return Entitlement(rule, tier, at_most=value)
    return Entitlement(rule, tier, amount=value)


def split(amount: int, city_percent: int) -> tuple[int, int]:
    """City's and unit's part in whole yuan. They always add up: what is left of a yuan is the unit's."""
    city = amount * city_percent // 100
    return city, amount - city
