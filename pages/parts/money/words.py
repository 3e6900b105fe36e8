"""How a money rule is said: what it gives, since when, and what is in the way."""

from locales.formats import day, number, yuan
from metrics.money import Entitlement
from metrics.money_rules import MoneyRule
from pages.parts.address import language
from pages.parts.context import say


def gives(rule: MoneyRule) -> list[str]:
    """What the plan prints: one line, or one per step. Never more than is printed."""
    speech = language()
    if rule.tiers:
        return [
            say("money.gives.step", condition=tier.condition.by(speech), amount=_amount(rule, tier.value))
            for tier in rule.tiers
        ]
    if rule.value is not None:
        return [_amount(rule, rule.value)]
    if rule.amount == "share":
        return [say("money.gives.share", city=rule.city_percent, local=rule.local_percent)]
    if rule.amount == "floor_ratio":
        return [say("money.gives.floor", percent=f"{rule.percent:f}")]
    return [say(f"money.gives.{rule.amount}")]


def _amount(rule: MoneyRule, value: int) -> str:
    key = "at_most" if rule.at_most else "exact"
    return say(f"money.gives.{key}", amount=yuan(value, language()))


def validity(rule: MoneyRule) -> str:
    dates = {"start": day(rule.valid_from, language()), "end": day(rule.valid_to, language())}
    return say("money.rule.dates", **dates)


def given(one: Entitlement) -> str:
    """The answer to 此项能补多少, in a few words."""
    if one.obstacle:
        least = min((tier.area_from for tier in one.rule.tiers if tier.area_from is not None), default=None)
        ends = {"start": day(one.rule.valid_from, language()), "end": day(one.rule.valid_to, language())}
        return say(f"money.obstacle.{one.obstacle}", least=number(least), **ends)
    key = "at_most" if one.amount is None else "exact"
    return say(f"money.gives.{key}", amount=yuan(one.limit, language()))
