"""一家企业在几个计划里: one credit code across the rosters of all plans."""

import pandas as pd
import streamlit as st

from locales.formats import UNKNOWN, listing, quarter
from metrics.period import Period
from metrics.plan import Plan
from pages.parts.address import known_at, language
from pages.parts.context import href, say
from pages.parts.empty import nothing_here
from pages.parts.html import draw, escape, figure_link
from pages.parts.lamp import badge
from pages.parts.sources import database, eyes, plans
from store.database import chosen_url
from store.firms import MOST, firms
from store.people import Person

SHOWN = 6
"""Firms listed before anybody asks."""
COLUMNS = ("plan", "roster", "unit", "entry", "counts", "origin")


@st.cache_data(max_entries=64, show_spinner=False)
def _found(url: str, version: int, words: str, until: str, known: str, sight: Person) -> pd.DataFrame:
    """Cached by what the answer depends on: the data, the question, the moment looked at and who looks."""
    return firms(database(), plans(), words, until=Period.parse(until), known_at=known_at())


def search(asked: Period) -> None:
    draw(f'<h2 id="firm">{escape(say("portfolio.firm.title"))}</h2>')
    draw(f'<p class="note">{escape(say("portfolio.firm.words"))}</p>')
    hint = say("portfolio.firm.hint")
    words = st.text_input(say("portfolio.firm.search"), placeholder=hint, type="search", key="firm_search") or ""
    found = _found(chosen_url(), database().data_version(), words.strip(), str(asked), str(known_at()), eyes())
    if found.empty:
        nothing_here(
            say("portfolio.firm.nothing", words=words) if words.strip() else say("portfolio.firm.none_several")
        )
        return
    groups = sorted(found.groupby("code"), key=lambda group: -group[1]["plan"].nunique())
    shown = groups if words.strip() else groups[:SHOWN]
    draw(f'<p class="note" role="status">{escape(_count(len(groups), len(shown), bool(words.strip())))}</p>')
    draw("".join(_firm(str(code), rows) for code, rows in shown))


def _count(number: int, shown: int, asked: bool) -> str:
    if asked:
        return say("portfolio.firm.most" if number >= MOST else "portfolio.firm.found", number=number)
    return say("portfolio.firm.several", number=number, shown=shown)


def _firm(code: str, rows: pd.DataFrame) -> str:
    names = list(dict.fromkeys(name for name in rows["firm"] if name))
    number = rows["plan"].nunique()
    # One code under two names is a slip in somebody's list; it stays one firm and says so.
    doubt = badge(say("portfolio.firm.names_differ"), "undecided") if len(names) > 1 else ""
    head = (
        f"<h3>{escape(listing(names, language()))} <code>{escape(code)}</code> "
        f"{badge(say('portfolio.firm.in_plans', number=number))}{doubt}</h3>"
    )
    heads = "".join(
        f'<th scope="col" class="of-{name}">{escape(say(f"portfolio.firm.{name}"))}</th>' for name in COLUMNS
    )
    body = "".join(_entry(row) for _, row in rows.iterrows())
    return (
        f'<section class="firm">{head}<div class="scroll"><table class="list"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div></section>"
    )


def _entry(row: pd.Series) -> str:
    plan = plans()[row["plan"]]
    unit, roster = plan.units[row["unit"]], plan.rosters[row["roster"]]
    here = {"plan": plan.plan, "version": plan.version, "units": plan.unit_set, "period": row["period"]}
    sheet = href("unit", **here, unit=row["unit"], roster=row["roster"])
    where = say("portfolio.firm.where", file=row["file_name"], sheet=row["sheet"], row=row["row"])
    cells = {
        "roster": escape(roster.name.by(language())),
        "unit": figure_link(unit.label(language(), short=True), sheet),
        "entry": escape(row["entry"]),
        "counts": _counts(plan, row, here),
        "origin": f'<span class="note">{escape(quarter(row["period"], language()))} · {escape(where)}</span>',
    }
    said = "".join(
        f'<td class="of-{name}" data-label="{escape(say(f"portfolio.firm.{name}"))}">{shown}</td>'
        for name, shown in cells.items()
    )
    return f'<tr><th scope="row">{escape(plan.short.by(language()))}</th>{said}</tr>'


def _counts(plan: Plan, row: pd.Series, here: dict[str, str]) -> str:
    """The indicators the entry counts for, each by itself."""
    links = [
        figure_link(
            plan.indicators[name].name.by(language()), href("indicator", **here, indicator=name, unit=row["unit"])
        )
        for name in row["indicators"]
    ]
    return listing(links, language()) if links else UNKNOWN
