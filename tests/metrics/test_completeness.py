"""Who has sent, on time, late or not at all."""

from datetime import date

import pandas as pd

from metrics.calendar import Calendar
from metrics.completeness import completeness, expected_units
from metrics.period import Period
from tests.builders import JX7, a_change, a_plan, a_target, an_indicator, some_submissions, yearly_targets

A, B, C = JX7[:3]
Q3 = Period.parse("2025Q3")


def states(plan, sent, as_of=Q3, **options):
    table = completeness(plan, some_submissions(sent), as_of, **options)
    return dict(zip(table["unit"], table["state"], strict=True))


def test_received_late_missing_and_not_expected_stay_apart():
    plan = a_plan(units=[A, B, C])
    sent = {(A, "2025Q3"): "2025-10-15T23:59", (B, "2025Q3"): "2025-10-16T00:01", (C, "2025Q2"): "2025-07-01T09:00"}
    found = states(plan, sent)
    assert [found[unit] for unit in (A, B, C, "JX-JK")] == ["received", "late", "missing", "not_expected"]


def test_the_first_submission_decides_whether_it_was_in_time_and_the_last_when_it_was_published():
    plan = a_plan(units=[A])
    twice = pd.concat(
        [some_submissions({(A, "2025Q3"): "2025-11-02T10:00"}), some_submissions({(A, "2025Q3"): "2025-10-09T10:00"})]
    )
    row = completeness(plan, twice, Q3).iloc[0]
    assert (row["state"], row["received_at"].day, row["published_at"].month) == ("received", 9, 11)


def test_the_due_day_is_the_plans_own():
    plan = a_plan(units=[A, B], calendar=Calendar(due=20))
    found = states(plan, {(A, "2025Q3"): "2025-10-20T08:00", (B, "2025Q3"): "2025-10-21T08:00"})
    assert (found[A], found[B]) == ("received", "late")


def test_a_due_day_moved_for_one_unit_leaves_the_others_late():
    plan, both = a_plan(units=[A, B]), {(unit, "2025Q3"): "2025-10-18T08:00" for unit in (A, B)}
    table = completeness(plan, some_submissions(both), Q3, changes=[a_change(unit=A, day="2025-10-20")])
    assert table["state"].tolist()[:2] == ["received", "late"]
    assert table["due"].tolist()[:2] == [date(2025, 10, 20), date(2025, 10, 15)]


def test_units_of_the_chosen_set_are_expected_and_departments_that_report():
    plan = a_plan([an_indicator(), an_indicator("exports", "cumulative", reporters=("JX-HG",))], units=[A, B])
    assert expected_units(plan, Q3) == (A, B, "JX-HG")
    wide = completeness(plan, some_submissions({}), Q3, unit_set="jx9")
    assert len(wide[wide["expected"]]) == 10
    narrow = completeness(plan, some_submissions({}), Q3)
    assert narrow[narrow["expected"]]["unit"].tolist() == [A, B, "JX-HG"]
    assert set(narrow["unit"]) == set(wide["unit"])


def test_a_department_is_not_asked_again_after_its_last_yearly_target():
    yearly = an_indicator("credit", "annual", reporters=("JX-HG",))
    plan = a_plan([an_indicator(), yearly], [a_target(), *yearly_targets("credit", 100, (2024,))], units=[A])
    assert expected_units(plan, Period.parse("2024Q4")) == (A, "JX-HG")
    assert expected_units(plan, Period.parse("2025Q1")) == (A,)


def test_nobody_owes_anything_outside_the_plans_quarters():
    plan = a_plan(units=[A])
    assert expected_units(plan, Period.parse("2023Q4")) == ()
    assert expected_units(plan, Period.parse("2027Q1")) == ()
    assert set(states(plan, {}, Period.parse("2027Q1")).values()) == {"not_expected"}


def test_without_a_submission_the_table_still_has_its_columns():
    table = completeness(a_plan(units=[A]), some_submissions({}), Q3)
    assert list(table.columns) == ["unit", "expected", "received_at", "published_at", "state", "due"]
    assert table.iloc[0].to_dict() == {
        "unit": A,
        "expected": True,
        "received_at": None,
        "published_at": None,
        "state": "missing",
        "due": date(2025, 10, 15),
    }
