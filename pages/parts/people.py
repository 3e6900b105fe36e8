"""Whoever did something, as they are called: the label of an account, else the name it was kept under."""

import streamlit as st

from pages.parts.context import database
from store.accounts.register import read_account
from store.database import chosen_url


def called(name: str) -> str:
    """`秀洲区填报员` for `xiuzhou`; a name that is no account's is told as it is."""
    return _label(chosen_url(), name)


@st.cache_data(ttl=60, max_entries=2000, show_spinner=False)
def _label(url: str, name: str) -> str:
    account = read_account(database(), name)
    return account.label if account else name
