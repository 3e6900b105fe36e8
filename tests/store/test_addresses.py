"""Where reminders go: kept, never overwritten, and only by those who may remind."""

from datetime import datetime

import pytest

from metrics.period import Period
from metrics.plan import Plan
from store.addresses import (
    BadAddress,
    add_address,
    list_addresses,
    list_reminders,
    record_reminder,
    remove_address,
)
from store.audit import list_entries
from store.database import Database
from store.people import NotAllowed, Person

NOW = datetime(2025, 10, 20, 9)


def test_a_unit_may_have_several_addresses_and_lose_one_again(database: Database):
    add_address(database, "A", " first@a.example ", now=NOW)
    add_address(database, "A", "second@a.example", now=NOW)
    remove_address(database, "A", "first@a.example", now=NOW)
    assert list_addresses(database) == {"A": ["second@a.example"]}
    assert database.rows("select count(*) from unit_address")[0][0] == 2
    said = [row["detail"]["step"] for row in list_entries(database, action="address").to_dict("records")]
    assert said == ["remove", "add", "add"]


@pytest.mark.parametrize(
    "address",
    ["", "a", "a@b", "a b@c.example", "a@b.example\nBcc: x@y.example", "张@b.example", "a@b.example,c@d.example"],
)
def test_what_is_no_address_is_refused(database: Database, address: str):
    with pytest.raises(BadAddress):
        add_address(database, "A", address, now=NOW)
    assert list_addresses(database) == {}


def test_the_same_address_twice_is_refused_until_it_was_removed(database: Database):
    add_address(database, "A", "x@a.example", now=NOW)
    with pytest.raises(BadAddress, match="known_address"):
        add_address(database, "A", "X@a.example", now=NOW)
    remove_address(database, "A", "x@a.example", now=NOW)
    add_address(database, "A", "x@a.example", now=NOW)
    with pytest.raises(KeyError):
        remove_address(database, "A", "y@a.example", now=NOW)


def test_reminders_of_one_plan_and_quarter_are_told_apart_from_the_others(database: Database, plan: Plan):
    q1, q2 = Period.parse("2025Q1"), Period.parse("2025Q2")
    record_reminder(database, plan, q1, "text", ["A"], now=NOW)
    record_reminder(database, plan, q2, "mail", ["A"], failed=["B"], now=NOW)
    found = list_reminders(database, plan, q2)
    assert found[["way", "units", "failed"]].values.tolist() == [["mail", ["A"], ["B"]]]


@pytest.mark.parametrize("role", ["county", "department", "leader"])
def test_others_neither_see_addresses_nor_remind(database: Database, plan: Plan, role: str):
    acting = database.acting_as(Person("somebody", "某人", role, "A" if role != "leader" else None))
    with pytest.raises(NotAllowed):
        list_addresses(acting)
    with pytest.raises(NotAllowed):
        add_address(acting, "A", "a@a.example", now=NOW)
    with pytest.raises(NotAllowed):
        record_reminder(acting, plan, Period.parse("2025Q1"), "text", ["A"], now=NOW)
    with pytest.raises(NotAllowed):
        list_reminders(acting, plan, Period.parse("2025Q1"))
