"""Publish, or send back with a reason. Of two reviewers the second is told who was first."""

from datetime import datetime

import streamlit as st

from locales.formats import moment
from metrics.plan import Plan
from pages.parts.context import chosen, database, say, visitor
from pages.parts.html import draw, escape
from store.people import GUEST
from store.queue import Waiting
from store.review import AlreadyDecided, publish_submission, return_submission

TOLD = "review-told"


def decide(plan: Plan, one: Waiting) -> None:
    draw(f'<h2 id="decide">{escape(say("review.section.decide"))}</h2>')
    if chosen().known_at is not None:
        draw(f'<p class="note">{escape(say("review.not_in_the_past"))}</p>')
        return
    with st.form(f"decide-{one.submission}"):
        why = st.text_area(
            say("review.decide.why"), key="review-why", placeholder=say("review.decide.why_hint"), height=80
        )
        who = ""
        if visitor() == GUEST:
            who = st.text_input(
                say("review.decide.who"), key="review-who", placeholder=say("review.decide.who_hint"), width=320
            )
        with st.container(horizontal=True):
            publishes = st.form_submit_button(
                say("review.decide.publish"),
                type="primary",
                key="review-publish",
                help=say("review.decide.publish_help"),
            )
            returns = st.form_submit_button(say("review.decide.return"), key="review-return")
    if publishes or returns:
        _decide(plan, one, "published" if publishes else "returned", why.strip(), who.strip())


def _decide(plan: Plan, one: Waiting, step: str, why: str, who: str) -> None:
    if step == "returned" and not why:
        st.error(say("review.decide.need_why"))
        return
    if visitor() == GUEST and not who:
        st.error(say("review.decide.need_who"))
        return
    try:
        if step == "published":
            publish_submission(database(), plan, one.submission, now=datetime.now(), who=who)
        else:
            return_submission(database(), one.submission, why=why, now=datetime.now(), who=who)
        told = "success", say(f"review.decide.{step}")
    except AlreadyDecided as first:
        done = say(f"review.step.{first.step}")
        told = "warning", say("review.decide.too_late", who=first.who, moment=moment(first.at), step=done)
    st.session_state[TOLD] = told
    st.rerun()


def tell() -> None:
    """What became of the last decision, once."""
    told = st.session_state.pop(TOLD, None)
    if told is not None:
        kind, words = told
        (st.success if kind == "success" else st.warning)(words)
