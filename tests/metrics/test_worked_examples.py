"""The eight worked examples of the rules (semantics §5), figure by figure."""

from decimal import Decimal

from metrics.history import history
from metrics.period import Period
from metrics.progress import progress
from tests.builders import (
    AREA,
    JX7,
    a_count,
    a_plan,
    a_target,
    an_indicator,
    city_row,
    row_of,
    some_actuals,
    some_shared,
    yearly_targets,
)


def at(plan, actuals, quarter, **options):
    return progress(plan, actuals, Period.parse(quarter), **options)


def one_unit(indicator, quarters):
    return some_actuals({indicator: {"330402": quarters}})


def test_stores_at_the_second_quarter_of_2025_are_slightly_behind_the_straight_line():
    plan = a_plan(
        [an_indicator("stores")],
        [a_target("stores", 100, "2024-12-31", "="), a_target("stores", 300, "2026-12-31")],
        units=["330402"],
    )
    row = city_row(at(plan, one_unit("stores", {"2025Q2": 126}), "2025Q2"), "stores")
    assert row["expected"] == Decimal("149.589")
    assert (row["target"], row["comparison"], str(row["deadline"])) == (300, ">=", "2026-12-31")
    assert row["attainment"] == Decimal("42.0")
    assert row["lead"] == Decimal("-7.9")
    assert row["status"] == "watch"
    assert row["gap"] == 174
    assert row["quarters_left"] == 6
    assert row["pace_required"] == 29
    assert row["pace_average"] == 21
    assert row["path"] == "linear"
    assert {"assumed_baseline", "assumed_path"} <= set(row["tags"])


def test_promotion_events_are_judged_by_this_year_only():
    plan = a_plan(
        [an_indicator("promo-events", "annual")],
        yearly_targets("promo-events", 100, (2024, 2025, 2026)),
        units=["330402"],
    )
    actuals = one_unit(
        "promo-events",
        {"2024Q1": 30, "2024Q2": 40, "2024Q3": 30, "2024Q4": 40, "2025Q1": 20, "2025Q2": 31, "2025Q3": 30},
    )
    row = city_row(at(plan, actuals, "2025Q3"), "promo-events")
    assert (row["actual"], row["expected"], row["lead"], row["status"]) == (81, 75, Decimal("6.0"), "on_track")
    assert city_row(at(plan, actuals, "2024Q4"), "promo-events")["actual"] == 140


def test_county_clusters_count_units_that_pass_and_never_the_mean():
    plan = a_plan([an_indicator("clusters-county", "floor")], [a_target("clusters-county", 3)])
    levels = dict(zip(JX7, (3, 4, 2, 3, 0, 5, 3), strict=True))
    table = at(plan, some_actuals({"clusters-county": {u: {"2025Q2": n} for u, n in levels.items()}}), "2025Q2")
    row = city_row(table, "clusters-county")
    assert (row["passing_units"], row["actual"], row["target"], row["shortfall"]) == (5, 5, 7, 4)
    assert (row["gap"], row["status"]) == (2, "not_due")
    assert row_of(table, "clusters-county", "330481")["shortfall"] == 3
    assert row_of(table, "clusters-county", "330402")["status"] == "achieved"


def test_the_domestic_share_of_the_city_is_a_ratio_of_sums():
    plan = a_plan(
        [an_indicator("domestic-share", "share")], [a_target("domestic-share", 80, "2025-12-31")], units=JX7[:3]
    )
    pairs = zip(JX7, ((300, 400), (90, 100), (10, 500)), strict=False)
    table = at(plan, some_actuals({"domestic-share": {u: {"2025Q2": pair} for u, pair in pairs}}), "2025Q2")
    row = city_row(table, "domestic-share")
    assert (row["numerator"], row["denominator"], row["actual"]) == (400, 1000, Decimal("40.0"))
    assert row["status"] == "not_due"


def test_exactly_ten_thousand_trade_entities_do_not_pass_more_than_ten_thousand():
    plan = a_plan(
        [an_indicator("trade-entities", path="step")],
        [a_target("trade-entities", 10000, "2025-12-31", ">")],
        units=["330402"],
    )
    row = city_row(at(plan, one_unit("trade-entities", {"2025Q2": 10000}), "2025Q2"), "trade-entities")
    assert (row["status"], row["attainment"]) == ("not_due", Decimal("100.0"))
    more = city_row(at(plan, one_unit("trade-entities", {"2025Q2": 10001}), "2025Q2"), "trade-entities")
    assert more["status"] == "achieved"


def test_the_double_goal_needs_both_parts_and_attains_the_smaller():
    yi = 10**8
    plan = a_plan(
        [
            an_indicator("exports-new", "cumulative", money=True, reporters=("JX-HG",)),
            an_indicator("domestic-sales-new", "cumulative", money=True, reporters=("JX-SWJ",)),
            an_indicator("double-100bn", "composite", parts=("exports-new", "domestic-sales-new"), reporters=()),
        ],
        [
            a_target("exports-new", 1000 * yi, "2025-12-31", "="),
            a_target("domestic-sales-new", 1000 * yi, "2025-12-31"),
            a_target("double-100bn", 2, "2025-12-31", "="),
        ],
    )
    actuals = some_actuals(
        {
            "exports-new": {"JX-HG": {"2024Q1": 1020 * yi}},
            "domestic-sales-new": {"JX-SWJ": {"2024Q1": 640 * yi}},
        }
    )
    table = at(plan, actuals, "2024Q1")
    row = city_row(table, "double-100bn")
    assert (row["actual"], row["target"], row["attainment"]) == (1, 2, Decimal("64.0"))
    assert row["status"] == "not_due"
    assert {"part:exports-new", "part:domestic-sales-new"} <= set(row["tags"])
    assert list(table[table["indicator"] == "double-100bn"]["unit"]) == [AREA]
    assert city_row(table, "exports-new")["attainment"] == Decimal("102.0")


def test_a_missing_quarter_of_a_cumulative_count_is_named_and_not_filled():
    plan = a_plan([an_indicator("firms", "cumulative")], [a_target("firms", 100)], units=["330402"], start="2025-01-01")
    table = at(plan, one_unit("firms", {"2025Q1": 10, "2025Q3": 12}), "2025Q3")
    for unit in (AREA, "330402"):
        row = row_of(table, "firms", unit)
        assert (row["actual"], row["provisional"]) == (22, True)
        assert [tag for tag in row["tags"] if tag.startswith("missing")] == ["missing:2025Q2"]
    assert city_row(table, "firms")["units_reported"] == 1


def test_a_store_listed_by_two_units_is_counted_once_in_the_city():
    plan = a_plan([an_indicator("stores", count=a_count())], [a_target()], units=JX7[:2])
    actuals = some_actuals({"stores": {JX7[0]: {"2025Q2": 40}, JX7[1]: {"2025Q2": 35}}}, basis="derived")
    shared = some_shared(
        [("stores", "913304|road1", JX7[0], "2025Q2", 1), ("stores", "913304|road1", JX7[1], "2025Q2", 1)]
    )
    table = at(plan, actuals, "2025Q2", shared=shared)
    assert [row_of(table, "stores", unit)["actual"] for unit in (*JX7[:2], AREA)] == [40, 35, 74]
    assert "shared:1" in city_row(table, "stores")["tags"]
    past = history(plan, actuals, Period.parse("2025Q2"), shared=shared)
    assert past[(past["unit"] == AREA) & (past["period"] == "2025Q2")]["actual"].tolist() == [74]
