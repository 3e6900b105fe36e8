"""Ranks, contributions and attention."""

from decimal import Decimal

import pytest

from metrics.comparison import attention, competition_ranks, contributions, ranking
from metrics.period import Period
from metrics.progress import progress
from tests.builders import (
    AREA,
    JX7,
    a_count,
    a_plan,
    a_target,
    an_indicator,
    some_actuals,
    some_shared,
)

A, B, C, D = JX7[:4]


def level(values, quarter="2025Q4", **options):
    """Stock `stores` with own targets of 100 each, due 2025-12-31, over units A-D."""
    plan = a_plan(
        [an_indicator("stores")],
        [a_target("stores", 400, "2025-12-31"), *(a_target("stores", 100, "2025-12-31", unit=u) for u in (A, B, C, D))],
        units=[A, B, C, D],
        start="2025-01-01",
    )
    given = {unit: {quarter: value} for unit, value in zip((A, B, C, D), values, strict=True) if value is not None}
    return progress(plan, some_actuals({"stores": given}), Period.parse(quarter), **options)


def test_equal_scores_share_a_rank_and_the_next_is_skipped():
    scores = [Decimal(5), Decimal("3.0"), Decimal(3), Decimal(1), None]
    assert competition_ranks(scores) == [1, 2, 2, 4, None]


def test_units_with_an_own_target_are_ranked_by_lead():
    table = level([120, 90, 90, 40])
    assert table["rank"].tolist() == [None, 1, 2, 2, 4]


def test_a_unit_without_a_report_stands_last_and_unranked():
    listed = ranking(level([50, None, 70, 60]), "stores")
    assert listed["unit"].tolist() == [C, D, A, B]
    assert listed["rank"].tolist() == [1, 2, 3, None]


def test_units_without_an_own_target_are_listed_by_value_without_a_lamp():
    plan = a_plan([an_indicator("stores")], [a_target()], units=[A, B, C])
    values = {A: {"2025Q2": 5}, B: {"2025Q2": 50}}
    listed = ranking(progress(plan, some_actuals({"stores": values}), Period.parse("2025Q2")), "stores")
    assert listed["unit"].tolist() == [B, A, C]
    assert listed["rank"].tolist() == [None] * 3
    assert listed["status"].tolist() == ["no_target"] * 3


def test_an_undated_allocation_is_ranked_by_attainment():
    plan = a_plan(
        [an_indicator("a1", "cumulative", scope="allocation")],
        [a_target("a1", 9, None), a_target("a1", 5, None, unit=A), a_target("a1", 4, None, unit=B)],
        units=[A, B],
    )
    table = progress(plan, some_actuals({"a1": {A: {"2024Q1": 2}, B: {"2024Q1": 3}}}), Period.parse("2024Q1"))
    assert dict(zip(table["unit"], table["rank"], strict=True)) == {AREA: None, A: 2, B: 1}


def test_contributions_to_the_gap_run_from_the_worst_laggard_to_the_total():
    steps = contributions(level([130, 90, 60, 110]), "stores")
    assert steps["unit"].tolist() == [C, B, A, D, AREA]
    assert steps["amount"].tolist() == [-40, -10, 30, 10, -10]
    assert steps["start"].tolist() == [0, -40, -50, -20, 0]
    assert steps["end"].tolist() == [-40, -50, -20, -10, -10]
    assert set(steps["basis"]) == {"path"}


def test_what_units_do_not_explain_is_a_step_of_its_own():
    steps = contributions(level([130, 90, None, 110]), "stores")
    assert steps["role"].tolist() == ["unit", "unit", "unit", "rest", "total"]
    assert steps["amount"].tolist() == [-10, 30, 10, -100, -70]


def test_contributions_without_own_targets_are_the_values_and_the_store_counted_twice():
    plan = a_plan([an_indicator("stores", count=a_count())], [a_target()], units=[A, B])
    actuals = some_actuals({"stores": {A: {"2025Q2": 40}, B: {"2025Q2": 35}}}, basis="derived")
    shared = some_shared([("stores", "x", A, "2025Q2", 1), ("stores", "x", B, "2025Q2", 1)])
    steps = contributions(progress(plan, actuals, Period.parse("2025Q2"), shared=shared), "stores")
    assert steps["amount"].tolist() == [40, 35, -1, 74]
    assert set(steps["basis"]) == {"value"}


def test_contributions_to_a_share_are_rows_above_or_below_the_target_and_add_up_exactly():
    plan = a_plan([an_indicator("s", "share")], [a_target("s", 80)], units=[A, B, C])
    actuals = some_actuals({"s": {A: {"2025Q2": (300, 400)}, B: {"2025Q2": (90, 100)}, C: {"2025Q2": (10, 500)}}})
    steps = contributions(progress(plan, actuals, Period.parse("2025Q2")), "s")
    assert steps["unit"].tolist() == [C, A, B, AREA]
    assert steps["amount"].tolist() == [-390, -20, 10, -400]


def test_contributions_to_a_floor_are_the_shortfalls():
    plan = a_plan([an_indicator("f", "floor")], [a_target("f", 3)], units=[A, B])
    actuals = some_actuals({"f": {A: {"2025Q2": 1}, B: {"2025Q2": 5}}})
    steps = contributions(progress(plan, actuals, Period.parse("2025Q2")), "f")
    assert steps["amount"].tolist() == [-2, 0, -2]


def test_percentages_without_a_target_have_no_contributions():
    plan = a_plan([an_indicator("s", "share")], [], units=[A])
    table = progress(plan, some_actuals({"s": {A: {"2025Q2": (1, 2)}}}), Period.parse("2025Q2"))
    assert contributions(table, "s").empty


def test_contributions_of_an_unknown_indicator_are_an_error():
    with pytest.raises(KeyError):
        contributions(level([1, 1, 1, 1]), "nonsense")


def test_attention_lists_the_largest_shortfalls_of_city_and_units_first():
    table = level([130, 90, 60, 20])
    listed = attention(table)
    assert list(zip(listed["unit"], listed["status"], strict=True)) == [
        (D, "critical"),
        (C, "critical"),
        (AREA, "behind"),
        (B, "watch"),
    ]
    assert attention(table, 2)["unit"].tolist() == [D, C]
