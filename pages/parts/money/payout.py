"""兑付率 at the plan's dates: by amount and by number of cases, for the plan does not say which (XZ-03)."""

from collections.abc import Iterable, Mapping

from charts.values import SIGNS
from locales.formats import UNKNOWN, day, number, percent, yuan
from metrics import payout
from metrics.payout import PayoutRate, payout_rate
from metrics.period import Period
from metrics.plan import Plan, Target
from metrics.status import passes
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.html import draw, escape
from pages.parts.lamp import lamp


def payout_targets(plan: Plan) -> list[Target]:
    """The dated targets of indicators counted from the payout ledger."""
    counted = {
        name
        for name, indicator in plan.indicators.items()
        if any(rule.roster == payout.ROSTER for rule in indicator.counts.values())
    }
    found = [t for t in plan.targets if t.indicator in counted and t.deadline and t.value is not None]
    return sorted(found, key=lambda target: str(target.deadline))


def payout_cards(plan: Plan, ledger: Iterable[Mapping[str, object]], as_of: Period) -> None:
    rows = list(ledger)
    cards = [_card(plan, target, rows, as_of) for target in payout_targets(plan)]
    now = payout_rate(rows, as_of.end)
    cards.append(
        _shell(say("money.payout.now", day=day(as_of.end, language())), "", _rates(now, None, scored=False), "")
    )
    draw(f'<div class="payouts">{"".join(cards)}</div>')


def _card(plan: Plan, target: Target, rows: list[Mapping[str, object]], as_of: Period) -> str:
    speech, due = language(), target.deadline
    assert due is not None and target.value is not None
    before = "before_start" in target.tags
    words = say(
        "money.payout.target", day=day(due, speech), target=f"{SIGNS[target.comparison]}{target.value.normalize():f}%"
    )
    remark = say("money.payout.before", start=day(plan.start, speech)) if before else ""
    if due > as_of.end:
        return _shell(words, remark, f"<p>{escape(say('money.payout.later'))}</p>", target.indicator)
    return _shell(words, remark, _rates(payout_rate(rows, due), target, scored=not before), target.indicator)


def _shell(head: str, remark: str, body: str, indicator: str) -> str:
    link = ""
    if indicator:
        words = escape(say("money.payout.indicator"))
        address = escape(href("indicator", indicator=indicator))
        link = f'<p class="note"><a class="figure" target="_self" href="{address}">{words}</a></p>'
    note = f'<p class="note">{escape(remark)}</p>' if remark else ""
    return f'<section class="paper-card payout"><h3>{escape(head)}</h3>{note}{body}{link}</section>'


def _rates(rate: PayoutRate, target: Target | None, *, scored: bool) -> str:
    speech = language()
    amounts = {"paid": yuan(rate.paid, speech), "due": yuan(rate.due, speech)}
    cases = {"paid": number(rate.cases_paid), "due": number(rate.cases_due)}
    lines = []
    for name, value, parts in (("amount", rate.by_amount, amounts), ("cases", rate.by_cases, cases)):
        verdict = ""
        if target is not None and target.value is not None and value is not None:
            kept = passes(value, target.comparison, target.value)
            verdict = lamp("not_scored" if not scored else "achieved" if kept else "missed")
        shown = UNKNOWN if value is None else percent(value)
        lines.append(
            f'<div class="rate"><span>{escape(say(f"money.payout.by_{name}"))}</span><b>{escape(shown)}</b>{verdict}'
            f'<span class="note">{escape(say(f"money.payout.of_{name}", **parts))}</span></div>'
        )
    return "".join(lines)
