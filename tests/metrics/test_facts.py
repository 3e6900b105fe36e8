"""What counts as a fact, and that a thing listed twice counts once."""

from decimal import Decimal

from metrics.period import Period
from metrics.progress import progress
from tests.builders import (
    AREA,
    JX7,
    a_count,
    a_plan,
    a_target,
    an_indicator,
    city_of,
    city_row,
    row_of,
    some_actuals,
    some_shared,
    table_of,
)

A, B, C = JX7[:3]


def test_half_a_share_is_not_reported():
    actuals = some_actuals({"s": {A: {"2025Q2": (1, 2)}}})
    plan = a_plan([an_indicator("s", "share")], [a_target("s", 80)], units=[A])
    row = city_row(progress(plan, actuals[actuals["part"] == "numerator"], Period.parse("2025Q2")), "s")
    assert (row["actual"], row["status"]) == (None, "no_report")


def test_a_key_repeated_across_a_units_quarters_counts_once_in_its_flow():
    shared = some_shared([("c", "x", A, "2024Q1", 1), ("c", "x", A, "2024Q2", 1)])
    indicator = an_indicator("c", "cumulative", count=a_count())
    table = table_of(indicator, {A: {"2024Q1": 5, "2024Q2": 3}}, "2024Q2", units=(A,), basis="derived", shared=shared)
    assert [row["actual"] for row in (row_of(table, "c", A), city_row(table, "c"))] == [7, 7]


def test_a_key_shared_by_three_units_counts_once_and_only_among_the_facts_that_enter():
    shared = some_shared([("stores", "x", unit, "2025Q2", 1) for unit in (A, B, C)])
    figures = {A: {"2025Q2": 10}, B: {"2025Q2": 10}, C: {"2025Q2": 10}}
    indicator = an_indicator(count=a_count())
    assert city_of(indicator, figures, "2025Q2", basis="derived", shared=shared)["actual"] == 28
    two = {unit: figures[unit] for unit in (A, B)}
    assert city_of(indicator, two, "2025Q2", basis="derived", shared=shared)["actual"] == 19


def test_a_carried_list_is_compared_with_this_quarters_lists():
    shared = some_shared(
        [("stores", "x", A, "2025Q1", 1), ("stores", "x", B, "2025Q2", 1), ("stores", "x", B, "2025Q1", 1)]
    )
    figures = {A: {"2025Q1": 10}, B: {"2025Q1": 7, "2025Q2": 8}}
    row = city_of(an_indicator(count=a_count()), figures, "2025Q2", basis="derived", shared=shared)
    assert row["actual"] == 17


def test_of_a_sum_of_money_listed_twice_the_larger_amount_counts():
    rule = a_count("firms", ("uscc",), total="sales")
    shared = some_shared([("m", "x", A, "2025Q2", 300), ("m", "x", B, "2025Q2", 500)])
    indicator = an_indicator("m", "stock", money=True, count=rule)
    row = city_of(indicator, {A: {"2025Q2": 1000}, B: {"2025Q2": 900}}, "2025Q2", basis="derived", shared=shared)
    assert row["actual"] == 1600


def test_a_firms_money_of_two_quarters_is_new_money_each_quarter():
    rule = a_count("firms", ("uscc",), total="sales")
    shared = some_shared([("m", "x", A, "2024Q1", 100), ("m", "x", A, "2024Q2", 200), ("m", "x", B, "2024Q2", 150)])
    indicator = an_indicator("m", "cumulative", money=True, count=rule)
    figures = {A: {"2024Q1": 100, "2024Q2": 200}, B: {"2024Q1": 0, "2024Q2": 150}}
    table = table_of(indicator, figures, "2024Q2", units=(A, B), basis="derived", shared=shared)
    assert [row_of(table, "m", unit)["actual"] for unit in (A, B, AREA)] == [300, 150, 300]


def test_a_typed_figure_is_not_reduced_by_a_roster():
    shared = some_shared([("stores", "x", A, "2025Q2", 1), ("stores", "x", B, "2025Q2", 1)])
    figures = {A: {"2025Q2": 10}, B: {"2025Q2": 10}}
    assert city_of(an_indicator(count=a_count()), figures, "2025Q2", shared=shared)["actual"] == 20


def test_the_typed_figure_stands_beside_the_derived_one():
    plan = a_plan([an_indicator(count=a_count())], [a_target()], units=[A, B])
    actuals = some_actuals(
        {"stores": {A: {"2025Q2": 40}, B: {"2025Q2": 35}}}, basis="derived", typed={("stores", A, "2025Q2"): 42}
    )
    table = progress(plan, actuals, Period.parse("2025Q2"))
    assert [row_of(table, "stores", unit)["reported"] for unit in (A, B, AREA)] == [42, None, 77]


def test_money_is_added_in_whole_yuan():
    cells = [Decimal(text) for text in ("9.6", "9.6", "13.2", "14.4", "9.6", "14.4", "14.4", "12", "10.8")]
    units = [f"u{n}" for n in range(9)]
    indicator = an_indicator("a1", "cumulative", money=True, scope="allocation")
    targets = [a_target("a1", cell * 10**8, None, "=", unit=unit) for unit, cell in zip(units, cells, strict=True)]
    row = city_of(
        indicator,
        {unit: {"2024Q1": cell * 10**8} for unit, cell in zip(units, cells, strict=True)},
        "2024Q1",
        targets=[*targets, a_target("a1", 10_800_000_000, None, "=")],
        units=units,
    )
    assert (row["actual"], row["target"], row["status"]) == (10_800_000_000, 10_800_000_000, "achieved")
    assert str(row["actual"]) == "10800000000"
