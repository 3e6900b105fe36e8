"""Who is signed in, and the way out; where nobody signs in, that it is so."""

from datetime import datetime

import streamlit as st

from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.html import draw, escape
from pages.parts.opened import opened
from pages.parts.sources import database, every_plan
from pages.parts.visitor import current_visit
from store.accounts.visits import Visit, end_own_visits, end_visit
from store.people import Person

LEAVE = "<script>window.location.assign('/login{query}')</script>"


def account_chip() -> None:
    visit = current_visit()
    if visit is None:
        with st.popover(say("accounts.chip.nobody"), icon=":material/no_accounts:", key="account"):
            draw(f"<p>{escape(say('accounts.chip.sample' if opened().sample else 'accounts.chip.none_yet'))}</p>")
        return
    with st.popover(visit.account.label, icon=":material/account_circle:", key="account"):
        draw(_card(visit))
        one = st.button(say("accounts.chip.sign_out"), key="sign-out", width="stretch")
        every = st.button(say("accounts.chip.sign_out_everywhere"), key="sign-out-everywhere", width="stretch")
    if one:
        end_visit(opened(), visit.fingerprint, now=datetime.now())
    if every:
        end_own_visits(database(), now=datetime.now())
    if one or every:
        query = "?lang=en" if language() == "en" else ""
        st.html(LEAVE.format(query=query), unsafe_allow_javascript=True)
        st.stop()


def role_words(person: Person) -> str:
    """The role, and the unit it ends at: 县区填报，秀洲区."""
    role = say(f"accounts.role.{person.role}")
    return say("accounts.role_of", role=role, unit=unit_words(person.unit)) if person.unit else role


def unit_words(unit: str | None) -> str:
    known = next((plan.units[unit] for plan in every_plan().values() if unit in plan.units), None) if unit else None
    return known.label(language(), short=True) if known else unit or ""


def _card(visit: Visit) -> str:
    words = escape(say("accounts.password.title"))
    link = f'<p><a class="figure" target="_self" href="{escape(href("password"))}">{words}</a></p>'
    change = link if visit.account.password_hash and not visit.account.must_change else ""
    person = visit.person
    return (
        f'<div class="who"><p><b>{escape(person.label)}</b> <span class="note">{escape(person.name)}</span></p>'
        f'<p class="note">{escape(role_words(person))}</p>{change}</div>'
    )
