"""Publish, or send back with a reason. Of two reviewers the second is told who was first."""

from datetime import datetime

import streamlit as st

from locales.formats import moment
from metrics.plan import Plan
from pages.parts.context import chosen, say
from pages.parts.html import draw, escape
from pages.parts.people import called
from pages.parts.sources import database
from pages.parts.visitor import visitor
from store.people import GUEST, NotAllowed
from store.queue import Waiting
from store.review import AlreadyDecided, publish_submission, return_submission

TOLD, OF, WHY, WHO, NAME = "review-told", "review-of", "review-why", "review-who", "review-name"
BUTTONS = {"published": "publish", "returned": "return"}


def decide(plan: Plan, one: Waiting) -> None:
    draw(f'<h2 id="decide">{escape(say("review.section.decide"))}</h2>')
    if chosen().known_at is not None:
        draw(f'<p class="note">{escape(say("review.not_in_the_past"))}</p>')
        return
    if st.session_state.get(OF) != one.submission:  # the visit goes on: a reason belongs to one submission only
        st.session_state[OF], st.session_state[WHY] = one.submission, ""
        st.session_state[WHO] = st.session_state.get(NAME, "")
    tell("error")
    with st.form(f"decide-{one.submission}"):
        st.text_area(say("review.decide.why"), key=WHY, placeholder=say("review.decide.why_hint"), height=80)
        if visitor() == GUEST:
            st.text_input(say("review.decide.who"), key=WHO, placeholder=say("review.decide.who_hint"), width=320)
        with st.container(horizontal=True):
            for step, kind in (("published", "primary"), ("returned", "secondary")):
                word = BUTTONS[step]
                st.form_submit_button(
                    say(f"review.decide.{word}"), type=kind, key=f"review-{word}",
                    help=say(f"review.decide.{word}_help"), on_click=_decide, args=(plan, one, step),
                )  # fmt: skip


def _decide(plan: Plan, one: Waiting, step: str) -> None:
    """At the click itself: by the time the page is drawn, a colleague's decision has taken the form away."""
    why, who = (str(st.session_state.get(key) or "").strip() for key in (WHY, WHO))
    st.session_state[NAME] = who
    if fault := _fault(step, why, who):
        st.session_state[TOLD] = "error", say(f"review.decide.{fault}")
        return
    try:
        if step == "published":
            publish_submission(database(), plan, one.submission, now=datetime.now(), who=who)
        else:
            return_submission(database(), one.submission, why=why, now=datetime.now(), who=who)
        st.session_state[TOLD] = "success", say(f"review.decide.{step}")
    except AlreadyDecided as first:
        values = {"who": called(first.who), "moment": moment(first.at), "step": say(f"review.step.{first.step}")}
        st.session_state[TOLD] = "warning", say("review.decide.too_late", **values)
    except NotAllowed:
        return  # the right was taken away meanwhile: the page itself will say so
    st.session_state[WHY] = ""


def _fault(step: str, why: str, who: str) -> str | None:
    if step == "returned" and not why:
        return "need_why"
    return "need_who" if visitor() == GUEST and not who else None


def tell(*kinds: str) -> None:
    """What became of the last click, once."""
    told = st.session_state.get(TOLD)
    if told is not None and told[0] in kinds:
        kind, words = st.session_state.pop(TOLD)
        {"success": st.success, "warning": st.warning, "error": st.error}[kind](words)
