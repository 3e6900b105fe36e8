"""The template of one unit and quarter behind a button."""

from functools import partial

import streamlit as st

from loaders.template import write_template
from locales.formats import quarter
from metrics.period import Period
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.sources import database
from store.calendar import term_of
from store.database import Database
from store.milestones import last_statuses
from store.rosters import last_roster
from store.submissions import last_figures

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template(acting: Database, plan: Plan, unit: str, period: Period, spoken: str) -> bytes:
    """Made when somebody asks for it, with what the unit last published already filled in.

    Outside of the page's run: whose database and which language was asked before.
    """
    lists = {r.roster: last_roster(acting, plan, unit, r.roster, period) for r in plan.rosters_of(unit)}
    figures = last_figures(acting, plan, unit, period)
    tasks, term = last_statuses(acting, plan, unit, period), term_of(acting, plan, unit, period)
    return write_template(
        plan, unit, period, last_rosters=lists, last_figures=figures, last_statuses=tasks, term=term, language=spoken
    )


def template_offer(plan: Plan, unit: str, period: Period) -> None:
    name, when = plan.units[unit].label(language()), quarter(period, language())
    file_name = say("detail.submit.file_name", unit=name, quarter=when, plan=plan.short.by(language()))
    st.download_button(
        say("detail.submit.download", unit=name, quarter=when),
        data=partial(template, database(), plan, unit, period, language()),
        file_name=f"{file_name}.xlsx",
        mime=XLSX,
        key="template",
        on_click="ignore",
        icon=":material/download:",
    )
