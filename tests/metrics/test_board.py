"""Composites, allocations, departments, unit sets, and verdicts that are final."""

from decimal import Decimal

from metrics.period import Period
from metrics.progress import progress
from tests.builders import (
    AREA,
    JX7,
    a_plan,
    a_target,
    an_indicator,
    city_of,
    city_row,
    some_actuals,
    table_of,
    tags_of,
)

A, B, C = JX7[:3]


def two_parts(first, second, **composite):
    return a_plan(
        [
            an_indicator("one", "cumulative"),
            an_indicator("two", "cumulative"),
            an_indicator("both", "composite", parts=("one", "two"), reporters=(), **composite),
        ],
        [
            a_target("one", first, "2025-12-31"),
            a_target("two", second, "2025-12-31"),
            a_target("both", 2, "2025-12-31", "="),
        ],
        units=[A],
        start="2025-01-01",
    )


def both(plan, one, two, quarter="2025Q1"):
    figures = {"one": {A: {"2025Q1": one}}, "two": {A: {"2025Q1": two}}}
    return city_row(progress(plan, some_actuals(figures), Period.parse(quarter)), "both")


def test_a_composite_passes_only_when_every_part_does():
    assert both(two_parts(10, 10), 10, 9)["status"] == "not_due"
    row = both(two_parts(10, 10), 10, 11)
    assert (row["status"], row["actual"], row["gap"], row["attainment"]) == ("achieved", 2, 0, Decimal("100.0"))


def test_a_composite_with_an_unreported_part_has_no_attainment_and_is_provisional():
    row = both(two_parts(10, 10), 10, None)
    assert (row["status"], row["actual"], row["attainment"], row["provisional"]) == ("not_due", 1, None, True)
    assert row["missing_units"] == [A]
    assert both(two_parts(10, 10), None, None)["status"] == "no_report"


def test_a_composite_not_passed_by_its_deadline_is_missed():
    row = both(two_parts(10, 10), 10, 9, "2026Q1")
    assert (row["status"], row["attainment"], row["lead"]) == ("missed", Decimal("90.0"), Decimal("-50.0"))


def test_a_composite_of_a_part_without_a_target_has_none_either():
    plan = a_plan([an_indicator("one"), an_indicator("both", "composite", parts=("one",), reporters=())], [], units=[A])
    row = city_row(progress(plan, some_actuals({"one": {A: {"2025Q2": 3}}}), Period.parse("2025Q2")), "both")
    assert (row["status"], row["target"]) == ("no_target", None)


def test_an_allocation_seen_for_fewer_units_is_the_sum_of_theirs():
    indicator = an_indicator("a1", "cumulative", scope="allocation")
    targets = [a_target("a1", 9, None), *(a_target("a1", n, None, unit=u) for u, n in ((A, 5), (B, 3), (C, 1)))]
    options = {"targets": targets}
    whole = city_of(indicator, {A: {"2024Q1": 2}}, "2024Q1", units=(A, B, C), **options)
    fewer = city_of(indicator, {A: {"2024Q1": 2}}, "2024Q1", units=(A, B), **options)
    assert (whole["target"], whole["status"], "sum_of_units" in whole["tags"]) == (9, "no_deadline", False)
    assert (fewer["target"], fewer["attainment"], "sum_of_units" in fewer["tags"]) == (8, Decimal("25.0"), True)


def test_the_city_value_of_a_departments_indicator_is_the_departments():
    indicator = an_indicator("exports", "cumulative", money=True, reporters=("JX-HG",))
    table = table_of(
        indicator, {"JX-HG": {"2024Q1": 10**9}, A: {"2024Q1": 5}}, "2024Q1", targets=[a_target("exports", 10**10)]
    )
    assert table["unit"].tolist() == [AREA, "JX-HG"]
    assert table["actual"].tolist() == [10**9, 10**9]


def test_the_unit_set_decides_who_is_asked():
    plan = a_plan([an_indicator()], [a_target()])
    table = progress(plan, some_actuals({"stores": {"JX-GQ": {"2025Q2": 3}}}), Period.parse("2025Q2"), unit_set="jx9")
    assert city_row(table, "stores")["actual"] == 3
    assert city_row(table, "stores")["units_expected"] == 9
    narrow = progress(plan, some_actuals({"stores": {"JX-GQ": {"2025Q2": 3}}}), Period.parse("2025Q2"))
    assert (city_row(narrow, "stores")["actual"], city_row(narrow, "stores")["units_expected"]) == (None, 7)


def test_an_indicators_own_unit_set_holds_where_none_is_chosen():
    plan = a_plan([an_indicator(unit_set="jx9")], [a_target()])
    empty = some_actuals({})
    assert city_row(progress(plan, empty, Period.parse("2025Q2")), "stores")["units_expected"] == 9
    chosen = progress(plan, empty, Period.parse("2025Q2"), unit_set="jx7")
    assert city_row(chosen, "stores")["units_expected"] == 7


def test_a_target_that_only_says_a_direction_keeps_its_words():
    target = a_target("s", None, None, "none", printed="逐步提高", tags=("direction_up",))
    row = city_of(an_indicator("s", "share"), {A: {"2025Q2": (1, 2)}}, "2025Q2", targets=[target], units=(A,))
    assert (row["status"], row["target"], row["printed"], row["tags"]) == (
        "no_target",
        None,
        "逐步提高",
        ["direction_up"],
    )


# After the plan


def test_after_the_plans_end_the_last_figure_stands():
    figures = {A: {"2026Q3": 280, "2026Q4": 290}}
    options = {"targets": [a_target()], "units": (A,)}
    for quarter in ("2027Q1", "2028Q4"):
        row = city_of(an_indicator(), figures, quarter, **options)
        assert (row["actual"], row["status"], row["provisional"], tags_of(row, "final")) == (
            290,
            "missed",
            False,
            ["final:2026"],
        )
    flow = city_of(an_indicator("c", "cumulative"), {A: {"2026Q4": 5}}, "2028Q1", units=(A,), start="2026-10-01")
    assert (flow["actual"], flow["provisional"], tags_of(flow, "missing")) == (5, False, [])


def test_a_figure_reported_after_the_plans_end_still_counts():
    figures = {A: {"2026Q4": 290, "2027Q1": 301}, B: {"2026Q4": 0}}
    row = city_of(an_indicator(), figures, "2027Q3", targets=[a_target()], units=(A, B))
    assert (row["actual"], row["status"], row["units_stale"], row["value_period"]) == (301, "achieved", 1, "2027Q1")


def test_a_composite_has_no_forecast():
    row = both(two_parts(10, 10), 10, 9)
    assert [row[c] for c in ("pace_average", "pace_recent", "forecast_low", "forecast_high", "eta")] == [None] * 5
