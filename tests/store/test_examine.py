"""What a reviewer sees of a submission that waits."""

from datetime import datetime
from decimal import Decimal

import pytest

from metrics.period import Period
from metrics.plan import Plan
from store.database import Database
from store.examine import examine
from store.people import NotAllowed, Person
from store.review import life, list_waiting
from store.sending import send_submission
from store.submission_rows import read_submission
from store.submissions import Figure, RosterRow, Submission, list_submissions
from tests.store.conftest import Send, figure

Q1, Q2 = Period(2025, 1), Period(2025, 2)
LATER = datetime(2025, 7, 10, 9, 0)


def waits(
    database: Database, plan: Plan, unit: str, stores: str, *, figures: tuple[Figure, ...] = (), period: Period = Q2
) -> int:
    """A submission waiting for review: each letter is one store."""
    rows = [
        RosterRow("stores", row, {"uscc": letter, "name": f"店{letter}"}, "工厂店名册", {"uscc": f"A{row}"})
        for row, letter in enumerate(stores, 5)
    ]
    sent = Submission("small", "1", unit, period, "a.xlsx", "f" * 64, None, LATER, LATER, "张三", figures, rows)
    return send_submission(database, plan, sent)


def test_a_submission_is_held_against_its_last_version_and_against_the_quarter_before(
    database: Database, plan: Plan, send: Send
) -> None:
    send("A", "2025Q1", stores="ab")
    second = send("A", "2025Q2", stores="abc", at=datetime(2025, 7, 2))
    found = examine(database, plan, waits(database, plan, "A", "abcd"))
    assert found.last_version is not None
    assert found.last_quarter is not None
    assert (found.last_version.submission, found.last_quarter.period) == (second, Q1)
    assert [row.label for row in found.last_version.differences.rows] == ["店d"]
    assert [row.label for row in found.last_quarter.differences.rows] == ["店c", "店d"]


def test_the_latest_quarter_before_stands_in_where_one_was_left_out(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q1", stores="ab")
    number = waits(database, plan, "A", "ab", period=Period(2025, 4))
    found = examine(database, plan, number)
    assert found.last_quarter is not None
    assert found.last_quarter.period == Q1


def test_a_first_submission_has_nothing_before_it(database: Database, plan: Plan) -> None:
    found = examine(database, plan, waits(database, plan, "A", "abcd"))
    assert (found.last_version, found.last_quarter) == (None, None)


def test_the_citys_figures_are_shown_before_and_after_and_nothing_is_kept(
    database: Database, plan: Plan, send: Send
) -> None:
    send("B", "2025Q2", stores="ab", at=datetime(2025, 7, 2))
    number = waits(database, plan, "A", "bcd")
    version, published = database.data_version(), list_submissions(database, plan)
    found = examine(database, plan, number)
    (row,) = found.city[found.city["indicator"] == "stores"].to_dict("records")
    assert (row["before"], row["after"]) == (2, 4)  # b is in both lists and counts once
    assert (found.before.received, found.after.received) == (1, 2)
    assert database.data_version() == version
    assert list_submissions(database, plan).equals(published)
    assert list(list_waiting(database)["submission"]) == [number]
    assert list(life(database, number)["step"]) == ["sent"]


def test_a_store_in_another_countys_list_is_named_with_the_rows_of_both(
    database: Database, plan: Plan, send: Send
) -> None:
    send("B", "2025Q2", stores="xyb", at=datetime(2025, 7, 2))
    (doubt,) = examine(database, plan, waits(database, plan, "A", "ab")).doubts
    assert doubt.code == "listed_elsewhere"
    assert doubt.values == {"roster": "stores", "label": "店b", "unit": "B", "row": 6, "other_row": 7}


def test_a_store_another_county_listed_in_another_quarter_is_none_of_this_ones_business(
    database: Database, plan: Plan, send: Send
) -> None:
    send("B", "2025Q1", stores="b")
    assert examine(database, plan, waits(database, plan, "A", "b")).doubts == ()


def test_figures_are_shown_beside_the_other_county(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q1", stores="ab")
    send("B", "2025Q2", stores="vwxyz", at=datetime(2025, 7, 2))
    (stores,) = (
        one for one in examine(database, plan, waits(database, plan, "A", "abc")).beside if one.place[0] == "stores"
    )
    assert (stores.number, stores.before, stores.growth) == (3, 2, Decimal("50.0"))
    assert (stores.others, stores.lowest, stores.highest) == (1, 5, 5)


def test_a_typed_figure_beside_its_list_is_shown_with_both_and_its_cell(database: Database, plan: Plan) -> None:
    number = waits(database, plan, "A", "abc", figures=(figure("stores", 4, cell="F9"),))
    found = examine(database, plan, number)
    stated = found.now.figures["stores", "value"]
    assert (stated.number, stated.typed, stated.cell) == (3, 4, "F9")
    assert [doubt.code for doubt in found.doubts] == ["typed_differs"]


def test_what_was_waiting_can_be_read_again_as_it_was_sent(database: Database, plan: Plan) -> None:
    number = waits(database, plan, "A", "ab", figures=(figure("share", None, part="numerator"),))
    again = read_submission(database, number)
    assert [row.values["name"] for row in again.roster_rows] == ["店a", "店b"]
    assert again.figures[0].number is None


@pytest.mark.parametrize("role", ["county", "department", "leader"])
def test_only_those_who_review_may_examine(database: Database, plan: Plan, role: str) -> None:
    number = waits(database, plan, "A", "ab")
    visitor = Person("w", "w", role, "A" if role != "leader" else None)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        examine(database.acting_as(visitor), plan, number)


def test_a_number_there_is_not_is_told_as_such(database: Database, plan: Plan) -> None:
    with pytest.raises(KeyError):
        examine(database, plan, 99)
