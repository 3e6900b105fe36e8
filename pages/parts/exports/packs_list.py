"""Packs that were made: who, when, from which data; to look at page by page and to take away again."""

from typing import Any

import streamlit as st

from locales.formats import moment, quarter
from metrics.period import Period
from metrics.result import Result
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.exports.pages_shown import Shown, read_pages, show
from pages.parts.html import draw, escape
from pages.parts.people import called
from pages.parts.sources import database, plans
from pages.parts.taken import recorded
from store.audit import list_entries
from store.originals import read_original

ACTION = "pack"
LISTED = 10


def entries() -> list[dict[str, Any]]:
    """Every pack that was made, newest first, with who made it and when."""
    found = list_entries(database(), action=ACTION)
    rows = zip(found["done_at"], found["who"], found["detail"], strict=True)
    return [{"at": at, "who": who, **detail} for at, who, detail in rows]


def packs_list(result: Result) -> None:
    made = entries()[:LISTED]
    if not made:
        return
    draw(f"<h3>{escape(say('packs.finished'))}</h3>")
    for n, entry in enumerate(made):
        with st.container(horizontal=True, vertical_alignment="center", key=f"pack-row-{n}"):
            draw(_row(entry, result))
            _look(entry, n)
            _take(entry, n)
        if st.session_state.get("pack-seen") == entry["sha256"] and entry.get("pages"):
            show(kept_pages(str(entry["pages"])), f"pack-{n}")


def _look(entry: dict[str, Any], n: int) -> None:
    """Opens and closes the pages of a pack; packs of earlier days have none."""
    if not entry.get("pages"):
        return
    seen = st.session_state.get("pack-seen") == entry["sha256"]
    st.button(
        say("preview.hide" if seen else "preview.show"),
        key=f"look-{n}",
        icon=":material/visibility_off:" if seen else ":material/visibility:",
        on_click=_open,
        args=(None if seen else str(entry["sha256"]),),
    )


def _open(pack: str | None) -> None:
    st.session_state["pack-seen"] = pack


def _take(entry: dict[str, Any], n: int) -> None:
    acting, fingerprint = database(), str(entry["sha256"])
    named = {"plan": entry["plan"], "as_of": entry["as_of"], "code": entry["code"], "file": entry["name"]}
    st.download_button(
        say("packs.download"),
        data=recorded(acting, lambda: read_original(acting, fingerprint), named),
        file_name=str(entry["name"]),
        mime="application/zip",
        key=f"pack-{n}",
        on_click="ignore",
        icon=":material/download:",
        type="primary" if fingerprint == st.session_state.get("pack-made") else "secondary",
    )


@st.cache_data(max_entries=6, show_spinner=False)
def _pages(url: str, fingerprint: str) -> list[Shown]:
    return read_pages(read_original(database(), fingerprint))


def kept_pages(fingerprint: str) -> list[Shown]:
    return _pages(database().url, fingerprint)


def _row(entry: dict[str, Any], result: Result) -> str:
    plan = plans().get(entry["plan"])
    named = plan.short.by(language()) if plan else str(entry["plan"])
    title = say("packs.row", plan=named, quarter=quarter(Period.parse(entry["as_of"]), language()))
    facts = say(
        "packs.facts", who=called(entry["who"]), at=moment(entry["at"]), files=entry["files"],
        megabytes=f"{entry['bytes'] / 1e6:.1f}", version=entry["data_version"], code=entry["code"],
    )  # fmt: skip
    old = entry["data_version"] != result.data_version
    marks = [say("packs.old")] * old + [say("packs.edited")] * bool(entry.get("edit"))
    notes = "".join(f' <span class="badge">{escape(mark)}</span>' for mark in marks)
    return f'<div><b>{escape(title)}</b>{notes}<br><span class="note">{escape(facts)}</span></div>'
