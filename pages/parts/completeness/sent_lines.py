"""Who has sent and who has not, in words: counties and departments apart."""

import pandas as pd

from locales.formats import day, listing
from metrics.calendar import usual_term
from metrics.plan import Plan
from metrics.tally import tally
from pages.parts.address import language
from pages.parts.context import chosen, href, say
from pages.parts.html import draw, escape

TOLD = ("missing", "grace", "returned", "not_due", "closed", "waiting", "late")
"""What is told with names, the most pressing first; who has sent in time is only counted."""


def summary(plan: Plan, rows: pd.DataFrame) -> None:
    """A late bureau is another call than a late county. `rows`: `metrics.dues` of the chosen quarter."""
    in_set = rows["unit"].isin(plan.units_of(chosen().unit_set))
    parts = [("counties", rows[in_set]), ("departments", rows[~in_set])]
    draw(f'<div class="figures-row">{"".join(_line(plan, name, part) for name, part in parts)}</div>')
    draw(f'<p class="note">{_days(plan, rows)}</p>')


def _line(plan: Plan, name: str, rows: pd.DataFrame) -> str:
    count = tally(rows)
    if not count.expected:
        return ""
    who = escape(say(f"detail.completeness.{name}"))
    sent = escape(say("detail.completeness.sent", received=count.received, expected=count.expected))
    found = [(state, rows[rows["state"] == state]["unit"]) for state in TOLD]
    rest = " ".join(say(f"owes.{state}", names=names(plan, list(units))) for state, units in found if len(units))
    return f'<p><span class="note">{who}</span> <b>{sent}</b> {escape(rest)}</p>'


def _days(plan: Plan, rows: pd.DataFrame) -> str:
    """The day most of them have, and who has another."""
    owed = rows[rows["expected"].astype(bool)]
    usual = usual_term(plan.calendar, chosen().as_of)
    due = owed["due"].mode().iloc[0] if len(owed) else usual.due
    grace = owed[owed["due"] == due]["grace_until"].iloc[0] if len(owed) else usual.grace_until
    words = say("owes.due", due=day(due, language()), grace=day(grace, language()))
    others = list(owed[owed["due"] != due]["unit"])
    if others:
        words += " " + say("owes.own_days", names=names(plan, others))
    link = f'<a target="_self" href="{escape(href("calendar"))}">{escape(say("owes.see_calendar"))}</a>'
    return f"{escape(words)} {link}"


def names(plan: Plan, units: list[str]) -> str:
    return listing((plan.units[unit].label(language(), short=True) for unit in units), language())
