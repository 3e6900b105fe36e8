"""The rows of one submission: inserted a table at a time, and read back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from metrics.period import Period
from store.database import Database, Execute, plain
from store.people import require
from store.submissions import Figure, Mend, MilestoneStatus, RosterRow, Submission

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


def list_mends(database: Database, number: int) -> list[Mend]:
    """The cells of a submission that were mended in the browser."""
    require(database, "read", unit_of(database, number))
    return _mends(database, number)


def read_submission(database: Database, number: int) -> Submission:
    """A submission as it was sent, whether or not it was published. Raises KeyError, NotAllowed."""
    require(database, "read", unit_of(database, number))
    head = database.rows("select * from submission where submission = :number", number=number)[0]
    return Submission(
        plan=head.plan,
        plan_version=head.plan_version,
        unit=head.unit,
        period=Period.parse(head.period),
        file_name=head.file_name,
        sha256=head.sha256,
        template_version=head.template_version,
        received_at=head.received_at,
        published_at=head.published_at,
        published_by=head.published_by,
        figures=[
            Figure(row.indicator, row.part, plain(row.number), row.sheet, row.cell, row.shown)
            for row in _rows(database, "actual", number, "and basis = 'reported' order by indicator, part")
        ],
        roster_rows=[
            RosterRow(row.roster, row.row_number, json.loads(row.row_values), row.sheet, json.loads(row.row_cells))
            for row in _rows(database, "roster_row", number, "order by roster, row_number")
        ],
        notices=json.loads(head.notices),
        milestones=[
            MilestoneStatus(
                row.milestone, row.status, row.done_on, row.evidence, row.note, row.sheet, json.loads(row.row_cells)
            )
            for row in _rows(database, "milestone_status", number, "order by milestone")
        ],
        mends=_mends(database, number),
    )


def unit_of(database: Database, number: int) -> str:
    """Whose submission it is. Raises KeyError."""
    found = database.rows("select unit from submission where submission = :number", number=number)
    if not found:
        raise KeyError(number)
    return str(found[0][0])


def _mends(database: Database, number: int) -> list[Mend]:
    found = _rows(database, "mend", number, "order by sheet, cell")
    return [Mend(row.sheet, row.cell, row.found, row.typed, row.who, row.done_at) for row in found]


def _rows(database: Database, table: str, number: int, rest: str) -> Sequence[Any]:
    return database.rows(f"select * from {table} where submission = :number {rest}", number=number)
