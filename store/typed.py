"""What is typed in the browser before a workbook is sent: cells and answers, one at a time.

Several people of a county may type at once. Each change is laid over what is there at that moment,
so that nobody's takes another's away.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from store.audit import write_entry
from store.database import Database
from store.people import require
from store.submissions import Mend

TRIES = 50


def keep_mend(database: Database, attempt: int, mend: Mend) -> None:
    """Keep what was typed for a cell; typing back what stands in the file takes the mend away.

    Raises KeyError for an attempt that was sent or put away meanwhile, NotAllowed.
    """

    def change(mends: list[dict[str, Any]]) -> list[dict[str, Any]]:
        others = [one for one in mends if (one["sheet"], one["cell"]) != (mend.sheet, mend.cell)]
        return others if mend.typed == mend.found else [*others, asdict(mend)]

    detail: dict[str, object] = {name: getattr(mend, name) for name in ("sheet", "cell", "found", "typed")}
    _change(database, attempt, "mends", change, mend.at, "mend", detail)


def keep_answer(database: Database, attempt: int, key: str, said: str, *, notice: str, now: datetime) -> None:
    """Keep the answer to a notice, by its key; an empty one takes it back. Raises as `keep_mend`.

    `notice`: what the notice says, for the audit.
    """
    given = {"answer": said, "who": database.person.name, "at": now.isoformat(sep=" ", timespec="seconds")}
    detail: dict[str, object] = {"notice": notice, "answer": said}
    _change(database, attempt, "answers", lambda answers: {**answers, key: given}, now, "answer", detail)


def _change(
    database: Database,
    attempt: int,
    column: str,
    change: Callable[[Any], Any],
    now: datetime,
    action: str,
    detail: dict[str, object],
) -> None:
    """Write only over what was read; whoever comes second reads again."""
    for _ in range(TRIES):
        found = database.rows(
            f"select unit, {column} as said from attempt where attempt = :attempt and submission is null"
            " and put_away_at is null",
            attempt=attempt,
        )
        if not found:
            raise KeyError(attempt)
        require(database, "send", str(found[0].unit) or None)
        before = str(found[0].said)
        after = json.dumps(change(json.loads(before)), ensure_ascii=False, default=str)
        with database.transaction() as execute:
            written = execute(
                f"update attempt set {column} = :after where attempt = :attempt and {column} = :before"
                " and submission is null and put_away_at is null returning attempt",
                attempt=attempt,
                before=before,
                after=after,
            ).fetchall()
            if written:
                write_entry(execute, now, database.person.name, action, {"attempt": attempt, **detail})
                return
    raise RuntimeError(f"attempt {attempt} is being changed by too many at once")
