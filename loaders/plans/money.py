"""money.toml: its shape, the rules it becomes, and what must hold of them.

A fault of the checks is (file, key, fault).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from loaders.plans.shape import Phrase, Table, Words
from loaders.plans.shared_checks import Fault
from metrics.money_rules import Amount, MoneyRule, MoneyRules, Tier
from metrics.plan import Choice, Field, Plan, Roster
from metrics.text import Text

WAN = 10**4


class TierTable(Table):
    condition: Phrase
    value: int
    area_from: int | None = None
    area_to: int | None = None


class MoneyTable(Table):
    """One money rule; `value` in integer yuan, blank when the plan prints no amount.

    Without dates of its own a rule is valid as long as its plan.
    """

    name: Phrase
    clauses: Words
    amount: Amount
    value: int | None = None
    percent: Decimal | None = None
    per: Phrase | None = None
    printed: Words = ()
    condition: Phrase
    condition_printed: Words = ()
    one_off: bool = False
    payer: Phrase | None = None
    note: Phrase | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    at_most: bool | None = None
    of_cost: bool = False
    cost_percent: Decimal | None = None
    no_stacking: bool = False
    overlaps: Words = ()
    same_as: Words = ()
    units: Words = ()
    heirs: Words = ()
    city_percent: int | None = None
    local_percent: int | None = None
    covers: Words = ()
    tensions: Words = ()
    tiers: tuple[TierTable, ...] = ()

    def noun(self, rule: str, start: date, end: date) -> MoneyRule:
        """`start` and `end` are the plan's."""
        tiers = (Tier(tier=f"{rule}.{n}", **dict(tier)) for n, tier in enumerate(self.tiers, start=1))
        values = dict(self) | {
            "tiers": tuple(tiers),
            "valid_from": self.valid_from or start,
            "valid_to": self.valid_to or end,
            "dates_printed": self.valid_from is not None or self.valid_to is not None,
            "at_most": self.amount == "cap" if self.at_most is None else self.at_most,
        }
        return MoneyRule(rule=rule, **values)


def claims_roster(roster: Roster, rules: MoneyRules) -> Roster:
    """The claims roster as one plan needs it: its rules and steps to choose from, and no idle columns."""
    asked = [rule for rule in rules.values() if rule.claimable]
    tiers = [(tier, rule) for rule in asked for tier in rule.tiers]
    choices = {
        "rule": tuple(Choice(rule.rule, rule.name) for rule in asked),
        "level": tuple(Choice(tier.tier, _level_name(tier, rule, [t for t, _ in tiers])) for tier, rule in tiers),
    }
    shared = any(rule.amount == "share" for rule in rules.values())
    idle = {
        *(() if tiers else ("level",)),
        *(() if any(rule.by_area for rule in asked) else ("area",)),
        *(() if any(rule.of_cost for rule in asked) else ("cost",)),
        *(() if shared else ("city_share", "local_share")),
    }

    def fitted(field: Field) -> Field:
        own = choices.get(field.field)
        return replace(field, type="choice", choices=own) if own else field

    return replace(roster, fields=tuple(fitted(field) for field in roster.fields if field.field not in idle))


def _level_name(tier: Tier, rule: MoneyRule, every: list[Tier]) -> Text:
    """The condition alone where no other rule prints the same."""
    if [other.condition for other in every].count(tier.condition) == 1:
        return tier.condition
    return Text(f"{rule.name.zh}：{tier.condition.zh}", f"{rule.name.en}: {tier.condition.en}")


def check_money(plan: Plan, rosters: dict[str, Roster]) -> Iterator[Fault]:
    for rule in plan.money.values():
        for field, words in _faults(plan, rule):
            yield "money.toml", f"{rule.rule}.{field}", words
    yield from _check_shares_meet_once(plan)
    for roster, keepers in plan.keepers.items():
        if roster not in rosters:
            yield "plan.toml", f"keepers.{roster}", "unknown roster"
        for unit in keepers:
            if unit != "@units" and unit not in plan.units:
                yield "plan.toml", f"keepers.{roster}", f"unknown unit {unit}"


def check_alike(plans: dict[str, Plan]) -> Iterator[Fault]:
    """Rules of several plans for the same object must name each other. The file says which plan's."""
    for plan in plans.values():
        for rule in plan.money.values():
            for named in rule.same_as:
                name, _, other = named.partition(".")
                if name not in plans:
                    continue  # that plan is not kept here
                found = plans[name].money.get(other)
                if found is None:
                    yield f"{plan.plan}/money.toml", f"{rule.rule}.same_as", f"there is no rule {named}"
                elif f"{plan.plan}.{rule.rule}" not in found.same_as:
                    yield f"{plan.plan}/money.toml", f"{rule.rule}.same_as", f"{named} does not name this rule"


def _faults(plan: Plan, rule: MoneyRule) -> Iterator[tuple[str, str]]:
    if rule.valid_from > rule.valid_to:
        yield "valid_to", f"{rule.valid_to} is before {rule.valid_from}"
    if (rule.value is not None) != (rule.amount in ("cap", "fixed")):
        yield "value", "a cap or a fixed sum has a value, other rules have none"
    if rule.amount == "tier" and not rule.tiers:
        yield "tiers", "a tier rule has tiers"
    if rule.tiers and not rule.claimable:
        yield "tiers", f"a {rule.amount} has no tiers"
    if (rule.percent is not None) != (rule.amount == "floor_ratio"):
        yield "percent", "a floor_ratio, and only it, has a percent"
    if rule.cost_percent is not None and not rule.of_cost:
        yield "cost_percent", "only a share of the outlay (of_cost) has one"
    if rule.at_most and rule.amount not in ("cap", "tier"):
        yield "at_most", f"a {rule.amount} is no ceiling"
    for field in ("overlaps", "covers"):
        for other in getattr(rule, field):
            if other not in plan.money:
                yield field, f"there is no rule {other}"
            elif not plan.money[other].claimable:
                yield field, f"nobody claims money under {other}"
    for tension in rule.tensions:
        if tension not in plan.tensions:
            yield "tensions", f"{tension} is not in tensions.toml"
    yield from _tier_faults(rule)
    yield from _share_faults(plan, rule)
    yield from _printed_faults(rule)


def _tier_faults(rule: MoneyRule) -> Iterator[tuple[str, str]]:
    """Steps by area must rise without gap or overlap, each beginning where the last one ends."""
    if not rule.by_area:
        return
    for tier in rule.tiers:
        if tier.area_from is None or (tier.area_to is not None and tier.area_to <= tier.area_from):
            yield "tiers", f"{tier.tier}: an area begins somewhere and ends above that"
    for lower, upper in pairwise(rule.tiers):
        if lower.area_to != upper.area_from:
            yield "tiers", f"{lower.tier} ends at {lower.area_to}, {upper.tier} begins at {upper.area_from}"
    if rule.tiers[-1].area_to is not None:
        yield "tiers", f"{rule.tiers[-1].tier}: the last step has no upper edge"


def _share_faults(plan: Plan, rule: MoneyRule) -> Iterator[tuple[str, str]]:
    if rule.amount != "share":
        if rule.units or rule.heirs or rule.covers or rule.city_percent is not None:
            yield "amount", "only a share has units, covers and percentages"
        return
    if rule.city_percent is None or rule.local_percent is None or rule.city_percent + rule.local_percent != 100:
        yield "city_percent", "city_percent and local_percent must make 100"
    if not rule.covers:
        yield "covers", "a share covers the rules it splits"
    for unit in (*rule.units, *rule.heirs):
        if unit not in plan.units:
            yield "units", f"unknown unit {unit}"


def _check_shares_meet_once(plan: Plan) -> Iterator[Fault]:
    """A unit has one share of what a rule gives, not two."""
    seen: dict[tuple[str, str], str] = {}
    for share in plan.money.values():
        for unit in (*share.units, *share.heirs):
            for rule in share.covers:
                first = seen.setdefault((unit, rule), share.rule)
                if first != share.rule:
                    yield "money.toml", f"{share.rule}.units", f"{unit} already shares {rule} under {first}"


def _printed_faults(rule: MoneyRule) -> Iterator[tuple[str, str]]:
    """Amounts must be those of the printed words, and 最高/不超过 must be read as a ceiling."""
    if not rule.printed or not rule.claimable:
        return
    printed = {Decimal(n) * WAN for words in rule.printed for n in re.findall(r"(\d+(?:\.\d+)?)万元", words)}
    for value in (rule.value, *(tier.value for tier in rule.tiers)):
        if value is not None and value not in printed:
            yield "printed", f"{value} yuan is not what is printed: {'、'.join(rule.printed)}"
    ceiling = any(re.search("最高|不超过", words) for words in rule.printed)
    if ceiling != rule.at_most:
        yield "at_most", "最高 or 不超过 is a ceiling, a bare amount is not"
