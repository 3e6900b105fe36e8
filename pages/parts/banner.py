"""Who has reported, above the figures: 2025年三季度 7/9 已报，待审核：…，缺：…"""

from collections.abc import Iterable
from datetime import date

import pandas as pd
import streamlit as st

from locales.formats import listing, quarter
from metrics.completeness import RECEIVED
from metrics.result import Result
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.html import draw, escape
from pages.parts.sources import database, result_key
from pages.parts.visitor import visitor
from store.database import Database
from store.steps import list_dues

MISSING = ("returned", "grace", "missing", "closed")
"""Asked for and not there: what waits for review and what is not due yet are told apart from it."""


def completeness_banner(result: Result) -> None:
    """One calm line when all have reported, a marked one when somebody is missing."""
    known = result.known_at
    on = known.date() if known else date.today()
    rows = _dues(database(), result, on)
    if visitor().limited:
        return _own_banner(result, rows)
    rows = rows[rows["expected"].astype(bool)]
    own = rows["unit"].isin(result.plan.units_of(result.unit_set))
    sent = rows["state"].isin(RECEIVED)
    whole = bool(sent[own].all())
    counts = {"reported": int(sent[own].sum()), "expected": int(own.sum())}
    counted = "pages.banner.all_reported" if whole else "pages.banner.reported"
    parts = [f"<b>{escape(say(counted, quarter=quarter(result.as_of, language()), **counts))}</b>"]
    for name, found in (
        ("waiting", rows["state"] == "waiting"),
        ("missing", own & rows["state"].isin(MISSING)),
        ("missing_departments", ~own & rows["state"].isin(MISSING)),
        ("not_due", rows["state"] == "not_due"),
        ("late", own & (rows["state"] == "late")),
    ):
        if found.any():
            names = (result.plan.units[unit].label(language(), short=True) for unit in rows["unit"][found])
            parts.append(escape(say(f"pages.banner.{name}", names=listing(names, language()))))
    if not whole:
        parts.append(escape(say("pages.banner.provisional")))
    return _banner(parts, whole=bool(sent.all()))


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Result: result_key})
def _dues(_acting: Database, result: Result, on: date) -> pd.DataFrame:
    """Asked once for a result and a day, not at each visit: whatever changes them changes the data's version."""
    return list_dues(_acting, result.plan, [result.as_of], on=on, unit_set=result.unit_set, known_at=result.known_at)


def _own_banner(result: Result, rows: pd.DataFrame) -> None:
    """A county or department hears of itself: whether the city's figures are whole, each figure says."""
    own = rows[rows["unit"] == visitor().unit]
    state = str(own["state"].iloc[0]) if len(own) else "not_expected"
    unit = result.plan.units[str(visitor().unit)].label(language())
    said = say(f"pages.banner.own_{state}", unit=unit, quarter=quarter(result.as_of, language()))
    _banner([f"<b>{escape(said)}</b>"], whole=state not in (*MISSING, "not_due"))


def _banner(parts: Iterable[str], *, whole: bool) -> None:
    """`parts`: markup."""
    link = f'<a target="_self" href="{escape(href("completeness"))}">{escape(say("pages.banner.details"))}</a>'
    said = " ".join(f"<span>{part}</span>" for part in parts)
    draw(f'<p class="banner {"whole" if whole else "partial is-watch"}" role="status">{said}{link}</p>')
