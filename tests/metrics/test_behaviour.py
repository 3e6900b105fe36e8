"""In time, right at the first try, and how long a fault takes: worked by hand."""

from datetime import date, datetime
from decimal import Decimal

import pandas as pd

from metrics.behaviour import behaviour, record
from metrics.dues import dues
from metrics.period import Period
from tests.builders import JX7, a_plan, some_submissions

A, B, C = JX7[:3]
Q2, Q3 = Period.parse("2025Q2"), Period.parse("2025Q3")


def some_attempts(*tries: tuple[str, str, str], period: str = "2025Q3") -> pd.DataFrame:
    """(unit, verdict, ISO moment), each a file of its own; a fourth item names the file."""
    rows = [
        (one[0], period, datetime.fromisoformat(one[2]), one[1], one[3] if len(one) > 3 else str(number))
        for number, one in enumerate(tries)
    ]
    return pd.DataFrame(rows, columns=["unit", "period", "received_at", "verdict", "sha256"], dtype=object)


def some_steps(*steps: tuple[str, str, str]) -> pd.DataFrame:
    rows = [(unit, "2025Q3", step, datetime.fromisoformat(at)) for unit, step, at in steps]
    return pd.DataFrame(rows, columns=["unit", "period", "step", "at"], dtype=object)


def rows_of(attempts=None, steps=None, sent=None, quarters=(Q3,), units=(A, B)):
    plan = a_plan(units=list(units))
    owed = pd.concat(dues(plan, some_submissions(sent or {}), q, on=date(2025, 11, 1)) for q in quarters)
    return behaviour(owed, some_attempts() if attempts is None else attempts, some_steps() if steps is None else steps)


def row(table, unit=A, period="2025Q3"):
    return table[(table["unit"] == unit) & (table["period"] == period)].iloc[0].to_dict()


def test_only_quarters_that_are_owed_have_a_row():
    table = rows_of(quarters=(Period.parse("2023Q4"), Q2, Q3))
    assert list(zip(table["unit"], table["period"], strict=True)) == [
        (A, "2025Q2"), (B, "2025Q2"), (A, "2025Q3"), (B, "2025Q3")
    ]  # fmt: skip


def test_a_first_file_without_an_error_passes_and_notices_do_not_count_against_it():
    table = rows_of(some_attempts((A, "accepted_with_notices", "2025-10-10T09:00")))
    assert row(table)["first_pass"] is True
    assert row(table)["hours_to_fix"] is None


def test_a_quarter_without_a_judged_file_is_unknown_and_not_a_failure():
    table = rows_of(sent={(A, "2025Q3"): "2025-10-10T09:00"})
    assert row(table)["first_pass"] is None and row(table)["files"] == 0
    assert record(table).judged == 0


def test_hours_run_from_the_first_fault_to_the_first_file_without_one():
    tries = (
        (A, "rejected", "2025-10-10T09:00"),
        (A, "rejected", "2025-10-10T15:30"),
        (A, "accepted", "2025-10-11T09:30"),
        (A, "accepted", "2025-10-12T09:30"),
    )
    found = row(rows_of(some_attempts(*tries)))
    assert (found["first_pass"], found["files"], found["hours_to_fix"]) == (False, 4, Decimal("24.5"))
    assert found["unfixed"] is False


def test_a_returned_submission_is_no_first_pass_and_the_reviewers_days_are_not_the_units():
    attempts = some_attempts((A, "accepted", "2025-10-10T09:00"), (A, "accepted", "2025-10-15T12:00"))
    steps = some_steps(
        (A, "sent", "2025-10-10T09:05"),
        (A, "returned", "2025-10-15T09:00"),
        (A, "sent", "2025-10-15T12:05"),
        (A, "published", "2025-10-20T09:00"),
    )
    found = row(rows_of(attempts, steps))
    assert (found["first_pass"], found["returns"], found["hours_to_fix"]) == (False, 1, Decimal("3.0"))


def test_a_fault_mended_in_the_browser_ends_when_it_is_sent():
    attempts = some_attempts((A, "rejected", "2025-10-10T09:00"))
    found = row(rows_of(attempts, some_steps((A, "sent", "2025-10-10T09:45"))))
    assert found["hours_to_fix"] == Decimal("0.8")


def test_a_file_mended_and_sent_in_the_moment_it_was_judged_took_no_time_and_stands_mended():
    attempts = some_attempts((A, "rejected", "2025-10-10T09:00"))
    found = row(rows_of(attempts, some_steps((A, "sent", "2025-10-10T09:00"))))
    assert (found["first_pass"], found["hours_to_fix"], found["unfixed"]) == (False, Decimal("0.0"), False)


def test_what_was_mended_once_counts_also_while_another_fault_stands():
    tries = ((A, "rejected", "2025-10-10T09:00"), (A, "accepted", "2025-10-10T11:00"))
    steps = some_steps((A, "sent", "2025-10-10T11:05"), (A, "returned", "2025-10-12T09:00"))
    found = row(rows_of(some_attempts(*tries), steps))
    assert (found["hours_to_fix"], found["unfixed"]) == (Decimal("2.0"), True)


def test_a_fault_that_still_stands_is_said_to_be_open_and_enters_no_middle():
    table = rows_of(some_attempts((A, "rejected", "2025-10-10T09:00")))
    assert row(table)["unfixed"] is True
    assert (record(table).hours, record(table).unfixed) == (None, 1)


def test_the_same_bytes_sent_again_are_no_second_try():
    tries = ((A, "rejected", "2025-10-10T09:00", "x"), (A, "rejected", "2025-10-10T10:00", "x"))
    assert row(rows_of(some_attempts(*tries)))["files"] == 1


def test_a_record_counts_and_says_of_how_many():
    attempts = pd.concat(
        [
            some_attempts((A, "rejected", "2025-10-10T09:00"), (A, "accepted", "2025-10-10T11:00")),
            some_attempts((A, "accepted", "2025-07-10T09:00", "a"), (B, "rejected", "2025-07-10T09:00", "b"),
                          (B, "accepted", "2025-07-10T10:00", "c"), period="2025Q2"),
        ]
    )  # fmt: skip
    sent = {
        (A, "2025Q2"): "2025-07-10T09:00",
        (A, "2025Q3"): "2025-10-18T09:00",
        (B, "2025Q2"): "2025-07-10T10:00",
    }
    found = record(rows_of(attempts, sent=sent, quarters=(Q2, Q3)))
    assert (found.expected, found.received, found.in_time) == (4, 3, 2)
    assert (found.judged, found.first_passes, found.hours) == (3, 1, Decimal("1.5"))
    assert row(rows_of(attempts, sent=sent))["days_late"] == 3
