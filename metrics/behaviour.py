"""How units report: in time, right at the first try, and how long a fault takes them.

Facts about the sending, never about the figures, and no score: each number says of how many.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

import pandas as pd

from metrics.completeness import RECEIVED
from metrics.rounding import half_up

Row = dict[Any, Any]
COLUMNS = ("unit", "period", "state", "days_late", "files", "first_pass", "returns", "hours_to_fix", "unfixed")
ENDS = ("sent", "returned", "published")
"""Steps after which a fault is the unit's again, or no longer."""


def behaviour(dues: pd.DataFrame, attempts: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """One row per unit and quarter that owed a submission.

    `dues`: rows of `metrics.dues` of several quarters. `attempts`: unit, period, received_at,
    verdict, sha256 of every file judged. `steps`: unit, period, step, at. Columns: `unit`, `period`,
    `state`, `days_late` (of what was received; None before), `files` (different files judged),
    `first_pass` (the first file had no error and was never returned; None where no file was judged),
    `returns`, `hours_to_fix` (hours with the unit, from being told of a fault to the next file
    without one or the next sending; None where nothing was mended), `unfixed` (a fault still stands).
    """
    tried = {key: list(rows.to_dict("records")) for key, rows in attempts.groupby(["unit", "period"])}
    moved = {key: list(rows.to_dict("records")) for key, rows in steps.groupby(["unit", "period"])}
    rows = []
    for row in dues[dues["expected"].astype(bool)].to_dict("records"):
        key = (row["unit"], row["period"])
        files, taken = _different(tried.get(key, [])), moved.get(key, [])
        returns = sum(step["step"] == "returned" for step in taken)
        first = None if not files else files[0]["verdict"] != "rejected" and not returns
        hours, unfixed = _hours(files, taken)
        late = row["days_late"] if row["state"] in RECEIVED else None
        rows.append((*key, row["state"], late, len(files), first, returns, hours, unfixed))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _different(attempts: Iterable[Row]) -> list[Row]:
    """In the order of arrival; the same bytes sent again are no further try."""
    files: dict[object, Row] = {}
    for attempt in sorted(attempts, key=lambda one: str(one["received_at"])):
        files.setdefault(attempt["sha256"], attempt)
    return list(files.values())


def _hours(files: list[Row], steps: list[Row]) -> tuple[Decimal | None, bool]:
    """The hours a unit held something faulty, all mended spans together, and whether one still runs."""
    # A file may be mended and sent in the moment it was judged: then the sending comes after.
    told = [(pd.Timestamp(file["received_at"]), 0, file["verdict"] == "rejected") for file in files]
    told += [(pd.Timestamp(step["at"]), 1, step["step"] == "returned") for step in steps if step["step"] in ENDS]
    mended: list[pd.Timedelta] = []
    since = None
    for at, _, fault in sorted(told):
        if fault:
            since = since or at
        elif since is not None:
            mended.append(at - since)
            since = None
    if not mended:
        return None, since is not None
    held = sum(mended, pd.Timedelta(0))
    return half_up(Fraction(int(held.total_seconds()), 3600), 1), since is not None


@dataclass(frozen=True)
class Record:
    """One unit, or everybody, over several quarters. `judged`: quarters of which a file was judged;
    `hours`: the middle of the hours its mended faults took, None without one."""

    expected: int
    received: int
    in_time: int
    judged: int
    first_passes: int
    hours: Decimal | None
    unfixed: int


def record(rows: pd.DataFrame) -> Record:
    """What the rows of `behaviour` come to, counted."""
    judged = rows[rows["first_pass"].notna()]
    hours = rows[rows["hours_to_fix"].notna()]["hours_to_fix"].tolist()
    return Record(
        expected=len(rows),
        received=int(rows["state"].isin(RECEIVED).sum()),
        in_time=int((rows["state"] == "received").sum()),
        judged=len(judged),
        first_passes=int(judged["first_pass"].astype(bool).sum()),
        hours=half_up(median(hours), 1) if hours else None,
        unfixed=int(rows["unfixed"].astype(bool).sum()),
    )
