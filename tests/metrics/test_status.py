"""Every word a figure can get, and what decides it."""

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from metrics.period import Period
from metrics.plan import Bands
from metrics.progress import progress
from metrics.status import Status, band, choose_status, passes
from tests.builders import JX7, NOT_APPLICABLE, a_plan, a_target, an_indicator, city_row, some_actuals

A = JX7[0]
DUE = [a_target("stores", 400, "2024-12-31")]
EVERY = {
    "no_target": (50, "2024Q4", []),
    "not_applicable": (NOT_APPLICABLE, "2024Q4", DUE),
    "no_report": (None, "2024Q4", DUE),
    "achieved": (400, "2024Q4", DUE),
    "missed": (399, "2025Q1", DUE),
    "no_deadline": (50, "2024Q4", [a_target("stores", 400, None)]),
    "on_track": (100, "2024Q1", [a_target("stores", 366, "2024-12-31")]),
    "watch": (360, "2024Q4", DUE),
    "behind": (280, "2024Q4", DUE),
    "critical": (279, "2024Q4", DUE),
}


def status_of(value, quarter, targets, indicator=None):
    made = indicator or an_indicator()
    plan = a_plan([made], targets, units=[A])
    return city_row(progress(plan, some_actuals({"stores": {A: {quarter: value}}}), Period.parse(quarter)), "stores")


@pytest.mark.parametrize(("word", "case"), EVERY.items(), ids=EVERY)
def test_every_status_is_reached(word, case):
    assert status_of(*case)["status"] == word


def test_a_step_path_is_not_due_before_its_deadline():
    assert status_of(1, "2024Q3", DUE, an_indicator(path="step"))["status"] == "not_due"


def test_the_cases_above_are_all_statuses():
    assert {*EVERY, "not_due", "not_scored"} == set(get_args(Status))


@pytest.mark.parametrize(("value", "quarter"), [(400, "2024Q4"), (399, "2025Q1"), (100, "2024Q1")])
def test_what_is_shown_for_reference_only_gets_no_verdict_whether_reached_late_or_on_its_way(value, quarter):
    assert status_of(value, quarter, DUE, an_indicator(scored=False))["status"] == "not_scored"


def test_what_is_not_scored_and_has_no_date_still_says_that_no_date_is_printed():
    row = status_of(500, "2024Q4", [a_target("stores", 400, None)], an_indicator(scored=False))
    assert row["status"] == "no_deadline"


def test_a_bare_number_passes_when_reached_and_more_than_does_not():
    assert passes(Decimal(100), "=", Decimal(100))
    assert passes(Decimal(101), "=", Decimal(100))
    assert passes(Decimal(100), ">=", Decimal(100))
    assert passes(Decimal(4), "range", Decimal(2))
    assert not passes(Decimal(10000), ">", Decimal(10000))
    assert passes(Decimal(10001), ">", Decimal(10000))


@pytest.mark.parametrize(
    ("lead", "word"),
    [
        ("0.0", "on_track"),
        ("-0.1", "watch"),
        ("-10.0", "watch"),
        ("-10.1", "behind"),
        ("-30.0", "behind"),
        ("-30.1", "critical"),
    ],
)
def test_each_band_includes_its_lower_edge(lead, word):
    assert band(Decimal(lead), Bands()) == word


def test_bands_are_data_of_the_plan():
    plan = a_plan([an_indicator()], DUE, units=[A], bands=Bands(watch=Decimal(-5), behind=Decimal(-8)))
    table = progress(plan, some_actuals({"stores": {A: {"2024Q4": 360}}}), Period.parse("2024Q4"))
    assert city_row(table, "stores")["status"] == "critical"


def test_an_indicator_may_have_bands_of_its_own_and_leaves_the_others_alone():
    tight = an_indicator("stores", bands=Bands(watch=Decimal(-5), behind=Decimal(-8)))
    plan = a_plan([tight, an_indicator("events")], [*DUE, a_target("events", 400, "2024-12-31")], units=[A])
    figures = {name: {A: {"2024Q4": 360}} for name in ("stores", "events")}
    table = progress(plan, some_actuals(figures), Period.parse("2024Q4"))
    assert (city_row(table, "stores")["lead"], city_row(table, "events")["lead"]) == (-10, -10)
    assert (city_row(table, "stores")["status"], city_row(table, "events")["status"]) == ("critical", "watch")


@pytest.mark.parametrize("actual", [10, 400])
def test_a_date_before_the_plan_took_effect_is_neither_missed_nor_achieved(actual):
    """XZ-01: 80% by the end of June 2023, in a plan that takes effect on 1 July."""
    before = [a_target("stores", 400, "2023-06-30", tags=("before_start",))]
    row = status_of(actual, "2024Q4", before)
    assert (row["status"], row["target"], "before_start" in row["tags"]) == ("not_scored", 400, True)
    assert (row["actual"], row["expected"], row["lead"]) == (actual, None, None)


def test_the_lead_is_rounded_before_the_status_is_chosen():
    """-0.04 is shown as 0.0, so it is on track; -10.04 is shown as -10.0, so it is still watched."""
    row = status_of(9996, "2024Q4", [a_target("stores", 10000, "2024-12-31")])
    assert (row["lead"], row["status"], str(row["lead"])) == (0, "on_track", "0.0")
    row = status_of(8996, "2024Q4", [a_target("stores", 10000, "2024-12-31")])
    assert (row["lead"], row["status"]) == (Decimal("-10.0"), "watch")


def test_halves_are_rounded_up_and_never_to_even():
    assert status_of(1225, "2024Q4", [a_target("stores", 10000, "2024-12-31")])["attainment"] == Decimal("12.3")
    assert status_of(1235, "2024Q4", [a_target("stores", 10000, "2024-12-31")])["attainment"] == Decimal("12.4")


def test_no_target_comes_before_every_other_word():
    words = {"applicable": False, "actual": None, "passed": False, "deadline": None, "day": date(2025, 6, 30)}
    assert choose_status(promised=False, lead=None, bands=Bands(), **words) == "no_target"
    assert choose_status(promised=True, lead=None, bands=Bands(), **words) == "not_applicable"


def test_a_target_passed_late_is_achieved_and_not_missed():
    row = status_of(400, "2025Q2", DUE)
    assert (row["status"], row["gap"], row["quarters_left"]) == ("achieved", 0, 0)


def test_an_undated_target_can_be_achieved():
    assert status_of(400, "2024Q1", [a_target("stores", 400, None)])["status"] == "achieved"
