"""What was done, by whom, when. Entries are only ever added, and each is linked to the one before."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa

from store.chain import Broken, close_link, digest_of, first_broken, next_link
from store.database import Database, Execute
from store.live import moment
from store.people import Action, require

OPEN_TO: dict[str, Action] = {"pack": "export", "remind": "remind"}
"""Entries that a list on another page is made of, and the right that page asks for; all else needs `audit`."""
EARLIEST = datetime(1900, 1, 1)
EVERY = 10**9
PAGE = 5000


@dataclass(frozen=True)
class Chain:
    """What a verification found. `last` and `digest` are worth noting elsewhere: see `store.chain`."""

    entries: int
    last: int | None
    digest: str
    broken: Broken | None

    def said(self) -> tuple[str, dict[str, object]]:
        """The phrase below `audit.chain` that tells it, and what the phrase names."""
        if (broken := self.broken) is None:
            named: dict[str, object] = {"entries": self.entries, "last": self.last, "digest": self.digest}
            return ("empty" if self.last is None else "whole"), named
        if broken.entry is None:
            return "nothing_left", {}
        if broken.done_at is None:
            return "not_there", {"entry": broken.entry}
        at = broken.done_at.strftime("%Y-%m-%d %H:%M")
        return broken.fault, {"entry": broken.entry, "at": at, "who": broken.who, "action": broken.action}


def record(database: Database, at: datetime, who: str, action: str, detail: dict[str, object]) -> None:
    with database.transaction() as execute:
        write_entry(execute, at, who, action, detail)


def write_entry(execute: Execute, at: datetime, who: str, action: str, detail: dict[str, object]) -> None:
    """The same within a transaction that does what is recorded."""
    previous = next_link(execute)
    entry = int(execute("select nextval('audit_number')").scalar_one())
    said = json.dumps(detail, ensure_ascii=False, default=str)
    digest = digest_of(previous, entry, at, who, action, said)
    execute(
        "insert into audit (entry, done_at, who, action, detail, previous, digest)"
        " values (:entry, :at, :who, :action, :detail, :previous, :digest)",
        entry=entry, at=at, who=who, action=action, detail=said, previous=previous, digest=digest,
    )  # fmt: skip
    close_link(execute, digest)


def list_entries(
    database: Database,
    limit: int = 200,
    *,
    action: str | None = None,
    who: str | None = None,
    words: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> pd.DataFrame:
    """The latest entries, newest first: entry, done_at, who, action, detail (dict), digest.

    `words` must occur in the name, the action or the particulars; `until` is not included.
    """
    require(database, OPEN_TO.get(action or "", "audit"))
    found = database.frame(
        "select entry, done_at, who, action, detail, digest from audit"
        " where (cast(:action as varchar) is null or action = :action)"
        " and (cast(:who as varchar) is null or who = :who) and done_at >= :since and done_at < :until"
        " and (:words = '' or strpos(lower(who || ' ' || action || ' ' || detail), :words) > 0)"
        " order by entry desc limit :n",
        action=action,
        who=who,
        words=words.strip().lower(),
        since=since or EARLIEST,
        until=moment(until),
        n=limit,
    )
    found["detail"] = [json.loads(detail) for detail in found["detail"]]
    return found


def as_csv(entries: pd.DataFrame) -> bytes:
    """Entries as a spreadsheet reads them; the particulars as JSON, as they are kept and digested."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(entries.columns)
    for row in entries.itertuples(index=False):
        writer.writerow(
            [json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else _text(value) for value in row]
        )
    return target.getvalue().encode("utf-8-sig")


def _text(value: object) -> object:
    """A name that a spreadsheet would carry out as a formula becomes a text: where nobody signs in, names are typed."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def names(database: Database) -> tuple[list[str], list[str]]:
    """Everybody who ever did something, and everything that was ever done: what one can filter by."""
    require(database, "audit")
    found = database.rows("select distinct who, action from audit")
    return sorted({row.who for row in found}), sorted({row.action for row in found})


def verify(database: Database, expected: tuple[int, str] | None = None) -> Chain:
    """Follow the chain from its first entry. `expected`: number and digest of an entry as noted earlier."""
    require(database, "audit")
    # One look at both, so that what is added while the chain is followed does not look like a break.
    seen = database.rows(
        "select count(*) as entries, max(entry) as last,"
        " (select value from head where name = 'audit_digest') as digest from audit"
    )[0]
    broken = first_broken(_entries(database, int(seen.last or 0)), seen.digest, expected)
    return Chain(int(seen.entries), seen.last, seen.digest, broken)


def _entries(database: Database, last: int) -> Iterator[sa.Row[Any]]:
    after = 0
    while found := database.rows(
        "select entry, done_at, who, action, detail, previous, digest from audit"
        " where entry > :after and entry <= :last order by entry limit :n",
        after=after,
        last=last,
        n=PAGE,
    ):
        yield from found
        after = found[-1].entry
