"""What a unit owes, until when, and how far it has come."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from metrics.period import Period
from metrics.plan import Plan
from store.database import Database
from store.duties import duty_of, list_duties
from store.people import NotAllowed, Person
from store.review import list_waiting, return_submission, withdraw_submission
from store.sending import send_submission
from store.submissions import Submission
from tests.store.conftest import Send, figure

Q1, Q2 = Period(2025, 1), Period(2025, 2)
NOW = datetime(2025, 4, 10, 9)
COUNTY = Person("a", "甲县", "county", "A")


def draft(unit: str = "A") -> Submission:
    figures = (figure("stores", 3),)
    return Submission("small", "1", unit, Q1, "a.xlsx", "0" * 64, None, NOW, NOW, "a", figures, ())


def states(database: Database, plan: Plan, today: date, until: Period = Q2) -> list[tuple[str, str]]:
    return [(str(duty.period), duty.state) for duty in list_duties(database, [plan], "A", until, today)]


def test_what_was_not_sent_stands_where_the_calendar_stands(database: Database, plan: Plan) -> None:
    assert states(database, plan, date(2025, 4, 10)) == [("2025Q1", "open"), ("2025Q2", "running")]
    assert states(database, plan, date(2025, 4, 18)) == [("2025Q1", "grace"), ("2025Q2", "running")]
    assert states(database, plan, date(2025, 7, 16)) == [("2025Q1", "overdue"), ("2025Q2", "grace")]


def test_quarters_outside_the_plan_and_units_that_report_nothing_owe_nothing(database: Database, plan: Plan) -> None:
    assert states(database, plan, date(2025, 4, 10), Period(2024, 4)) == []
    assert list_duties(database, [plan], "CITY", Q2, date(2025, 4, 10)) == []


def test_a_duty_follows_its_submission(database: Database, plan: Plan, send: Send) -> None:
    today = date(2025, 4, 10)
    number = send_submission(database, plan, draft())
    assert duty_of(database, plan, "A", Q1, today).state == "waiting"
    return_submission(database, number, why="请核对", now=NOW)
    assert duty_of(database, plan, "A", Q1, today).state == "returned"
    send("A", "2025Q1", stores="abc", at=NOW)
    duty = duty_of(database, plan, "A", Q1, today)
    assert (duty.state, duty.done) == ("published", True)


def test_what_was_withdrawn_is_owed_again_and_a_published_version_stays(
    database: Database, plan: Plan, send: Send
) -> None:
    today = date(2025, 4, 10)
    withdraw_submission(database, send_submission(database, plan, draft()), now=NOW)
    assert duty_of(database, plan, "A", Q1, today).state == "open"
    send("A", "2025Q1", stores="abc", at=NOW)
    send_submission(database, plan, draft())
    assert duty_of(database, plan, "A", Q1, today).state == "waiting"
    withdraw_submission(database, int(list_waiting(database)["submission"].iloc[0]), now=NOW)
    assert duty_of(database, plan, "A", Q1, today).state == "published"


def test_duties_of_several_plans_come_by_their_due_day(database: Database, plan: Plan) -> None:
    sooner = replace(plan, plan="sooner", calendar=replace(plan.calendar, due=5))
    found = list_duties(database, [plan, sooner], "A", Q1, date(2025, 4, 1))
    assert [duty.plan for duty in found] == ["sooner", "small"]
    assert [duty.days_left(date(2025, 4, 7)) for duty in found] == [-2, 8]


def test_another_units_duties_are_not_told(database: Database, plan: Plan) -> None:
    with pytest.raises(NotAllowed):
        list_duties(database.acting_as(COUNTY), [plan], "B", Q1, date(2025, 4, 1))
