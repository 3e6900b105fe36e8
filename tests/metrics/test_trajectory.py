"""Targets in force, and the four rules of an assumed path."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from metrics.period import Period
from metrics.progress import progress
from metrics.trajectory import Targets, in_force, path_points, path_rule
from tests.builders import (
    AREA,
    JX7,
    a_plan,
    a_target,
    an_indicator,
    city_row,
    row_of,
    some_actuals,
    yearly_targets,
)

A, B = JX7[:2]


def row_at(quarter, indicator, targets, value=None, **options):
    plan = a_plan([indicator], targets, units=[A], **options)
    figures = {indicator.indicator: {A: {quarter: value}}}
    return city_row(progress(plan, some_actuals(figures), Period.parse(quarter)), indicator.indicator)


def expected_at(quarter, indicator, targets, **options):
    return row_at(quarter, indicator, targets, **options)["expected"]


def test_each_kind_has_its_usual_path_and_the_plan_may_name_another():
    usual = {kind: path_rule(an_indicator("x", kind)) for kind in ("stock", "cumulative", "annual", "share", "floor")}
    assert usual == {"stock": "linear", "cumulative": "linear", "annual": "prorata", "share": "step", "floor": "step"}
    assert [path_rule(an_indicator("x", kind)) for kind in ("milestone", "composite", "cadence")] == ["step"] * 3
    assert path_rule(an_indicator("x", path="step")) == "step"


def test_the_target_in_force_has_the_nearest_deadline_and_at_the_end_the_last():
    targets = Targets(a_plan([an_indicator()], [a_target(value=300), a_target(value=100, deadline="2024-12-31")]))
    rows = targets.of(an_indicator(), AREA)
    days = {date(2024, 3, 31): 100, date(2024, 12, 31): 100, date(2025, 3, 31): 300, date(2027, 3, 31): 300}
    assert {day: in_force(rows, day).value for day in days} == days
    assert in_force((), date(2024, 3, 31)) is None


def test_an_undated_target_is_in_force_only_without_a_dated_one():
    targets = Targets(a_plan([an_indicator()], [a_target(value=5, deadline=None), a_target(value=7)]))
    assert in_force(targets.of(an_indicator(), AREA), date(2025, 3, 31)).value == 7
    undated = Targets(a_plan([an_indicator()], [a_target(value=5, deadline=None)]))
    assert in_force(undated.of(an_indicator(), AREA), date(2025, 3, 31)).value == 5


def test_a_revised_target_counts_in_the_version_of_the_plan():
    targets = [a_target(value=300, version="2"), a_target(value=250, version="1")]
    assert row_at("2025Q1", an_indicator(), targets, version="1")["target"] == 250
    assert row_at("2025Q1", an_indicator(), targets, version="2")["target"] == 300


def test_a_target_without_a_value_promises_nothing():
    row = row_at("2025Q1", an_indicator(), [a_target(value=None, comparison="none")], 5)
    assert (row["target"], row["status"], row["path"]) == (None, "no_target", None)


def test_a_linear_path_runs_by_days_from_the_day_before_the_plan():
    targets = [a_target(value=366, deadline="2024-12-31")]
    assert expected_at("2024Q1", an_indicator(), targets) == 91
    assert expected_at("2024Q4", an_indicator(), targets) == 366


def test_a_linear_path_bends_at_each_deadline_and_stays_at_the_last():
    targets = [a_target(value=366, deadline="2024-12-31"), a_target(value=731, deadline="2025-12-31")]
    assert expected_at("2025Q1", an_indicator(), targets) == 366 + 90
    assert expected_at("2026Q2", an_indicator(), targets) == 731


def test_a_linear_path_starts_at_a_known_baseline_without_the_tag():
    row = row_at("2024Q1", an_indicator(baseline=100), [a_target(value=466, deadline="2024-12-31")])
    assert (row["expected"], row["baseline"], "assumed_baseline" in row["tags"]) == (191, 100, False)
    assert "assumed_path" in row["tags"]


def test_a_citys_baseline_is_not_a_countys():
    plan = a_plan([an_indicator(baseline=100)], [a_target(), a_target(unit=A, value=50)], units=[A])
    table = progress(plan, some_actuals({}), Period.parse("2024Q1"))
    assert row_of(table, "stores", A)["baseline"] == 0
    assert "assumed_baseline" in row_of(table, "stores", A)["tags"]


def test_a_prorata_path_is_a_quarter_of_the_target_each_quarter():
    annual = an_indicator("a", "annual")
    targets = yearly_targets("a", 30, (2024, 2025))
    values = [expected_at(quarter, annual, targets) for quarter in ("2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4")]
    assert values == [30, Decimal("7.5"), 15, Decimal("22.5"), 30]


def test_a_yearly_count_on_a_linear_path_starts_from_nothing_each_january():
    annual = an_indicator("a", "annual", path="linear")
    targets = yearly_targets("a", 365, (2025, 2026))
    assert [expected_at(quarter, annual, targets) for quarter in ("2025Q1", "2026Q1")] == [90, 90]


def test_a_step_path_expects_nothing_before_the_deadline_and_everything_on_it():
    stock = an_indicator(path="step")
    before = row_at("2026Q3", stock, [a_target(value=300)], 200)
    assert (before["expected"], before["lead"], before["status"], before["gap"]) == (None, None, "not_due", 100)
    there = row_at("2026Q4", stock, [a_target(value=300)], 200)
    assert (there["expected"], there["lead"], there["status"]) == (300, Decimal("-33.3"), "missed")
    after = row_at("2027Q1", stock, [a_target(value=300)], 200)
    assert (after["status"], after["expected"]) == ("missed", 300)


def test_an_unknown_baseline_of_a_step_path_stays_unknown():
    row = row_at("2025Q2", an_indicator(path="step"), [a_target(value=10000, comparison=">")], 9000)
    assert (row["baseline"], row["pace_average"], row["forecast_low"]) == (None, None, None)
    assert "assumed_baseline" not in row["tags"]


def test_a_listed_path_takes_the_plans_own_values_and_is_no_assumption():
    listed = an_indicator(path="listed", listed=((date(2024, 6, 30), Decimal(40)), (date(2024, 12, 31), Decimal(90))))
    row = row_at("2024Q2", listed, [a_target(value=100)], 50)
    assert (row["expected"], row["path"], row["lead"]) == (40, "listed", Decimal("10.0"))
    assert "assumed_path" not in row["tags"]
    assert expected_at("2024Q3", listed, [a_target(value=100)]) == 40
    assert expected_at("2024Q1", listed, [a_target(value=100)]) is None


def test_a_listed_path_is_the_citys_and_units_step():
    listed = an_indicator(path="listed", listed=((date(2024, 6, 30), Decimal(40)),))
    plan = a_plan([listed], [a_target(value=100), a_target(value=10, unit=A)], units=[A])
    row = row_of(progress(plan, some_actuals({"stores": {A: {"2024Q2": 3}}}), Period.parse("2024Q2")), "stores", A)
    assert (row["path"], row["expected"], row["status"]) == ("step", None, "not_due")


def test_units_with_own_dated_targets_have_their_own_paths():
    plan = a_plan(
        [an_indicator()],
        [a_target(value=732, deadline="2024-12-31"), a_target(value=366, deadline="2024-12-31", unit=A)],
    )
    table = progress(plan, some_actuals({}), Period.parse("2024Q1"))
    assert (city_row(table, "stores")["expected"], row_of(table, "stores", A)["expected"]) == (182, 91)
    assert row_of(table, "stores", B)["expected"] is None


def test_one_units_minimum_is_no_target_for_the_sum_of_units():
    stock = an_indicator(scope="each_unit")
    plan = a_plan([stock], [a_target(value=3)], units=[A, B])
    table = progress(plan, some_actuals({"stores": {A: {"2024Q1": 3}, B: {"2024Q1": 1}}}), Period.parse("2024Q1"))
    assert [row_of(table, "stores", unit)["target"] for unit in (AREA, A, B)] == [None, 3, 3]
    assert row_of(table, "stores", A)["status"] == "achieved"


def test_the_corners_of_a_path_can_be_drawn_to_its_end():
    plan = a_plan([an_indicator()], [a_target(value=100, deadline="2024-12-31"), a_target(value=300)])
    assert path_points(plan, plan.indicators["stores"], AREA) == [
        (date(2023, 12, 31), 0),
        (date(2024, 12, 31), 100),
        (date(2026, 12, 31), 300),
    ]
    assert path_points(plan, plan.indicators["stores"], A) == []
    yearly = a_plan([an_indicator("a", "annual")], yearly_targets("a", 30, (2024, 2025)))
    days = [(date(2023, 12, 31), 0), (date(2024, 12, 31), 30), (date(2024, 12, 31), 0), (date(2025, 12, 31), 30)]
    assert path_points(yearly, yearly.indicators["a"], AREA) == days


def test_a_step_path_has_no_corners_and_a_listed_one_has_its_own():
    listed = an_indicator("l", path="listed", listed=((date(2024, 6, 30), Decimal(40)),))
    plan = a_plan([an_indicator("s", path="step"), listed], [a_target("s"), a_target("l")])
    assert path_points(plan, plan.indicators["s"], AREA) == []
    assert path_points(plan, plan.indicators["l"], AREA) == [(date(2024, 6, 30), 40)]


def test_the_path_is_exact_and_rounded_only_at_the_end():
    row = row_at("2025Q2", an_indicator(), [a_target(value=100, deadline="2024-12-31"), a_target(value=300)], 126)
    exact = 100 + Fraction(200 * 181, 730)
    assert row["expected"] == Decimal(round(exact * 10**4)).scaleb(-4)
