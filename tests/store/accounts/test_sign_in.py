from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher

from store.accounts import passwords
from store.accounts.passwords import WeakPassword
from store.accounts.register import disable_account, read_account
from store.accounts.sign_in import LOCKED_FOR, TRIES, SignInRefused, change_password, locked_names, sign_in, unlock
from store.accounts.visits import (
    IDLE,
    WHOLE,
    end_own_visits,
    end_visit,
    find_visit,
    fingerprint,
    list_visits,
)
from store.audit import list_entries
from store.database import Database
from tests.store.accounts.conftest import NOW, PASSWORD, Add

HOME, ELSEWHERE = "192.0.2.7", "192.0.2.8"


def enter(database: Database, name: str, password: str = PASSWORD, at: datetime = NOW, address: str = HOME) -> str:
    """The fingerprint of a new visit."""
    return fingerprint(sign_in(database, name, password, address=address, agent="Firefox", now=at))


def refused(database: Database, name: str, password: str, at: datetime = NOW, address: str = HOME) -> SignInRefused:
    with pytest.raises(SignInRefused) as caught:
        enter(database, name, password, at, address)
    return caught.value


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(database: Database, add: Add) -> None:
    add("li")
    assert refused(database, "li", "wrong").why == refused(database, "nobody", "wrong").why == "wrong"


def test_a_password_typed_as_a_name_is_not_kept_anywhere(database: Database, add: Add) -> None:
    add("li")
    refused(database, "My-Secret-2026", "x")
    kept = str(database.rows("select * from sign_in_try")) + str(database.rows("select * from audit"))
    assert "secret" not in kept.casefold()
    assert list_entries(database, action="sign_in_failed")["who"][0] == "unknown"


def test_repeated_failures_lock_the_name_from_that_address_only(database: Database, add: Add) -> None:
    add("li")
    for _ in range(TRIES):
        assert refused(database, "LI", "wrong").why == "wrong"
    locked = refused(database, "li", PASSWORD)
    assert locked.why == "locked"
    assert locked.until == NOW + LOCKED_FOR
    assert enter(database, "li", address=ELSEWHERE)
    assert locked_names(database, ["li", "chen"], now=NOW) == {"li"}
    assert len(list_entries(database, action="sign_in_locked")) == 1


def test_the_lock_opens_by_itself_or_by_an_administrator(database: Database, add: Add) -> None:
    add("li")
    for _ in range(TRIES):
        refused(database, "li", "wrong")
    assert refused(database, "li", PASSWORD, NOW + LOCKED_FOR - timedelta(seconds=1)).why == "locked"
    assert enter(database, "li", at=NOW + LOCKED_FOR)
    for _ in range(TRIES):
        refused(database, "li", "wrong")
    unlock(database, "li", now=NOW)
    assert enter(database, "li")


def test_success_forgets_the_failures_before_it(database: Database, add: Add) -> None:
    add("li")
    for _ in range(3):
        for _ in range(TRIES - 1):
            assert refused(database, "li", "wrong").why == "wrong"
        enter(database, "li")


def test_many_guesses_at_once_are_looked_at_no_more_often_than_the_lock_allows(
    database: Database, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("li")
    looked = []
    monkeypatch.setattr("store.accounts.sign_in.matches", lambda *_: looked.append(1) or False)
    with ThreadPoolExecutor(8) as guessers:
        whys = list(guessers.map(lambda n: refused(database, "li", f"guess{n}").why, range(24)))
    assert len(looked) == TRIES
    assert whys.count("locked") == 24 - TRIES


def test_a_disabled_account_hears_so_only_with_its_right_password(database: Database, add: Add) -> None:
    add("li")
    add("chen", "reviewer")
    disable_account(database, "chen", now=NOW)
    assert refused(database, "chen", "wrong").why == "wrong"
    assert refused(database, "chen", PASSWORD).why == "disabled"
    assert list_entries(database, action="sign_in_failed")["detail"][0]["why"] == "disabled"


def test_an_account_of_the_identity_provider_has_no_password_to_guess(database: Database, add: Add) -> None:
    add("li")
    add("chen", "reviewer", password=None)
    assert refused(database, "chen", "").why == "wrong"


def test_a_visit_ends_when_idle_or_old_and_lives_while_used(database: Database, add: Add) -> None:
    add("li")
    mark = enter(database, "li")
    assert find_visit(database, mark, now=NOW + IDLE) is None
    at = NOW
    while at + IDLE / 2 < NOW + WHOLE:
        at += IDLE / 2
        assert find_visit(database, mark, now=at), f"ended at {at}"
    assert find_visit(database, mark, now=NOW + WHOLE) is None


def test_signing_out_ends_one_browser_and_everywhere_ends_all(database: Database, add: Add) -> None:
    add("li")
    one, two, three = (enter(database, "li") for _ in range(3))
    end_visit(database, one, now=NOW)
    assert [bool(find_visit(database, mark, now=NOW)) for mark in (one, two, three)] == [False, True, True]
    visit = find_visit(database, two, now=NOW)
    assert visit
    end_own_visits(database.acting_as(visit.person), now=NOW)
    assert list_visits(database, now=NOW).empty


def test_a_changed_password_keeps_this_browser_and_ends_the_others(database: Database, add: Add) -> None:
    add("li", must_change=True)
    mine, other = enter(database, "li"), enter(database, "li")
    visit = find_visit(database, mine, now=NOW)
    assert visit and visit.account.must_change
    with pytest.raises(SignInRefused, match="wrong"):
        change_password(database, visit, "wrong", "Brand-new-26", now=NOW)
    with pytest.raises(SignInRefused, match="same"):
        change_password(database, visit, PASSWORD, PASSWORD, now=NOW)
    with pytest.raises(WeakPassword):
        change_password(database, visit, PASSWORD, "short", now=NOW)
    change_password(database, visit, PASSWORD, "Brand-new-26", now=NOW)
    assert find_visit(database, other, now=NOW) is None
    still = find_visit(database, mine, now=NOW)
    assert still and not still.account.must_change
    assert refused(database, "li", PASSWORD).why == "wrong"
    assert enter(database, "li", "Brand-new-26")


def test_guessing_the_old_password_in_an_open_tab_is_locked_too(database: Database, add: Add) -> None:
    add("li")
    visit = find_visit(database, enter(database, "li"), now=NOW)
    assert visit
    for _ in range(TRIES):
        with pytest.raises(SignInRefused, match="wrong"):
            change_password(database, visit, "wrong", "Brand-new-26", now=NOW)
    with pytest.raises(SignInRefused, match="locked"):
        change_password(database, visit, PASSWORD, "Brand-new-26", now=NOW)


def test_a_hash_of_an_old_cost_is_renewed_at_the_next_sign_in(
    database: Database, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("li")
    before = read_account(database, "li")
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    enter(database, "li")
    after = read_account(database, "li")
    assert before and after and before.password_hash != after.password_hash
    assert enter(database, "li")
