"""What was done, by whom, when. Entries are only ever added."""

import json
from datetime import datetime

import pandas as pd

from store.database import Database, Execute


def record(database: Database, at: datetime, who: str, action: str, detail: dict[str, object]) -> None:
    with database.transaction() as execute:
        write_entry(execute, at, who, action, detail)


def write_entry(execute: Execute, at: datetime, who: str, action: str, detail: dict[str, object]) -> None:
    """The same within a transaction that does what is recorded."""
    execute(
        "insert into audit values (nextval('audit_number'), :at, :who, :action, :detail)",
        at=at,
        who=who,
        action=action,
        detail=json.dumps(detail, ensure_ascii=False, default=str),
    )


def list_entries(database: Database, limit: int = 200, *, action: str | None = None) -> pd.DataFrame:
    """The latest entries, newest first: entry, done_at, who, action, detail (dict); of one action or of all."""
    found = database.frame(
        "select entry, done_at, who, action, detail from audit where action = :action or :every "
        "order by entry desc limit :n",
        action=action or "",
        every=action is None,
        n=limit,
    )
    found["detail"] = [json.loads(detail) for detail in found["detail"]]
    return found
