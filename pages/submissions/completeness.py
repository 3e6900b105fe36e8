"""报送情况 Completeness: who has sent what, who still owes, how units report, and reminding them."""

from datetime import date

import pandas as pd
import streamlit as st

from charts.completeness import state_words
from locales.formats import UNKNOWN, moment, quarter
from metrics.behaviour import behaviour
from metrics.period import Period, periods
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.completeness.behaviour_table import behaviour_part
from pages.parts.completeness.reminders import reminders
from pages.parts.completeness.sent_lines import summary
from pages.parts.completeness.sent_matrix import sent_matrix
from pages.parts.context import chosen, href, say
from pages.parts.detail import detail_look
from pages.parts.html import draw, escape
from pages.parts.plain_table import plain_table
from pages.parts.sources import database
from store.people import may
from store.review import list_waiting
from store.steps import list_dues, list_plan_steps, list_tries
from store.submissions import list_submissions

DAYS = {"late": "days_late", "grace": "days_over", "missing": "days_over", "returned": "days_over"}


def every_quarter(plan: Plan) -> pd.DataFrame:
    """`metrics.dues` of each quarter to the chosen one; units that never owe anything left out."""
    choice = chosen()
    known = choice.known_at
    span = periods(Period.of(plan.start), choice.as_of)
    on = known.date() if known else date.today()
    every = list_dues(database(), plan, span, on=on, unit_set=choice.unit_set, known_at=known)
    owing = every[every["expected"].astype(bool)]["unit"].unique()
    return every[every["unit"].isin(owing)]


def details(plan: Plan, rows: pd.DataFrame) -> None:
    sent = list_submissions(database(), plan, known_at=chosen().known_at)
    mine = sent[sent["period"] == str(chosen().as_of)].drop_duplicates("unit").set_index("unit")
    shown = pd.DataFrame(
        {
            say("detail.column.unit"): [plan.units[unit].label(language()) for unit in rows["unit"]],
            say("detail.column.state"): [how(row) for row in rows.to_dict("records")],
            say("detail.column.received_at"): [moment(at) for at in rows["received_at"]],
            say("detail.column.published_at"): [moment(mine["published_at"].get(unit)) for unit in rows["unit"]],
            say("detail.column.file"): [mine["file_name"].get(unit, UNKNOWN) for unit in rows["unit"]],
        }
    )
    when = quarter(chosen().as_of, language())
    draw(f"<h2>{escape(say('detail.completeness.this_quarter'))}</h2>")
    links = {
        say("detail.column.unit"): [href("unit", unit=unit) for unit in rows["unit"]],
        say("detail.column.state"): reviews(plan, rows),
    }
    draw(plain_table(shown, say("detail.completeness.this_quarter_caption", quarter=when), links))


def reviews(plan: Plan, rows: pd.DataFrame) -> list[str | None]:
    """For a reviewer, where the submission that waits is looked at."""
    if not may(database().person, "review"):
        return [None] * len(rows)
    found = list_waiting(database(), plan)
    mine = found[found["period"] == str(chosen().as_of)]
    number = dict(zip(mine["unit"], mine["submission"], strict=True))
    waits = zip(rows["unit"], rows["state"], strict=True)
    return [
        href("review", submission=str(number[unit])) if unit in number and state == "waiting" else None
        for unit, state in waits
    ]


def how(row: dict[object, object]) -> str:
    """The state, and how many days it is late."""
    words = state_words(str(row["state"]), language())
    late = row["state"] in DAYS and row["days_late"]
    return say(f"owes.{DAYS[str(row['state'])]}", state=words, days=row["days_late"]) if late else words


detail_look("calendar")
plan = chosen().plan
draw(f"<h1>{escape(say('detail.completeness.title'))} · {escape(quarter(chosen().as_of, language()))}</h1>")
every = every_quarter(plan)
rows = every[every["period"] == str(chosen().as_of)]
if rows.empty:
    st.stop()
summary(plan, rows)
now = rows[[plan.units[unit].stands_on(chosen().as_of.end) for unit in rows["unit"]]]
draw(f"<h2>{escape(say('detail.completeness.matrix'))}</h2>{sent_matrix(plan, every)}")
details(plan, now)
reminders(plan, now)
known_at = chosen().known_at
behaviour_part(
    plan, behaviour(every, list_tries(database(), plan, known_at), list_plan_steps(database(), plan, known_at))
)
