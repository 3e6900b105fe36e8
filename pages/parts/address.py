"""What a visit has chosen, kept in the address, so that a link shows its reader the same figures.

Streamlit drops the query when a page is picked from the menu; the session remembers the choices and
writes them back.
"""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

LANGUAGES = {"zh": "zh_CN", "en": "en"}


def recall(name: str, options: Sequence[str], default: str) -> str:
    """A choice by its name in the address, else as last made in this session, else `default`."""
    wanted = (st.query_params.get(name), st.session_state.get(f"chosen_{name}"))
    value = next((w for w in wanted if w in options), default)
    remember(name, value)
    return value


def remember(name: str, value: str | None) -> None:
    """Keep a choice in the address and in the session; None forgets it."""
    st.session_state[f"chosen_{name}"] = value
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def language() -> str:
    """`zh_CN` or `en`. Only English shows in the address: Chinese is what everybody starts with."""
    code = st.query_params.get("lang") or st.session_state.get("chosen_lang")
    code = code if code in LANGUAGES else "zh"
    st.session_state["chosen_lang"] = code
    if code == "en" and "lang" not in st.query_params:
        st.query_params["lang"] = code
    return LANGUAGES[code]


def known_at() -> datetime | None:
    """Only submissions published by this moment count. An unreadable moment counts as none."""
    said = st.query_params.get("known") or st.session_state.get("chosen_known")
    try:
        moment = datetime.fromisoformat(said) if said else None
    except ValueError:
        moment = None
    moment = moment.replace(tzinfo=None) if moment else None
    remember("known", spelled(moment) if moment else None)
    return moment


def spelled(moment: datetime) -> str:
    """A moment for the address: to the minute, or as exactly as a submission was published."""
    return moment.isoformat(timespec="auto" if moment.second or moment.microsecond else "minutes")
