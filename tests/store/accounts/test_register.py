from dataclasses import asdict
from pathlib import Path

import pytest

from store.accounts.passwords import WeakPassword, new_password, require_strong
from store.accounts.register import (
    AccountRefused,
    accounts_exist,
    add_account,
    change_role,
    disable_account,
    enable_account,
    list_accounts,
    read_account,
    reset_password,
)
from store.accounts.sign_in import sign_in
from store.accounts.visits import find_visit, fingerprint
from store.audit import list_entries
from store.backup import restore_backup, save_backup
from store.database import Database, open_database
from store.people import GUEST, NotAllowed, Person
from tests.store.accounts.conftest import NOW, PASSWORD, Add


def test_an_account_is_known_by_its_name_in_any_case_and_width(database: Database, add: Add) -> None:
    assert not accounts_exist(database)
    add("Li.Ming", "reviewer")
    assert accounts_exist(database)
    for typed in ("li.ming", "LI.MING", " ｌｉ.ming "):
        found = read_account(database, typed)
        assert found and found.person == Person("li.ming", "Li.Ming", "reviewer")


def test_neither_password_nor_secret_is_kept(database: Database, add: Add) -> None:
    add("li")
    secret = sign_in(database, "li", PASSWORD, address="127.0.0.1", agent="", now=NOW)
    kept = str([asdict(account) for account in list_accounts(database)])
    kept += str(database.rows("select * from visit")) + str(database.rows("select * from audit"))
    assert PASSWORD not in kept
    assert secret not in kept
    assert "$argon2id$" in kept


@pytest.mark.parametrize(
    ("why", "changes"),
    [
        ("name", {"name": "a"}),
        ("name", {"name": "two words"}),
        ("name", {"name": "operator"}),
        ("name", {"name": "<b>x</b>"}),
        ("taken", {"name": "li"}),
        ("label", {"label": "  "}),
        ("role", {"role": "king"}),
        ("unit", {"role": "county", "unit": None}),
        ("unit", {"role": "leader", "unit": "330411"}),
    ],
)
def test_what_makes_no_sense_is_refused_and_named(
    database: Database, add: Add, why: str, changes: dict[str, object]
) -> None:
    add("li")
    with pytest.raises(AccountRefused) as refused:
        add(**{"name": "wang", "role": "administrator", **changes})
    assert refused.value.why == why
    assert [account.name for account in list_accounts(database)] == ["li"]


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Ab1!", "short"),
        ("abcdefghijk", "plain"),
        ("Aa1!Aa1!Aa1!", "plain"),
        ("Wangwei-2026", "name"),
        ("x" * 300, "long"),
        ("12345678901234567890", None),
        ("correct horse battery", None),
        ("Jiaxing-26", None),
    ],
)
def test_a_password_is_long_or_mixed_and_never_the_name(password: str, why: str | None) -> None:
    if why is None:
        require_strong(password, "wangwei")
        return
    with pytest.raises(WeakPassword) as weak:
        require_strong(password, "wangwei")
    assert weak.value.why == why


def test_a_made_password_is_strong_and_never_the_same() -> None:
    made = {new_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        require_strong(password, "li")
        assert not set(password) & set("0O1lIio")


def test_the_last_administrator_can_neither_be_disabled_nor_given_another_role(database: Database, add: Add) -> None:
    add("li")
    add("chen", "reviewer")
    for change in (
        lambda: disable_account(database, "li", now=NOW),
        lambda: change_role(database, "li", "leader", None, now=NOW),
    ):
        with pytest.raises(AccountRefused, match="last"):
            change()
    change_role(database, "chen", "administrator", None, now=NOW)
    disable_account(database, "li", now=NOW)
    assert [bool(account.disabled_at) for account in list_accounts(database)] in ([True, False], [False, True])


@pytest.mark.parametrize("what", ["disable", "reset"])
def test_disabling_and_resetting_end_every_visit_at_once(database: Database, add: Add, what: str) -> None:
    add("li")
    add("chen", "reviewer")
    marks = [fingerprint(sign_in(database, "chen", PASSWORD, address="127.0.0.1", agent="", now=NOW)) for _ in range(2)]
    assert all(find_visit(database, mark, now=NOW) for mark in marks)
    if what == "disable":
        disable_account(database, "chen", now=NOW)
    else:
        reset_password(database, "chen", "Another-2026", now=NOW)
    assert not any(find_visit(database, mark, now=NOW) for mark in marks)


def test_an_enabled_account_signs_in_anew_but_its_old_visits_stay_ended(database: Database, add: Add) -> None:
    add("li")
    add("chen", "reviewer")
    old = fingerprint(sign_in(database, "chen", PASSWORD, address="127.0.0.1", agent="", now=NOW))
    disable_account(database, "chen", now=NOW)
    enable_account(database, "chen", now=NOW)
    assert find_visit(database, old, now=NOW) is None
    new = fingerprint(sign_in(database, "chen", PASSWORD, address="127.0.0.1", agent="", now=NOW))
    assert find_visit(database, new, now=NOW)


def test_a_restored_backup_keeps_accounts_and_signs_everybody_out(database: Database, add: Add, tmp_path: Path) -> None:
    add("li")
    mark = fingerprint(sign_in(database, "li", PASSWORD, address="127.0.0.1", agent="", now=NOW))
    save_backup(database, tmp_path / "backup")
    url = f"duckdb:///{tmp_path / 'restored.duckdb'}"
    restore_backup(tmp_path / "backup", url)
    restored = open_database(url)
    assert find_visit(restored, mark, now=NOW) is None
    assert sign_in(restored, "li", PASSWORD, address="127.0.0.1", agent="", now=NOW)
    restored.close()


def test_every_change_is_in_the_audit_with_who_did_it(database: Database, add: Add) -> None:
    add("li")
    administrator = database.acting_as(Person("li", "Li", "administrator"))
    add("chen", "reviewer")
    change_role(administrator, "chen", "county", "330411", now=NOW)
    reset_password(administrator, "chen", "Another-2026", now=NOW)
    disable_account(administrator, "chen", now=NOW)
    entries = list_entries(database)
    assert list(entries["action"])[:3] == ["account_disabled", "password_reset", "account_changed"]
    assert set(entries["who"][:3]) == {"li"}
    assert entries["detail"][2]["unit"] == "330411"


@pytest.mark.parametrize("role", ["county", "department", "reviewer", "leader"])
def test_only_an_administrator_keeps_accounts(database: Database, add: Add, role: str) -> None:
    add("li")
    other = database.acting_as(Person("x", "X", role, "330411"))  # type: ignore[arg-type]
    for call in (
        lambda: list_accounts(other),
        lambda: disable_account(other, "li", now=NOW),
        lambda: enable_account(other, "li", now=NOW),
        lambda: reset_password(other, "li", "Another-2026", now=NOW),
        lambda: change_role(other, "x", "administrator", None, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_a_guest_cannot_lock_everybody_out_with_the_first_account(database: Database) -> None:
    with pytest.raises(AccountRefused) as refused:
        add_account(
            database.acting_as(GUEST),
            "chief",
            label="Chief",
            role="administrator",
            unit=None,
            password=PASSWORD,
            now=NOW,
        )
    assert (refused.value.why, read_account(database, "chief")) == ("first", None)
