"""Entries of the audit in words: what an action is called, and what it was about, in one line."""

import json

import pandas as pd
import streamlit as st

from locales import catalogue
from locales.formats import listing, moment, quarter
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.people import called
from pages.parts.sources import plans

QUIET = ("sha256", "digest", "code", "data_version", "bytes")
"""Particulars that are for machines: in the whole entry, not in its line."""
FIRST = ("plan", "unit", "period", "as_of")
QUARTERS = ("period", "as_of")
VERDICTS = ("accepted", "accepted_with_notices", "rejected")
FEW = 4
"""Items of a list that are named in the line."""


def action_words(action: str) -> str:
    """What was done, in words; an action that has none stands as it is kept."""
    return _named("action", action)


def entries_table(entries: pd.DataFrame) -> pd.DataFrame:
    shown = {
        "entry": [int(entry) for entry in entries["entry"]],
        "done_at": [f"{moment(at)}:{at.second:02d}" for at in entries["done_at"]],
        "who": [called(who) for who in entries["who"]],
        "action": [action_words(action) for action in entries["action"]],
        "detail": [in_a_line(detail) for detail in entries["detail"]],
    }
    return pd.DataFrame(shown).rename(columns={name: say(f"audit.column.{name}") for name in shown})


def in_a_line(detail: dict[str, object]) -> str:
    """Plan, unit and quarter first, then whatever else is short; long parts only in the whole entry."""
    order = [name for name in FIRST if name in detail] + [name for name in detail if name not in FIRST]
    said = [_said(name, detail[name]) for name in order if name not in QUIET]
    return " · ".join(words for words in said if words)


def _said(name: str, value: object) -> str:
    if name == "plan" and value in plans():
        return plans()[str(value)].short.by(language())
    if name == "unit" and value:
        return _unit(str(value))
    if name in QUARTERS and isinstance(value, str) and "Q" in value:
        return quarter(value, language())
    if name == "verdict":
        return say(f"detail.submit.{value}") if value in VERDICTS else str(value)
    if isinstance(value, list):
        plain = [_unit(str(item)) if name == "units" else str(item) for item in value if isinstance(item, str | int)]
        more = "…" if len(plain) > FEW else ""
        return f"{_named('key', name)} {listing(plain[:FEW], language())}{more}".strip() if plain else ""
    if isinstance(value, bool | dict) or value is None or value == "":
        return ""
    named, value = _named("key", name), _spoken(name, value)
    return f"{named}{'' if named.endswith('：') else ' '}{value}".strip()


def _spoken(name: str, value: object) -> object:
    """A word that a program chose among a few, in the reader's words."""
    keys = {
        "by": f"audit.by.{value}",
        "role": f"accounts.role.{value}",
        "step": f"calendar.step.{value}",
        "way": f"remind.by_{value}",
    }
    return catalogue(language()).get(keys.get(name, ""), value)


def _unit(key: str) -> str:
    known = next((plan.units[key] for plan in plans().values() if key in plan.units), None)
    return known.label(language(), short=True) if known else key


def _named(kind: str, name: str) -> str:
    return catalogue(language()).get(f"audit.{kind}.{name}", name)


def particulars(entry: pd.Series) -> None:
    """One entry as it is kept: what the digest was made of."""
    title = f"{say('audit.picked', entry=entry['entry'])} · {action_words(entry['action'])}"
    digest = f"{escape(say('audit.digest'))} <code>{escape(str(entry['digest']))}</code>"
    draw(f'<h2>{escape(title)}</h2><p class="note origin">{digest}</p>')
    st.code(json.dumps(entry["detail"], ensure_ascii=False, indent=2), language="json", wrap_lines=True)
