"""报送日历 Calendar: when each quarter is due, how it stands today, and what was changed and why."""

from datetime import date

import streamlit as st

from metrics.period import Period, periods
from metrics.plan import Plan
from pages.parts.calendar.form import adjust, history
from pages.parts.calendar.table import calendar_table
from pages.parts.context import chosen, say
from pages.parts.detail import detail_look
from pages.parts.html import draw, escape
from pages.parts.sources import database
from store.calendar import list_changes
from store.steps import list_dues


def rule(plan: Plan) -> str:
    closing = plan.calendar.closing
    ends = say("calendar.never_closes") if closing is None else say("calendar.closes_after", days=closing)
    return say("calendar.rule", due=plan.calendar.due, grace=plan.calendar.grace, closing=ends)


def shown_quarters(plan: Plan, today: date) -> list[Period]:
    """From the running quarter, or the plan's last, back to its first."""
    last = max(Period.of(plan.start), min(Period.of(today), Period.of(plan.end)))
    return periods(Period.of(plan.start), last)[::-1]


detail_look("calendar")
choice, today = chosen(), date.today()
plan = choice.plan
on = choice.known_at.date() if choice.known_at else today
if st.session_state.pop("calendar-changed", None):
    st.toast(say("calendar.saved"))
draw(f'<h1>{escape(say("calendar.title"))}</h1><p class="note">{escape(rule(plan))}</p>')
quarters = shown_quarters(plan, on)
changes = list_changes(database(), plan, choice.known_at)
dues = list_dues(database(), plan, quarters, on=on, unit_set=choice.unit_set, known_at=choice.known_at)
adjust(plan, quarters, changes)
draw(calendar_table(plan, changes, dues, on))
history(plan, changes)
