"""All money rules of a plan as cards: what each gives, to whom, until when, and who pays."""

from datetime import date

from locales.formats import day, listing
from metrics.money_rules import MoneyRule, shared_rules
from metrics.plan import Plan
from metrics.text import Text
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.lamp import badge
from pages.parts.money.words import gives, validity
from pages.parts.tension_mark import tension_article


def rule_cards(plan: Plan, today: date) -> None:
    """`today` is the day looked at: rules that have ended by then are greyed."""
    cards = "".join(_card(plan, rule, today) for rule in plan.money.values())
    basis = plan.meta.get("period_basis")
    dates = {"start": day(plan.start, language()), "end": day(plan.end, language())}
    words = say("money.rule.usual", **dates, basis=basis.by(language()) if isinstance(basis, Text) else "")
    draw(f'<p class="note">{escape(words)}</p><div class="rules">{cards}</div>')


def _card(plan: Plan, rule: MoneyRule, today: date) -> str:
    speech = language()
    ended, early = today > rule.valid_to, today < rule.valid_from
    amounts = gives(rule)
    state = badge(say("money.rule.expired")) if ended else badge(say("money.rule.not_yet")) if early else ""
    once = badge(say("money.rule.one_off")) if rule.one_off else ""
    lines = "".join(f"<li>{escape(line)}</li>" for line in amounts)
    shown = f"<ul>{lines}</ul>" if len(amounts) > 1 else f"<b>{escape(amounts[0])}</b>"
    per = f' <span class="note">{escape(rule.per.by(speech))}</span>' if rule.per and len(amounts) == 1 else ""
    return (
        f'<article id="rule-{escape(rule.rule)}" '
        f'class="rule{" ended" if ended or early else ""}{"" if rule.claimable else " governs"}">'
        f'<p class="marks"><span class="clause">{escape(listing(rule.clauses, speech))}</span>{state}{once}</p>'
        f"<h3>{escape(rule.name.by(speech))}</h3>"
        f'<div class="gives">{shown}{per}</div>'
        f"<p>{escape(rule.condition.by(speech))}</p>"
        f'<dl class="facts">{_facts(plan, rule)}</dl>{_tensions(plan, rule)}</article>'
    )


def _facts(plan: Plan, rule: MoneyRule) -> str:
    """The quieter facts of a rule, those that are printed."""
    speech = language()
    quoted = listing((say("detail.indicator.quoted", words=words) for words in rule.printed), speech)
    per = rule.per.by(speech) if rule.per and len(gives(rule)) > 1 else ""
    open_rate = say("money.rule.open_rate") if rule.of_cost and rule.cost_percent is None else ""
    facts = {
        "printed": quoted,
        "per": per,
        "rate": open_rate,
        "units": listing((plan.units[unit].label(speech, short=True) for unit in rule.units), speech),
        "heirs": listing((_dated(plan, unit) for unit in rule.heirs), speech),
        "covers_assumed" if _reading_assumed(plan, rule) else "covers": listing(
            (plan.money[name].name.by(speech) for name in rule.covers), speech
        ),
        "payer": _payer(plan, rule),
        "validity": validity(rule) if rule.dates_printed else "",
        "note": rule.note.by(speech) if rule.note else "",
    }
    return "".join(
        f"<dt>{escape(say(f'money.rule.{name}'))}</dt><dd>{escape(said)}</dd>" for name, said in facts.items() if said
    )


def _reading_assumed(plan: Plan, rule: MoneyRule) -> bool:
    """Whether what a share covers is only our reading: the task force may still decide it (HZ-06)."""
    place = f"money.{rule.rule}.covers"
    return any(
        place in option.sets and name not in plan.decided
        for name in rule.tensions
        for option in plan.tensions[name].options
    )


def _payer(plan: Plan, rule: MoneyRule) -> str:
    if rule.payer:
        return rule.payer.by(language())
    return say("money.rule.payer_shared") if rule.rule in shared_rules(plan.money) else ""


def _dated(plan: Plan, unit: str) -> str:
    """A unit formed later, with its year: names were used again."""
    one = plan.units[unit]
    name = one.label(language(), short=True)
    return say("money.rule.since", unit=name, year=one.valid_from.year) if one.valid_from else name


def _tensions(plan: Plan, rule: MoneyRule) -> str:
    """Where the text disagrees with itself: a mark that opens both readings."""
    found = [plan.tensions[name] for name in rule.tensions]
    if not found:
        return ""
    items = "".join(tension_article(plan, tension) for tension in found)
    return f"<details><summary>{escape(say('detail.indicator.tensions'))}</summary>{items}</details>"
