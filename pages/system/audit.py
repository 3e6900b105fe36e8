"""操作记录 Audit: who did what and when, and whether the log is whole."""

from datetime import date, datetime, timedelta

import streamlit as st

from locales.formats import day
from pages.parts.address import language
from pages.parts.audit_words import action_words, entries_table, particulars
from pages.parts.context import say
from pages.parts.detail import detail_look
from pages.parts.empty import nothing_here
from pages.parts.html import draw, escape
from pages.parts.people import called
from pages.parts.sources import database
from pages.parts.taken import recorded
from store.audit import EVERY, as_csv, list_entries, names, verify

SHOWN = 500
"""Entries listed at once; all of them are in the download."""


def midnight(value: date | None) -> datetime | None:
    return None if value is None else datetime.combine(value, datetime.min.time())


def ask() -> dict[str, object]:
    """What to look for: everything until somebody narrows it."""
    people, actions = names(database())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="audit-choices"):
        who = st.selectbox(
            say("audit.who"),
            people,
            index=None,
            placeholder=say("audit.anybody"),
            format_func=called,
            width=165,
            key="audit-who",
        )
        action = st.selectbox(
            say("audit.action_label"), actions, index=None, placeholder=say("audit.anything"),
            format_func=action_words, width=165, key="audit-action",
        )  # fmt: skip
        since = st.date_input(say("audit.since"), value=None, format="YYYY-MM-DD", width=150, key="audit-since")
        until = st.date_input(say("audit.until"), value=None, format="YYYY-MM-DD", width=150, key="audit-until")
        words = st.text_input(
            say("audit.search"), placeholder=say("audit.search_hint"), type="search", width=240, key="audit-words"
        )
    ends = midnight(until + timedelta(days=1)) if until else None
    return {"who": who, "action": action, "since": midnight(since), "until": ends, "words": words or ""}


def chain_part(wanted: dict[str, object]) -> None:
    """The button that follows the chain, and all that was found as a file."""
    acting = database()  # the file is made later, outside of this run
    name = f"{say('audit.file_name', day=day(date.today(), language()))}.csv"
    with st.container(horizontal=True, key="audit-acts"):
        pressed = st.button(say("audit.verify"), icon=":material/link:", type="primary", key="audit-verify")
        st.download_button(
            say("audit.download"),
            data=recorded(acting, lambda: as_csv(list_entries(acting, EVERY, **wanted)), {"file": name}),  # type: ignore[arg-type]
            file_name=name,
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            key="audit-download",
        )
    if pressed:
        chain = verify(database())
        key, values = chain.said()
        told = say(f"audit.chain.{key}", **values)
        if chain.broken:
            st.error(told, icon=":material/link_off:")
        else:
            st.success(told, icon=":material/verified:")


def listed(wanted: dict[str, object]) -> None:
    found = list_entries(database(), SHOWN, **wanted)  # type: ignore[arg-type]
    if found.empty:
        nothing_here(say("audit.none"))
        return
    count = say("audit.found_most" if len(found) == SHOWN else "audit.found", number=len(found))
    draw(f'<p class="note" role="status">{escape(count)}</p>')
    picked = st.dataframe(
        entries_table(found),
        hide_index=True,
        key="audit-entries",
        on_select="rerun",
        selection_mode="single-row",
        alt=say("audit.caption"),
        column_config={
            say("audit.column.entry"): st.column_config.NumberColumn(width=70, format="%d"),
            say("audit.column.done_at"): st.column_config.TextColumn(width=150),
            say("audit.column.who"): st.column_config.TextColumn(width=110),
            say("audit.column.action"): st.column_config.TextColumn(width=110),
        },
    ).selection.rows
    if picked and picked[0] < len(found):
        particulars(found.iloc[picked[0]])


detail_look()
draw(f'<h1>{escape(say("audit.title"))}</h1><p class="note">{escape(say("audit.words"))}</p>')
wanted = ask()
chain_part(wanted)
listed(wanted)
