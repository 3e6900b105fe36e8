"""The bar above every page: plan, quarter, unit set, known-at, language, and what marks the data."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from locales.formats import day, moment, quarter
from metrics.period import Period
from pages.parts.accounts.chip import account_chip
from pages.parts.address import language, remember
from pages.parts.context import Chosen, say, settle
from pages.parts.html import draw, escape
from pages.parts.lamp import badge
from pages.parts.replay import choose_known_at
from pages.parts.sources import database, every_plan, open_periods, plans


def bar() -> None:
    choice = settle()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choices"):
        _choose_plan(choice)
        _choose_period(choice)
        _choose_unit_set(choice)
        choose_known_at(choice)
        st.space("stretch")
        _switch_language(choice.language)
        account_chip()
    _marks(choice)


def bare_bar() -> None:
    """Where there is nothing to choose yet: the language, and the way out."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choices"):
        st.space("stretch")
        _switch_language(language())
        account_chip()


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
    whole = every_plan()[choice.plan.plan]

    def size(name: str) -> str:
        """Of the whole city, for a county too: its own row is the same in each, the city's is not."""
        counted = whole if name in whole.unit_sets else choice.plan
        return say("pages.header.size", number=len(counted.units_of(name, choice.as_of)))

    if len(sets) > 1:
        names = sorted(sets, key=lambda name: len(whole.unit_sets.get(name, sets[name])))
        _widget(st.segmented_control, "units", names, choice.unit_set, size, "content")


def _switch_language(spoken: str) -> None:
    english = spoken == "en"
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
