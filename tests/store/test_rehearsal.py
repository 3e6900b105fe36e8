from datetime import datetime
from decimal import Decimal
from typing import Any

from metrics.period import Period
from metrics.plan import Plan
from store.database import Database
from store.rehearsal import rehearse
from store.results import result
from store.submissions import RosterRow, Submission, list_submissions
from tests.store.conftest import Send

Q1 = Period(2025, 1)
LATER = datetime(2025, 4, 20, 9, 0)


def a_draft(unit: str, stores: str) -> Submission:
    rows = [
        RosterRow("stores", row, {"uscc": letter, "name": letter}, "工厂店名册", {"uscc": f"A{row}"})
        for row, letter in enumerate(stores, 5)
    ]
    return Submission("small", "1", unit, Q1, f"{unit}.xlsx", "a" * 64, None, LATER, LATER, "test", [], rows)


def city(shown: Any) -> Decimal:
    rows = shown.progress
    found: Decimal = rows[(rows["indicator"] == "stores") & (rows["unit"] == shown.plan.area)]["actual"].iloc[0]
    return found


def test_a_rehearsal_shows_what_publishing_would_and_keeps_nothing(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q1", stores="abc")
    version, sent = database.data_version(), list_submissions(database, plan)
    assert city(rehearse(database, plan, [a_draft("A", "abcde")], Q1)) == 5
    assert city(result(database, plan, Q1)) == 3
    assert database.data_version() == version
    assert list_submissions(database, plan).equals(sent)


def test_a_store_two_units_list_is_counted_once_in_the_rehearsal_too(
    database: Database, plan: Plan, send: Send
) -> None:
    send("A", "2025Q1", stores="abc")
    assert city(rehearse(database, plan, [a_draft("B", "cd")], Q1)) == 4


def test_several_drafts_are_rehearsed_together(database: Database, plan: Plan) -> None:
    assert city(rehearse(database, plan, [a_draft("A", "ab"), a_draft("B", "cd")], Q1)) == 4


def test_after_a_rehearsal_others_can_write(database: Database, plan: Plan, send: Send) -> None:
    rehearse(database, plan, [a_draft("A", "ab")], Q1)
    send("A", "2025Q1", stores="abc")
    assert city(result(database, plan, Q1)) == 3
