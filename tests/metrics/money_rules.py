"""Builders of money rules and claims: each has defaults, so a test names only what it is about."""

from datetime import date
from decimal import Decimal
from typing import Any

from metrics.claims import Claim
from metrics.money_rules import MoneyRule, Tier
from tests.builders import words

WAN = 10**4
PRINTED_TIERS = ((800, 2000, 30), (2000, 5000, 50), (5000, None, 100))
"""杭州 四(二): [800, 2000) ≤ 30万元, [2000, 5000) ≤ 50万元, ≥ 5000 ≤ 100万元."""


def a_rule(rule: str = "r1", amount: Any = "cap", value: int | None = 50 * WAN, **changes: Any) -> MoneyRule:
    """最高50万元, valid 2023-07-01 to 2024-06-30, unless told otherwise."""
    usual: dict[str, Any] = {
        "name": words(rule),
        "clauses": ("一",),
        "condition": words("条件"),
        "valid_from": date(2023, 7, 1),
        "valid_to": date(2024, 6, 30),
        "at_most": amount == "cap",
    }
    return MoneyRule(rule=rule, amount=amount, value=value, **(usual | changes))


def a_tiered_rule(rule: str = "r2", tiers: Any = PRINTED_TIERS, **changes: Any) -> MoneyRule:
    """Ceilings by floor area, in 万元 per (from, to, value)."""
    made = tuple(
        Tier(f"{rule}.{n}", words(f"{low}-{high}"), value * WAN, low, high)
        for n, (low, high, value) in enumerate(tiers, start=1)
    )
    return a_rule(rule, "tier", None, **({"tiers": made, "at_most": True} | changes))


def a_share_rule(rule: str = "r6", city: int = 50, units: Any = ("330102",), **changes: Any) -> MoneyRule:
    usual = {"city_percent": city, "local_percent": 100 - city, "units": tuple(units), "covers": ("r1", "r2")}
    return a_rule(rule, "share", None, **(usual | changes))


def rules(*made: MoneyRule) -> dict[str, MoneyRule]:
    return {rule.rule: rule for rule in made}


def a_claim(rule: str = "r1", approved: int | None = None, **changes: Any) -> Claim:
    """A claim of 330102 for the first store of one firm, in 2023Q4; `approved` in 万元."""
    if changes.get("area") is not None:
        changes["area"] = Decimal(str(changes["area"]))
    usual: dict[str, Any] = {
        "plan": "hznr",
        "unit": "330102",
        "row": 5,
        "uscc": "91330102XX10000017",
        "object": "示例首店",
        "claimed_on": date(2023, 11, 20),
        "approved": None if approved is None else approved * WAN,
    }
    return Claim(rule=rule, **(usual | changes))
