"""Rows of a roster as a table one can sort, search and pick a row of."""

import pandas as pd
import streamlit as st

from charts.values import in_measure
from locales.formats import UNKNOWN
from metrics.plan import Field, Roster
from metrics.rosters import fold
from pages.parts.address import language
from pages.parts.context import say


def roster_table(rows: pd.DataFrame, roster: Roster, *, key: str, caption: str) -> int | None:
    """Draws the rows; gives the position of the picked one, if any."""
    speech = language()
    shown = pd.DataFrame({say("detail.column.row"): rows["row"].astype(int)})
    for field in roster.fields:
        if rows[field.field].notna().any():
            shown[heading(field, speech)] = [field_words(value, field, speech) for value in rows[field.field]]
    event = st.dataframe(
        shown,
        hide_index=True,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        alt=caption,
        placeholder=UNKNOWN,
        column_config={say("detail.column.row"): st.column_config.NumberColumn(width=56, format="plain", pinned=True)},
    )
    picked = event.selection.rows
    return int(picked[0]) if picked and picked[0] < len(shown) else None


def heading(field: Field, speech: str) -> str:
    """A field with its unit of measure."""
    name = field.name.by(speech)
    if not field.measure:
        return name
    return f"{name} ({field.measure})" if speech == "en" else f"{name}（{field.measure}）"


def field_words(value: object, field: Field, speech: str) -> str | None:
    """What a cell of a list says, in the reader's language."""
    if value is None or value != value:
        return None
    if field.type == "choice":
        return next((choice.name.by(speech) for choice in field.choices if choice.value == value), str(value))
    if field.type == "yesno":
        return say(f"detail.yesno.{value}") if value in ("yes", "no") else str(value)
    return in_measure(str(value), field.measure) if field.type == "money" else str(value)


def matching(rows: pd.DataFrame, roster: Roster, words: str) -> pd.DataFrame:
    """Rows in which every word occurs in some field, whatever its case and width."""
    wanted = [fold(word) for word in words.split()]
    if not wanted:
        return rows
    fields = [field.field for field in roster.fields]
    texts = [
        " ".join(
            fold(str(field_words(row[field], roster.fields[at], language()) or "")) for at, field in enumerate(fields)
        )
        for _, row in rows.iterrows()
    ]
    return rows[[all(word in text for word in wanted) for text in texts]]
