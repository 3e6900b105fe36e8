"""Paces per quarter, the range at the deadline, and the quarter of arrival."""

from decimal import Decimal
from fractions import Fraction

from metrics.forecast import arrival, forecast, pace_required
from metrics.period import Period
from metrics.progress import progress
from tests.builders import JX7, a_plan, a_target, an_indicator, city_row, some_actuals, yearly_targets

A = JX7[0]
NOW = Period.parse("2025Q2")


def outlook(levels, *, quarter="2025Q2", indicator=None, targets=None, **plan):
    made = indicator or an_indicator()
    promises = [a_target(made.indicator, 300)] if targets is None else targets
    actuals = some_actuals({made.indicator: {A: levels}})
    return city_row(
        progress(a_plan([made], promises, units=[A], **plan), actuals, Period.parse(quarter)), made.indicator
    )


def test_the_recent_pace_of_a_level_is_its_rise_over_four_quarters():
    row = outlook({"2024Q1": 10, "2024Q2": 50, "2024Q4": 80, "2025Q1": 100, "2025Q2": 126})
    assert (row["pace_recent"], row["pace_average"]) == (19, 21)
    assert (row["forecast_low"], row["forecast_high"]) == (126 + 19 * 6, 126 + 21 * 6)
    assert row["eta"] == "2027Q4"


def test_the_recent_pace_uses_fewer_quarters_where_fewer_exist():
    assert outlook({"2025Q1": 100, "2025Q2": 126})["pace_recent"] == 26
    early = outlook({"2024Q1": 8, "2024Q2": 20}, quarter="2024Q2")
    assert (early["pace_recent"], early["pace_average"]) == (10, 10)


def test_a_level_with_an_unknown_baseline_has_a_recent_pace_only_between_published_quarters():
    step = an_indicator(path="step")
    first = outlook({"2025Q2": 9000}, indicator=step)
    assert (first["pace_recent"], first["forecast_high"]) == (None, None)
    second = outlook({"2025Q1": 8900, "2025Q2": 9000}, indicator=step, targets=[a_target(value=10000)])
    assert (second["pace_recent"], second["pace_average"], second["forecast_low"]) == (100, None, 9600)


def test_the_pace_of_a_flow_is_what_was_added_per_published_quarter():
    row = outlook({"2024Q4": 4, "2025Q1": 6, "2025Q2": 11}, indicator=an_indicator("c", "cumulative"))
    assert (row["actual"], row["pace_recent"], row["pace_average"]) == (21, 7, Decimal("3.5"))


def test_a_yearly_count_is_forecast_within_its_year():
    annual = an_indicator("a", "annual")
    row = outlook(
        {"2024Q4": 40, "2025Q1": 20, "2025Q2": 30}, indicator=annual, targets=yearly_targets("a", 100, (2024, 2025))
    )
    assert (row["pace_average"], row["pace_recent"], row["pace_required"]) == (25, 30, 25)
    assert (row["forecast_low"], row["forecast_high"], row["eta"]) == (100, 110, "2025Q4")
    slow = outlook({"2025Q1": 2, "2025Q2": 3}, indicator=annual, targets=yearly_targets("a", 100, (2024, 2025)))
    assert slow["eta"] is None


def test_nothing_is_forecast_after_the_deadline():
    row = outlook({"2026Q4": 290, "2027Q1": 295}, quarter="2027Q1")
    assert [row[c] for c in ("status", "pace_required", "forecast_low", "quarters_left")] == ["missed", None, None, 0]


def test_an_achieved_target_needs_no_pace_and_has_no_arrival():
    row = outlook({"2025Q1": 280, "2025Q2": 300})
    assert (row["status"], row["pace_required"], row["eta"]) == ("achieved", 0, None)


def test_paces_of_money_are_whole_yuan():
    row = outlook(
        {"2024Q1": 100}, quarter="2024Q1", indicator=an_indicator("m", money=True), targets=[a_target("m", 201)]
    )
    assert row["pace_required"] == 9
    assert str(row["pace_required"]) == "9"


def test_the_required_pace_is_the_gap_over_the_quarters_left():
    assert pace_required(Fraction(174), 6) == 29
    assert pace_required(Fraction(5), 0) is None
    assert pace_required(Fraction(0), 0) == 0
    assert pace_required(Fraction(5), None) is None


def test_the_range_runs_from_the_smaller_to_the_larger_pace():
    assert forecast(Decimal(10), (Fraction(3), Fraction(1)), 4) == (14, 22)
    assert forecast(Decimal(10), (None, Fraction(1)), 4) == (14, 14)
    assert forecast(Decimal(10), (None, None), 4) == (None, None)
    assert forecast(Decimal(10), (Fraction(3), Fraction(1)), None) == (None, None)


def test_the_arrival_is_the_first_quarter_that_passes():
    assert arrival(Decimal(90), Fraction(5), ">=", Decimal(100), NOW) == Period(2025, 4)
    assert arrival(Decimal(90), Fraction(5), ">", Decimal(100), NOW) == Period(2026, 1)
    assert arrival(Decimal(100), Fraction(5), ">", Decimal(100), NOW) == Period(2025, 3)
    assert arrival(Decimal(90), Fraction(4), ">=", Decimal(100), NOW) == Period(2026, 1)


def test_there_is_no_arrival_without_a_rise_or_within_a_lifetime():
    assert arrival(Decimal(90), Fraction(0), ">=", Decimal(100), NOW) is None
    assert arrival(Decimal(90), Fraction(-3), ">=", Decimal(100), NOW) is None
    assert arrival(Decimal(90), None, ">=", Decimal(100), NOW) is None
    assert arrival(Decimal(0), Fraction(1), ">=", Decimal(1000), NOW) is None
