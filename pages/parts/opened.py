"""The one opened database of this process, for whoever may act in it."""

import streamlit as st

from loaders.plans import read_plans
from loaders.samples.first_start import prepare_samples
from store.database import DEFAULT_URL, Database, chosen_url, open_database


def opened() -> Database:
    """Acts as the operator: pages ask `context.database()`, which acts for their visitor."""
    return open_once(chosen_url())


@st.cache_resource(show_spinner=False)
def open_once(url: str) -> Database:
    if url == DEFAULT_URL:
        prepare_samples(read_plans())
    return open_database(url)
