"""What differs between two progress tables of the same plan and quarter."""

from decimal import Decimal

import pandas as pd

COLUMNS = (
    "indicator",
    "unit",
    "before",
    "after",
    "change",
    "status_before",
    "status_after",
    "units_before",
    "units_after",
)
_WATCHED = ("actual", "status", "units_reported", "provisional")


def changes(before: pd.DataFrame, after: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The rows of `unit` whose value, status or completeness differs, in the plan's order.

    Columns: indicator, unit, before, after (actual), change (None where either is unknown),
    status_before, status_after, units_before, units_after (how many units reported).
    """
    old, new = ({row["indicator"]: row for row in _rows(table, unit)} for table in (before, after))
    found = []
    for indicator, now in new.items():
        was = old.get(indicator, {})
        if all(_plain(was.get(name)) == _plain(now[name]) for name in _WATCHED):
            continue
        values = _plain(was.get("actual")), _plain(now["actual"])
        change = None if None in values else Decimal(str(values[1])) - Decimal(str(values[0]))
        statuses = was.get("status"), now["status"]
        found.append((indicator, unit, *values, change, *statuses, was.get("units_reported"), now["units_reported"]))
    return pd.DataFrame(found, columns=list(COLUMNS), dtype=object)


def _rows(table: pd.DataFrame, unit: str) -> list[dict[str, object]]:
    rows = table[table["unit"] == unit].to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _plain(value: object) -> object:
    """None for every way a frame may spell unknown."""
    return None if value is None or value != value else value
