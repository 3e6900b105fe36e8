"""The hash chain of the audit: every entry bears a digest over itself and the digest before it.

Whoever changes, removes or slips in an entry would have to write every later digest anew and the one
in `head` too; a digest noted on paper at any time then still tells (`python -m store audit --expect`).
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

FIRST = ""
"""What the first entry names as the digest before it."""

Fault = Literal["altered", "gap", "unlinked", "cut", "expected"]


class Execute(Protocol):
    def __call__(self, sql: str, /, **values: object) -> Any: ...


class Entry(Protocol):
    entry: int
    done_at: datetime
    who: str
    action: str
    detail: str
    previous: str | None
    digest: str | None


@dataclass(frozen=True)
class Broken:
    """The first link that does not hold. `entry` is None where nothing is left to name."""

    fault: Fault
    entry: int | None
    done_at: datetime | None = None
    who: str = ""
    action: str = ""


def digest_of(previous: str, entry: int, at: datetime, who: str, action: str, detail: str) -> str:
    said = [previous, entry, at.isoformat(timespec="microseconds"), who, action, detail]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def next_link(execute: Execute) -> str:
    """The digest to link to. The row of `head` is held until the end of the transaction: writers take turns."""
    return str(execute("update head set value = value where name = 'audit_digest' returning value").scalar_one())


def close_link(execute: Execute, digest: str) -> None:
    execute("update head set value = :digest where name = 'audit_digest'", digest=digest)


def link_all(execute: Execute) -> None:
    """Link the entries written before there was a chain; done once, with the migration that begins it."""
    found = execute("select entry, done_at, who, action, detail from audit order by entry").fetchall()
    previous, links = FIRST, []
    for row in found:
        digest = digest_of(previous, *row)
        links.append((row[0], previous, digest))
        previous = digest
    if links:
        entries, befores, digests = (list(column) for column in zip(*links, strict=True))
        execute(
            "update audit set previous = l.previous, digest = l.digest from (select"
            " unnest(cast(:entries as bigint[])) as entry, unnest(cast(:befores as varchar[])) as previous,"
            " unnest(cast(:digests as varchar[])) as digest) l where audit.entry = l.entry",
            entries=entries,
            befores=befores,
            digests=digests,
        )
    close_link(execute, previous)


def first_broken(rows: Iterable[Entry], head: str, expected: tuple[int, str] | None = None) -> Broken | None:
    """The first link that does not hold, in order of the entries; `expected` is a digest noted earlier."""
    digest, last = FIRST, None
    for row in rows:
        last = row
        if row.digest is None or row.previous is None:
            return _broken("unlinked", row)
        if row.previous != digest:
            return _broken("gap", row)
        if row.digest != digest_of(row.previous, row.entry, row.done_at, row.who, row.action, row.detail):
            return _broken("altered", row)
        digest = row.digest
        if expected and row.entry == expected[0]:
            if not digest.startswith(expected[1]):
                return _broken("expected", row)
            expected = None
    if digest != head:
        return _broken("cut", last) if last else Broken("cut", None)
    return Broken("expected", expected[0]) if expected else None


def _broken(fault: Fault, row: Entry) -> Broken:
    return Broken(fault, row.entry, row.done_at, row.who, row.action)
