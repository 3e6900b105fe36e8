"""此项能补多少: a rule, what it asks for, and what it gives. Nothing is kept."""

from datetime import date
from decimal import Decimal

import streamlit as st

from locales.formats import yuan
from metrics.money import Entitlement, entitlement, split
from metrics.money_rules import MoneyRule, cost_share, shared_rules
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.money.words import given
from pages.parts.pick import pick

WAN = 10**4


def what_would_this_get(plan: Plan, today: date) -> None:
    rules = {name: rule for name, rule in plan.money.items() if rule.claimable}
    left, right = st.columns([1, 1])
    with left:
        name = pick(
            "rule", list(rules), next(iter(rules)), say("money.form.rule"), lambda r: rules[r].name.by(language())
        )
        rule = rules[name]
        on = st.date_input(say("money.form.day"), value=today, format="YYYY-MM-DD", key=f"day-{name}")
        answer = entitlement(rule, on=on, area=_area(rule), level=_level(rule), cost=_cost(rule))
        unit = _unit(plan, rule)
    with right:
        draw(f'<div class="answer" role="status">{_answer(plan, answer, unit)}</div>')


def _area(rule: MoneyRule) -> Decimal | None:
    if not rule.by_area:
        return None
    typed = st.number_input(
        say("money.form.area"), min_value=0.0, value=None, step=0.01, format="%.2f", key=f"area-{rule.rule}"
    )
    return None if typed is None else Decimal(f"{typed:.2f}")


def _level(rule: MoneyRule) -> str | None:
    if rule.by_area or not rule.tiers:
        return None
    names = {tier.tier: tier.condition.by(language()) for tier in rule.tiers}
    return st.selectbox(
        say("money.form.level"), list(names), index=None, format_func=names.__getitem__, key=f"level-{rule.rule}"
    )


def _cost(rule: MoneyRule) -> int | None:
    """Asked only where it changes the answer: with a printed rate."""
    if rule.cost_percent is None:
        return None
    typed = st.number_input(
        say("money.form.cost"), min_value=0.0, value=None, step=0.0001, format="%.4f", key=f"cost-{rule.rule}"
    )
    return None if typed is None else int(Decimal(f"{typed:.4f}") * WAN)


def _unit(plan: Plan, rule: MoneyRule) -> str | None:
    if rule.rule not in shared_rules(plan.money):
        return None
    units = list(dict.fromkeys(unit for units in plan.unit_sets.values() for unit in units))
    return st.selectbox(
        say("money.form.unit"),
        units,
        format_func=lambda unit: _called(plan, unit),
        key=f"unit-{rule.rule}",
        filter_mode="contains",
    )


def _called(plan: Plan, unit: str) -> str:
    """A name used again after a reform carries its years."""
    one = plan.units[unit]
    name = one.label(language())
    return say("money.rule.since", unit=name, year=one.valid_from.year) if one.valid_from else name


def _answer(plan: Plan, answer: Entitlement, unit: str | None) -> str:
    speech, rule = language(), answer.rule
    lines = [f'<p class="note">{escape(rule.name.by(speech))}</p>', f'<p class="big">{escape(given(answer))}</p>']
    if answer.tier:
        lines.append(f"<p>{escape(answer.tier.condition.by(speech))}</p>")
    if answer.amount is None and not answer.obstacle:
        lines.append(f"<p>{escape(say('money.form.ceiling'))}</p>")
    if unit and answer.limit is not None:
        lines.append(f"<p>{escape(_shares(plan, rule, unit, answer.limit))}</p>")
    lines.append(f'<p class="note">{escape(rule.condition.by(speech))}</p>')
    return "".join(lines)


def _shares(plan: Plan, rule: MoneyRule, unit: str, amount: int) -> str:
    share = cost_share(plan.money, rule.rule, unit)
    if share is None:
        return say("money.form.no_share", unit=_called(plan, unit))
    city, local = (yuan(part, language()) for part in split(amount, share.city_percent))
    words = say("money.form.shares", city=city, local=local, unit=_called(plan, unit), percent=share.city_percent)
    return words + (say("money.form.assumed") if share.assumed else "")
