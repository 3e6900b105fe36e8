"""Looking at the figures as they were known at a day and time: the choice, and what marks every page."""

import base64
from datetime import date, datetime, time

import streamlit as st

from charts.theme import FONT, theme
from locales.formats import moment
from pages.parts.address import remember, spelled
from pages.parts.context import Chosen, say
from pages.parts.html import dark, draw, escape

LATE = time(23, 59)
"""What stands in the clock first; it means the whole day, its last minute included."""
OF_NOW = frozenset({"submit", "review", "audit", "accounts", "password"})
"""Pages about the work of now: they do not go back in time, and say so."""
WIDTH, HEIGHT, TILT = 460, 300, -24


def choose_known_at(choice: Chosen) -> None:
    now, known = say("pages.header.known_now"), choice.known_at
    label = say("pages.header.known_then", moment=moment(known)) if known else now
    with st.popover(label, icon=":material/history:"):
        st.caption(say("replay.help"))
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            on = st.date_input(
                say("pages.header.known_day"), value=known.date() if known else None, format="YYYY-MM-DD",
                key="pick_known", width=150,
            )  # fmt: skip
            at = st.time_input(
                say("replay.time"), value=known.time() if known else LATE, step=60, key="pick_known_time", width=110
            )
        if st.button(say("replay.apply"), disabled=on is None, type="primary", key="known-apply") and on:
            remember("known", spelled(moment_of(on, at)))
            st.rerun()
        if known and st.button(now, key="known-now"):
            _back()
            st.rerun()


def moment_of(on: date, at: time | None) -> datetime:
    """A day without a time, or with its last minute, is the whole day."""
    if at is None or (at.hour, at.minute) == (LATE.hour, LATE.minute):
        return datetime.combine(on, time(23, 59, 59))
    return datetime.combine(on, at)


def _back() -> None:
    remember("known", None)


def replay_marks(choice: Chosen, page: str) -> None:
    """A line below the header and a watermark behind the page, wherever the past is looked at."""
    place = st.container()  # kept when it is empty, so that coming and going of the line moves no figure below it
    if choice.known_at is None:
        return
    when = moment(choice.known_at)
    words = say("replay.of_now" if page in OF_NOW else "replay.strip", moment=when)
    with place.container(horizontal=True, vertical_alignment="center", key="replay"):
        draw(f'<p role="status">{escape(words)}</p>')
        st.button(say("replay.back"), type="tertiary", icon=":material/update:", key="replay-back", on_click=_back)
    if page not in OF_NOW:
        with place:
            draw(f'<div class="watermark" aria-hidden="true" style="background-image:url({watermark(when)})"></div>')


def watermark(when: str) -> str:
    """The words as a tile that repeats over the whole page, as a data address."""
    words = escape(say("pages.header.known_then", moment=when))
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        f'<text x="{WIDTH / 2}" y="{HEIGHT / 2}" transform="rotate({TILT} {WIDTH / 2} {HEIGHT / 2})" '
        f'text-anchor="middle" font-size="22" font-family="{FONT}" fill="{theme(dark()).muted}">{words}</text></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode()
