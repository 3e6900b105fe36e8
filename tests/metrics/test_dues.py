"""Who still owes, and who has done what they can."""

from datetime import date, datetime

import pandas as pd
import pytest

from metrics.calendar import Calendar
from metrics.dues import dues, owing
from metrics.period import Period
from tests.builders import JX7, a_change, a_plan, some_submissions

A, B, C, D = JX7[:4]
Q3 = Period.parse("2025Q3")
LATER = date(2025, 10, 25)


def some_steps(*steps: tuple[str, str, str]) -> pd.DataFrame:
    """(unit, step, ISO moment), all for 2025Q3."""
    rows = [(unit, "2025Q3", step, datetime.fromisoformat(at)) for unit, step, at in steps]
    return pd.DataFrame(rows, columns=["unit", "period", "step", "at"], dtype=object)


def states(on: date = LATER, *, sent=None, **options):
    table = dues(a_plan(units=[A, B, C, D]), some_submissions(sent or {}), Q3, on=on, **options)
    return dict(zip(table["unit"], table["state"], strict=True))


@pytest.mark.parametrize(
    ("day", "state"),
    [("2025-09-01", "not_due"), ("2025-10-15", "not_due"), ("2025-10-16", "grace"), ("2025-10-21", "missing")],
)
def test_who_has_not_sent_is_not_yet_due_then_in_grace_then_missing(day: str, state: str):
    assert states(date.fromisoformat(day))[A] == state


def test_who_has_sent_and_waits_for_review_owes_nothing():
    steps = some_steps((A, "sent", "2025-10-12T09:00"))
    found = dues(a_plan(units=[A, B]), some_submissions({}), Q3, on=LATER, steps=steps)
    assert found["state"].tolist()[:2] == ["waiting", "missing"]
    assert found["days_late"].tolist()[:2] == [0, 10]
    assert found["received_at"][0] == datetime(2025, 10, 12, 9)
    assert owing(found)["unit"].tolist() == [B]


def test_what_was_returned_is_owed_again_until_it_is_sent_again():
    sent, back = (A, "sent", "2025-10-12T09:00"), (A, "returned", "2025-10-13T09:00")
    assert states(steps=some_steps(sent, back))[A] == "returned"
    assert states(steps=some_steps(sent, back, (A, "sent", "2025-10-14T09:00")))[A] == "waiting"
    assert states(steps=some_steps(sent, (A, "withdrawn", "2025-10-13T09:00")))[A] == "missing"


def test_a_correction_sent_back_does_not_undo_what_stands():
    back = some_steps((A, "sent", "2025-10-20T09:00"), (A, "returned", "2025-10-21T09:00"))
    assert states(sent={(A, "2025Q3"): "2025-10-10T09:00"}, steps=back)[A] == "received"


def test_steps_of_another_quarter_say_nothing_about_this_one():
    steps = some_steps((A, "sent", "2025-10-12T09:00")).assign(period="2025Q2")
    assert states(steps=steps)[A] == "missing"


def test_a_closed_quarter_is_owed_by_nobody_who_cannot_send_any_more():
    closed = [a_change(step="close", day="2025-10-24"), a_change(step="reopen", unit=B, entry=2)]
    back = some_steps((C, "sent", "2025-10-12T09:00"), (C, "returned", "2025-10-13T09:00"))
    found = states(changes=closed, steps=back)
    assert [found[unit] for unit in (A, B, C)] == ["closed", "missing", "closed"]


def test_days_late_are_those_of_what_was_received_or_so_far():
    sent = some_submissions({(A, "2025Q3"): "2025-10-18T23:00", (B, "2025Q3"): "2025-10-15T23:00"})
    plan = a_plan(units=[A, B, C], calendar=Calendar(grace=0))
    found = dues(plan, sent, Q3, on=LATER, changes=[a_change(unit=C, day="2025-10-23")])
    assert found["days_late"].tolist()[:3] == [3, 0, 2]
    assert found["state"].tolist()[:3] == ["late", "received", "missing"]
    assert found["due"].tolist()[2] == date(2025, 10, 23)
    assert set(found[~found["expected"].astype(bool)]["days_late"]) == {0}
