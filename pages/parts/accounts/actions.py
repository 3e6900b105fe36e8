"""One account: its role, its password, whether it may come in, and where it is signed in."""

from collections.abc import Callable
from datetime import datetime

import pandas as pd
import streamlit as st

from locales.formats import moment
from pages.parts.accounts.chip import role_words
from pages.parts.accounts.form import choose_role, remember_made, show_made
from pages.parts.accounts.table import Shown
from pages.parts.address import recall
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.plain_table import plain_table
from store.accounts.passwords import new_password
from store.accounts.register import AccountRefused, change_role, disable_account, enable_account, reset_password
from store.accounts.sign_in import unlock
from store.accounts.visits import end_visits_of
from store.database import Database

DONE = "account-done"


def one_account(database: Database, people: list[Shown], now: datetime) -> None:
    """The account named in the address, else the first."""
    names = {shown.account.name: shown for shown in people}
    shown = names[recall("account", list(names), next(iter(names)))]
    account = shown.account
    role = escape(role_words(account.person))
    draw(f'<h2 id="account">{escape(account.label)} <span class="note">{escape(account.name)} · {role}</span></h2>')
    if said := st.session_state.pop(DONE, ""):
        draw(f'<p class="banner" role="status">{escape(said)}</p>')
    show_made(account.name)
    _change_role(database, shown, now)
    _acts(database, shown, now)
    _visits(shown)


def _change_role(database: Database, shown: Shown, now: datetime) -> None:
    account = shown.account
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        role, unit = choose_role(f"role-{account.name}", account.role, account.unit)
        same = (role, unit) == (account.role, account.unit)
        if st.button(say("accounts.page.change_role"), disabled=same, key="change-role"):
            _carry_out("change_role", lambda: change_role(database, account.name, role, unit, now=now))


def _acts(database: Database, shown: Shown, now: datetime) -> None:
    name = shown.account.name
    acts: dict[str, tuple[bool, Callable[[], None]]] = {
        "reset": (not shown.account.disabled_at, lambda: _reset(database, name, now)),
        "unlock": (shown.locked, lambda: unlock(database, name, now=now)),
        "sign_out": (not shown.visits.empty, lambda: end_visits_of(database, name, now=now)),
        "disable": (not shown.account.disabled_at, lambda: disable_account(database, name, now=now)),
        "enable": (bool(shown.account.disabled_at), lambda: enable_account(database, name, now=now)),
    }
    with st.container(horizontal=True, gap="small"):
        for act, (possible, do) in acts.items():
            if possible and st.button(say(f"accounts.act.{act}"), key=f"act-{act}"):
                _carry_out(act, do)


def _reset(database: Database, name: str, now: datetime) -> None:
    password = new_password()
    reset_password(database, name, password, now=now)
    remember_made(name, name, password)


def _carry_out(act: str, do: Callable[[], None]) -> None:
    try:
        do()
    except AccountRefused as refused:
        st.error(say(f"accounts.refused.{refused.why}"))
        return
    st.session_state[DONE] = say(f"accounts.done.{act}")
    st.rerun()


def _visits(shown: Shown) -> None:
    """Where the account is signed in now."""
    if shown.visits.empty:
        draw(f'<p class="note">{escape(say("accounts.page.not_here"))}</p>')
        return
    lines = pd.DataFrame(
        {
            "started": [moment(at) for at in shown.visits["started_at"]],
            "seen": [moment(at) for at in shown.visits["seen_at"]],
            "address": list(shown.visits["address"]),
            "agent": [_browser(agent) for agent in shown.visits["agent"]],
        }
    ).rename(columns=lambda name: say(f"accounts.column.{name}"))
    draw(plain_table(lines, say("accounts.page.visits")))


def _browser(agent: str) -> str:
    """The browser's name out of the long line it sends of itself."""
    known = ("Edg", "Firefox", "Chrome", "Safari")
    found = next((name for name in known if f"{name}/" in agent), None)
    system = next((name for name in ("Windows", "Android", "iPhone", "Mac OS", "Linux") if name in agent), "")
    return " · ".join(filter(None, [{"Edg": "Edge"}.get(found or "", found or agent[:40]), system])) or "—"
