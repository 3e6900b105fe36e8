"""Claims as sent, each with what the checks found and who bears what."""

from collections.abc import Mapping, Sequence

from loaders.claim_rules import finding_words
from loaders.problem import Problem, message
from locales.formats import UNKNOWN, yuan
from metrics.claims import Claim, Finding, borne, due_to
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.html import draw, escape, figure_link
from pages.parts.money.origin import claim_key
from pages.parts.money.words import given

COLUMNS = ("unit", "object", "rule", "claimed_on", "limit", "asked", "approved", "city", "local", "paid")
SHOWN_IN = {
    "level": "rule",
    "area": "rule",
    "cost": "rule",
    "uscc": "object",
    "city_share": "city",
    "local_share": "local",
}
"""Fields of the list that share a column with others here."""
AMOUNTS = frozenset(("limit", "asked", "approved", "city", "local", "paid"))


def claims_table(
    plan: Plan, plans: Mapping[str, Plan], claims: Sequence[Claim], findings: Sequence[Finding], caption: str
) -> None:
    """One row per claim; what was found stands below it. The unit leads to its list as sent, an amount to its row."""
    shared = any(rule.amount == "share" for rule in plan.money.values())
    columns = [name for name in COLUMNS if shared or name not in ("city", "local")]
    head = "".join(f'<th scope="col"{_side(name)}>{escape(say(f"money.column.{name}"))}</th>' for name in columns)
    body = "".join(_lines(plan, plans, claim, [f for f in findings if f.claim == claim], columns) for claim in claims)
    table = (
        f'<table class="plain claims"><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>{body}</table>'
    )
    draw(f'<div class="scroll">{table}</div>')


def _lines(
    plan: Plan, plans: Mapping[str, Plan], claim: Claim, findings: Sequence[Finding], columns: Sequence[str]
) -> str:
    wrong = {SHOWN_IN.get(finding.field, finding.field) for finding in findings}
    cells = _cells(plan, claim)
    row = "".join(
        f'<td data-name="{escape(say(f"money.column.{name}"))}"'
        f"{_side(name, ' wrong' if name in wrong else '')}>{cells[name]}</td>"
        for name in columns
    )
    said = "".join(f"<li>{escape(finding_message(finding, plans))}</li>" for finding in findings)
    below = f'<tr class="found"><td colspan="{len(columns)}"><ul>{said}</ul></td></tr>' if said else ""
    return f'<tbody class="{"checked" if said else ""}"><tr>{row}</tr>{below}</tbody>'


def finding_message(finding: Finding, plans: Mapping[str, Plan]) -> str:
    return message(Problem("notice", finding.code, values=finding_words(finding, plans)), language())


def _cells(plan: Plan, claim: Claim) -> dict[str, str]:
    """Markup of every cell; amounts exact."""
    speech, rule = language(), plan.money[claim.rule]
    unit = plan.units[claim.unit].label(speech, short=True)
    area = say("money.claim.area", area=f"{claim.area:f}") if claim.area is not None else ""
    tier = next((one.condition.by(speech) for one in rule.tiers if one.tier == claim.level), "")
    part = borne(plan.money, claim)
    link = escape(href("unit", unit=claim.unit, roster="claims"))
    source = href("money", claim=claim_key(claim), anchor="origin")
    return {
        "unit": f'<a class="figure" target="_self" href="{link}">{escape(unit)}</a>',
        "object": _two(claim.object, claim.name),
        "rule": _two(rule.name.by(speech), say("money.claim.joint").join(filter(None, (tier, area)))),
        "claimed_on": escape(UNKNOWN if claim.claimed_on is None else claim.claimed_on.isoformat()),
        "limit": escape(given(due_to(claim, rule))),
        "asked": figure_link(yuan(claim.asked, speech), source),
        "approved": figure_link(yuan(claim.approved, speech), source),
        "city": _part(part.city, part.basis),
        "local": _part(part.local, part.basis),
        "paid": figure_link(yuan(claim.paid, speech), source),
    }


def _part(amount: int | None, basis: str) -> str:
    """A part as sent; one we split says so, and a missing rule is named instead of guessed."""
    remark = say(f"money.basis.{basis}") if basis in ("computed", "assumed", "missing") else ""
    shown = escape(yuan(amount, language())) if amount is not None else "" if remark else UNKNOWN
    return shown + (f'<span class="note">{escape(remark)}</span>' if remark else "")


def _two(first: str, second: str) -> str:
    return f"<b>{escape(first)}</b>" + (f'<span class="note">{escape(second)}</span>' if second else "")


def _side(name: str, more: str = "") -> str:
    kinds = {"object": "words", "rule": "words", "unit": "unit"}
    kind = ("number" if name in AMOUNTS else kinds.get(name, "")) + more
    return f' class="{kind.strip()}"' if kind.strip() else ""
