"""The accounts: added, changed, disabled; never deleted, so that old entries keep their name."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from store.accounts.passwords import hashed, require_strong
from store.audit import write_entry
from store.database import Database, Execute
from store.people import GUEST, OPERATOR, OWN_UNIT_ONLY, Person, Role, require

ROLES: tuple[Role, ...] = get_args(Role)
NAME = re.compile(r"[\w][\w.@-]{1,63}")
COLUMNS = "name, label, role, unit, password_hash, must_change, created_at, created_by, disabled_at"


class AccountRefused(ValueError):
    """`why`: name, taken, label, role, unit, unknown or last (see the words under `accounts.refused`)."""

    def __init__(self, why: str, name: str) -> None:
        super().__init__(f"account {name!r}: {why}")
        self.why = why


@dataclass(frozen=True)
class Account:
    name: str
    label: str
    role: Role
    unit: str | None
    password_hash: str | None
    must_change: bool
    created_at: datetime
    created_by: str
    disabled_at: datetime | None

    @property
    def person(self) -> Person:
        return Person(self.name, self.label, self.role, self.unit)


def normal_name(name: str) -> str:
    """A name as it is kept: whatever case or width it was typed in."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def require_name(name: str) -> None:
    """Raises AccountRefused for what is no name, or one that stands for somebody without an account."""
    name = normal_name(name)
    if not NAME.fullmatch(name) or name in (OPERATOR.name, GUEST.name):
        raise AccountRefused("name", name)


def accounts_exist(database: Database) -> bool:
    """Once there is one, everybody has to sign in; disabling all of them opens nothing."""
    return bool(database.rows("select 1 from account limit 1"))


def list_accounts(database: Database) -> list[Account]:
    require(database, "accounts")
    return [
        Account(**row._mapping) for row in database.rows(f"select {COLUMNS} from account order by created_at, name")
    ]


def read_account(database: Database, name: str) -> Account | None:
    """For whoever signs somebody in; it tells no page anything."""
    found = database.rows(f"select {COLUMNS} from account where name = :name", name=normal_name(name))
    return Account(**found[0]._mapping) if found else None


def add_account(
    database: Database,
    name: str,
    *,
    label: str,
    role: str,
    unit: str | None,
    password: str | None,
    must_change: bool = True,
    now: datetime,
) -> None:
    """Raises AccountRefused or WeakPassword. Without a password only the identity provider lets it in."""
    require(database, "accounts")
    name, label = normal_name(name), label.strip()
    require_name(name)
    if not label:
        raise AccountRefused("label", name)
    _require_unit(name, role, unit)
    if password is not None:
        require_strong(password, name)
    kept = None if password is None else hashed(password)
    with database.transaction() as execute:
        if execute("select 1 from account where name = :name", name=name).fetchone():
            raise AccountRefused("taken", name)
        if database.person == GUEST:
            # The first account ends the guests' time, so it is set up at the machine: a guest would lock
            # everybody out, first of all out of the password just shown.
            raise AccountRefused("first", name)
        execute(
            "insert into account values (:name, :label, :role, :unit, :kept, :must, :now, :by, null)",
            name=name, label=label, role=role, unit=unit, kept=kept,
            must=must_change and kept is not None, now=now, by=database.person.name,
        )  # fmt: skip
        _note(execute, database, now, "account_added", name, role=role, unit=unit)


def change_role(database: Database, name: str, role: str, unit: str | None, *, now: datetime) -> None:
    """Takes effect at the next click of whoever is signed in with it."""
    require(database, "accounts")
    _require_unit(name, role, unit)
    with database.transaction() as execute:
        _known(execute, name)
        execute("update account set role = :role, unit = :unit where name = :name", role=role, unit=unit, name=name)
        _require_administrator(execute, name)
        _note(execute, database, now, "account_changed", name, role=role, unit=unit)


def disable_account(database: Database, name: str, *, now: datetime) -> None:
    """Its visits end at once."""
    require(database, "accounts")
    with database.transaction() as execute:
        _known(execute, name)
        execute("update account set disabled_at = :now where name = :name and disabled_at is null", now=now, name=name)
        _require_administrator(execute, name)
        end_visits(execute, name, now, "disabled")
        _note(execute, database, now, "account_disabled", name)


def enable_account(database: Database, name: str, *, now: datetime) -> None:
    require(database, "accounts")
    with database.transaction() as execute:
        _known(execute, name)
        execute("update account set disabled_at = null where name = :name", name=name)
        _note(execute, database, now, "account_enabled", name)


def reset_password(database: Database, name: str, password: str, *, must_change: bool = True, now: datetime) -> None:
    """An administrator sets a password for somebody: every visit of that account ends."""
    require(database, "accounts")
    require_strong(password, name)
    kept = hashed(password)
    with database.transaction() as execute:
        _known(execute, name)
        set_password(execute, name, kept, must_change)
        end_visits(execute, name, now, "administrator")
        _note(execute, database, now, "password_reset", name)


def set_password(execute: Execute, name: str, kept: str, must_change: bool) -> None:
    execute(
        "update account set password_hash = :kept, must_change = :must where name = :name",
        kept=kept,
        must=must_change,
        name=name,
    )


def end_visits(execute: Execute, name: str, now: datetime, why: str, but: str = "") -> None:
    """End every visit of an account except the one with the fingerprint `but`."""
    execute(
        "update visit set ended_at = :now, ended_why = :why"
        " where account = :name and ended_at is null and fingerprint <> :but",
        now=now, why=why, name=name, but=but,
    )  # fmt: skip


def _require_unit(name: str, role: str, unit: str | None) -> None:
    """A limited role without its unit would see nothing; another with one would seem limited."""
    if role not in ROLES:
        raise AccountRefused("role", name)
    if bool(unit) != (role in OWN_UNIT_ONLY):
        raise AccountRefused("unit", name)


def _known(execute: Execute, name: str) -> None:
    if not execute("select 1 from account where name = :name", name=name).fetchone():
        raise AccountRefused("unknown", name)


def _require_administrator(execute: Execute, name: str) -> None:
    """Somebody must stay who can let others in."""
    left = execute("select 1 from account where role = 'administrator' and disabled_at is null limit 1")
    if not left.fetchone():
        raise AccountRefused("last", name)


def _note(execute: Execute, database: Database, now: datetime, action: str, name: str, **detail: object) -> None:
    write_entry(execute, now, database.person.name, action, {"account": name, **detail})
