from dataclasses import replace
from datetime import date, datetime

import pytest

from metrics.milestones import milestone_states
from metrics.period import Period
from metrics.plan import Milestone, Plan
from metrics.text import Text
from store.database import Database
from store.milestones import last_statuses, status_origins, statuses
from store.sending import save_submission
from store.submissions import MilestoneStatus, Submission

Q1, Q2 = Period(2025, 1), Period(2025, 2)


def a_task(milestone: str, recurrence: str = "once") -> Milestone:
    words = Text(milestone, milestone)
    return Milestone(
        milestone, words, ("一",), None, "", recurrence, "each_unit", (), "not_stated", words, reporters=("@units",)
    )


@pytest.fixture
def tasked(plan: Plan) -> Plan:
    return replace(plan, milestones=(a_task("m1"), a_task("yearly", "annual")))


def send(
    database: Database, plan: Plan, unit: str, period: Period, *said: tuple[str, str, date | None], at: datetime
) -> int:
    told = [
        MilestoneStatus(task, status, day, f"〔{task}〕1号" if day else None, None, "任务进展", {"status": f"D{row}"})
        for row, (task, status, day) in enumerate(said, 5)
    ]
    sent = Submission("small", "1", unit, period, f"{unit}.xlsx", "0" * 64, "2", at, at, "test", (), (), (), told)
    return save_submission(database, plan, sent)


APRIL, MAY, JULY = datetime(2025, 4, 9), datetime(2025, 5, 9), datetime(2025, 7, 9)


def test_a_status_keeps_its_day_its_evidence_and_the_cells_it_stood_in(database: Database, tasked: Plan) -> None:
    number = send(database, tasked, "A", Q1, ("m1", "done", date(2025, 3, 4)), at=APRIL)
    row = status_origins(database, tasked, "m1", "A", Q1).iloc[0]
    assert (row["submission"], row["file_name"], row["sheet"]) == (number, "A.xlsx", "任务进展")
    assert (row["status"], row["done_on"], row["evidence"]) == ("done", date(2025, 3, 4), "〔m1〕1号")
    assert row["cells"] == {"status": "D5"}


def test_a_later_submission_of_the_quarter_replaces_all_statuses_and_the_past_can_be_replayed(
    database: Database, tasked: Plan
) -> None:
    send(database, tasked, "A", Q1, ("m1", "under_way", None), ("yearly", "done", date(2025, 2, 1)), at=APRIL)
    before = statuses(database, tasked)
    send(database, tasked, "A", Q1, ("m1", "done", date(2025, 3, 31)), at=MAY)
    assert list(statuses(database, tasked)["status"]) == ["done"]
    assert statuses(database, tasked, datetime(2025, 4, 30)).equals(before)


def test_what_the_store_returns_is_what_the_states_are_judged_from(database: Database, tasked: Plan) -> None:
    send(database, tasked, "A", Q1, ("m1", "done", date(2025, 3, 4)), at=APRIL)
    found = milestone_states(tasked, statuses(database, tasked), Q1)
    assert list(found[found["milestone"] == "m1"]["state"]) == ["done", "no_report"]


def test_the_next_sheet_starts_from_the_last_status_of_each_task(database: Database, tasked: Plan) -> None:
    send(database, tasked, "A", Q1, ("m1", "under_way", None), at=APRIL)
    send(database, tasked, "A", Q2, ("yearly", "not_started", None), at=JULY)
    found = last_statuses(database, tasked, "A", Period(2025, 3))
    assert {name: one.status for name, one in found.items()} == {"m1": "under_way", "yearly": "not_started"}
    assert last_statuses(database, tasked, "B", Q2) == {}


def test_a_yearly_task_starts_each_year_with_a_clean_line(database: Database, tasked: Plan) -> None:
    send(database, tasked, "A", Q1, ("m1", "under_way", None), ("yearly", "done", date(2025, 3, 1)), at=APRIL)
    assert set(last_statuses(database, tasked, "A", Period(2025, 4))) == {"m1", "yearly"}
    assert set(last_statuses(database, tasked, "A", Period(2026, 1))) == {"m1"}


def test_a_submission_without_tasks_leaves_what_was_said_in_earlier_quarters(database: Database, tasked: Plan) -> None:
    send(database, tasked, "A", Q1, ("m1", "done", date(2025, 3, 4)), at=APRIL)
    send(database, tasked, "A", Q2, at=JULY)
    found = milestone_states(tasked, statuses(database, tasked), Q2)
    assert found["value_period"].iloc[0] == "2025Q1"
