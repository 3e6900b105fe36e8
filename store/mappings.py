"""What units told us they mean by headings of their own sheets: asked once, remembered. Rows are only ever added."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from metrics.plan import Plan
from store.audit import write_entry
from store.database import Database
from store.people import may, require, signature


def mappings(database: Database) -> dict[tuple[str, str], dict[str, str]]:
    """(plan, unit) → heading → what it means ('' nothing asked for), of units the person may send for."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in _latest(database):
        if may(database.person, "send", row.unit):
            found.setdefault((row.plan, row.unit), {})[row.words] = row.target
    return found


def list_mappings(database: Database, plan: Plan, unit: str) -> pd.DataFrame:
    """What is remembered of one unit, in the order it was said. Columns: words, target, said_by, said_at."""
    require(database, "read", unit)
    rows = [row for row in _latest(database) if (row.plan, row.unit) == (plan.plan, unit)]
    said = [(row.words, row.target, row.said_by, row.said_at) for row in rows]
    return pd.DataFrame(said, columns=["words", "target", "said_by", "said_at"])


def save_mapping(
    database: Database, plan: Plan, unit: str, said: Mapping[str, str | None], *, now: datetime, who: str = ""
) -> None:
    """Remember what headings mean; None forgets one. Raises NotAllowed; ValueError for another plan's unit."""
    require(database, "send", unit)
    if unit not in plan.reporting_units():
        raise ValueError(f"{unit} sends nothing for {plan.plan}")
    who, known = signature(database.person, who), mappings(database).get((plan.plan, unit), {})
    fresh = {words: target for words, target in said.items() if known.get(words) != target}
    if not fresh:
        return
    with database.transaction() as execute:
        # Verdicts are judged again with the new meanings.
        execute.raise_data_version()
        for words, target in fresh.items():
            entry = int(execute("select nextval('mapping_number')").scalar_one())
            execute(
                "insert into mapping values (:entry, :plan, :unit, :words, :target, :who, :at)",
                entry=entry, plan=plan.plan, unit=unit, words=words, target=target, who=who, at=now,
            )  # fmt: skip
        write_entry(execute, now, who, "mapping", {"plan": plan.plan, "unit": unit, "said": fresh})


def _latest(database: Database) -> Sequence[Any]:
    """What counts now, oldest first; what was forgotten is not there."""
    return database.rows(
        "select m.plan, m.unit, m.words, m.target, m.said_by, m.said_at from mapping m"
        " where m.target is not null and m.entry = (select max(o.entry) from mapping o"
        " where o.plan = m.plan and o.unit = m.unit and o.words = m.words) order by m.entry"
    )
