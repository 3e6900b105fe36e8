"""资金 Money: the plan's rules, what was claimed under them, what was paid, and what one could get."""

from datetime import date

import streamlit as st

from locales.formats import listing, number, yuan
from metrics.claims import ROSTER, Claim, Finding, Sums, check_claims, sums
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import chosen, say
from pages.parts.detail import detail_look
from pages.parts.empty import nothing_here
from pages.parts.html import draw, escape
from pages.parts.money.claims import claims_table
from pages.parts.money.form import what_would_this_get
from pages.parts.money.origin import claim_origin
from pages.parts.money.payout import payout_cards, payout_targets
from pages.parts.money.rules import rule_cards
from pages.parts.sources import database, open_periods, plans
from store.claims import claims, claims_elsewhere, payouts


def title(plan: Plan, found: list[Claim], flagged: int) -> None:
    amounts = sum(rule.claimable and (rule.value is not None or bool(rule.tiers)) for rule in plan.money.values())
    words = say("money.page.title", rules=len(plan.money), amounts=amounts)
    if found:
        words += say(f"money.page.title_{'claims' if flagged else 'clean'}", claims=len(found), flagged=flagged)
    draw(f"<h1>{escape(words)}</h1>")


def _day(plan: Plan) -> date:
    """The day rules are judged by: the quarter's end, or today in the last quarter there is to look at."""
    as_of = chosen().as_of
    return max(as_of.end, date.today()) if as_of == open_periods(plan)[-1] else as_of.end


def facts(plan: Plan, total: Sums, flagged: int) -> None:
    """The money in one glance, exact."""
    speech = language()
    tiles = {"claims": number(total.claims), "approved": yuan(total.approved, speech), "paid": yuan(total.paid, speech)}
    if any(rule.amount == "share" for rule in plan.money.values()):
        tiles |= {"city": yuan(total.city, speech), "local": yuan(total.local, speech)}
    if total.unshared:
        tiles["unshared"] = yuan(total.unshared, speech)
    tiles["checks"] = number(flagged)
    markup = "".join(
        f'<div class="fact"><dt>{escape(say(f"money.fact.{name}"))}</dt><dd>{escape(shown)}</dd></div>'
        for name, shown in tiles.items()
    )
    draw(f'<dl class="fact-grid">{markup}</dl>')


def claimed(plan: Plan, found: list[Claim], findings: list[Finding], flagged: list[Claim]) -> None:
    draw(f"<h2>{escape(say('money.page.claims'))}</h2>")
    if ROSTER not in plan.rosters:
        nothing_here(say("money.page.no_claims_roster"))
        return
    if not found:
        keepers = [unit for unit in plan.units_of(chosen().unit_set) if plan.keeps(unit, ROSTER)]
        keepers = keepers or [unit for unit in plan.reporting_units() if plan.keeps(unit, ROSTER)]
        names = listing((plan.units[unit].label(language(), short=True) for unit in keepers), language())
        nothing_here(say("money.page.no_claims", names=names))
        return
    facts(plan, sums(plan.money, found), len(flagged))
    shown = flagged if flagged and _only_flagged(len(found), len(flagged)) else found
    claims_table(plan, plans(), shown, findings, say("money.page.claims"))
    draw(f'<p class="note">{escape(say("money.page.claims_note"))}</p>')


def _only_flagged(every: int, flagged: int) -> bool:
    options = {"all": every, "flagged": flagged}
    picked = st.segmented_control(
        say("money.page.show"),
        list(options),
        default="all",
        format_func=lambda name: say(f"money.page.show_{name}", number=options[name]),
        label_visibility="collapsed",
        key="money-show",
    )
    return picked == "flagged"


def paid_out(plan: Plan) -> None:
    if not payout_targets(plan):
        return
    draw(f"<h2>{escape(say('money.page.payout'))}</h2>")
    ledger = payouts(database(), plan, chosen().as_of, chosen().known_at)
    if ledger:
        payout_cards(plan, ledger, chosen().as_of)
        draw(f'<p class="note">{escape(say("money.page.payout_note"))}</p>')
    else:
        nothing_here(say("money.page.no_ledger"))


detail_look("money")
plan, known_at = chosen().plan, chosen().known_at
placed = claims(database(), plan, chosen().as_of, known_at)
found = [claim for claim, _ in placed]
findings = check_claims(plan.money, found, claims_elsewhere(database(), plans(), plan, known_at) if found else [])
flagged = [claim for claim in found if any(finding.claim == claim for finding in findings)]
title(plan, found, len(flagged))
paid_out(plan)
claimed(plan, found, findings, flagged)
claim_origin(plan, placed)
if ROSTER in plan.rosters:
    draw(f"<h2>{escape(say('money.page.form'))}</h2>")
    what_would_this_get(plan, _day(plan))
draw(f"<h2>{escape(say('money.page.rules'))}</h2>")
rule_cards(plan, _day(plan))
