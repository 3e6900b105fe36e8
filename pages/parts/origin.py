"""Where a figure comes from: the sent file, the sheet, the cell, the rows a count is made of."""

from typing import Any

import pandas as pd
import streamlit as st

from charts.values import written
from locales.formats import is_unknown, moment, number, quarter
from metrics.period import Period, periods
from metrics.plan import Indicator, Plan
from metrics.result import Result
from pages.parts.context import database, language, say
from pages.parts.headline import written_part
from pages.parts.html import draw, escape
from pages.parts.lamp import badge
from pages.parts.pick import pick
from pages.parts.roster_table import roster_table
from pages.parts.source_grid import source_grid
from store.actuals import origins
from store.rosters import counted_rows


def origin(result: Result, indicator: Indicator, unit: str) -> None:
    """The section at the foot of the indicator page. `unit` is the one the page looks at."""
    plan = result.plan
    title, words = escape(say("detail.origin.title")), escape(say("detail.origin.words"))
    draw(f'<h2 id="origin">{title}</h2><p class="note">{words}</p>')
    if not indicator.typed_parts:
        draw(f'<p class="empty small">{escape(say("detail.origin.composed"))}</p>')
        return
    who, when = _choose(result, indicator, unit)
    found = origins(database(), plan, indicator.indicator, who, when, result.known_at)
    if found.empty:
        words = say("detail.origin.none", unit=plan.units[who].label(language()), quarter=quarter(when, language()))
        draw(f'<p class="empty small">{escape(words)}</p>')
        return
    row = found.iloc[0]
    with st.container(border=True, key="origin-file"):
        sent_file(row)
        for figure in found.itertuples():
            _figure(indicator, figure)
            if figure.basis == "derived":
                _compare(indicator, found, figure)
                rows = counted_rows(database(), plan, indicator.indicator, who, when, result.known_at)
                _counted(plan, indicator, rows[rows["part"] == figure.part], str(figure.part), row)
            elif figure.basis == "reported":
                source_grid(str(row["sha256"]), str(row["file_name"]), str(figure.sheet), str(figure.cell))


def _choose(result: Result, indicator: Indicator, unit: str) -> tuple[str, Period]:
    plan = result.plan
    reporters = plan.reporters_of(indicator, result.unit_set)
    quarters = [str(period) for period in reversed(periods(Period.of(plan.start), result.as_of))]
    left, right = st.columns(2)
    with left:
        who = pick(
            "from",
            reporters,
            unit if unit in reporters else reporters[0],
            say("detail.pick.unit_of_origin"),
            lambda name: plan.units[name].label(language()),
        )
    with right:
        row = result.progress[(result.progress["indicator"] == indicator.indicator) & (result.progress["unit"] == who)]
        stands = row["value_period"].iloc[0] if len(row) else None
        latest = str(result.as_of) if is_unknown(stands) else str(stands)
        when = pick("quarter", quarters, latest, say("detail.pick.period_of_origin"), lambda q: quarter(q, language()))
    return who, Period.parse(when)


def _compare(indicator: Indicator, found: pd.DataFrame, counted: Any) -> None:
    """A typed figure that says something else than the roster is a question to the unit."""
    typed = found[(found["basis"] == "reported") & (found["part"] == counted.part)]["number"]
    if not typed.empty and not is_unknown(typed.iloc[0]) and typed.iloc[0] != counted.number:
        words = {
            name: written_part(value, indicator)
            for name, value in (("reported", typed.iloc[0]), ("derived", counted.number))
        }
        st.warning(say("detail.origin.differs", **words), icon=":material/difference:")


def sent_file(row: pd.Series) -> None:
    """One submission stands for a unit and quarter, so all its figures come from one file."""
    published = say("detail.origin.published", moment=moment(row["published_at"]), who=row["published_by"])
    draw(
        f'<div class="origin"><p><b>{escape(str(row["file_name"]))}</b></p><p class="note">{escape(published)}<br>'
        f"{escape(say('detail.origin.fingerprint'))} <code>{escape(str(row['sha256']))}</code></p></div>"
    )
    download_original(str(row["sha256"]), str(row["file_name"]), "original")


def _figure(indicator: Indicator, row: Any) -> None:
    """One figure: how it stands, what it is, and the cell it stands in."""
    whole = row.part == "value" and indicator.kind != "cadence"
    shown = written(row.number, indicator) if whole else written_part(row.number, indicator)
    marks = badge(say(f"detail.basis.{row.basis}")) + _part(indicator, str(row.part))
    place = escape(_place(str(row.sheet), str(row.cell)))
    draw(f'<p class="origin-figure"><b class="big">{escape(shown)}</b> {marks} <span>{place}</span></p>')


def download_original(sha256: str, file_name: str, key: str) -> None:
    """The bytes as they were sent; read only when somebody asks for them."""
    st.download_button(
        say("detail.origin.download", file=file_name),
        data=lambda: database().read_original(sha256),
        file_name=file_name,
        mime="application/octet-stream",
        key=key,
        on_click="ignore",
        icon=":material/download:",
    )


def _place(sheet: str, cell: str) -> str:
    first, _, last = cell.partition(":")
    if first.isdigit():
        return say("detail.origin.rows_of", sheet=sheet, first=first, last=last or first)
    return say("detail.origin.where", sheet=sheet, cell=cell)


def _part(indicator: Indicator, part: str) -> str:
    if part == "value":
        return ""
    name = indicator.numerator_name if part == "numerator" else indicator.denominator_name
    words = name.by(language()) if name else say(f"detail.part.{part}")
    return f' <span class="note">{escape(words)}</span>'


def _counted(plan: Plan, indicator: Indicator, rows: pd.DataFrame, part: str, sent: pd.Series) -> None:
    """The list a count opens into, and the chosen row where it stands in the sheet."""
    if rows.empty:
        return
    roster = plan.rosters[indicator.counts[part].roster]
    title = say("detail.origin.counted_title", number=number(len(rows)))
    draw(f'<h3>{escape(title)}</h3><p class="note">{escape(say("detail.origin.counted_words"))}</p>')
    picked = roster_table(rows, roster, key=f"counted-{part}", caption=title)
    chosen = rows.iloc[picked if picked is not None else 0]
    source_grid(str(sent["sha256"]), str(sent["file_name"]), str(chosen["sheet"]), str(chosen["row"]))
