"""A real database with one account per role, and visits signed in by their function."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from argon2 import PasswordHasher

from pages.parts import opened as place
from store.accounts import passwords
from store.accounts.register import add_account
from store.accounts.sign_in import sign_in
from store.database import Database
from web.gate import COOKIE

PASSWORD = "Xiu-zhou-2026"
UNIT_OF = {"county": "330411", "department": "JX-SWJ"}
ROLES = ("county", "department", "reviewer", "leader", "administrator")
Enter = Callable[[str], str]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys_hash.cache_clear()


@pytest.fixture
def served(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The database that the gate and the routes ask."""
    monkeypatch.setattr(place, "open_once", lambda _: database)
    yield database


@pytest.fixture
def accounts(served: Database) -> Database:
    """One account per role, each named as its role."""
    for role in ROLES:
        add_account(
            served, role, label=role.title(), role=role, unit=UNIT_OF.get(role),
            password=PASSWORD, must_change=False, now=datetime.now(),
        )  # fmt: skip
    return served


@pytest.fixture
def enter(accounts: Database) -> Enter:
    """`enter("county")`: the cookie of somebody signed in."""

    def _enter(name: str) -> str:
        secret = sign_in(accounts, name, PASSWORD, address="127.0.0.1", agent="test", now=datetime.now())
        return f"{COOKIE}={secret}"

    return _enter
