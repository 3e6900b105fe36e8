"""Rules about subsidy claims (R16): what `metrics.claims` finds, said about the cells of the sheet."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from loaders.case import Broken, Case, Rule
from loaders.problem import Severity
from locales import LANGUAGES, text
from locales.formats import day, yuan
from metrics.claims import ROSTER, Claim, Finding, check_claims, claim_of
from metrics.money_rules import CostShare, MoneyRule, Tier
from metrics.plan import Plan, Roster

LEVELS: dict[str, Severity] = {
    "claim_shares_differ": "error",
    "claim_out_of_time": "notice",
    "claim_area_needed": "notice",
    "claim_area_too_small": "notice",
    "claim_level_needed": "notice",
    "claim_cost_needed": "notice",
    "claim_tier_wrong": "notice",
    "claim_over_limit": "notice",
    "claim_not_as_printed": "notice",
    "claim_paid_too_much": "notice",
    "claim_split_wrong": "notice",
    "claim_share_missing": "notice",
    "claim_stacked": "notice",
    "claim_overlaps": "notice",
    "claim_again": "notice",
    "claim_elsewhere": "notice",
}
"""Only what contradicts itself is sent back. What breaks a money rule is told and kept: whoever pays
decides, and a ledger must be able to show what was really paid."""

UNASKED = frozenset(
    {"claim_shares_differ", "claim_area_needed", "claim_level_needed", "claim_cost_needed", "claim_share_missing"}
)
"""Findings that say what is missing. All others break a printed rule, and the unit must say why."""

AMOUNTS = frozenset(
    {"amount", "limit", "over", "printed", "paid", "approved", "together", "difference", "city", "local"}
)


def claim_rules() -> tuple[Rule, ...]:
    return tuple(Rule(code, "claim", level, _broken(code), code not in UNASKED) for code, level in LEVELS.items())


def _broken(code: str) -> Callable[[Case], Iterable[Broken]]:
    def broken(case: Case) -> Iterator[Broken]:
        rows = {row.row: row for row in case.rows(ROSTER)}
        if not rows:
            return
        plans = {**case.plans, case.plan.plan: case.plan}
        claims = [claim_of(case.plan.plan, case.found.unit, row.row, row.values) for row in rows.values()]
        for finding in check_claims(case.plan.money, claims, case.claims_elsewhere):
            if finding.code == code:
                row = rows[finding.claim.row]
                cell = row.cells.get(finding.field) or row.cells.get("rule") or next(iter(row.cells.values()), "")
                shown = _shown(case.plan.rosters[ROSTER], finding.field, row.values.get(finding.field, ""))
                yield Broken(row.sheet, cell, shown, finding_words(finding, plans))

    return broken


def _shown(roster: Roster, name: str, value: str) -> str:
    """A cell's canonical value in the words of the sheet."""
    field = next(field for field in roster.fields if field.field == name)
    if field.type == "money" and value:
        return yuan(int(value))
    return next((choice.name.zh for choice in field.choices if choice.value == value), value)


def finding_words(finding: Finding, plans: Mapping[str, Plan]) -> dict[str, object]:
    """The values of a finding's sentence: text in both languages, amounts exact."""
    words: dict[str, object] = {}
    for name, value in finding.values.items():
        if isinstance(value, Claim):
            words |= _other(value, finding.claim, plans)
        elif value is not None:
            words[name] = _words(name, value)
    return words


def _words(name: str, value: object) -> object:
    if isinstance(value, MoneyRule):
        return {"zh": value.name.zh, "en": value.name.en}
    if isinstance(value, Tier):
        return {"zh": value.condition.zh, "en": value.condition.en}
    if isinstance(value, CostShare):
        numbers = {"city": value.city_percent, "local": value.local_percent}
        return _both(lambda language: text("money.claim.percentages", language, **numbers))
    if isinstance(value, date):
        return _both(lambda language: day(value, language))
    if name in AMOUNTS and isinstance(value, int):
        return _both(lambda language: yuan(value, language))
    return str(value)


def _other(claim: Claim, about: Claim, plans: Mapping[str, Plan]) -> dict[str, object]:
    """The other claim a sentence speaks of: its row, in whose list, and for another plan under which."""
    plan = plans[claim.plan]
    unit, rule = plan.units[claim.unit], plan.money[claim.rule]
    near = "here" if claim.unit == about.unit else "there"
    return {
        "other_place": _both(
            lambda language: text(f"money.claim.{near}", language, row=claim.row, unit=unit.label(language))
        ),
        "other_rule": {"zh": rule.name.zh, "en": rule.name.en},
        "other_plan": {"zh": plan.short.zh, "en": plan.short.en},
        "other_unit": {"zh": unit.name, "en": unit.name_en},
        "other_approved": _both(lambda language: yuan(claim.approved, language)),
    }


def _both(words: Callable[[str], str]) -> dict[str, str]:
    return {"en" if language == "en" else "zh": words(language) for language in LANGUAGES}
