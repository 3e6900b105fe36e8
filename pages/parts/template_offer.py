"""The template of one unit and quarter behind a button."""

import streamlit as st

from loaders.template import write_template
from locales.formats import quarter
from metrics.period import Period
from metrics.plan import Plan
from pages.parts.context import database, language, say
from store.milestones import last_statuses
from store.rosters import last_roster
from store.submissions import last_figures

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template(plan: Plan, unit: str, period: Period) -> bytes:
    """Made when somebody asks for it, with what the unit last published already filled in."""
    lists = {r.roster: last_roster(database(), plan, unit, r.roster, period) for r in plan.rosters_of(unit)}
    figures = last_figures(database(), plan, unit, period)
    tasks = last_statuses(database(), plan, unit, period)
    return write_template(
        plan, unit, period, last_rosters=lists, last_figures=figures, last_statuses=tasks, language=language()
    )


def template_offer(plan: Plan, unit: str, period: Period) -> None:
    name, when = plan.units[unit].label(language()), quarter(period, language())
    file_name = say("detail.submit.file_name", unit=name, quarter=when, plan=plan.short.by(language()))
    st.download_button(
        say("detail.submit.download", unit=name, quarter=when),
        data=lambda: template(plan, unit, period),
        file_name=f"{file_name}.xlsx",
        mime=XLSX,
        key="template",
        on_click="ignore",
        icon=":material/download:",
    )
