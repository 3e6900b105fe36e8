"""How values roll up, kind by kind, and how the missing states stay apart."""

from decimal import Decimal

import pytest

from tests.builders import (
    AREA,
    JX7,
    NOT_APPLICABLE,
    a_count,
    a_target,
    an_indicator,
    city_of,
    city_row,
    row_of,
    some_shared,
    table_of,
    tags_of,
    yearly_targets,
)

A, B, C = JX7[:3]


# Levels


def test_a_level_is_carried_two_quarters_as_stale_and_then_is_no_report():
    figures = {A: {"2025Q1": 7}}
    for quarter, status, stale in (("2025Q1", "on_track", 0), ("2025Q2", "on_track", 1), ("2025Q3", "watch", 1)):
        row = row_of(table_of(an_indicator(), figures, quarter, targets=[a_target(unit=A, value=14)]), "stores", A)
        assert (row["actual"], row["status"], row["units_stale"]) == (7, status, stale)
        assert tags_of(row, "stale") == (["stale:2025Q1"] if stale else [])
        assert row["provisional"] is bool(stale)
        assert row["missing_units"] == []
    late = row_of(table_of(an_indicator(), figures, "2025Q4", targets=[a_target(unit=A, value=14)]), "stores", A)
    assert (late["actual"], late["status"], late["missing_units"]) == (None, "no_report", [A])


def test_a_city_level_adds_stale_levels_and_says_so():
    row = city_of(an_indicator(), {A: {"2025Q2": 7}, B: {"2025Q1": 5}}, "2025Q2")
    assert row["actual"] == 12
    assert (row["units_expected"], row["units_reported"], row["units_stale"]) == (3, 1, 1)
    assert (row["missing_units"], row["provisional"], row["value_period"]) == ([C], True, "2025Q2")
    assert tags_of(row, "stale") == ["stale:2025Q1"]


def test_a_complete_city_figure_is_not_provisional():
    row = city_of(an_indicator(), {u: {"2025Q2": 1} for u in (A, B, C)}, "2025Q2")
    assert (row["actual"], row["provisional"], row["missing_units"]) == (3, False, [])


def test_later_quarters_are_not_seen():
    row = city_of(an_indicator(), {A: {"2025Q2": 7, "2025Q3": 70}}, "2025Q2")
    assert row["actual"] == 7


# The four missing states


def test_not_reported_not_applicable_no_target_and_not_due_stay_apart():
    share = an_indicator("s", "share")
    targets = [a_target("s", 80, "2026-12-31", unit=unit) for unit in (A, B)]
    figures = {A: {"2025Q2": (NOT_APPLICABLE, NOT_APPLICABLE)}, C: {"2025Q2": (1, 2)}}
    table = table_of(share, figures, "2025Q2", targets=[*targets, a_target("s", 80)], units=(A, B, C))
    assert [row_of(table, "s", unit)["status"] for unit in (A, B, C, AREA)] == [
        "not_applicable",
        "no_report",
        "no_target",
        "not_due",
    ]


def test_a_unit_that_says_not_applicable_leaves_the_sum_and_still_counts_as_reported():
    row = city_of(an_indicator(), {A: {"2025Q2": NOT_APPLICABLE}, B: {"2025Q2": 5}, C: {"2025Q2": 6}}, "2025Q2")
    assert (row["actual"], row["units_reported"], row["provisional"]) == (11, 3, False)
    assert "not_applicable" in row["tags"]


def test_a_city_where_nothing_applies_is_not_applicable_but_a_missing_unit_keeps_it_open():
    nothing = {A: {"2025Q2": NOT_APPLICABLE}, B: {"2025Q2": NOT_APPLICABLE}}
    everyone = city_of(an_indicator(), nothing, "2025Q2", targets=[a_target()], units=(A, B))
    assert (everyone["actual"], everyone["status"]) == (None, "not_applicable")
    assert city_of(an_indicator(), nothing, "2025Q2", targets=[a_target()])["status"] == "no_report"


def test_zero_is_a_figure_and_not_a_missing_one():
    row = row_of(table_of(an_indicator(), {A: {"2025Q2": 0}}, "2025Q2", targets=[a_target(unit=A)]), "stores", A)
    assert (row["actual"], row["attainment"], row["missing_units"]) == (0, Decimal("0.0"), [])


# Flows


def test_a_cumulative_count_adds_up_from_the_plans_first_quarter():
    figures = {A: {"2023Q4": 99, "2024Q1": 1, "2024Q2": 2, "2024Q3": 4}}
    row = city_of(an_indicator("c", "cumulative"), figures, "2024Q2", units=(A,))
    assert (row["actual"], row["provisional"]) == (3, False)


def test_the_quarter_the_plan_starts_in_counts_even_if_it_starts_late():
    row = city_of(an_indicator("c", "cumulative"), {A: {"2022Q1": 5}}, "2022Q1", units=(A,), start="2022-03-30")
    assert row["actual"] == 5


def test_an_annual_count_starts_again_each_january():
    figures = {A: {"2024Q4": 50, "2025Q1": 3}}
    row = city_of(
        an_indicator("a", "annual"), figures, "2025Q1", targets=yearly_targets("a", 10, (2024, 2025)), units=(A,)
    )
    assert (row["actual"], row["deadline"].year, row["expected"]) == (3, 2025, Decimal("2.5"))


def test_a_yearly_count_keeps_the_final_verdict_of_its_last_target_year():
    figures = {A: {"2022Q1": 10, "2022Q2": 5, "2022Q3": 5, "2022Q4": 3, "2025Q3": 100}}
    options = {
        "targets": [a_target("y22", 24, "2022-12-31")],
        "units": (A,),
        "start": "2022-03-30",
        "end": "2025-12-31",
    }
    row = city_of(an_indicator("y22", "annual"), figures, "2025Q3", **options)
    assert (row["actual"], row["status"], row["gap"], row["lead"]) == (23, "missed", 1, Decimal("-4.2"))
    assert (row["value_period"], row["provisional"], tags_of(row, "final")) == ("2022Q4", False, ["final:2022"])
    assert (row["forecast_low"], row["eta"], row["pace_required"]) == (None, None, None)
    figures[A]["2022Q4"] = 4
    assert city_of(an_indicator("y22", "annual"), figures, "2025Q3", **options)["status"] == "achieved"


def test_this_years_count_is_not_judged_by_a_target_of_a_later_year():
    row = city_of(
        an_indicator("a", "annual"),
        {A: {"2024Q1": 30}},
        "2024Q1",
        targets=[a_target("a", 20, "2025-12-31")],
        units=(A,),
    )
    assert (row["status"], row["attainment"], row["lead"], row["target"]) == ("not_due", None, None, 20)


def test_a_flow_without_this_quarters_report_keeps_what_is_known_and_is_provisional():
    table = table_of(an_indicator("c", "cumulative"), {A: {"2024Q1": 4}}, "2024Q2", units=(A, B))
    row = row_of(table, "c", A)
    assert (row["actual"], row["units_reported"], row["missing_units"], row["provisional"]) == (4, 0, [A], True)
    city = city_row(table, "c")
    assert (city["actual"], city["missing_units"], tags_of(city, "missing")) == (
        4,
        [A, B],
        ["missing:2024Q1", "missing:2024Q2"],
    )


def test_a_not_applicable_quarter_of_a_flow_is_no_gap():
    figures = {A: {"2024Q1": NOT_APPLICABLE, "2024Q2": 4}}
    row = city_of(an_indicator("c", "cumulative"), figures, "2024Q2", units=(A,))
    assert (row["actual"], row["provisional"]) == (4, False)


# Shares


def test_a_share_of_a_unit_is_rounded_half_up_before_it_is_judged():
    figures = {A: {"2025Q2": (1599, 2000)}}
    row = city_of(an_indicator("s", "share"), figures, "2025Q2", targets=[a_target("s", 80)], units=(A,))
    assert (row["actual"], row["status"], row["attainment"], row["gap"]) == (
        Decimal("80.0"),
        "achieved",
        Decimal("100.0"),
        0,
    )
    lower = city_of(
        an_indicator("s", "share"), {A: {"2025Q2": (15989, 20000)}}, "2025Q2", targets=[a_target("s", 80)], units=(A,)
    )
    assert (lower["actual"], lower["status"], lower["gap"]) == (Decimal("79.9"), "not_due", Decimal("0.1"))


def test_a_share_of_nothing_is_not_applicable():
    row = city_of(
        an_indicator("s", "share"), {A: {"2025Q2": (0, 0)}}, "2025Q2", targets=[a_target("s", 80)], units=(A,)
    )
    assert (row["actual"], row["status"], row["units_reported"]) == (None, "not_applicable", 1)
    assert "zero_denominator" in row["tags"]


def test_a_share_of_money_is_a_percentage_and_not_yuan():
    share = an_indicator("s", "share", money=True)
    row = city_of(share, {A: {"2025Q2": (1, 3)}}, "2025Q2", units=(A,))
    assert (row["actual"], row["numerator"], row["denominator"]) == (Decimal("33.3"), 1, 3)


# Floors, milestones, composites


def test_a_floor_names_missing_units_and_does_not_count_them_as_zero():
    row = city_of(
        an_indicator("f", "floor"), {A: {"2025Q2": 3}, B: {"2025Q2": 1}}, "2025Q2", targets=[a_target("f", 3)]
    )
    assert (row["passing_units"], row["target"], row["shortfall"]) == (1, 3, 2)
    assert (row["missing_units"], row["provisional"]) == ([C], True)


def test_a_floor_is_achieved_only_when_every_unit_passes():
    levels = {u: {"2025Q2": 3} for u in (A, B, C)}
    assert city_of(an_indicator("f", "floor"), levels, "2025Q2", targets=[a_target("f", 3)])["status"] == "achieved"
    levels[C] = {"2025Q2": 30_000}
    levels[B] = {"2025Q2": 2}
    row = city_of(an_indicator("f", "floor"), levels, "2025Q2", targets=[a_target("f", 3)])
    assert (row["status"], row["attainment"]) == ("not_due", Decimal("66.7"))


def test_a_unit_to_which_a_floor_does_not_apply_leaves_the_denominator():
    levels = {A: {"2025Q2": 3}, B: {"2025Q2": NOT_APPLICABLE}, C: {"2025Q2": 3}}
    row = city_of(an_indicator("f", "floor"), levels, "2025Q2", targets=[a_target("f", 3)])
    assert (row["passing_units"], row["target"], row["status"]) == (2, 2, "achieved")


def test_an_undated_floor_has_no_deadline():
    row = city_of(an_indicator("f", "floor"), {A: {"2025Q2": 0}}, "2025Q2", targets=[a_target("f", 1, None)])
    assert (row["status"], row["passing_units"], row["path"]) == ("no_deadline", 0, None)


def test_a_missed_floor_shows_how_far_it_is_off():
    levels = {A: {"2027Q1": 3}, B: {"2027Q1": 2}, C: {"2027Q1": 3}}
    row = city_of(an_indicator("f", "floor"), levels, "2027Q1", targets=[a_target("f", 3)])
    assert (row["status"], row["lead"], row["expected"]) == ("missed", Decimal("-33.3"), 3)


def test_a_floor_without_a_minimum_has_no_figure_and_no_lamp():
    row = city_of(an_indicator("f", "floor"), {A: {"2025Q2": 3}}, "2025Q2")
    assert (row["status"], row["actual"], row["target"]) == ("no_target", None, None)


def test_a_milestone_counts_units_that_are_done_and_done_stays_done():
    figures = {A: {"2024Q1": 1}, B: {"2025Q4": 0}, C: {"2025Q4": 1}}
    table = table_of(an_indicator("m", "milestone"), figures, "2025Q4", targets=[a_target("m", 1, "2025-12-31")])
    row = city_row(table, "m")
    assert (row["actual"], row["target"], row["passing_units"], row["gap"]) == (2, 3, 2, 1)
    assert [row_of(table, "m", unit)["status"] for unit in (A, B, C)] == ["achieved", "critical", "achieved"]


def test_shares_and_floors_have_no_forecast():
    floor = city_of(an_indicator("f", "floor"), {A: {"2025Q2": 1}}, "2025Q2", targets=[a_target("f", 3)])
    share = city_of(an_indicator("s", "share"), {A: {"2025Q2": (1, 2)}}, "2025Q2", targets=[a_target("s", 80)])
    for found in (floor, share):
        assert [found[c] for c in ("pace_average", "pace_recent", "forecast_low", "forecast_high", "eta")] == [None] * 5


# Cadence


def cadence_row(every, weeks, quarter="2024Q1", **options):
    rule = a_count("media", ("url",), since=("published",), every=every)
    return city_of(an_indicator("voice", "cadence", count=rule), {A: weeks}, quarter, units=(A,), **options)


def test_a_cadence_is_weeks_with_a_row_of_the_weeks_elapsed():
    row = cadence_row("week", {"2024Q1": 12})
    assert (row["numerator"], row["denominator"], row["actual"], row["status"]) == (
        12,
        13,
        Decimal("92.3"),
        "no_target",
    )
    assert cadence_row("week", {"2024Q1": 12, "2024Q2": 13, "2024Q3": 13}, "2024Q3")["denominator"] == 40


def test_a_cadence_by_month_counts_months():
    row = cadence_row("month", {"2024Q1": 3, "2024Q2": 2}, "2024Q2")
    assert (row["numerator"], row["denominator"], row["actual"]) == (5, 6, Decimal("83.3"))


def test_a_week_that_lies_in_two_quarters_is_one_week():
    shared = some_shared([("voice", "2024-W40", A, "2024Q3", 1), ("voice", "2024-W40", A, "2024Q4", 1)])
    weeks = {"2024Q1": 13, "2024Q2": 13, "2024Q3": 14, "2024Q4": 14}
    row = cadence_row("week", weeks, "2024Q4", basis="derived", shared=shared)
    assert (row["numerator"], row["denominator"], row["actual"]) == (53, 53, Decimal("100.0"))


def test_a_cadence_without_its_rhythm_is_an_error():
    with pytest.raises(ValueError, match="voice"):
        city_of(an_indicator("voice", "cadence"), {A: {"2024Q1": 12}}, "2024Q1", units=(A,))
