"""The calendar in the database: changes with reasons, and a closed quarter that takes nothing in."""

from datetime import date, datetime

import pytest

from metrics.period import Period
from metrics.plan import Plan
from store.audit import list_entries
from store.calendar import BadChange, QuarterClosed, list_changes, require_open, save_change, state_of, term_of
from store.database import Database
from store.people import NotAllowed, Person
from store.results import result
from store.sending import send_submission
from store.submissions import Submission
from tests.store.conftest import Send

Q1 = Period.parse("2025Q1")
NOW = datetime(2025, 5, 20, 9)
TODAY = NOW.date()


def a_submission(unit: str = "A", at: datetime = NOW) -> Submission:
    return Submission("small", "1", unit, Q1, f"{unit}.xlsx", "a" * 64, None, at, at, "test", (), ())


def close(database: Database, plan: Plan, day: date = TODAY, unit: str | None = None) -> int:
    return save_change(database, plan, Q1, unit, "close", day, why="季度归档", now=NOW)


def test_without_a_change_the_plans_own_days_hold(database: Database, plan: Plan):
    assert term_of(database, plan, "A", Q1).due == date(2025, 4, 15)
    assert state_of(database, plan, "A", Q1, date(2025, 4, 16)) == "grace"
    assert state_of(database, plan, "A", Q1, date(2026, 4, 16)) == "overdue"


def test_a_moved_due_day_makes_a_late_submission_one_in_time_and_the_past_can_be_replayed(
    database: Database, plan: Plan, send: Send
):
    send("A", "2025Q1", stores="ab", at=datetime(2025, 4, 18, 9))
    before = result(database, plan, Q1)
    save_change(database, plan, Q1, "A", "due", date(2025, 4, 20), why="台风", now=datetime(2025, 4, 21))
    after = result(database, plan, Q1)
    then = result(database, plan, Q1, known_at=datetime(2025, 4, 20, 23))
    states = [list(found.completeness["state"]) for found in (before, after, then)]
    assert states == [["late", "missing"], ["received", "missing"], ["late", "missing"]]
    assert after.data_version > before.data_version


COUNTY = Person("a", "甲县", "county", "A")


def test_being_late_never_refuses_a_submission(database: Database, plan: Plan):
    assert send_submission(database.acting_as(COUNTY), plan, a_submission(at=datetime(2027, 1, 1))) > 0


def test_a_closed_quarter_takes_nothing_in_until_it_is_reopened_with_a_reason(database: Database, plan: Plan):
    close(database, plan)
    county = database.acting_as(COUNTY)
    with pytest.raises(QuarterClosed) as refused:
        send_submission(county, plan, a_submission())
    assert (refused.value.unit, refused.value.closed_from) == ("A", TODAY)
    assert database.rows("select count(*) from submission")[0][0] == 0
    with pytest.raises(BadChange, match="needs a reason"):
        save_change(database, plan, Q1, "A", "reopen", None, why="  ", now=NOW)
    save_change(database, plan, Q1, "A", "reopen", date(2025, 5, 25), why="漏报补报", now=NOW)
    assert send_submission(county, plan, a_submission()) > 0
    require_open(database, plan, "A", Q1, datetime(2025, 5, 25, 23, 59))
    for unit, at in (("B", NOW), ("A", datetime(2025, 5, 26))):
        with pytest.raises(QuarterClosed):
            require_open(database, plan, unit, Q1, at)


def test_a_reviewer_may_still_enter_what_came_for_a_closed_quarter(database: Database, plan: Plan):
    close(database, plan)
    reviewer = database.acting_as(Person("zhang", "张三", "reviewer"))
    assert send_submission(reviewer, plan, a_submission()) > 0


def test_a_quarter_closed_from_a_later_day_is_open_until_then(database: Database, plan: Plan):
    close(database, plan, date(2025, 5, 21))
    require_open(database, plan, "A", Q1, NOW)
    with pytest.raises(QuarterClosed):
        require_open(database, plan, "A", Q1, datetime(2025, 5, 21))


@pytest.mark.parametrize(
    ("unit", "step", "day", "fault"),
    [
        ("nobody", "due", date(2025, 4, 20), "sends nothing"),
        ("A", "due", date(2025, 3, 31), "before the quarter"),
        ("A", "due", None, "this one already"),
        (None, "due", date(2025, 4, 15), "this one already"),
        ("A", "close", None, "needs a day"),
        ("A", "reopen", None, "not closed"),
    ],
)
def test_a_change_that_contradicts_the_calendar_is_refused(
    database: Database, plan: Plan, unit: str | None, step: str, day: date | None, fault: str
):
    with pytest.raises(BadChange, match=fault):
        save_change(database, plan, Q1, unit, step, day, why="试", now=NOW)
    assert list_changes(database, plan) == []


def test_a_due_day_beyond_a_closing_asks_for_a_reopening_first(database: Database, plan: Plan):
    close(database, plan)
    with pytest.raises(BadChange, match="reopen it first"):
        save_change(database, plan, Q1, None, "due", date(2025, 6, 1), why="试", now=NOW)


def test_a_quarter_outside_the_plan_has_no_calendar(database: Database, plan: Plan):
    with pytest.raises(BadChange, match="outside the plan"):
        save_change(database, plan, Period.parse("2031Q1"), None, "due", date(2031, 6, 1), why="试", now=NOW)


def test_every_change_is_kept_with_reason_and_name_and_stands_in_the_audit(database: Database, plan: Plan):
    reviewer = Person("zhang", "张三", "reviewer")
    close(database.acting_as(reviewer), plan)
    save_change(database.acting_as(reviewer), plan, Q1, None, "reopen", None, why="漏报", now=NOW)
    found = term_of(database, plan, "A", Q1).changes
    assert [(change.step, change.why, change.who) for change in found] == [
        ("close", "季度归档", "zhang"),
        ("reopen", "漏报", "zhang"),
    ]
    assert found[0].at < found[1].at
    entries = list_entries(database, action="calendar")
    assert [(row["who"], row["detail"]["step"], row["detail"]["why"]) for row in entries.to_dict("records")] == [
        ("zhang", "reopen", "漏报"),
        ("zhang", "close", "季度归档"),
    ]


@pytest.mark.parametrize("role", ["county", "department", "leader"])
def test_only_reviewers_and_administrators_change_the_calendar(database: Database, plan: Plan, role: str):
    person = Person("somebody", "某人", role, "A" if role != "leader" else None)
    with pytest.raises(NotAllowed):
        save_change(database.acting_as(person), plan, Q1, "A", "due", date(2025, 4, 30), why="想晚点", now=NOW)
    assert term_of(database.acting_as(person), plan, "A", Q1).due == date(2025, 4, 15)


def test_a_county_is_told_of_changes_for_everybody_and_for_itself_only(database: Database, plan: Plan):
    for unit in (None, "A", "B"):
        save_change(database, plan, Q1, unit, "due", date(2025, 4, 20 + len(unit or "")), why=f"{unit}", now=NOW)
    mine = list_changes(database.acting_as(COUNTY), plan)
    assert [change.unit for change in mine] == [None, "A"]
    assert len(list_changes(database, plan)) == 3
