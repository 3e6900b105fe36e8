"""A new account, and the one time its password is shown."""

from datetime import datetime

import streamlit as st

from pages.parts.accounts.chip import unit_words
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.sources import every_plan
from pages.parts.visitor import visitor
from store.accounts.passwords import new_password
from store.accounts.register import ROLES, AccountRefused, add_account
from store.database import Database
from store.people import OWN_UNIT_ONLY, Role

MADE = "account-made"


def reporting_units(role: Role) -> list[str]:
    """Counties or departments that some plan asks figures of."""
    every = {unit: plan.units[unit].kind for plan in every_plan().values() for unit in plan.reporting_units()}
    return [unit for unit, kind in every.items() if (kind == "department") == (role == "department")]


def choose_role(key: str, role: Role = "county", unit: str | None = None) -> tuple[Role, str | None]:
    """The role, and the unit where the role ends at one."""
    chosen: Role = st.selectbox(
        say("accounts.column.role"), ROLES, index=ROLES.index(role), key=f"{key}-role",
        format_func=lambda name: say(f"accounts.role.{name}"), width=200,
    )  # fmt: skip
    if chosen not in OWN_UNIT_ONLY:
        return chosen, None
    units = {name: unit_words(name) for name in reporting_units(chosen)}
    return chosen, st.selectbox(
        say("accounts.column.unit"), list(units), index=list(units).index(unit) if unit in units else None,
        key=f"{key}-unit-{chosen}", format_func=units.__getitem__, width=260,
        placeholder=say("accounts.page.choose_unit"),
    )  # fmt: skip


def new_account(database: Database, now: datetime) -> None:
    draw(f'<h2 id="new">{escape(say("accounts.page.new"))}</h2>')
    show_made("new")
    if not st.toggle(say("accounts.page.open_form"), key="account-form"):
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="new-account"):
        name = st.text_input(say("accounts.column.name"), key="new-name", autocomplete="off", width=200)
        label = st.text_input(say("accounts.column.label"), key="new-label", autocomplete="off", width=200)
        role, unit = choose_role("new")
        pressed = st.button(say("accounts.page.add"), type="primary", key="new-add")
    draw(f'<p class="note">{escape(say("accounts.page.add_words"))}</p>')
    if not pressed:
        return
    password = new_password()
    try:
        add_account(database, name, label=label, role=role, unit=unit, password=password, now=now)
    except AccountRefused as refused:
        st.error(say(f"accounts.refused.{refused.why}"))
        return
    remember_made("new", name.strip(), password)
    st.rerun()


def remember_made(place: str, name: str, password: str) -> None:
    """Until the next click of whoever made it; kept nowhere else."""
    st.session_state[MADE] = (place, name, password, visitor().name)


def show_made(place: str) -> None:
    found = st.session_state.get(MADE)
    if not found or found[0] != place:
        return
    del st.session_state[MADE]
    _, name, password, _ = found
    words = say("accounts.page.made", name=name)
    draw(f'<p class="banner" role="status">{escape(words)}</p>')
    st.code(password, language=None, width=260)
