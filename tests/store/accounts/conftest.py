"""Accounts with a cheap hash: what is tested is who gets in, not how long guessing takes."""

from collections.abc import Callable
from datetime import datetime

import pytest
from argon2 import PasswordHasher

from store.accounts import passwords
from store.accounts.register import add_account
from store.database import Database

NOW = datetime(2026, 1, 5, 9, 0)
PASSWORD = "Xiu-zhou-2026"
UNIT_OF = {"county": "330411", "department": "JX-SWJ"}


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys_hash.cache_clear()


Add = Callable[..., None]


@pytest.fixture
def add(database: Database) -> Add:
    """`add("li", "reviewer")`: an account with the usual password."""

    def _add(name: str, role: str = "administrator", **changes: object) -> None:
        values = {"label": name.title(), "unit": UNIT_OF.get(role), "password": PASSWORD, "must_change": False}
        add_account(database, name, role=role, now=NOW, **{**values, **changes})  # type: ignore[arg-type]

    return _add
