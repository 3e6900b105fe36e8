"""What a unit's own headings mean: asked once, each with our guess, and remembered for it."""

from datetime import datetime
from functools import partial

import streamlit as st

from loaders.meanings import NOTHING, VALUE
from loaders.own.mapping import Proposal, Question
from loaders.own.targets import target_name
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.people import called
from pages.parts.sources import database, every_plan
from store.mappings import list_mappings, save_mapping
from store.people import may


def mapping_form(proposal: Proposal, key: str) -> None:
    """A line for each heading in doubt, and one button; the file is judged again with the answers."""
    plan = every_plan()[proposal.plan]
    with st.container(key=f"mapping-{key}", gap=None):
        number = len(proposal.questions)
        draw(f"<h3>{escape(say('mapping.title'))}</h3>")
        draw(f'<p class="note">{escape(say("mapping.words", number=number, unit=_called(plan, proposal.unit)))}</p>')
        keys = {question.key: f"meant-{key}-{question.key}" for question in proposal.questions}
        for at, question in enumerate(proposal.questions):
            with st.container(key=f"fault-mapping-{key}-{at}", gap=None):
                _ask(plan, question, keys[question.key])
        fault = _fault(_chosen(keys))
        with st.container(key=f"mapping-end-{key}", horizontal=True, vertical_alignment="center"):
            st.button(
                say("mapping.keep"),
                key=f"keep-mapping-{key}",
                type="primary",
                disabled=fault is not None,
                on_click=partial(_keep, plan, proposal.unit, keys),
            )
            if fault:
                draw(f'<p class="note">{escape(say(f"mapping.{fault}"))}</p>')


def _chosen(keys: dict[str, str]) -> dict[str, str | None]:
    return {heading: st.session_state.get(key) for heading, key in keys.items()}


def _ask(plan: Plan, question: Question, key: str) -> None:
    told, answer = st.columns([3, 2], gap="medium", vertical_alignment="center")
    with told:
        where = say("problem_place.cell", sheet=question.sheet, cell=question.cell)
        draw(
            f'<div class="fault is-watch"><p><b>{escape(question.words)}</b> '
            f'<span class="note">{escape(where)}</span></p>{_examples(question)}</div>'
        )
    with answer:
        if key not in st.session_state:
            st.session_state[key] = question.guess
        st.selectbox(
            say("mapping.means", words=question.words),
            question.choices,
            index=None,
            format_func=lambda target: target_name(plan, target, language(), question.key, asked=True),
            key=key,
            placeholder=say("mapping.choose"),
            label_visibility="collapsed",
        )


def _examples(question: Question) -> str:
    if not question.examples:
        return ""
    listed = say("mapping.examples", examples="、".join(question.examples))
    return f'<p class="note">{escape(listed)}</p>'


def _fault(chosen: dict[str, str | None]) -> str | None:
    """Why the answers cannot be kept yet."""
    if any(target is None for target in chosen.values()):
        return "unanswered"
    meant = [target for target in chosen.values() if target != NOTHING]
    if len(set(meant)) < len(meant):
        return "twice"
    columns = [target for key, target in chosen.items() if key.startswith("#")]
    return "no_value" if columns and VALUE not in columns else None


def _keep(plan: Plan, unit: str, keys: dict[str, str]) -> None:
    """Read at the click: a choice may have been made in the same breath."""
    chosen = _chosen(keys)
    if _fault(chosen) is None:
        save_mapping(database(), plan, unit, chosen, now=datetime.now())


def remembered_mapping(plan: Plan, unit: str) -> None:
    """What is remembered of a unit's headings, folded away; each can be forgotten."""
    known = list_mappings(database(), plan, unit)
    if known.empty:
        return
    with st.expander(say("mapping.remembered", number=len(known))), st.container(gap=None):
        for at, row in enumerate(known.to_dict("records")):
            _line(plan, unit, at, row)


def _line(plan: Plan, unit: str, at: int, row: dict) -> None:
    meaning = target_name(plan, row["target"], language(), row["words"])
    who = say("mapping.said", who=called(row["said_by"]), day=f"{row['said_at']:%Y-%m-%d}")
    words = row["words"].lstrip("#").replace("/", " / ")
    with st.container(key=f"known-heading-{at}", horizontal=True, vertical_alignment="center"):
        draw(f'<p>{escape(words)} → <b>{escape(meaning)}</b> <span class="note">{escape(who)}</span></p>')
        if may(database().person, "send", unit):
            forget = partial(_forget, plan, unit, row["words"])
            st.button(say("mapping.forget"), key=f"forget-mapping-{at}", type="tertiary", on_click=forget)


def _forget(plan: Plan, unit: str, words: str) -> None:
    save_mapping(database(), plan, unit, {words: None}, now=datetime.now())


def _called(plan: Plan, unit: str) -> str:
    return plan.units[unit].label(language())
