"""The waterfall's title: how much the city lacks, and who lacks most of it."""

import re
from collections.abc import Sequence
from decimal import Decimal

from exports.cards.figures import Figure
from exports.cards.titles import city_clause, few_sent
from locales import text
from locales.formats import amount, listing, number, percent

PRINTED = re.compile(r"[（(]([^（）()]+)[）)]$")
"""`已兑付金额（元）`: the measure that a numerator's name ends with."""


def contribution_clause(city: Figure, basis: str, total: Decimal, parts: Sequence[tuple[str, Decimal]]) -> list[str]:
    """How much the city lacks, and who lacks most; of values, who holds most."""
    language, name = city.language, city.indicator.name.by(city.language)
    if basis == "value":
        return [city_clause(city), few_sent(city) or _holders(city, parts)]
    if basis == "minimum":
        return [city_clause(city), few_sent(city) or _shortest(city, parts)]
    key = "level" if total == 0 else "more" if total > 0 else "less"
    against = city.target
    head = text(f"titles.gap_{basis}_{key}", language, name=name, amount=abs_words(city, total), target=against)
    return [head, _shortest(city, parts)]


def abs_words(city: Figure, value: Decimal) -> str:
    """An amount of the gap with its unit; of a share the unit is its numerator's."""
    size, money = abs(value), city.indicator.money
    unit = measure_of_amounts(city)
    shown = amount(size, money=True) if money else number(size, 0 if size == size.to_integral_value() else 1)
    return f"{shown} {unit}".rstrip() if city.language == "en" else shown + unit


def measure_of_amounts(city: Figure) -> str:
    """The unit of measure of the steps: those of a share are its numerator's, counted or in money."""
    if not city.is_ratio:
        return city.measure
    named = PRINTED.search(city.indicator.numerator_name.by(city.language)) if city.indicator.numerator_name else None
    if named:
        return named[1]
    return text("waterfall.money" if city.indicator.money else "waterfall.count", city.language)


def _shortest(city: Figure, parts: Sequence[tuple[str, Decimal]]) -> str:
    """The units that lack most, by name up to two, and what they lack together."""
    language = city.language
    below = sorted((part for part in parts if part[1] < 0), key=lambda part: part[1])
    if not below:
        return text("titles.gap_none", language)
    worst = below[:2] if len(below) > 1 else below
    together = abs_words(city, sum((value for _, value in worst), Decimal(0)))
    key = "one" if len(worst) == 1 else "two"
    return text(f"titles.gap_{key}", language, names=listing((name for name, _ in worst), language), amount=together)


def _holders(city: Figure, parts: Sequence[tuple[str, Decimal]]) -> str:
    """Who holds the largest part of the sum."""
    largest = sorted(parts, key=lambda part: -part[1])[:2]
    held, whole = sum((value for _, value in largest), Decimal(0)), city["actual"]
    if len(parts) < 3 or not whole or held <= 0:
        return ""
    share = percent(100 * held / Decimal(whole))
    return text(
        "titles.holders", city.language, names=listing((name for name, _ in largest), city.language), share=share
    )
