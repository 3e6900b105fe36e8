"""Where a claim comes from: the sent list, its row marked, and who sent and published it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from locales.formats import quarter
from metrics.claims import Claim
from metrics.period import Period
from metrics.plan import Plan
from pages.parts.context import chosen, database, href, language, say
from pages.parts.html import draw, escape
from pages.parts.origin_file import sent_file
from pages.parts.origin_versions import version_chain
from pages.parts.source_grid import source_grid
from store.provenance import versions
from store.review import list_mends

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
    chain = versions(database(), plan, claim.unit, period, chosen().known_at)
    version = next(one for one in chain if one.submission == place["submission"])
    with st.container(border=True, key="origin-claim"):
        mends = list_mends(database(), version.submission)
        sent_file(version, mends)
        source_grid(version.sha256, version.file_name, sheet, str(claim.row), mends)
    version_chain(chain, None, claim.unit, period, version.submission)
