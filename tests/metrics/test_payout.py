"""兑付率 by amount and by cases, at the day it is asked for."""

from datetime import date
from decimal import Decimal

from metrics.payout import payout_rate

JUNE, SEPTEMBER = date(2023, 6, 30), date(2023, 9, 30)


def a_case(claim, due, due_on, paid=None, paid_on=None):
    row = {"item": "惠企政策", "claim": claim, "due": str(due), "due_on": due_on}
    return row | ({"paid": str(paid), "paid_on": paid_on} if paid is not None else {})


LEDGER = [
    a_case("1", 900_000, "2023-05-10", 900_000, "2023-06-01"),
    a_case("2", 100_000, "2023-06-30", 100_000, "2023-07-04"),
    a_case("3", 50_000, "2023-06-15", 20_000, "2023-06-20"),
    a_case("4", 400_000, "2023-08-01"),
]


def test_amounts_and_cases_give_two_rates():
    june = payout_rate(LEDGER, JUNE)
    assert (june.due, june.paid, june.cases_due, june.cases_paid) == (1_050_000, 920_000, 3, 1)
    assert (june.by_amount, june.by_cases) == (Decimal("87.6"), Decimal("33.3"))


def test_a_later_day_counts_what_became_payable_and_what_was_paid_since():
    september = payout_rate(LEDGER, SEPTEMBER)
    assert (september.due, september.paid) == (1_450_000, 1_020_000)
    assert (september.cases_due, september.cases_paid) == (4, 2)


def test_part_of_an_amount_is_not_a_case_paid():
    assert payout_rate([a_case("3", 50_000, "2023-06-15", 49_999, "2023-06-20")], JUNE).cases_paid == 0


def test_a_case_listed_by_two_departments_counts_once():
    assert payout_rate([*LEDGER, LEDGER[0] | {"claim": "１"}], JUNE) == payout_rate(LEDGER, JUNE)


def test_nothing_payable_is_no_rate_rather_than_zero():
    rate = payout_rate(LEDGER, date(2023, 1, 1))
    assert (rate.by_amount, rate.by_cases, rate.cases_due) == (None, None, 0)
