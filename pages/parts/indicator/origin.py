"""Where a figure comes from: the sent file, the sheet, the cell, the rows a count is made of."""

from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from charts.values import written
from locales.formats import is_unknown, number, quarter
from metrics.period import Period, periods
from metrics.plan import Indicator, Plan
from metrics.result import Result
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.headline import written_part
from pages.parts.html import draw, escape
from pages.parts.indicator.origin_notices import remarks
from pages.parts.indicator.origin_sum import city_parts, quarter_parts
from pages.parts.lamp import badge
from pages.parts.origin_file import sent_file
from pages.parts.origin_versions import version_chain
from pages.parts.pick import pick
from pages.parts.roster_table import roster_table
from pages.parts.source_grid import source_grid
from pages.parts.sources import database
from store.actuals import origins
from store.provenance import Version, mends_of, versions
from store.rosters import counted_rows
from store.submissions import Mend


def origin(result: Result, indicator: Indicator, unit: str) -> None:
    """The section at the foot of the indicator page. `unit` is the one the page looks at."""
    plan = result.plan
    title, words = escape(say("detail.origin.title")), escape(say("detail.origin.words"))
    draw(f'<h2 id="origin">{title}</h2><p class="note">{words}</p>')
    if not indicator.typed_parts:
        draw(f'<p class="empty small">{escape(say("detail.origin.composed"))}</p>')
        return
    if unit == plan.area:
        city_parts(result, indicator)
    who, when = _choose(result, indicator, unit)
    quarter_parts(result, indicator, who)
    found = origins(database(), plan, indicator.indicator, who, when, result.known_at)
    chain = versions(database(), plan, who, when, result.known_at, indicator=indicator.indicator)
    if found.empty:
        words = say("detail.origin.none", unit=plan.units[who].label(language()), quarter=quarter(when, language()))
        draw(f'<p class="empty small">{escape(words)}</p>')
        version_chain(chain, indicator, who, when, None)
        return
    with st.container(border=True, key="origin-file"):
        _in_force(plan, indicator, who, when, result.known_at, found, chain)
    version_chain(chain, indicator, who, when, int(found["submission"].iloc[0]))


def _in_force(
    plan: Plan,
    indicator: Indicator,
    who: str,
    when: Period,
    known_at: datetime | None,
    found: pd.DataFrame,
    chain: list[Version],
) -> None:
    """The file in force, and each of its figures down to the cell."""
    row = found.iloc[0]
    version = next(version for version in chain if version.submission == row["submission"])
    mends = mends_of(database(), plan, indicator.indicator, who, version.submission)
    sent_file(version, mends)
    remarks(version, mends, [(str(figure.sheet), str(figure.cell)) for figure in found.itertuples()])
    for figure in found.itertuples():
        _figure(indicator, figure)
        if figure.basis == "derived":
            _compare(indicator, found, figure)
            rows = counted_rows(database(), plan, indicator.indicator, who, when, known_at)
            _counted(plan, indicator, rows[rows["part"] == figure.part], str(figure.part), version, mends)
        elif figure.basis == "reported":
            source_grid(version.sha256, version.file_name, str(figure.sheet), str(figure.cell), mends)


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


def _figure(indicator: Indicator, row: Any) -> None:
    """One figure: how it stands, what it is, and the cell it stands in."""
    whole = row.part == "value" and indicator.kind != "cadence"
    shown = written(row.number, indicator) if whole else written_part(row.number, indicator)
    marks = badge(say(f"detail.basis.{row.basis}")) + _part(indicator, str(row.part))
    place = escape(_place(str(row.sheet), str(row.cell)))
    draw(f'<p class="origin-figure"><b class="big">{escape(shown)}</b> {marks} <span>{place}</span></p>')


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


def _counted(
    plan: Plan, indicator: Indicator, rows: pd.DataFrame, part: str, version: Version, mends: list[Mend]
) -> None:
    """The list a count opens into, and the chosen row where it stands in the sheet."""
    if rows.empty:
        return
    roster = plan.rosters[indicator.counts[part].roster]
    title = say("detail.origin.counted_title", number=number(len(rows)))
    draw(f'<h3>{escape(title)}</h3><p class="note">{escape(say("detail.origin.counted_words"))}</p>')
    picked = roster_table(rows, roster, key=f"counted-{part}", caption=title)
    chosen = rows.iloc[picked if picked is not None else 0]
    source_grid(version.sha256, version.file_name, str(chosen["sheet"]), str(chosen["row"]), mends)
