"""Where a claim comes from: the sent list, its row marked, and who sent and published it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from locales.formats import quarter
from metrics.claims import Claim
from metrics.period import Period
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.html import draw, escape
from pages.parts.origin_row import row_origin

Placed = tuple[Claim, Mapping[str, object]]
"""A claim, and the period, submission and sheet it stands in."""


def claim_key(claim: Claim) -> str:
    return f"{claim.unit}.{claim.row}"


def claim_origin(plan: Plan, placed: Sequence[Placed]) -> None:
    """The claim the address asks for, if it is there."""
    asked = st.query_params.get("claim")
    for claim, place in placed:
        if claim_key(claim) == asked:
            _origin(plan, claim, place)


def _origin(plan: Plan, claim: Claim, place: Mapping[str, object]) -> None:
    period, sheet = Period.parse(str(place["period"])), str(place["sheet"])
    close = f'<a class="note" target="_self" href="{escape(href("money"))}">{escape(say("milestones.page.close"))}</a>'
    draw(f'<h2 id="origin">{escape(say("detail.origin.title"))}{close}</h2>')
    unit = plan.units[claim.unit].label(language())
    where = say("origin.row_of", sheet=sheet, row=claim.row)
    facts = " · ".join([unit, quarter(period, language()), claim.object, where])
    draw(f"<p>{escape(facts)}</p>")
    row_origin(plan, claim.unit, place, claim.row)
