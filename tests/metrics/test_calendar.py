"""Due, grace, closing: what holds for a unit on a day."""

from datetime import date

import pytest

from metrics.calendar import Calendar, state_on, term, usual_term
from metrics.period import Period
from tests.builders import JX7, a_change

A, B = JX7[:2]
Q3 = Period.parse("2025Q3")
USUAL = Calendar()


def test_a_submission_is_due_on_the_fifteenth_after_the_quarter_with_five_days_grace_and_never_closes():
    found = usual_term(USUAL, Q3)
    assert (found.due, found.grace_until, found.closed_from) == (date(2025, 10, 15), date(2025, 10, 20), None)
    assert usual_term(USUAL, Period.parse("2025Q4")).due == date(2026, 1, 15)


def test_a_plan_may_close_its_quarters_by_itself():
    found = usual_term(Calendar(closing=30), Q3)
    assert found.closed_from == date(2025, 11, 20)
    assert not found.closed_on(date(2025, 11, 19)) and found.closed_on(date(2025, 11, 20))


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2025-09-30", "running"),
        ("2025-10-01", "open"),
        ("2025-10-15", "open"),
        ("2025-10-16", "grace"),
        ("2025-10-20", "grace"),
        ("2025-10-21", "overdue"),
        ("2025-11-19", "overdue"),
        ("2025-11-20", "closed"),
    ],
)
def test_each_day_has_one_state_and_there_is_no_gap_between_them(day: str, state: str):
    assert state_on(usual_term(Calendar(closing=30), Q3), Q3, date.fromisoformat(day)) == state


def test_lateness_counts_from_the_due_day_whatever_the_grace():
    found = usual_term(USUAL, Q3)
    assert [found.days_late(date(2025, 10, day)) for day in (3, 15, 16, 21)] == [0, 0, 1, 6]


def test_a_due_day_moved_for_one_unit_moves_its_grace_and_nobody_elses():
    changes = [a_change(unit=A, day="2025-10-27")]
    assert term(USUAL, changes, A, Q3).grace_until == date(2025, 11, 1)
    assert term(USUAL, changes, B, Q3) == usual_term(USUAL, Q3)
    assert term(USUAL, changes, A, Period.parse("2025Q2")) == usual_term(USUAL, Period.parse("2025Q2"))


def test_the_latest_entry_counts_whether_it_names_a_unit_or_everybody():
    changes = [a_change(day="2025-10-31", entry=2), a_change(unit=A, day="2025-10-27", entry=1)]
    assert term(USUAL, changes, A, Q3).due == date(2025, 10, 31)
    assert [change.entry for change in term(USUAL, changes, A, Q3).changes] == [1, 2]


def test_a_due_day_without_a_day_is_the_plans_own_again():
    changes = [a_change(day="2025-10-31"), a_change(day=None, entry=2)]
    assert term(USUAL, changes, A, Q3).due == date(2025, 10, 15)


def test_a_closed_quarter_is_reopened_for_one_unit_until_a_day():
    changes = [
        a_change(step="close", day="2025-11-01"),
        a_change(step="reopen", day="2025-11-20", unit=A, entry=2),
    ]
    reopened, shut = term(USUAL, changes, A, Q3), term(USUAL, changes, B, Q3)
    assert state_on(reopened, Q3, date(2025, 11, 20)) == "overdue"
    assert state_on(reopened, Q3, date(2025, 11, 21)) == "closed"
    assert state_on(shut, Q3, date(2025, 11, 1)) == "closed"
    assert reopened.due == shut.due == date(2025, 10, 15)


def test_a_quarter_reopened_without_an_end_stays_open_also_where_the_rule_would_close_it():
    found = term(Calendar(closing=10), [a_change(step="reopen", day=None)], A, Q3)
    assert found.closed_from is None


def test_moving_the_due_day_leaves_a_closing_that_was_set_where_it_is():
    changes = [a_change(step="close", day="2025-12-01"), a_change(day="2025-11-10", entry=2)]
    assert term(USUAL, changes, A, Q3).closed_from == date(2025, 12, 1)
