"""The table itself: its columns, its rows, and that history is the same calculation."""

import re

import pandas as pd

from metrics.board import Board
from metrics.history import history
from metrics.period import Period
from metrics.progress import COLUMNS, progress
from tests.builders import AREA, JX7, a_plan, a_target, an_indicator, row_of, some_actuals, yearly_targets

A, B = JX7[:2]
EXPORTED = re.split(
    r"\s+",
    """
    indicator unit as_of kind baseline target comparison deadline expected actual attainment lead gap
    status provisional units_expected units_reported units_stale missing_units passing_units shortfall
    pace_average pace_recent pace_required forecast_low forecast_high eta rank path tags
""".strip(),
)


def small_world():
    plan = a_plan(
        [
            an_indicator("stores"),
            an_indicator("events", "annual"),
            an_indicator("rate", "share"),
            an_indicator("both", "composite", parts=("stores", "events"), reporters=()),
        ],
        [a_target("stores", 100), *yearly_targets("events", 20, (2024, 2025, 2026)), a_target("rate", 80)],
        units=[A, B],
    )
    actuals = some_actuals(
        {
            "stores": {A: {"2024Q1": 5, "2025Q1": 30}, B: {"2024Q4": 7}},
            "events": {A: {"2024Q1": 6, "2025Q1": 4}},
            "rate": {A: {"2025Q1": (3, 4)}, B: {"2025Q1": (1, 7)}},
            "unheard-of": {A: {"2025Q1": 1}},
        }
    )
    return plan, actuals


def test_the_columns_are_those_of_the_exports_and_then_ours():
    table = progress(*small_world(), Period.parse("2025Q1"))
    assert list(table.columns)[: len(EXPORTED)] == EXPORTED
    assert list(table.columns) == list(COLUMNS)
    assert all(column in (progress.__doc__ or "") for column in COLUMNS)


def test_the_city_stands_first_and_units_follow_in_the_plans_order():
    table = progress(*small_world(), Period.parse("2025Q1"))
    assert list(zip(table["indicator"], table["unit"], strict=True)) == [
        (name, unit) for name in ("stores", "events", "rate") for unit in (AREA, A, B)
    ] + [("both", AREA)]
    assert set(table["as_of"]) == {"2025Q1"}


def test_unknown_is_none_and_never_a_float():
    table = progress(*small_world(), Period.parse("2025Q1"))
    values = [value for column in table for value in table[column]]
    assert not any(isinstance(value, float) for value in values)
    assert row_of(table, "stores", A)["rank"] is None
    assert isinstance(row_of(table, "stores", A)["missing_units"], list)


def test_history_shows_the_same_figures_as_the_progress_table_of_each_quarter():
    plan, actuals = small_world()
    past = history(plan, actuals, Period.parse("2025Q1"))
    shared_columns = [column for column in past if column in COLUMNS and column not in ("indicator", "unit")]
    assert len(past) == 5 * (3 * 3 + 1)
    for quarter, rows in past.groupby("period"):
        table = progress(plan, actuals, Period.parse(str(quarter)))
        expected = table.set_index(["indicator", "unit"])[shared_columns]
        found = rows.set_index(["indicator", "unit"])[shared_columns].loc[expected.index]
        assert found.values.tolist() == expected.values.tolist()


def test_quarters_run_from_the_plans_start_oldest_first():
    past = history(*small_world(), Period.parse("2025Q1"))
    mine = past[(past["indicator"] == "stores") & (past["unit"] == AREA)]
    assert mine["period"].tolist() == ["2024Q1", "2024Q2", "2024Q3", "2024Q4", "2025Q1"]
    assert mine["actual"].tolist() == [5, 5, 5, 7, 37]


def test_one_board_serves_both_tables():
    plan, actuals = small_world()
    board, as_of = Board(plan, actuals), Period.parse("2025Q1")
    pd.testing.assert_frame_equal(progress(plan, actuals, as_of, board=board), progress(plan, actuals, as_of))
    pd.testing.assert_frame_equal(history(plan, actuals, as_of, board=board), history(plan, actuals, as_of))


def test_without_any_actual_every_figure_is_unknown_and_nobody_has_reported():
    plan, _ = small_world()
    table = progress(plan, some_actuals({}), Period.parse("2025Q1"))
    assert table["actual"].tolist() == [None] * len(table)
    assert set(table[table["unit"] == AREA]["status"]) == {"no_report"}
    assert table["units_reported"].tolist() == [0] * len(table)
    assert row_of(table, "stores", AREA)["missing_units"] == [A, B]


def test_a_target_is_shown_with_its_own_words():
    plan = a_plan([an_indicator()], [a_target(value=300, printed="300家以上", tags=("derived",))])
    row = row_of(progress(plan, some_actuals({}), Period.parse("2025Q1")), "stores", AREA)
    assert (row["printed"], "derived" in row["tags"]) == ("300家以上", True)
