"""Whoever did something, as they are called: the label of an account, else the name it was kept under."""

import streamlit as st

from locales import DEFAULT
from pages.parts.address import language
from pages.parts.sources import database
from store.accounts.register import read_account
from store.database import chosen_url
from store.people import GUEST, OPERATOR

NO_ACCOUNT = {person.name: person.label for person in (GUEST, OPERATOR)}


def called(name: str) -> str:
    """`秀洲区填报员` for `xiuzhou`, `访客` where nobody signs in; any other name is told as it is."""
    if name in NO_ACCOUNT:
        return NO_ACCOUNT[name] if language() == DEFAULT else name
    return _label(chosen_url(), name)


@st.cache_data(ttl=60, max_entries=2000, show_spinner=False)
def _label(url: str, name: str) -> str:
    account = read_account(database(), name)
    return account.label if account else name
