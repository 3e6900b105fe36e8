"""What a claims roster (R16) says about itself: tiers, ceilings, shares, and the same object paid twice.

A finding names the claim, the field that is wrong and what would be right. Nothing is decided here:
apart from parts that do not add up, everything is shown and left to whoever pays.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from decimal import Decimal
from typing import Literal

from metrics.money import Entitlement, entitlement, split
from metrics.money_rules import MoneyRule, MoneyRules, Tier, cost_share, shared_rules
from metrics.rosters import fold

ROSTER = "claims"


@dataclass(frozen=True)
class Claim:
    """One row of the roster as `unit` sent it; money in integer yuan, blank cells None."""

    plan: str
    unit: str
    row: int
    rule: str
    uscc: str
    name: str = ""
    object: str = ""
    address: str = ""
    claimed_on: date | None = None
    area: Decimal | None = None
    level: str | None = None
    cost: int | None = None
    asked: int | None = None
    approved: int | None = None
    paid: int | None = None
    city_share: int | None = None
    local_share: int | None = None


@dataclass(frozen=True)
class Finding:
    """`code` picks the sentence, `field` the cell; `values` are amounts in yuan, rules, tiers, claims."""

    code: str
    claim: Claim
    field: str
    values: dict[str, object] = attribute(default_factory=dict, hash=False)


def claim_of(plan: str, unit: str, row: int, values: Mapping[str, object]) -> Claim:
    """A claim from canonical text (dates `2025-03-04`, plain decimals, blank = absent or None)."""
    texts = {name: str(value).strip() for name, value in values.items() if value is not None and value == value}

    def yuan(name: str) -> int | None:
        return int(Decimal(texts[name])) if texts.get(name) else None

    return Claim(
        plan,
        unit,
        row,
        rule=texts.get("rule", ""),
        uscc=texts.get("uscc", ""),
        name=texts.get("name", ""),
        object=texts.get("object", ""),
        address=texts.get("address", ""),
        claimed_on=date.fromisoformat(texts["claimed_on"]) if texts.get("claimed_on") else None,
        area=Decimal(texts["area"]) if texts.get("area") else None,
        level=texts.get("level") or None,
        cost=yuan("cost"),
        asked=yuan("asked"),
        approved=yuan("approved"),
        paid=yuan("paid"),
        city_share=yuan("city_share"),
        local_share=yuan("local_share"),
    )


def due_to(claim: Claim, rule: MoneyRule) -> Entitlement:
    """What the rule gives for this claim, whether or not it came in time."""
    return entitlement(rule, area=claim.area, level=claim.level, cost=claim.cost)


def check_claims(rules: MoneyRules, claims: Sequence[Claim], elsewhere: Sequence[Claim] = ()) -> list[Finding]:
    """All findings in the claims of one plan. `elsewhere` are claims under other plans."""
    known = [claim for claim in claims if claim.rule in rules]
    return [
        *(finding for claim in known for finding in _check_claim(rules, claim)),
        *_check_together(rules, known),
        *_check_elsewhere(rules, known, elsewhere),
    ]


def _check_claim(rules: MoneyRules, claim: Claim) -> Iterator[Finding]:
    rule = rules[claim.rule]
    if claim.claimed_on and not rule.valid_on(claim.claimed_on):
        values = {"rule": rule, "valid_from": rule.valid_from, "valid_to": rule.valid_to}
        yield Finding("claim_out_of_time", claim, "claimed_on", values)
    given = due_to(claim, rule)
    if given.obstacle in ("area_needed", "area_too_small", "level_needed", "cost_needed"):
        field_of = {"level_needed": "level", "cost_needed": "cost"}
        least = min((tier.area_from for tier in rule.tiers if tier.area_from is not None), default=None)
        values = {"rule": rule, "least": least}
        yield Finding(f"claim_{given.obstacle}", claim, field_of.get(given.obstacle, "area"), values)
    yield from _check_tier(rules, claim, given.tier)
    yield from _check_amounts(rule, claim, given)
    yield from _check_shares(rules, claim)


def _check_tier(rules: MoneyRules, claim: Claim, tier: Tier | None) -> Iterator[Finding]:
    """The step written down must be the one the area gives; 2000㎡ belongs to [2000, 5000)."""
    if claim.level and tier and claim.level != tier.tier:
        stated = next((t for rule in rules.values() for t in rule.tiers if t.tier == claim.level), None)
        yield Finding("claim_tier_wrong", claim, "level", {"stated": stated, "right": tier, "area": claim.area})


def _check_amounts(rule: MoneyRule, claim: Claim, given: Entitlement) -> Iterator[Finding]:
    name = "asked" if claim.approved is None else "approved"
    amount = claim.asked if claim.approved is None else claim.approved
    if amount is not None and given.limit is not None and amount > given.limit:
        values = {"rule": rule, "amount": amount, "limit": given.limit, "over": amount - given.limit}
        yield Finding("claim_over_limit", claim, name, values)
    elif claim.approved is not None and given.amount is not None and claim.approved != given.amount:
        values = {"rule": rule, "amount": claim.approved, "printed": given.amount}
        yield Finding("claim_not_as_printed", claim, "approved", values)
    if claim.paid is not None and claim.paid > (claim.approved or 0):
        yield Finding("claim_paid_too_much", claim, "paid", {"paid": claim.paid, "approved": claim.approved or 0})


def _check_shares(rules: MoneyRules, claim: Claim) -> Iterator[Finding]:
    parts = (claim.city_share, claim.local_share)
    amount = claim.approved
    if amount is None:
        return
    together = sum(part for part in parts if part is not None)
    if any(part is not None for part in parts) and together != amount:
        values: dict[str, object] = {"amount": amount, "together": together, "difference": together - amount}
        yield Finding("claim_shares_differ", claim, "city_share" if parts[0] is not None else "local_share", values)
        return
    if claim.rule not in shared_rules(rules):
        return
    share = cost_share(rules, claim.rule, claim.unit)
    if share is None:
        yield Finding("claim_share_missing", claim, "approved", {"amount": amount})
        return
    city, local = split(amount, share.city_percent)
    if any(part is not None for part in parts) and parts != (city, local):
        values = {"share": share, "city": city, "local": local}
        yield Finding("claim_split_wrong", claim, "city_share" if parts[0] is not None else "local_share", values)


Basis = Literal["sent", "computed", "assumed", "missing", "not_shared", "open"]


@dataclass(frozen=True)
class Borne:
    """Who bears an approved amount. `basis`: as sent, or split by the plan's share (`assumed`: of an heir),
    `missing` where the plan prints no share for the unit, `not_shared` where it has none to print,
    `open` while nothing is approved."""

    city: int | None
    local: int | None
    basis: Basis


def borne(rules: MoneyRules, claim: Claim) -> Borne:
    if claim.city_share is not None or claim.local_share is not None:
        return Borne(claim.city_share or 0, claim.local_share or 0, "sent")
    if claim.rule not in shared_rules(rules):
        return Borne(None, None, "not_shared")
    if claim.approved is None:
        return Borne(None, None, "open")
    share = cost_share(rules, claim.rule, claim.unit)
    if share is None:
        return Borne(None, None, "missing")
    return Borne(*split(claim.approved, share.city_percent), "assumed" if share.assumed else "computed")


@dataclass(frozen=True)
class Sums:
    """Exact yuan over all claims; `unshared` is approved money for whose unit no share is printed."""

    claims: int
    approved: int
    paid: int
    city: int
    local: int
    unshared: int


def sums(rules: MoneyRules, claims: Sequence[Claim]) -> Sums:
    parts = [borne(rules, claim) for claim in claims]
    missing = (claim.approved or 0 for claim, part in zip(claims, parts, strict=True) if part.basis == "missing")
    return Sums(
        len(claims),
        sum(claim.approved or 0 for claim in claims),
        sum(claim.paid or 0 for claim in claims),
        sum(part.city or 0 for part in parts),
        sum(part.local or 0 for part in parts),
        sum(missing),
    )


def same_object(one: Claim, other: Claim) -> bool:
    """The same firm asks for the same thing: equal credit code, and equal object or address."""
    if not one.uscc or fold(one.uscc) != fold(other.uscc):
        return False
    pairs = ((one.object, other.object), (one.address, other.address))
    return any(fold(a) and fold(a) == fold(b) for a, b in pairs)


def _check_together(rules: MoneyRules, claims: Sequence[Claim]) -> Iterator[Finding]:
    """The same object under two rules of one plan: banned, or merely not settled; and one-off rewards taken twice."""
    banned = any(rule.no_stacking for rule in rules.values())
    for at, later in enumerate(claims):
        rule = rules[later.rule]
        for earlier in claims[:at]:
            first = rules[earlier.rule]
            values: dict[str, object] = {"other": earlier, "other_rule": first, "rule": rule}
            if rule is first:
                if rule.one_off and later.uscc and fold(later.uscc) == fold(earlier.uscc):
                    yield Finding("claim_again", later, "uscc", values)
            elif same_object(later, earlier):
                if banned:
                    yield Finding("claim_stacked", later, "object", values)
                elif later.rule in first.overlaps or earlier.rule in rule.overlaps:
                    yield Finding("claim_overlaps", later, "object", values)


def _check_elsewhere(rules: MoneyRules, claims: Sequence[Claim], elsewhere: Sequence[Claim]) -> Iterator[Finding]:
    """The same object under a like rule of another plan, for example a first store (XZ-08, X-07)."""
    for claim in claims:
        alike = rules[claim.rule].same_as
        for other in elsewhere:
            if f"{other.plan}.{other.rule}" in alike and same_object(claim, other):
                yield Finding("claim_elsewhere", claim, "object", {"other": other, "rule": rules[claim.rule]})
