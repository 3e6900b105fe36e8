"""报送情况 Completeness: who has sent what, on time or late."""

import pandas as pd
import streamlit as st

from charts.completeness import state_words
from locales.formats import day, listing, moment, quarter
from metrics.completeness import completeness
from metrics.period import Period, periods
from metrics.plan import Plan
from metrics.tally import tally
from pages.parts.context import chosen, database, href, language, say
from pages.parts.detail import detail_look
from pages.parts.html import draw, escape
from pages.parts.plain_table import plain_table
from pages.parts.sent_matrix import sent_matrix
from store.submissions import list_submissions


def every_quarter(plan: Plan, sent: pd.DataFrame) -> pd.DataFrame:
    """`metrics.completeness` of each quarter to the chosen one; units that never owe anything left out."""
    choice = chosen()
    span = periods(Period.of(plan.start), choice.as_of)
    every = pd.concat(
        completeness(plan, sent, period, unit_set=choice.unit_set).assign(period=str(period)) for period in span
    )
    owing = every[every["expected"].astype(bool)]["unit"].unique()
    return every[every["unit"].isin(owing)]


def summary(plan: Plan, rows: pd.DataFrame) -> None:
    """Counties and departments apart: a late bureau is another call than a late county."""
    in_set = rows["unit"].isin(plan.units_of(chosen().unit_set))
    parts = [("counties", rows[in_set]), ("departments", rows[~in_set])]
    said = "".join(line(plan, name, part) for name, part in parts)
    due = say("detail.completeness.due", day=day(rows["due"].iloc[0], language()))
    draw(f'<div class="figures-row">{said}</div><p class="note">{escape(due)}</p>')


def line(plan: Plan, name: str, rows: pd.DataFrame) -> str:
    count = tally(rows)
    if not count.expected:
        return ""
    who = escape(say(f"detail.completeness.{name}"))
    sent = escape(say("detail.completeness.sent", received=count.received, expected=count.expected))
    found = (("missing", count.missing), ("late", count.late))
    rest = " ".join(say(f"detail.completeness.{kind}", names=names(plan, units)) for kind, units in found if units)
    return f'<p><span class="note">{who}</span> <b>{sent}</b> {escape(rest)}</p>'


def names(plan: Plan, units: tuple[str, ...]) -> str:
    return listing((plan.units[unit].label(language(), short=True) for unit in units), language())


def details(plan: Plan, rows: pd.DataFrame, sent: pd.DataFrame) -> None:
    files = sent[sent["period"] == str(chosen().as_of)].drop_duplicates("unit").set_index("unit")["file_name"]
    shown = pd.DataFrame(
        {
            say("detail.column.unit"): [plan.units[unit].label(language()) for unit in rows["unit"]],
            say("detail.column.state"): [state_words(state, language()) for state in rows["state"]],
            say("detail.column.received_at"): [moment(at) for at in rows["received_at"]],
            say("detail.column.published_at"): [moment(at) for at in rows["published_at"]],
            say("detail.column.file"): [files.get(unit, "") for unit in rows["unit"]],
        }
    )
    when = quarter(chosen().as_of, language())
    draw(f"<h2>{escape(say('detail.completeness.this_quarter'))}</h2>")
    links = {say("detail.column.unit"): [href("unit", unit=unit) for unit in rows["unit"]]}
    draw(plain_table(shown, say("detail.completeness.this_quarter_caption", quarter=when), links))


detail_look()
plan = chosen().plan
draw(f"<h1>{escape(say('detail.completeness.title'))} · {escape(quarter(chosen().as_of, language()))}</h1>")
sent = list_submissions(database(), plan, known_at=chosen().known_at)
every = every_quarter(plan, sent)
rows = every[every["period"] == str(chosen().as_of)]
if rows.empty:
    st.stop()
summary(plan, rows)
now = rows[[plan.units[unit].stands_on(chosen().as_of.end) for unit in rows["unit"]]]
draw(f"<h2>{escape(say('detail.completeness.matrix'))}</h2>{sent_matrix(plan, every)}")
details(plan, now, sent)
