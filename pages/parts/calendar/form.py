"""The form that moves a due day, closes a quarter or reopens it, and every change made so far."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import get_args

import streamlit as st

from locales.formats import day, listing, moment, quarter
from metrics.calendar import Change, Step, term, usual_term
from metrics.period import Period
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import chosen, say
from pages.parts.html import draw, escape
from pages.parts.people import called
from pages.parts.sources import database
from store.calendar import BadChange, save_change
from store.people import GUEST, may

EVERYBODY = ""


def adjust(plan: Plan, quarters: Sequence[Period], changes: list[Change]) -> None:
    """Nothing is changed without a reason; what will be is said before it is saved."""
    if not may(database().person, "calendar"):
        return
    if chosen().known_at is not None:
        draw(f'<p class="note">{escape(say("calendar.not_in_the_past"))}</p>')
        return
    with st.expander(say("calendar.adjust"), icon=":material/edit_calendar:", key="calendar-adjust"):
        left, right = st.columns(2)
        with left:
            period = st.selectbox(
                say("calendar.which_quarter"), quarters, index=_first(quarters), key="calendar-quarter",
                format_func=lambda period: quarter(period, language()),
            )  # fmt: skip
        with right:
            unit = st.selectbox(
                say("calendar.for_whom"), [EVERYBODY, *plan.reporting_units(period)], key="calendar-unit",
                format_func=lambda unit: _unit(plan, unit), filter_mode="contains",
            ) or None  # fmt: skip
        step = st.segmented_control(
            say("calendar.what"), get_args(Step), default="due", required=True, key="calendar-step",
            format_func=lambda step: say(f"calendar.step.{step}"),
        )  # fmt: skip
        on = st.date_input(
            say(f"calendar.day_{step}"), value="today" if step == "close" else None, format="YYYY-MM-DD",
            key=f"calendar-day-{step}", width=320,
        )  # fmt: skip
        why = st.text_area(say("calendar.why"), key="calendar-why", placeholder=say("calendar.why_hint"), height=80)
        who = ""
        if database().person == GUEST:
            who = st.text_input(say("calendar.who"), key="calendar-who", placeholder=say("calendar.who_hint"))
        _preview(plan, changes, period, unit, step, on)
        if st.button(say("calendar.save"), type="primary", key="calendar-save"):
            _save(plan, period, unit, step, on, why or "", who or "")


def _first(quarters: Sequence[Period]) -> int:
    return quarters.index(chosen().as_of) if chosen().as_of in quarters else 0


def _unit(plan: Plan, unit: str | None) -> str:
    return plan.units[unit].label(language()) if unit else say("calendar.everybody")


def _preview(plan: Plan, changes: list[Change], period: Period, unit: str | None, step: Step, on: date | None) -> None:
    if on is None and step != "reopen" and not (step == "due" and _moved(plan, changes, period, unit)):
        return
    words = say("calendar.will", words=_did(plan, period, unit, step, on))
    if unit is None:
        whole = term(plan.calendar, changes, None, period)
        own = {one: term(plan.calendar, changes, one, period) for one in plan.reporting_units(period)}
        losing = [
            plan.units[one].label(language(), short=True)
            for one, made in own.items()
            if (made.due != whole.due if step == "due" else made.closed_from != whole.closed_from)
        ]
        if losing:
            words += " " + say("calendar.loses_own", names=listing(losing, language()))
    draw(f'<p class="note">{escape(words)}</p>')


def _moved(plan: Plan, changes: list[Change], period: Period, unit: str | None) -> bool:
    """Whether there is another due day than the plan's own to take back."""
    units = [unit] if unit else plan.reporting_units(period)
    usual = usual_term(plan.calendar, period).due
    return any(term(plan.calendar, changes, one, period).due != usual for one in units)


def _save(plan: Plan, period: Period, unit: str | None, step: Step, on: date | None, why: str, who: str) -> None:
    try:
        save_change(database(), plan, period, unit, step, on, why=why, who=who, now=datetime.now())
    except BadChange as change:
        st.error(say(f"calendar.fault.{change.fault}"))
        return
    st.session_state["calendar-changed"] = True
    st.rerun()


def _did(plan: Plan, period: Period, unit: str | None, step: Step, on: date | None) -> str:
    key = f"calendar.did_{step}" + ("" if on or step == "close" else "_none")
    words = say(key, day=day(on, language()))
    return say("calendar.did", quarter=quarter(period, language()), unit=_unit(plan, unit), words=words)


def history(plan: Plan, changes: Sequence[Change]) -> None:
    """Every change, newest first."""
    if not changes:
        return
    items = "".join(_entry(plan, change) for change in reversed(changes))
    title = escape(say("calendar.history", number=len(changes)))
    draw(f'<details class="history" open><summary>{title}</summary><ol>{items}</ol></details>')


def _entry(plan: Plan, change: Change) -> str:
    did = _did(plan, change.period, change.unit, change.step, change.day)
    why = escape(say("calendar.because", why=change.why))
    return (
        f"<li><time>{escape(moment(change.at))}</time> {escape(called(change.who))} <b>{escape(did)}</b>"
        f' <span class="note">{why}</span></li>'
    )
