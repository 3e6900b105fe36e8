"""Who has sent what, quarter by quarter: units down, quarters across.

The picture is a table in itself, each cell with mark, word and colour, so there is no second one.
"""

from dataclasses import dataclass

import pandas as pd

from charts.palette import STATUS
from charts.values import each
from locales import text
from metrics.plan import Plan

LOOKS = {
    "received": "on_track",
    "late": "watch",
    "waiting": "not_scored",
    "returned": "behind",
    "not_due": "not_due",
    "grace": "watch",
    "missing": "critical",
    "closed": "missed",
    "not_expected": "not_applicable",
}
"""Each state borrows colour and shape of a status, so that those have one home."""


@dataclass(frozen=True)
class Cell:
    """`look` is the status whose colours it wears; a state that asks for nothing has no colour."""

    period: str
    state: str
    mark: str
    word: str
    look: str


def state_words(state: str, language: str) -> str:
    """`● 按时`, `▲ 迟报`."""
    return f"{STATUS[LOOKS[state]].shape} {text(f'detail.received.{state}', language)}"


def completeness_rows(sent: pd.DataFrame, plan: Plan, language: str) -> list[tuple[str, list[Cell]]]:
    """`sent` is `metrics.dues` (or `metrics.completeness` with `period`) of several quarters: unit → its cells."""
    rows: dict[str, list[Cell]] = {}
    for row in each(sent.sort_values("period", kind="stable")):
        state = str(row.state)
        mark, word = STATUS[LOOKS[state]].shape, text(f"detail.received.{state}", language)
        rows.setdefault(str(row.unit), []).append(Cell(str(row.period), state, mark, word, LOOKS[state]))
    order = [unit for unit in (*plan.units_of(), *plan.reporting_units()) if unit in rows]
    return [(unit, rows[unit]) for unit in dict.fromkeys(order)]
