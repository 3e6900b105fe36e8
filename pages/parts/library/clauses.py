"""The plan clause by clause as one table: what is promised, by whom, by when and how much."""

from charts.values import by, promised, tag_words
from locales import catalogue
from locales.formats import listing
from metrics.clauses import Clause
from metrics.money_rules import MoneyRule, shared_rules
from metrics.plan import Indicator, Milestone, Plan, Target
from pages.parts.address import language
from pages.parts.context import chosen, href, say
from pages.parts.html import escape, figure_link
from pages.parts.lamp import badge
from pages.parts.money.words import gives, validity
from pages.parts.tension_mark import tension_article, tension_link

COLUMNS = ("kind", "promise", "owner", "due")


def clause_table(plan: Plan, found: list[Clause]) -> str:
    head = "".join(f'<th scope="col" class="{name}">{escape(say(f"library.column.{name}"))}</th>' for name in COLUMNS)
    caption = escape(say("library.caption", plan=plan.short.by(language())))
    bodies = "".join(_clause(plan, clause) for clause in found)
    return (
        f'<table class="list promises"><caption class="unseen">{caption}</caption>'
        f"<thead><tr>{head}</tr></thead>{bodies}</table>"
    )


def clause_name(clause: str) -> str:
    return say("detail.indicator.title_clause") if clause == "title" else clause


def _clause(plan: Plan, clause: Clause) -> str:
    rows = [_indicator(plan, indicator) for indicator in clause.indicators]
    rows += [_milestone(plan, milestone) for milestone in clause.milestones]
    rows += [_money(plan, rule) for rule in clause.money]
    head = f'<tr class="of-clause"><th scope="rowgroup" colspan="4">{escape(clause_name(clause.clause))}</th></tr>'
    return f"<tbody>{head}{''.join(rows)}{_tensions(plan, clause, not rows)}</tbody>"


def _row(kind: str, promise: str, owner: str, due: str) -> str:
    cells = {"owner": owner, "due": due}
    said = "".join(
        f'<td class="{name}" data-label="{escape(say(f"library.column.{name}"))}"><div>{shown}</div></td>'
        for name, shown in cells.items()
    )
    word = escape(say(f"library.kind.{kind}"))
    return f'<tr><td class="kind" data-label="">{word}</td><th scope="row">{promise}</th>{said}</tr>'


def _note(words: str) -> str:
    return f'<p class="note">{escape(words)}</p>' if words else ""


def _indicator(plan: Plan, indicator: Indicator) -> str:
    name = figure_link(indicator.name.by(language()), href("indicator", indicator=indicator.indicator))
    hoped = badge(say("plan.aspirational"), "hoped") if indicator.aspirational else ""
    quoted = listing((say("detail.indicator.quoted", words=words) for words in indicator.printed), language())
    other = _elsewhere(indicator)
    promise = f"{name} {hoped}{tension_link(plan, indicator.indicator)}{_note(quoted)}{_note(other)}"
    return _row("indicator", promise, _owners(indicator), _targets(plan, indicator))


def _elsewhere(promise: Indicator | Milestone) -> str:
    """A promise of several clauses stands at the first and names the others."""
    others = [clause_name(clause) for clause in promise.clauses[1:]]
    return say("library.also", clauses=listing(others, language())) if others else ""


def _owners(promise: Indicator | Milestone) -> str:
    basis = say(f"plan.owner_basis.{promise.owner_basis}")
    names = escape(listing(promise.owners, language()))
    return f'{names} <span class="note">{escape(basis)}</span>' if names else _silent(basis)


def _silent(words: str) -> str:
    """What the text does not print, said as such."""
    return f'<span class="note">{escape(words)}</span>'


def _targets(plan: Plan, indicator: Indicator) -> str:
    """The area's targets one below the other, then how many units have one of their own."""
    mine = [target for target in plan.targets if target.indicator == indicator.indicator]
    own = [target for target in mine if target.unit != plan.area]
    lines = [] if indicator.parts else [_target(target, indicator) for target in mine if target.unit == plan.area]
    if own:
        lines.append(_silent(say("library.allocated", number=len(own))))
    elif indicator.scope == "each_unit":
        lines.append(_silent(say("plan.scope.each_unit")))
    if indicator.parts:
        names = listing((plan.indicators[part].name.by(language()) for part in indicator.parts), language())
        lines += [
            _silent(say("library.parts", names=names)),
            *(escape(by(target.deadline, language())) for target in mine),
        ]
    return "".join(f"<div>{shown}</div>" for shown in lines if shown)


def _target(target: Target, indicator: Indicator) -> str:
    tags = [say(f"plan.tag.{tag}") for tag in target.tags if f"plan.tag.{tag}" in catalogue(language())]
    remark = f' <span class="note">{escape(listing(tags or tag_words(target.tags, language()), language()))}</span>'
    if target.value is None:
        return _silent(say("plan.no_target_printed")) + remark
    return f"<b>{escape(promised(target, indicator, language()))}</b> {escape(by(target.deadline, language()))}{remark}"


def _milestone(plan: Plan, milestone: Milestone) -> str:
    speech = language()
    name = figure_link(milestone.name.by(speech), _task(plan, milestone))
    evidence = say("library.evidence", evidence=milestone.evidence.by(speech))
    wanted = milestone.row_target.by(speech) if milestone.row_target else ""
    scope = "" if milestone.scope == "city" else badge(say(f"plan.scope.{milestone.scope}"))
    promise = f"{name} {scope}{_note(wanted)}{_note(evidence)}{_note(_elsewhere(milestone))}"
    return _row("milestone", promise, _owners(milestone), _due(milestone))


def _task(plan: Plan, milestone: Milestone) -> str:
    """Where the task stands: at the one who answers for it, else at all of them."""
    who = plan.reporters_of(milestone)
    year = str(min(chosen().as_of.year, plan.end.year)) if milestone.recurrence == "annual" else None
    named = {"task": milestone.milestone, "by": who[0], "year": year, "anchor": "origin"} if len(who) == 1 else {}
    return href("milestones", **named)


def _due(milestone: Milestone) -> str:
    if milestone.deadline is None:
        return _silent(say(f"milestones.undated.{milestone.recurrence}"))
    when = escape(by(milestone.deadline, language()))
    printed = milestone.deadline_printed and say("detail.indicator.quoted", words=milestone.deadline_printed)
    return f"{when} {_silent(printed)}" if printed else when


def _money(plan: Plan, rule: MoneyRule) -> str:
    speech = language()
    name = figure_link(rule.name.by(speech), href("money", anchor=f"rule-{rule.rule}"))
    quoted = listing((say("detail.indicator.quoted", words=words) for words in rule.printed), speech)
    promise = f"{name}{_note(rule.condition.by(speech))}{_note(quoted)}"
    amounts = "".join(f"<div>{escape(words)}</div>" for words in gives(rule))
    when = f"<div>{_silent(validity(rule))}</div>" if rule.dates_printed else ""
    return _row("money", promise, _payer(plan, rule), amounts + when)


def _payer(plan: Plan, rule: MoneyRule) -> str:
    if rule.payer:
        return escape(rule.payer.by(language()))
    shared = rule.rule in shared_rules(plan.money)
    return escape(say("money.rule.payer_shared")) if shared else _silent(say("plan.not_printed"))


def _tensions(plan: Plan, clause: Clause, alone: bool) -> str:
    """Where the clause does not agree with itself or another: folded, unless there is nothing else."""
    if not clause.tensions:
        return ""
    title = escape(say("library.tensions", number=len(clause.tensions)))
    items = "".join(tension_article(plan, tension) for tension in clause.tensions)
    opened = " open" if alone and len(clause.tensions) == 1 else ""
    details = f'<details class="of-clause"{opened}><summary>{title}</summary>{items}</details>'
    return f'<tr class="tensions"><td colspan="4">{details}</td></tr>'
