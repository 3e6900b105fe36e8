"""Who looks at a page: asked from the database once per click, never remembered beyond it."""

from collections import OrderedDict
from datetime import datetime

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts.opened import opened
from store.accounts.register import accounts_exist
from store.accounts.visits import Visit, find_visit
from store.people import GUEST, Person

KEPT = "dashboard_visit"
"""On Streamlit's context of the run, which no other page shares; not in the session, where reading may
end the run."""
TO_SIGN_IN = (
    "<script>window.location.replace('/login?ended=1&next=' + encodeURIComponent("
    "window.location.pathname + window.location.search + window.location.hash))</script>"
)

_uploads: OrderedDict[str, str] = OrderedDict()
MOST_PAGES = 10_000


class NotSignedIn(Exception):
    """Asked outside of a page's run, as by a download made on demand, where nothing can be stopped."""


def visitor() -> Person:
    """Whoever signed in, or a guest where there are no accounts."""
    visit = current_visit()
    return visit.person if visit else GUEST


def current_visit() -> Visit | None:
    """The visit this page belongs to; None where nobody needs to sign in.

    Once it has ended nothing further of the run is carried out, a button's callback included.
    """
    run = get_script_run_ctx(suppress_warning=True)
    if run is not None and hasattr(run, KEPT):
        found: Visit | None = getattr(run, KEPT)
        return found
    database = opened()
    visit = None
    if accounts_exist(database):
        mark = st.user.get("visit")
        visit = find_visit(database, mark if isinstance(mark, str) else "", now=datetime.now())
        if visit is None:
            st.html(TO_SIGN_IN, unsafe_allow_javascript=True)
            st.stop()
            raise NotSignedIn("outside of a page's run nobody is signed in: ask for the visitor before")
        if run is not None:
            _claim_uploads(run.session_id, visit)
    if run is not None:
        setattr(run, KEPT, visit)
    return visit


def must_change_password() -> bool:
    """Somebody else set the password: until it is changed there is nothing else to see."""
    visit = current_visit()
    return visit is not None and visit.account.must_change


def forget() -> None:
    """At the start and the end of a run, so that each click asks anew: before its callback, and after."""
    run = get_script_run_ctx(suppress_warning=True)
    if run is not None and hasattr(run, KEPT):
        delattr(run, KEPT)


def _claim_uploads(page: str, visit: Visit) -> None:
    """Note whose page this is, so that the gate lets nobody else send a file into it."""
    _uploads[page] = visit.fingerprint
    _uploads.move_to_end(page)
    while len(_uploads) > MOST_PAGES:
        _uploads.popitem(last=False)


def uploads_of(page: str) -> str | None:
    """The fingerprint of the visit whose page this is."""
    return _uploads.get(page)
