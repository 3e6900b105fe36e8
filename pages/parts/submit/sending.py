"""The last step: send for review, or publish where the visitor may; and what came of it."""

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from loaders.desk import send
from loaders.uploads import unanswered
from locales.formats import day, quarter
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.effect_card import effect_card
from pages.parts.effects import Effect, rehearsed
from pages.parts.html import draw, escape
from pages.parts.sources import database, every_plan
from pages.parts.submit.desk import Judged
from pages.parts.visitor import visitor
from store.attempts import AlreadySent
from store.calendar import QuarterClosed
from store.people import GUEST, may


@dataclass(frozen=True)
class Sent:
    """What was sent by the last click, and on which duty's page. `faults`: sentences about what could not be."""

    page: str
    files: tuple[str, ...]
    effects: tuple[Effect, ...]
    published: bool
    faults: tuple[str, ...]


def ready(desk: list[Judged]) -> list[Judged]:
    """Files that would change something."""
    return [one for one in desk if one.verdict.accepted and not one.verdict.duplicate]


def sending_part(desk: list[Judged], page: str) -> None:
    """What changes in the city, then the one button."""
    good = ready(desk)
    if not good:
        return
    publishes = may(visitor(), "review")
    for effect in rehearsed([one.verdict for one in good]):
        effect_card(effect)
    unsaid = sum(unanswered(one.verdict) for one in good)
    if unsaid:
        draw(f'<p class="note">{escape(say("submit.unanswered", number=unsaid))}</p>')
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if visitor() == GUEST:
            st.text_input(say("detail.submit.who"), placeholder=say("detail.submit.who_hint"), key="who", width=220)
        st.button(
            say("detail.submit.publish" if publishes else "submit.send", number=len(good)),
            type="primary",
            key="publish" if publishes else "send",
            disabled=bool(unsaid) and not publishes,
            on_click=_send,
            args=(good, page),
        )


def _send(good: list[Judged], page: str) -> None:
    """The name is read at the click: it may have been typed in the same breath."""
    who = str(st.session_state.get("who", "")).strip() or (say("detail.submit.web") if visitor() == GUEST else "")
    effects = tuple(rehearsed([one.verdict for one in good]))
    files, faults = [], []
    for one in good:
        try:
            send(database(), every_plan(), one.upload, one.verdict, now=datetime.now(), who=who)
            files.append(one.upload.file_name)
        except AlreadySent:
            faults.append(say("submit.sent_elsewhere", file=one.upload.file_name))
        except QuarterClosed as closed:
            when = {"quarter": quarter(closed.period, language()), "day": day(closed.closed_from, language())}
            faults.append(say("calendar.refused", **when))
    st.session_state["sent"] = Sent(page, tuple(files), effects, may(visitor(), "review"), tuple(faults))


def sent_part(page: str) -> None:
    """What the last click did, until the next file is taken in or another duty is looked at."""
    sent: Sent | None = st.session_state.get("sent")
    if sent is None or sent.page != page:
        return
    for fault in sent.faults:
        st.warning(fault)
    if not sent.files:
        return
    name = "published" if sent.published else "sent"
    draw(
        f'<div class="done is-on_track" role="status"><h2>{escape(say(f"submit.done_{name}"))}</h2>'
        f"<p>{escape(say(f'submit.done_{name}_words', number=len(sent.files)))}</p></div>"
    )
    if sent.published:
        for effect in sent.effects:
            effect_card(effect)
        words, address = escape(say("detail.submit.see_overview")), escape(href("overview"))
        draw(f'<p><a class="action" target="_self" href="{address}">{words}</a></p>')
