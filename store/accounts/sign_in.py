"""Signing in, the lock after repeated failures, and changing one's own password."""

import hashlib
from datetime import datetime, timedelta

from store.accounts.passwords import hashed, is_outdated, matches, require_strong
from store.accounts.register import Account, end_visits, normal_name, read_account, set_password
from store.accounts.visits import Visit, start_visit
from store.audit import write_entry
from store.chain import next_link
from store.database import Database, Execute
from store.people import require

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
PAGE = "password page"
"""Where a try comes from that is made by somebody already signed in."""


class SignInRefused(Exception):
    """`why`: wrong, locked, disabled, unknown or same (see the words under `accounts.sign_in`)."""

    def __init__(self, why: str, until: datetime | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.until = until


def sign_in(database: Database, name: str, password: str, *, address: str, agent: str, now: datetime) -> str:
    """The secret of a new visit. Raises SignInRefused.

    A try is written down before the password is looked at, so that many at once count as many.
    """
    account = read_account(database, name)
    number = _begin_try(database, name, address, now)
    if not matches(password, account.password_hash if account else None) or account is None:
        _note_failure(database, account, address, number, now)
        raise SignInRefused("wrong")
    _require_enabled(database, account, address, now)
    return _admit(database, account, password, address=address, agent=agent, now=now)


def sign_in_known(database: Database, name: str, *, address: str, agent: str, now: datetime) -> str:
    """The secret of a new visit for somebody whom the identity provider vouches for."""
    account = read_account(database, name)
    if account is None:
        with database.transaction() as execute:
            write_entry(execute, now, "unknown", "sign_in_failed", {"address": address, "by": "provider"})
        raise SignInRefused("unknown")
    _require_enabled(database, account, address, now)
    with database.transaction() as execute:
        secret = start_visit(execute, account.name, address=address, agent=agent, now=now)
        write_entry(execute, now, account.name, "sign_in", {"address": address, "by": "provider"})
    return secret


def change_password(database: Database, visit: Visit, old: str, new: str, *, now: datetime) -> None:
    """One's own. Every other browser is signed out. Raises SignInRefused for the old, WeakPassword for the new."""
    name = visit.account.name
    number = _begin_try(database, name, PAGE, now)
    if not matches(old, visit.account.password_hash):
        _note_failure(database, visit.account, PAGE, number, now)
        raise SignInRefused("wrong")
    require_strong(new, name)
    if new == old:
        raise SignInRefused("same")
    kept = hashed(new)
    with database.transaction() as execute:
        set_password(execute, name, kept, must_change=False)
        end_visits(execute, name, now, "password", but=visit.fingerprint)
        _forget_tries(execute, name, PAGE)
        write_entry(execute, now, name, "password_changed", {})


def unlock(database: Database, name: str, *, now: datetime) -> None:
    """Forget the failures of a name, from wherever they came."""
    require(database, "accounts")
    with database.transaction() as execute:
        execute("delete from sign_in_try where account_key = :key", key=_key(name))
        write_entry(execute, now, database.person.name, "account_unlocked", {"account": name})


def locked_names(database: Database, names: list[str], *, now: datetime) -> set[str]:
    """Which of these accounts cannot sign in from some address just now."""
    require(database, "accounts")
    found = database.rows(
        "select account_key from sign_in_try where tried_at > :since group by account_key, address"
        " having count(*) >= :tries",
        since=now - LOCKED_FOR,
        tries=TRIES,
    )
    keys = {row[0] for row in found}
    return {name for name in names if _key(name) in keys}


def _begin_try(database: Database, name: str, address: str, now: datetime) -> int:
    """Which try this is of late. Raises SignInRefused once there were too many."""
    with database.transaction() as execute:
        next_link(execute)  # tries take turns on a server's database too, or many at once would count as one
        execute("delete from sign_in_try where tried_at <= :old", old=now - LOCKED_FOR)
        found = execute(
            "select count(*) as number, max(tried_at) as last from sign_in_try"
            " where account_key = :key and address = :address",
            key=_key(name),
            address=address,
        ).mappings()
        latest = found.one()
        before = int(latest["number"])
        if before >= TRIES:
            raise SignInRefused("locked", latest["last"] + LOCKED_FOR)
        execute("insert into sign_in_try values (:key, :address, :now)", key=_key(name), address=address, now=now)
    return before + 1


def _note_failure(database: Database, account: Account | None, address: str, number: int, now: datetime) -> None:
    """What was typed as a name is kept only where it is one: it may have been a password."""
    detail: dict[str, object] = {"address": address, "try": number}
    with database.transaction() as execute:
        action = "sign_in_locked" if number == TRIES else "sign_in_failed"
        write_entry(execute, now, account.name if account else "unknown", action, detail)


def _require_enabled(database: Database, account: Account, address: str, now: datetime) -> None:
    if account.disabled_at is not None:
        with database.transaction() as execute:
            write_entry(execute, now, account.name, "sign_in_failed", {"address": address, "why": "disabled"})
        raise SignInRefused("disabled")


def _admit(database: Database, account: Account, password: str, *, address: str, agent: str, now: datetime) -> str:
    renewed = hashed(password) if account.password_hash and is_outdated(account.password_hash) else None
    with database.transaction() as execute:
        _forget_tries(execute, account.name, address)
        if renewed:
            set_password(execute, account.name, renewed, account.must_change)
        secret = start_visit(execute, account.name, address=address, agent=agent, now=now)
        write_entry(execute, now, account.name, "sign_in", {"address": address, "by": "password"})
    return secret


def _forget_tries(execute: Execute, name: str, address: str) -> None:
    execute("delete from sign_in_try where account_key = :key and address = :address", key=_key(name), address=address)


def _key(name: str) -> str:
    return hashlib.sha256(normal_name(name).encode()).hexdigest()
