"""县区 Unit: one unit's indicators, what it has sent, and the rosters it keeps."""

import pandas as pd
import streamlit as st

from charts.values import goal, measure_of, status_words, without_blanks, written
from locales.formats import is_unknown, moment, percent, quarter, signed
from metrics.period import Period
from metrics.plan import Plan
from metrics.result import Result
from pages.parts.address import language
from pages.parts.context import chosen, current_result, href, say
from pages.parts.detail import detail_look
from pages.parts.empty import nothing_here
from pages.parts.html import draw, escape
from pages.parts.origin_file import sent_file
from pages.parts.origin_row import row_origin
from pages.parts.pick import pick, pick_unit
from pages.parts.plain_table import plain_table
from pages.parts.roster_table import matching, roster_table
from pages.parts.sources import database
from store.people import may
from store.provenance import versions
from store.rosters import roster_rows
from store.submissions import list_submissions


def figures(result: Result, unit: str) -> None:
    """The unit's indicators: those with a target of its own first, then those that are only counted."""
    rows = result.progress[result.progress["unit"] == unit]
    if rows.empty:
        nothing_here(say("detail.unit.none"))
        return
    untargeted = rows["target"].map(is_unknown)
    for name, part in (("targeted", rows[~untargeted]), ("untargeted", rows[untargeted])):
        if not part.empty:
            draw(f"<h2>{escape(say(f'detail.unit.{name}'))}</h2>{_figures(result.plan, unit, part)}")


def _figures(plan: Plan, unit: str, rows: pd.DataFrame) -> str:
    """Name and figure lead to the indicator and to the figure's origin."""
    shown = pd.DataFrame([_figure(plan, row) for _, row in rows.iterrows()])
    shown.columns = [say(f"detail.column.{name}") for name in shown.columns]
    links = {
        say("detail.column.indicator"): [href("indicator", indicator=name, unit=unit) for name in rows["indicator"]],
        say("detail.column.actual"): [
            href("indicator", indicator=name, unit=unit, anchor="origin") for name in rows["indicator"]
        ],
    }
    return plain_table(
        without_blanks(shown), say("detail.unit.figures_caption", unit=plan.units[unit].label(language())), links
    )


def _figure(plan: Plan, row: pd.Series) -> dict[str, str]:
    indicator = plan.indicators[row["indicator"]]
    target = "" if is_unknown(row["target"]) else goal(row["target"], indicator, row["comparison"])
    return {
        "indicator": indicator.name.by(language()),
        "measure": measure_of(indicator, language()),
        "actual": written(row["actual"], indicator),
        "own_target": target or "—",
        "attainment": percent(row["attainment"]),
        "lead": signed(row["lead"]),
        "status": status_words(row["status"], row["provisional"], language()),
        "value_period": "—" if is_unknown(row["value_period"]) else quarter(row["value_period"], language()),
    }


def tasks(plan: Plan, unit: str) -> None:
    """How many tasks of the plan the unit answers for, and where they stand."""
    if owed := plan.milestones_of(unit):
        words, address = say("milestones.page.of_unit", number=len(owed)), href("milestones", owner=unit)
        draw(f'<p class="note"><a class="figure" target="_self" href="{escape(address)}">{escape(words)}</a></p>')


def submissions(plan: Plan, unit: str) -> None:
    """Every version, newest first; the one in force is marked, older ones stay readable."""
    draw(f"<h2>{escape(say('detail.unit.submissions'))}</h2>")
    sent = list_submissions(database(), plan, unit, chosen().known_at)
    if sent.empty:
        nothing_here(say("detail.unit.no_submissions"))
        return
    shown = pd.DataFrame(
        {
            say("detail.column.period"): [quarter(period, language()) for period in sent["period"]],
            say("detail.column.version"): [
                say(f"detail.column.{'in_force' if is_unknown(ended) else 'superseded'}")
                for ended in sent["superseded_at"]
            ],
            say("detail.column.file"): sent["file_name"],
            say("detail.column.received_at"): [moment(at) for at in sent["received_at"]],
            say("detail.column.published_at"): [moment(at) for at in sent["published_at"]],
            say("detail.column.published_by"): sent["published_by"],
            say("detail.column.notices"): [len(notices) for notices in sent["notices"]],
        }
    )
    picked = st.dataframe(
        shown,
        hide_index=True,
        key="submissions",
        on_select="rerun",
        selection_mode="single-row",
        alt=say("detail.unit.submissions_caption", unit=plan.units[unit].label(language())),
    ).selection.rows
    row = sent.iloc[picked[0] if picked else 0]
    chain = versions(database(), plan, unit, Period.parse(str(row["period"])), chosen().known_at)
    sent_file(next(one for one in chain if one.submission == row["submission"]))


def rosters(plan: Plan, unit: str) -> None:
    """The unit's lists as last sent up to the quarter looked at, searchable over every column."""
    draw(f"<h2>{escape(say('detail.unit.roster'))}</h2>")
    owed = {roster.roster: roster for roster in plan.rosters_of(unit)}
    if not owed:
        nothing_here(say("detail.unit.no_roster"))
        return
    left, right = st.columns(2)
    with left:
        name = pick(
            "roster", list(owed), next(iter(owed)), say("detail.pick.roster"), lambda r: owed[r].name.by(language())
        )
    with right:
        words = st.text_input(
            say("detail.pick.search"), placeholder=say("detail.pick.search_hint"), type="search", key="roster_search"
        )
    rows = roster_rows(database(), plan, name, unit, known_at=chosen().known_at, until=chosen().as_of)
    if rows.empty:
        nothing_here(say("detail.unit.roster_empty"))
        return
    found = matching(rows, owed[name], words or "")
    sent = quarter(rows["period"].iloc[0], language())
    count = say("detail.unit.roster_found", found=len(found), number=len(rows), quarter=sent)
    draw(f'<p class="note" role="status">{escape(count)}</p>')
    if found.empty:
        nothing_here(say("detail.unit.no_match", words=words))
    else:
        draw(f'<p class="note">{escape(say("origin.pick_row"))}</p>')
        picked = roster_table(found, owed[name], key=f"roster-{name}", caption=owed[name].name.by(language()))
        if picked is not None:
            row = found.iloc[picked]
            row_origin(
                plan, unit, {column: row[column] for column in ("period", "submission", "sheet")}, int(row["row"])
            )


detail_look()
plan, result = chosen().plan, current_result()
in_set = plan.units_of(chosen().unit_set, chosen().as_of)
others = [unit for unit in plan.reporting_units(chosen().as_of) if unit not in in_set]
# Who answers for one unit begins with it; of the others a department sees its own indicators only.
units = sorted([*in_set, *others], key=lambda unit: unit != database().person.unit)
unit = pick_unit(plan, units, say("detail.pick.reporting_unit"), forgets=("roster",), named=True)
draw(f"<h1>{escape(plan.units[unit].label(language()))}</h1>")
tasks(plan, unit)
if result is None:
    nothing_here(say("detail.indicator.nothing_yet"))
else:
    figures(result, unit)
if may(database().person, "read", unit):
    submissions(plan, unit)
    rosters(plan, unit)
else:
    nothing_here(say("origin.own_records_only"))
