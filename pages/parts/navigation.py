"""The menu as far as the visitor's role reaches.

A page the role lacks stays registered under its address, hidden, and answers with one calm sentence:
an address that leads nowhere would open the overview with an English notice instead.
"""

from collections.abc import Mapping
from functools import partial

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.parts.accounts.password_form import password_form
from pages.parts.context import say
from pages.parts.empty import no_access
from pages.parts.html import draw, escape
from pages.parts.visitor import current_visit, forget, must_change_password, visitor
from store.people import Action, may

NEEDS: dict[str, Action] = {
    "submit": "send",
    "review": "review",
    "export": "export",
    "accounts": "accounts",
    "audit": "audit",
}
"""What a page needs; every other page is read by everyone."""
UNLISTED = ("password",)
"""Pages that are led to from elsewhere than the menu."""

Menu = Mapping[str, Mapping[str, str]]
"""Section → script below pages/ → address."""


def pages_of(menu: Menu) -> dict[str, list[StreamlitPage]]:
    """For `st.navigation`: section title → its pages; everything hidden stands in the first, untitled one."""
    forget()
    listed: dict[str, list[StreamlitPage]] = {"": []}
    for section, scripts in menu.items():
        title = section and say(f"pages.menu.{section}")
        for script, name in scripts.items():
            page = _page(script, name)
            listed.setdefault("" if page.visibility == "hidden" else title, []).append(page)
    return listed


def may_open(name: str) -> bool:
    if name == "password":
        return current_visit() is not None
    return name not in NEEDS or may(visitor(), NEEDS[name])


def _page(script: str, name: str) -> StreamlitPage:
    title, default = say(f"pages.menu.{name}"), name == "overview"
    if must_change_password():
        return st.Page(partial(_password_first), title=title, url_path=name, default=default, visibility="hidden")
    if not may_open(name):
        return st.Page(partial(_no_access, title), title=title, url_path=name, visibility="hidden")
    shown = "hidden" if name in UNLISTED else "visible"
    return st.Page(f"pages/{script}.py", title=title, url_path=name, default=default, visibility=shown)


def _no_access(title: str) -> None:
    no_access(say("accounts.no_access.words", page=title, role=say(f"accounts.role.{visitor().role}")))


def _password_first() -> None:
    """Somebody else knows this password: nothing is shown before it is changed."""
    draw(f"<h1>{escape(say('accounts.password.first'))}</h1><p>{escape(say('accounts.password.first_words'))}</p>")
    password_form()
