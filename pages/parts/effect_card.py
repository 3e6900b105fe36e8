"""The city's figures before and after, per plan: shown before sending and again when it is done."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from charts.values import gained, measure_of, status_words, written
from locales.formats import number, quarter
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.effects import Effect
from pages.parts.html import draw, escape
from pages.parts.plain_table import plain_table
from pages.parts.sources import every_plan
from pages.parts.visitor import visitor

SIDES = ("before", "after")


def effect_card(effect: Effect) -> None:
    """Before and after; the same table serves the rehearsal and the finished publication."""
    plan = every_plan()[effect.plan]
    heading = f"{plan.short.by(language())} · {quarter(effect.as_of, language())}"
    counts = say(
        "detail.submit.sent",
        before=effect.before.received,
        after=effect.after.received,
        expected=effect.after.expected,
    )
    with st.container(border=True, key=f"effect-{effect.plan}"):
        draw(f"<h3>{escape(heading)}</h3>" + ("" if visitor().limited else f'<p class="note">{escape(counts)}</p>'))
        if effect.rows:
            draw(plain_table(_changes(plan, effect.rows), say("detail.submit.effect_caption")))
        else:
            draw(f'<p class="empty small">{escape(say("detail.submit.no_effect"))}</p>')


def arrow(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _changes(plan: Plan, rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    table = []
    for row in rows:
        indicator = plan.indicators[str(row["indicator"])]
        table.append(
            {
                "indicator": indicator.name.by(language()),
                "measure": measure_of(indicator, language()),
                "before": written(row["before"], indicator),
                "after": written(row["after"], indicator),
                "change": gained(row["change"], indicator),
                "status": arrow(*(status_words(row[f"status_{side}"], None, language()) for side in SIDES)),
                "units": arrow(*(number(row[f"units_{side}"]) for side in SIDES)),
            }
        )
    frame = pd.DataFrame(table)
    frame.columns = [say(f"detail.column.{name}") for name in frame.columns]
    return frame
