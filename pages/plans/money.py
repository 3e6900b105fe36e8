"""资金 Money: the plan's rules, what was claimed under them, what was paid, and what one could get."""

import streamlit as st

from locales.formats import listing, number, yuan
from metrics.claims import Finding, Sums, check_claims, sums
from metrics.plan import Plan
from pages.parts.context import chosen, database, language, plans, say
from pages.parts.detail import detail_look
from pages.parts.empty import nothing_here
from pages.parts.html import draw, escape
from pages.parts.money_claims import claims_table
from pages.parts.money_form import what_would_this_get
from pages.parts.money_payout import payout_cards, payout_targets
from pages.parts.money_rules import rule_cards
from store.claims import claims as listed_claims
from store.claims import claims_elsewhere, payouts


def facts(plan: Plan, total: Sums, findings: list[Finding]) -> None:
    """The money in one glance, exact."""
    speech = language()
    wrong = len({(finding.claim.unit, finding.claim.row) for finding in findings})
    tiles = [("claims", number(total.claims)), ("approved", yuan(total.approved, speech))]
    tiles.append(("paid", yuan(total.paid, speech)))
    if any(rule.amount == "share" for rule in plan.money.values()):
        tiles += [("city", yuan(total.city, speech)), ("local", yuan(total.local, speech))]
    if total.unshared:
        tiles.append(("unshared", yuan(total.unshared, speech)))
    tiles.append(("checks", number(wrong)))
    markup = "".join(
        f'<div class="fact"><dt>{escape(say(f"money.fact.{name}"))}</dt><dd>{escape(shown)}</dd></div>'
        for name, shown in tiles
    )
    draw(f'<dl class="fact-grid">{markup}</dl>')


def claims(plan: Plan) -> None:
    choice = chosen()
    draw(f"<h2>{escape(say('money.page.claims'))}</h2>")
    if "claims" not in plan.rosters:
        nothing_here(say("money.page.no_claims_roster"))
        return
    found = [claim for claim, _ in listed_claims(database(), plan, choice.as_of, choice.known_at)]
    if not found:
        keepers = dict.fromkeys(unit for unit in plan.reporting_units() if plan.keeps(unit, "claims"))
        names = listing((plan.units[unit].label(language(), short=True) for unit in keepers), language())
        nothing_here(say("money.page.no_claims", names=names))
        return
    findings = check_claims(plan.money, found, claims_elsewhere(database(), plans(), plan, choice.known_at))
    facts(plan, sums(plan.money, found), findings)
    flagged = [claim for claim in found if any(finding.claim == claim for finding in findings)]
    shown = found
    if flagged:
        options = {"all": len(found), "flagged": len(flagged)}
        picked = st.segmented_control(
            say("money.page.show"),
            list(options),
            default="all",
            format_func=lambda name: say(f"money.page.show_{name}", number=options[name]),
            label_visibility="collapsed",
            key="money-show",
        )
        shown = flagged if picked == "flagged" else found
    claims_table(plan, plans(), shown, findings, say("money.page.claims"))
    draw(f'<p class="note">{escape(say("money.page.claims_note"))}</p>')


def payout(plan: Plan) -> None:
    if not payout_targets(plan):
        return
    choice = chosen()
    draw(f"<h2>{escape(say('money.page.payout'))}</h2>")
    ledger = payouts(database(), plan, choice.as_of, choice.known_at)
    if ledger:
        payout_cards(plan, ledger, choice.as_of)
        draw(f'<p class="note">{escape(say("money.page.payout_note"))}</p>')
    else:
        nothing_here(say("money.page.no_ledger"))


detail_look("money")
plan, today = chosen().plan, chosen().as_of.end
claimable = [rule for rule in plan.money.values() if rule.claimable]
amounts = sum(rule.value is not None or bool(rule.tiers) for rule in claimable)
draw(f"<h1>{escape(say('money.page.title', rules=len(plan.money), amounts=amounts))}</h1>")
payout(plan)
claims(plan)
if amounts:
    draw(f"<h2>{escape(say('money.page.form'))}</h2>")
    what_would_this_get(plan, min(today, plan.end))
draw(f"<h2>{escape(say('money.page.rules'))}</h2>")
rule_cards(plan, today)
