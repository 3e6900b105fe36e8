"""Changing one's own password."""

from datetime import datetime
from math import ceil

import streamlit as st

from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.sources import database
from pages.parts.visitor import current_visit, forget
from store.accounts.passwords import PASSPHRASE, SHORTEST, WeakPassword
from store.accounts.sign_in import SignInRefused, change_password

FIELDS = ("old", "new", "again")


def password_form() -> None:
    if st.session_state.pop("password-changed", False):
        draw(f'<p class="banner" role="status">{escape(say("accounts.password.changed"))}</p>')
    rule = say("accounts.password.rule", shortest=SHORTEST, passphrase=PASSPHRASE)
    with st.form("password", width=420, border=False, enter_to_submit=True):
        old, new, again = (
            st.text_input(
                say(f"accounts.password.{name}"), type="password", key=f"password-{name}",
                autocomplete="current-password" if name == "old" else "new-password",
            )
            for name in FIELDS
        )  # fmt: skip
        draw(f'<p class="note">{escape(rule)}</p>')
        pressed = st.form_submit_button(say("accounts.password.save"), type="primary")
    if pressed:
        fault = _fault(old, new, again)
        if fault:
            st.error(fault)
            return
        st.session_state["password-changed"] = True
        forget()
        st.rerun()


def _fault(old: str, new: str, again: str) -> str:
    """Change it; what stands in the way, in words."""
    if new != again:
        return say("accounts.password.differ")
    visit = current_visit()
    if visit is None:
        return say("accounts.password.none")
    try:
        change_password(database(), visit, old, new, now=datetime.now())
    except WeakPassword as weak:
        return say(f"accounts.weak.{weak.why}", shortest=SHORTEST, passphrase=PASSPHRASE)
    except SignInRefused as refused:
        minutes = ceil((refused.until - datetime.now()).total_seconds() / 60) if refused.until else 0
        return say(f"accounts.password.{refused.why}", minutes=max(minutes, 1))
    return ""
