"""The rows of one submission, inserted a table at a time."""

import json
from collections.abc import Mapping, Sequence

import pandas as pd

from store.database import Execute
from store.submissions import Figure, Mend, MilestoneStatus, RosterRow

Columns = Mapping[str, tuple[str, Sequence[object]]]
"""Columns of a table to insert: name → (SQL type, one value per row)."""


def insert(execute: Execute, table: str, unit: str, number: int, columns: Columns) -> None:
    """Insert many rows of one submission in one statement; nothing where there is no row."""
    if not any(len(values) for _, values in columns.values()):
        return
    names = ", ".join(columns)
    lists = ", ".join(f"unnest(cast(:{name} as {kind}[]))" for name, (kind, _) in columns.items())
    execute(
        f"insert into {table} (unit, submission, {names}) select :unit, :submission, {lists}",
        unit=unit,
        submission=number,
        **{name: list(values) for name, (_, values) in columns.items()},
    )


def actual_columns(basis: str, figures: Sequence[Figure]) -> Columns:
    return {
        "indicator": ("varchar", [f.indicator for f in figures]),
        "part": ("varchar", [f.part for f in figures]),
        "basis": ("varchar", [basis] * len(figures)),
        "number": ("decimal(24, 4)", [None if f.number is None else f"{f.number:f}" for f in figures]),
        "sheet": ("varchar", [f.sheet for f in figures]),
        "cell": ("varchar", [f.cell for f in figures]),
        "shown": ("varchar", [f.shown for f in figures]),
    }


def roster_columns(rows: Sequence[RosterRow]) -> Columns:
    return {
        "roster": ("varchar", [r.roster for r in rows]),
        "row_number": ("integer", [r.row for r in rows]),
        "sheet": ("varchar", [r.sheet for r in rows]),
        "row_values": ("varchar", [json.dumps(r.values, ensure_ascii=False) for r in rows]),
        "row_cells": ("varchar", [json.dumps(r.cells, ensure_ascii=False) for r in rows]),
    }


def counted_columns(keys: pd.DataFrame) -> Columns:
    return {
        "indicator": ("varchar", list(keys["indicator"])),
        "part": ("varchar", list(keys["part"])),
        "key": ("varchar", list(keys["key"])),
        "amount": ("decimal(24, 4)", [f"{amount:f}" for amount in keys["amount"]]),
        "roster": ("varchar", list(keys["roster"])),
        "row_number": ("integer", [int(row) for row in keys["row"]]),
    }


def milestone_columns(statuses: Sequence[MilestoneStatus]) -> Columns:
    return {
        "milestone": ("varchar", [s.milestone for s in statuses]),
        "status": ("varchar", [s.status for s in statuses]),
        "done_on": ("date", [s.done_on.isoformat() if s.done_on else None for s in statuses]),
        "evidence": ("varchar", [s.evidence for s in statuses]),
        "note": ("varchar", [s.note for s in statuses]),
        "sheet": ("varchar", [s.sheet for s in statuses]),
        "row_cells": ("varchar", [json.dumps(s.cells, ensure_ascii=False) for s in statuses]),
    }


def mend_columns(mends: Sequence[Mend]) -> Columns:
    return {
        "sheet": ("varchar", [m.sheet for m in mends]),
        "cell": ("varchar", [m.cell for m in mends]),
        "found": ("varchar", [m.found for m in mends]),
        "typed": ("varchar", [m.typed for m in mends]),
        "who": ("varchar", [m.who for m in mends]),
        "done_at": ("timestamp", [m.at.isoformat() for m in mends]),
    }
