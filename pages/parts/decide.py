"""The form in which the task force decides a tension, and what was decided before."""

from datetime import datetime

import pandas as pd
import streamlit as st

from locales.formats import moment
from metrics.plan import Plan, Tension
from pages.parts.address import language, remember
from pages.parts.context import chosen, say
from pages.parts.html import draw, escape
from pages.parts.people import called
from pages.parts.sources import database
from pages.parts.visitor import visitor
from store.decisions import save_decision
from store.people import GUEST, may

WITHDRAW = "—"


def decision_form(plan: Plan, tension: Tension) -> None:
    """Nothing can be decided without a reason and a name."""
    name = tension.tension
    if not may(visitor(), "decide"):
        return
    if chosen().known_at is not None:
        draw(f'<p class="note">{escape(say("decisions.not_in_the_past"))}</p>')
        return
    decided = plan.decided.get(name)
    options = [option.value for option in tension.options if option.value != decided]
    options += [WITHDRAW] if decided else []
    label = say("decisions.change" if decided else "decisions.decide")
    with st.expander(label), st.form(f"decide-{name}", border=False):
        option = st.radio(
            say("decisions.which"), options, index=None, key=f"option-{name}",
            format_func=lambda value: _words(tension, value),
        )  # fmt: skip
        why = st.text_area(say("decisions.why"), key=f"why-{name}", placeholder=say("decisions.why_hint"), height=80)
        who = visitor().name
        if visitor() == GUEST:
            who = st.text_input(say("decisions.who"), key=f"who-{name}", placeholder=say("decisions.who_hint"))
        if st.form_submit_button(say("decisions.save"), type="primary"):
            _save(plan, tension, option, why, who)


def _words(tension: Tension, value: str) -> str:
    option = tension.option(value)
    if option is not None:
        return option.name.by(language())
    default = tension.option(tension.default)
    if default is None:
        return say("decisions.withdraw_open")
    return say("decisions.withdraw", reading=default.name.by(language()))


def _save(plan: Plan, tension: Tension, option: str | None, why: str, who: str) -> None:
    missing = [
        say(f"decisions.missing_{field}")
        for field, said in (("option", option), ("why", (why or "").strip()), ("who", (who or "").strip()))
        if not said
    ]
    if missing:
        st.error(" ".join(missing))
        return
    value = None if option == WITHDRAW else option
    save_decision(database(), plan, tension.tension, value, why=why, who=who, now=datetime.now())
    if any("unit_set" in one.sets for one in tension.options):
        remember("units", None)  # the range chosen before would hide what was just decided
    st.session_state["decided_now"] = tension.tension
    st.rerun()


def history(tension: Tension, entries: pd.DataFrame) -> None:
    """All decisions on one tension, newest first."""
    mine = entries[entries["tension"] == tension.tension]
    if mine.empty:
        return
    items = "".join(_entry(tension, row) for row in mine.to_dict("records"))
    title = escape(say("decisions.history", number=len(mine)))
    draw(f'<details class="history"><summary>{title}</summary><ol>{items}</ol></details>')


def _entry(tension: Tension, row: dict[str, object]) -> str:
    option = tension.option(None if row["option"] is None else str(row["option"]))
    reading = option.name.by(language()) if option else str(row["option"])
    said = say("decisions.was_withdrawn") if row["option"] is None else say("decisions.was_decided", reading=reading)
    when, who = moment(row["decided_at"]), called(str(row["decided_by"]))
    why = say("decisions.because", why=row["why"])
    note = f'<span class="note">{escape(why)}</span>'
    return f"<li><time>{escape(when)}</time> {escape(who)} <b>{escape(said)}</b> {note}</li>"
