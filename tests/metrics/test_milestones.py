"""Tasks have states, never percentages, and only deadlines that are printed can be missed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from metrics.milestones import STATES, milestone_states, tallies, together
from metrics.period import Period
from metrics.plan import Milestone, Plan
from tests.builders import a_plan, a_unit, words

COLUMNS = ["milestone", "unit", "period", "status", "done_on", "evidence", "note"]
BUREAU = "JX-SWJ"


def a_task(milestone: str = "m1", deadline: str | None = None, **changes: Any) -> Milestone:
    values: dict[str, Any] = {
        "clauses": ("二(三)7",),
        "deadline_printed": "",
        "recurrence": "once",
        "scope": "city",
        "owners": ("市商务局",),
        "owner_basis": "stated",
        "evidence": words("印发文件"),
        "reporters": (BUREAU,),
    } | changes
    due = date.fromisoformat(deadline) if deadline else None
    return Milestone(milestone, words(f"任务{milestone}"), deadline=due, **values)


def said(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """(milestone, unit, quarter, status[, day of finish])."""
    full = [(*row[:4], date.fromisoformat(row[4]) if len(row) > 4 else None, None, None) for row in rows]
    return pd.DataFrame(full, columns=COLUMNS, dtype=object)


def plan_of(*tasks: Milestone, **changes: Any) -> Plan:
    return a_plan(milestones=tasks, **changes)


def states(plan: Plan, quarter: str, *rows: tuple[Any, ...], unit_set: str | None = None) -> pd.DataFrame:
    return milestone_states(plan, said(*rows), Period.parse(quarter), unit_set=unit_set)


def state(plan: Plan, quarter: str, *rows: tuple[Any, ...]) -> str:
    return str(states(plan, quarter, *rows)["state"].item())


@pytest.mark.parametrize(
    ("quarter", "status", "expected"),
    [
        ("2024Q2", "under_way", "upcoming"),
        ("2024Q3", "not_started", "due"),
        ("2024Q4", "under_way", "late"),
        ("2025Q3", "under_way", "late"),
        ("2024Q3", "not_applicable", "not_applicable"),
        ("2024Q2", None, "upcoming"),
        ("2024Q3", None, "no_report"),
        ("2024Q4", None, "no_report"),
    ],
)
def test_a_task_due_in_the_third_quarter_changes_its_state_as_time_passes(quarter, status, expected):
    rows = [("m1", BUREAU, "2024Q1", status)] if status else []
    rows += [("m1", BUREAU, quarter, status)] if status else []
    assert state(plan_of(a_task(deadline="2024-09-30")), quarter, *rows) == expected


def test_on_the_last_day_a_task_is_due_and_not_yet_late():
    plan = plan_of(a_task(deadline="2024-09-30"))
    assert states(plan, "2024Q3", ("m1", BUREAU, "2024Q3", "under_way"))["when"].item() == "due"


def test_a_deadline_within_the_quarter_has_passed_at_its_end():
    assert state(plan_of(a_task(deadline="2024-06-10")), "2024Q2", ("m1", BUREAU, "2024Q2", "under_way")) == "late"


@pytest.mark.parametrize(("day", "expected"), [("2024-09-30", "done"), ("2024-10-01", "done_late")])
def test_a_finish_is_in_time_up_to_the_deadline_and_late_the_day_after(day, expected):
    plan = plan_of(a_task(deadline="2024-09-30"))
    assert state(plan, "2024Q4", ("m1", BUREAU, "2024Q4", "done", day)) == expected


def test_what_was_done_stays_done_however_long_ago_it_was_said():
    assert state(plan_of(a_task()), "2026Q4", ("m1", BUREAU, "2024Q1", "done", "2024-02-01")) == "done"


def test_an_unreported_task_past_its_deadline_is_not_called_late_but_stands_as_overdue():
    row = states(plan_of(a_task(deadline="2024-09-30")), "2025Q1").iloc[0]
    assert (row["state"], row["when"]) == ("no_report", "overdue")


def test_a_continuous_task_without_deadline_is_never_late():
    plan = plan_of(a_task(recurrence="continuous"))
    assert state(plan, "2024Q1", ("m1", BUREAU, "2024Q1", "under_way")) == "no_deadline"
    assert state(plan, "2026Q4", ("m1", BUREAU, "2026Q4", "under_way")) == "no_deadline"


def test_under_way_is_carried_for_two_quarters_and_then_is_no_report():
    plan, row = plan_of(a_task(recurrence="continuous")), ("m1", BUREAU, "2024Q1", "under_way")
    assert [state(plan, q, row) for q in ("2024Q2", "2024Q3", "2024Q4")] == ["no_deadline", "no_deadline", "no_report"]
    assert states(plan, "2024Q3", row)["tags"].item() == ["stale:2024Q1"]


def test_a_yearly_task_is_one_task_for_each_year_that_has_begun_its_deadline_assumed():
    found = states(plan_of(a_task(recurrence="annual")), "2025Q3", ("m1", BUREAU, "2024Q4", "done", "2024-12-20"))
    assert list(found["year"]) == [2024, 2025]
    assert list(found["deadline"]) == [date(2024, 12, 31), date(2025, 12, 31)]
    assert list(found["deadline_assumed"]) == [True, True]
    assert list(found["state"]) == ["done", "upcoming"]


def test_a_yearly_task_finished_last_year_and_told_this_year_counts_for_last_year():
    found = states(plan_of(a_task(recurrence="annual")), "2025Q1", ("m1", BUREAU, "2025Q1", "done", "2024-12-28"))
    assert list(found["state"]) == ["done", "upcoming"]


def test_a_yearly_task_has_no_year_after_the_plan():
    plan = plan_of(a_task(recurrence="annual"), start="2024-01-01", end="2025-06-30")
    found = states(plan, "2026Q4")
    assert list(found["deadline"]) == [date(2024, 12, 31), date(2025, 6, 30)]


def test_what_is_said_for_a_later_quarter_is_not_known_before():
    plan = plan_of(a_task(deadline="2024-09-30"))
    rows = (("m1", BUREAU, "2024Q3", "under_way"), ("m1", BUREAU, "2024Q4", "done", "2024-10-08"))
    assert [state(plan, quarter, *rows) for quarter in ("2024Q3", "2024Q4")] == ["due", "done_late"]


def test_tasks_due_a_day_after_the_plan_was_issued_are_marked_and_others_are_not():
    tasks = (a_task("m1", "2022-03-31"), a_task("m2", "2022-06-30"), a_task("m3"))
    plan = plan_of(*tasks, start="2022-03-30", end="2025-12-31", meta={"issued": date(2022, 3, 30)})
    assert list(states(plan, "2022Q1")["due_at_issue"]) == [True, False, False]


def test_nothing_is_marked_as_due_at_issue_when_no_date_of_issue_is_printed():
    plan = plan_of(a_task(deadline="2024-01-02"), start="2024-01-01")
    assert list(states(plan, "2024Q1")["due_at_issue"]) == [False]


def test_a_task_of_each_county_stands_once_for_every_county_of_the_chosen_set():
    plan = plan_of(a_task(scope="each_unit", reporters=("@units",)))
    assert list(states(plan, "2024Q1")["unit"]) == list(plan.units_of("jx7"))
    assert len(states(plan, "2024Q1", unit_set="jx9")) == 9


def test_a_unit_that_no_longer_exists_owes_no_task():
    plan = plan_of(a_task(scope="each_unit", reporters=("@units",)), units=("330402", "330411"))
    plan = replace(plan, units=plan.units | {"330411": a_unit("330411", valid_to=date(2024, 6, 30))})
    assert list(states(plan, "2024Q2")["unit"]) == ["330402", "330411"]
    assert list(states(plan, "2024Q3")["unit"]) == ["330402"]


def three(*each: tuple[str, str | None]) -> pd.DataFrame:
    """The joint row of a task of three counties due 2024Q3, seen at 2024Q4."""
    units = ("330402", "330411", "330421")
    plan = plan_of(a_task(deadline="2024-09-30", scope="each_unit", reporters=("@units",)), units=units)
    rows = [
        ("m1", unit, "2024Q4", status, *([day] if day else []))
        for unit, (status, day) in zip(units, each, strict=False)
    ]
    return together(states(plan, "2024Q4", *rows)).iloc[0]


DONE, LATE_FINISH = ("done", "2024-09-01"), ("done", "2024-11-01")


def test_a_task_of_several_units_is_done_only_when_all_have_done_it():
    row = three(DONE, DONE, DONE)
    assert (row["state"], row["units_done"], row["units_expected"]) == ("done", 3, 3)
    assert three(DONE, LATE_FINISH, DONE)["state"] == "done_late"
    row = three(DONE, DONE, ("under_way", None))
    assert (row["state"], row["units_done"], row["done_on"]) == ("late", 2, None)


def test_units_to_which_a_task_does_not_apply_leave_the_count():
    row = three(DONE, ("not_applicable", None), DONE)
    assert (row["state"], row["units_done"], row["units_expected"]) == ("done", 2, 2)
    assert three(*[("not_applicable", None)] * 3)["state"] == "not_applicable"


def test_a_task_nobody_reported_is_not_reported_and_one_of_three_is_late():
    assert three()["state"] == "no_report"
    row = three(("under_way", None))
    assert (row["state"], row["units_reported"]) == ("late", 1)


def test_the_board_counts_tasks_by_unit_quarter_and_state():
    plan = plan_of(a_task("m1", "2024-03-31"), a_task("m2", "2024-03-31"), a_task("m3"), a_task("m4", "2024-06-30"))
    found = states(
        plan, "2024Q2", ("m1", BUREAU, "2024Q1", "done", "2024-03-01"), ("m2", BUREAU, "2024Q2", "under_way")
    )
    assert [(t.quarter, t.state, t.number) for t in tallies(found)] == [
        ("2024Q1", "late", 1),
        ("2024Q1", "done", 1),
        ("2024Q2", "no_report", 1),
        (None, "no_report", 1),
    ]


def test_the_shipped_plans_give_every_task_somebody_who_answers_for_it(plans):
    for plan in plans.values():
        assert all(milestone.reporters for milestone in plan.milestones)
        found = milestone_states(plan, said(), Period.of(plan.end))
        assert set(found["milestone"]) == {milestone.milestone for milestone in plan.milestones}
        assert set(found["state"]) <= set(STATES)


def test_the_nine_rows_of_annex_2_stand_in_their_printed_quarters(plans):
    found = together(milestone_states(plans["jxdf"], said(), Period(2022, 1)))
    rows = {m.milestone: m.row for m in plans["jxdf"].milestones if m.row}
    assert sorted(set(rows.values())) == list(range(1, 10))
    annex = found[found["milestone"].isin(rows)]
    assert dict(annex["quarter"].value_counts()) == {"2022Q4": 9, "2022Q3": 8, "2022Q2": 8, "2022Q1": 3}
    assert list(annex[annex["due_at_issue"]]["milestone"]) == ["a2-1-q1", "a2-4-q1", "a2-9-q1"]
