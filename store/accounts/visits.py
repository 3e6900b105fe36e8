"""Visits: one browser that signed in. Kept here, so that ending one takes effect everywhere at once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from store.accounts.register import COLUMNS, Account, end_visits
from store.audit import write_entry
from store.database import Database, Execute
from store.people import Person, require

IDLE = timedelta(hours=8)
WHOLE = timedelta(days=7)
NOTED = timedelta(minutes=1)
"""How often it is written down that a visit goes on."""


@dataclass(frozen=True)
class Visit:
    fingerprint: str
    account: Account

    @property
    def person(self) -> Person:
        return self.account.person


def fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def start_visit(execute: Execute, name: str, *, address: str, agent: str, now: datetime) -> str:
    """The secret for the browser's cookie."""
    secret = secrets.token_urlsafe(32)
    execute(
        "insert into visit values (:mark, :name, :now, :now, :ends, :address, :agent, null, null)",
        mark=fingerprint(secret), name=name, now=now, ends=now + WHOLE, address=address[:64], agent=agent[:200],
    )  # fmt: skip
    return secret


def find_visit(database: Database, mark: str, *, now: datetime) -> Visit | None:
    """The visit with this fingerprint while it lives; noted as seen."""
    found = database.rows(
        f"select {COLUMNS}, visit.seen_at from visit join account on account.name = visit.account"
        " where fingerprint = :mark and ended_at is null and disabled_at is null"
        " and ends_at > :now and seen_at > :idle",
        mark=mark,
        now=now,
        idle=now - IDLE,
    )
    if not found:
        return None
    row = dict(found[0]._mapping)
    if now - row.pop("seen_at") > NOTED:
        with database.transaction() as execute:
            execute("update visit set seen_at = :now where fingerprint = :mark", now=now, mark=mark)
    return Visit(mark, Account(**row))


def is_alive(database: Database, mark: str, *, now: datetime) -> bool:
    """Whether the visit lives, without noting that anybody was there."""
    return bool(
        database.rows(
            "select 1 from visit join account on account.name = visit.account where fingerprint = :mark"
            " and ended_at is null and disabled_at is null and ends_at > :now and seen_at > :idle",
            mark=mark,
            now=now,
            idle=now - IDLE,
        )
    )


def end_visit(database: Database, mark: str, *, now: datetime) -> None:
    """Sign out: every tab of that browser."""
    with database.transaction() as execute:
        found = execute(
            "update visit set ended_at = :now, ended_why = 'signed_out'"
            " where fingerprint = :mark and ended_at is null returning account",
            now=now,
            mark=mark,
        ).fetchone()
        if found:
            write_entry(execute, now, found[0], "sign_out", {"everywhere": False})


def end_own_visits(database: Database, *, now: datetime) -> None:
    """Sign out everywhere: every browser of whoever asks."""
    name = database.person.name
    with database.transaction() as execute:
        end_visits(execute, name, now, "signed_out_everywhere")
        write_entry(execute, now, name, "sign_out", {"everywhere": True})


def end_visits_of(database: Database, name: str, *, now: datetime) -> None:
    """An administrator signs somebody out everywhere."""
    require(database, "accounts")
    with database.transaction() as execute:
        end_visits(execute, name, now, "administrator")
        write_entry(execute, now, database.person.name, "visits_ended", {"account": name})


def list_visits(database: Database, *, now: datetime) -> pd.DataFrame:
    """Visits that live: fingerprint, account, started_at, seen_at, ends_at, address, agent; last seen first."""
    require(database, "accounts")
    return database.frame(
        "select fingerprint, account, started_at, seen_at, ends_at, address, agent from visit"
        " join account on account.name = visit.account where ended_at is null and disabled_at is null"
        " and ends_at > :now and seen_at > :idle order by seen_at desc, fingerprint",
        now=now,
        idle=now - IDLE,
    )


def last_seen(database: Database) -> dict[str, datetime]:
    """Account → when any of its visits, ended ones included, was last seen."""
    require(database, "accounts")
    found = database.rows("select account, max(seen_at) as seen_at from visit group by account")
    return {row.account: row.seen_at for row in found}
