"""裁定: one place where the task force decides how the plan is read where it does not agree with itself."""

import streamlit as st

from locales.formats import quarter
from metrics.plan import Plan, Tension
from metrics.tensions import touched, undecided
from pages.parts.address import language
from pages.parts.context import chosen, say
from pages.parts.decide import decision_form, history
from pages.parts.detail import detail_look
from pages.parts.html import draw, escape
from pages.parts.lamp import badge
from pages.parts.readings import differing, readings, readings_table
from pages.parts.sources import database
from pages.parts.tension_mark import option_list, standing_words, tension_words
from store.decisions import list_decisions


def state_of(plan: Plan, tension: Tension) -> str:
    if tension.tension in plan.decided:
        return "decided"
    return "undecided" if undecided(plan, tension) else "default"


def summary(plan: Plan, settings: list[Tension]) -> None:
    states = [state_of(plan, tension) for tension in settings]
    counts = {name: states.count(name) for name in ("decided", "default", "undecided")}
    draw(f"<h1>{escape(say('decisions.headline', number=len(settings), **counts))}</h1>")
    draw(f'<p class="note">{escape(say("decisions.intro"))}</p>')


def setting(plan: Plan, tension: Tension) -> None:
    speech, state = language(), state_of(plan, tension)
    question = tension.question.by(speech) if tension.question else tension.tension
    head = f"<h2>{escape(question)}{badge(say(f'decisions.state_{state}'), state)}</h2>"
    draw(f'<div class="setting" id="{tension.tension}">{head}{tension_words(tension)}</div>')
    effects(plan, tension)
    draw(f'<p class="standing">{escape(standing_words(plan, tension))}</p>')
    decision_form(plan, tension)


def effects(plan: Plan, tension: Tension) -> None:
    """The two readings side by side, with what each makes of the city's figures."""
    found = readings(plan, tension)
    names = differing(found)
    when = quarter(chosen().as_of, language())
    if names:
        draw(f'<p class="note">{escape(say("decisions.effect", quarter=when))}</p>{readings_table(plan, found, names)}')
        return
    key = "no_effect" if touched(plan, tension) else "no_figures"
    draw(f'{option_list(plan, tension)}<p class="note">{escape(say(f"decisions.{key}", quarter=when))}</p>')


detail_look()
plan = chosen().plan
settings = [tension for tension in plan.tensions.values() if tension.options]
summary(plan, settings)
if st.session_state.pop("decided_now", None):
    st.toast(say("decisions.saved"))
entries = list_decisions(database(), plan.plan, chosen().known_at)
for tension in settings:
    with st.container(border=True, key=f"setting-{tension.tension}"):
        setting(plan, tension)
        history(tension, entries)
others = len(plan.tensions) - len(settings)
draw(f'<p class="note">{escape(say("decisions.others", number=others))}</p>')
