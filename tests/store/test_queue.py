"""The order of the reviewers' queue, and what stands behind it."""

from datetime import date, datetime

import pytest

from metrics.period import Period
from metrics.plan import Plan
from store.calendar import save_change
from store.database import Database
from store.people import NotAllowed, Person
from store.queue import find_submission, list_decided, queue
from store.review import publish_submission, return_submission, withdraw_submission
from store.sending import send_submission
from store.submissions import Submission
from tests.store.conftest import Send, figure

Q1, Q2 = Period(2025, 1), Period(2025, 2)
NOW = datetime(2025, 7, 20, 9)


def waits(database: Database, plan: Plan, unit: str, period: Period, at: datetime, **changes: object) -> int:
    figures = (figure("share", 3, part="numerator"), figure("share", 4, part="denominator"))
    sent = Submission(
        "small", "1", unit, period, f"{unit}.xlsx", "f" * 64, None, at, at, "张三", figures, (), **changes
    )  # type: ignore[arg-type]
    return send_submission(database, plan, sent)


def numbers(database: Database, plan: Plan) -> list[int]:
    return [one.submission for one in queue(database, {"small": plan})]


def test_what_fell_due_first_comes_first_and_then_what_was_sent_first(database: Database, plan: Plan) -> None:
    later = waits(database, plan, "A", Q2, datetime(2025, 7, 2))
    earlier_sent_last = waits(database, plan, "B", Q1, datetime(2025, 7, 9))
    latest = waits(database, plan, "B", Q2, datetime(2025, 7, 3))
    assert numbers(database, plan) == [earlier_sent_last, later, latest]


def test_late_is_counted_from_the_due_day_of_the_unit_itself(database: Database, plan: Plan) -> None:
    waits(database, plan, "A", Q2, datetime(2025, 7, 18))
    save_change(database, plan, Q2, "B", "due", date(2025, 7, 31), why="台风", now=datetime(2025, 7, 1))
    waits(database, plan, "B", Q2, datetime(2025, 7, 18))
    assert [(one.unit, one.due.day, one.late) for one in queue(database, {"small": plan})] == [
        ("A", 15, 3),
        ("B", 31, 0),
    ]


def test_a_correction_is_told_from_a_first_submission(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q2", stores="a", at=datetime(2025, 7, 1))
    waits(database, plan, "A", Q2, datetime(2025, 7, 2))
    waits(database, plan, "B", Q2, datetime(2025, 7, 3))
    assert [one.again for one in queue(database, {"small": plan})] == [True, False]


def test_only_notices_that_ask_count_as_asked(database: Database, plan: Plan) -> None:
    asked = {"code": "jumped", "asks": True}
    notices = ({**asked, "answer": "已核"}, {"code": "figures_blank"}, asked)
    waits(database, plan, "A", Q2, datetime(2025, 7, 2), notices=notices)
    (one,) = queue(database, {"small": plan})
    assert (len(one.notices), one.asked, one.unanswered) == (3, 2, 1)


def test_decided_and_withdrawn_ones_leave_the_queue_and_are_listed_newest_first(database: Database, plan: Plan) -> None:
    first, second, third = (waits(database, plan, u, p, NOW) for u, p in (("A", Q1), ("A", Q2), ("B", Q2)))
    publish_submission(database, plan, first, now=NOW)
    return_submission(database, second, why="漏填", now=NOW)
    withdraw_submission(database, third, now=NOW)
    assert numbers(database, plan) == []
    decided = list_decided(database)
    assert list(zip(decided["submission"], decided["step"], strict=True)) == [
        (third, "withdrawn"),
        (second, "returned"),
        (first, "published"),
    ]
    assert decided["why"].iloc[1] == "漏填"
    assert list(list_decided(database, limit=1)["submission"]) == [third]


def test_what_was_published_at_once_was_never_in_the_queue(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q2", stores="a")
    assert numbers(database, plan) == []
    assert list_decided(database).empty


def test_a_submission_of_a_plan_that_is_gone_does_not_stop_the_queue(database: Database, plan: Plan) -> None:
    waits(database, plan, "A", Q2, NOW)
    assert queue(database, {}) == []


def test_any_submission_is_found_by_its_number(database: Database, plan: Plan, send: Send) -> None:
    found = find_submission(database, send("A", "2025Q2", stores="a"))
    assert found is not None
    assert (found["unit"], found["period"]) == ("A", "2025Q2")
    assert find_submission(database, 99) is None


@pytest.mark.parametrize("look", [lambda d, p: queue(d, {"small": p}), lambda d, p: list_decided(d)])
def test_a_county_has_no_view_of_the_queue(database: Database, plan: Plan, look) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotAllowed):
        look(database.acting_as(Person("a", "a", "county", "A")), plan)
