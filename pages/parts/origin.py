"""Where a figure comes from: the sent file, the sheet, the cell, the rows a count is made of."""

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
    for part, rows in found.groupby("part", sort=False):
        for index, row in enumerate(rows.itertuples()):
            _figure(indicator, row, f"{part}-{index}")
    if "derived" in set(found["basis"]):
        _counted(plan, indicator, who, when, found[found["basis"] == "derived"].iloc[0], result)


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


def _figure(indicator: Indicator, row: object, key: str) -> None:
    """One figure: how it stands in the file, who sent it, and its neighbours in the sheet."""
    number_shown = written_part(row.number, indicator) if row.part != "value" else written(row.number, indicator)
    place = _place(str(row.sheet), str(row.cell))
    with st.container(border=True, key=f"origin-{key}"):
        draw(
            f'<div class="origin"><p><b class="big">{escape(number_shown)}</b> '
            f'<span class="badge plain">{escape(say(f"detail.basis.{row.basis}"))}</span>'
            f"{_part(indicator, str(row.part))}</p>"
            f"<p><b>{escape(str(row.file_name))}</b> · {escape(place)}</p>"
            f'<p class="note">{escape(say("detail.origin.published", moment=moment(row.published_at), who=row.published_by))}'
            f"<br>{escape(say('detail.origin.fingerprint'))} <code>{row.sha256}</code></p></div>"
        )
        if row.basis == "reported":
            source_grid(row.sha256, str(row.file_name), str(row.sheet), str(row.cell))
        download_original(row.sha256, str(row.file_name), f"original-{key}")


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


def _counted(plan: Plan, indicator: Indicator, unit: str, when: Period, derived: pd.Series, result: Result) -> None:
    """The list a count opens into, and the chosen row where it stands in the sheet."""
    rows = counted_rows(database(), plan, indicator.indicator, unit, when, result.known_at)
    if rows.empty:
        return
    roster = plan.rosters[next(iter(indicator.counts.values())).roster]
    draw(f"<h3>{escape(say('detail.origin.counted_title', number=number(len(rows))))}</h3>")
    draw(f'<p class="note">{escape(say("detail.origin.counted_words"))}</p>')
    picked = roster_table(rows, roster, key="counted", caption=say("detail.origin.counted_title", number=len(rows)))
    chosen = rows.iloc[picked if picked is not None else 0]
    draw(f'<p class="note">{escape(say("detail.origin.row_in_sheet"))}</p>')
    source_grid(str(derived["sha256"]), str(derived["file_name"]), str(chosen["sheet"]), str(chosen["row"]))
