"""The bar above every page: plan, quarter, unit set, known-at, language, and what marks the data."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from functools import partial

import streamlit as st

from locales.formats import day, moment, quarter
from metrics.period import Period
from pages.parts.context import Chosen, database, open_periods, plans, remember, say, settle
from pages.parts.html import draw, escape
from pages.parts.lamp import badge


def bar() -> None:
    choice = settle()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choices"):
        _choose_plan(choice)
        _choose_period(choice)
        _choose_unit_set(choice)
        _choose_known_at(choice)
        st.space("stretch")
        _switch_language(choice)
    _marks(choice)


def _keep(name: str, key: str) -> None:
    """A widget changed: keep what it says. A deselected switch keeps the old choice."""
    if st.session_state[key] is not None:
        remember(name, st.session_state[key])


def _widget(
    draw_widget: Callable[..., object],
    name: str,
    options: Sequence[str],
    value: str,
    shown: Callable[[str], str],
    width: int | str,
) -> None:
    """A widget that always shows what the address says."""
    key = f"pick_{name}"
    st.session_state[key] = value
    label = say(f"pages.header.{name}")
    draw_widget(label, options, format_func=shown, key=key, on_change=partial(_keep, name, key), width=width)


def _choose_plan(choice: Chosen) -> None:
    every = plans()
    _widget(st.selectbox, "plan", list(every), choice.plan.plan, lambda p: every[p].short.by(choice.language), 300)


def _choose_period(choice: Chosen) -> None:
    quarters = [str(period) for period in reversed(open_periods(choice.plan))]
    _widget(st.selectbox, "period", quarters, str(choice.as_of), lambda q: quarter(q, choice.language), 170)


def _choose_unit_set(choice: Chosen) -> None:
    sets = choice.plan.unit_sets

    def size(name: str) -> str:
        return say("pages.header.size", number=len(choice.plan.units_of(name, choice.as_of)))

    if len(sets) > 1:
        names = sorted(sets, key=lambda name: len(sets[name]))
        _widget(st.segmented_control, "units", names, choice.unit_set, size, "content")


def _choose_known_at(choice: Chosen) -> None:
    now = say("pages.header.known_now")
    label = say("pages.header.known_then", moment=moment(choice.known_at)) if choice.known_at else now
    with st.popover(label, icon=":material/history:"):
        st.caption(say("pages.header.known_help"))
        asked = st.date_input(
            say("pages.header.known_day"),
            value=choice.known_at.date() if choice.known_at else None,
            format="YYYY-MM-DD",
            key="pick_known",
        )
        if st.button(say("pages.header.known_apply"), disabled=asked is None, type="primary") and asked:
            remember("known", datetime.combine(asked, time(23, 59)).isoformat(timespec="minutes"))
            st.rerun()
        if choice.known_at and st.button(now):
            remember("known", None)
            st.rerun()


def _switch_language(choice: Chosen) -> None:
    english = choice.language == "en"
    other = "zh" if english else "en"
    st.button(
        "中文" if english else "English",
        type="tertiary",
        icon=":material/translate:",
        key="switch_language",
        on_click=_speak,
        args=(other,),
    )


def _speak(code: str) -> None:
    st.session_state["chosen_lang"] = code
    if code == "en":
        st.query_params["lang"] = code
    else:
        st.query_params.pop("lang", None)


def _marks(choice: Chosen) -> None:
    """The plan's full title, and what a reader must know before trusting a figure."""
    marks = []
    if choice.plan.status == "draft":
        marks.append(badge(say("pages.header.draft"), "draft is-watch"))
    if database().sample:
        marks.append(badge(say("pages.header.sample"), "sample"))
    if choice.plan.version != plans()[choice.plan.plan].version:
        marks.append(badge(say("decisions.not_in_force", version=choice.plan.version), "known"))
    if choice.known_at:
        marks.append(badge(say("pages.header.known_then", moment=moment(choice.known_at)), "known"))
    if choice.as_of >= Period.of(choice.plan.end):
        marks.append(badge(say("pages.header.final"), "final"))
    ends = say("pages.header.until", day=day(choice.as_of.end, choice.language))
    title = escape(choice.plan.title.by(choice.language))
    draw(f'<p class="plan-title"><b>{title}</b>{"".join(marks)}<span class="note">{escape(ends)}</span></p>')
