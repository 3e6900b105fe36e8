"""The addresses reminders go to: one line each, added and removed here."""

from datetime import datetime

import streamlit as st

from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.sources import database
from store.addresses import BadAddress, add_address, list_addresses, remove_address


def address_book(plan: Plan) -> None:
    known = {unit: found for unit, found in list_addresses(database()).items() if unit in plan.reporting_units()}
    number = sum(len(found) for found in known.values())
    with st.expander(say("remind.addresses", number=number), icon=":material/contacts:", key="address-book"):
        for unit, found in known.items():
            for address in found:
                _line(plan, unit, address)
        _add(plan)


def _line(plan: Plan, unit: str, address: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"address-{unit}-{address}"):
        name = escape(plan.units[unit].label(language()))
        draw(f'<p><b>{name}</b> <span class="note">{escape(address)}</span></p>')
        st.button(
            say("remind.remove"),
            key=f"remove-{unit}-{address}",
            type="tertiary",
            on_click=_remove,
            args=(unit, address),
        )


def _remove(unit: str, address: str) -> None:
    remove_address(database(), unit, address, now=datetime.now())


def _add(plan: Plan) -> None:
    with st.form("address-add", border=False, clear_on_submit=True):
        left, right = st.columns(2)
        unit = left.selectbox(
            say("remind.unit"), plan.reporting_units(), key="address-unit",
            format_func=lambda unit: plan.units[unit].label(language()),
        )  # fmt: skip
        address = right.text_input(say("remind.address"), key="address-new", max_chars=254)
        if not st.form_submit_button(say("remind.add")):
            return
    try:
        add_address(database(), unit, address or "", now=datetime.now())
    except BadAddress as bad:
        st.error(say(f"remind.{bad.fault}"))
        return
    st.rerun()
