"""Districts re-formed in mid-plan: actuals stay in the unit of their date, and nobody is counted twice.

上 and 下 stood until 8 April 2021; on the 9th 上 took over 下's area under its old code, and 平 is new.
西 stood throughout.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from metrics.board import Board
from metrics.completeness import completeness, expected_units
from metrics.history import history
from metrics.period import Period
from metrics.plan import Plan
from metrics.progress import progress
from tests.builders import (
    AREA,
    a_plan,
    a_target,
    a_unit,
    an_indicator,
    city_row,
    row_of,
    some_actuals,
    some_submissions,
    tags_of,
)

LAST_DAY, FIRST_DAY = date(2021, 4, 8), date(2021, 4, 9)
OLD, GONE, NEW, BORN, SAME = "上", "下", "上@2021", "平", "西"
UNITS = (OLD, GONE, SAME, NEW, BORN)


def reformed(kind: str, **changes) -> Plan:
    plan = a_plan(
        [an_indicator("shops", kind, **changes)],
        [a_target("shops", 100, "2023-12-31")],
        units=UNITS,
        start="2020-10-01",
        end="2023-12-31",
    )
    spans = {unit: {"valid_to": LAST_DAY} for unit in (OLD, GONE)}
    spans |= {unit: {"valid_from": FIRST_DAY} for unit in (NEW, BORN)}
    return replace(plan, units=plan.units | {unit: a_unit(unit, **span) for unit, span in spans.items()})


FIGURES = {
    OLD: {"2020Q4": 10, "2021Q1": 12},
    GONE: {"2020Q4": 5, "2021Q1": 6},
    SAME: {"2020Q4": 20, "2021Q1": 21, "2021Q2": 24, "2021Q3": 25},
    NEW: {"2021Q2": 19, "2021Q3": 20},
    BORN: {"2021Q2": 3, "2021Q3": 4},
}


def table(kind: str, quarter: str, figures=FIGURES, **changes):
    return progress(reformed(kind, **changes), some_actuals({"shops": figures}), Period.parse(quarter))


@pytest.mark.parametrize(
    ("quarter", "units", "city"),
    [
        ("2021Q1", [OLD, GONE, SAME], 12 + 6 + 21),
        ("2021Q2", [SAME, NEW, BORN], 24 + 19 + 3),
    ],
)
def test_a_level_is_that_of_the_units_standing_on_the_day(quarter, units, city):
    found = table("stock", quarter)
    assert list(found["unit"]) == [AREA, *units]
    row = city_row(found, "shops")
    assert (row["actual"], row["units_expected"], row["units_reported"], row["missing_units"]) == (city, 3, 3, [])
    assert not row["provisional"]


def test_the_level_of_a_unit_that_is_gone_is_not_carried_on():
    """下's 6 shops of March are 上's in June; while 上 has not reported they are nobody's."""
    silent = {unit: quarters for unit, quarters in FIGURES.items() if unit != NEW}
    row = city_row(table("stock", "2021Q2", silent), "shops")
    assert (row["actual"], row["missing_units"], row["units_stale"]) == (24 + 3, [NEW], 0)


def test_a_flow_keeps_what_was_added_before_the_reform():
    before, after = (table("cumulative", quarter) for quarter in ("2021Q1", "2021Q2"))
    assert city_row(before, "shops")["actual"] == 10 + 12 + 5 + 6 + 20 + 21
    row = city_row(after, "shops")
    assert row["actual"] == 10 + 12 + 5 + 6 + 20 + 21 + 24 + 19 + 3
    assert (row["units_expected"], row["provisional"], tags_of(row, "former")) == (3, False, ["former:2"])
    born = row_of(after, "shops", BORN)
    assert (born["actual"], born["provisional"], tags_of(born, "missing")) == (3, False, [])


def test_a_quarter_that_a_former_unit_never_sent_stays_a_gap():
    silent = FIGURES | {GONE: {"2020Q4": 5}}
    row = city_row(table("cumulative", "2021Q3", silent), "shops")
    assert (row["provisional"], tags_of(row, "missing"), row["missing_units"]) == (True, ["missing:2021Q1"], [])


def test_a_yearly_count_adds_both_sides_of_the_reform():
    assert city_row(table("annual", "2021Q2"), "shops")["actual"] == 12 + 6 + 21 + 24 + 19 + 3


def test_the_pace_compares_the_city_with_the_city():
    """46 after the reform against 35 two quarters before: not against 西 alone, and nobody twice."""
    row = city_row(table("stock", "2021Q2", path="step"), "shops")
    assert row["pace_recent"] == (Decimal(46) - Decimal(35)) / 2
    flow = city_row(table("cumulative", "2021Q2"), "shops")
    assert flow["pace_recent"] == Decimal("40")


def test_the_past_has_the_rows_of_its_units():
    plan, actuals = reformed("stock"), some_actuals({"shops": FIGURES})
    past = history(plan, actuals, Period.parse("2021Q3"))
    quarters = {unit: list(past[past["unit"] == unit]["period"]) for unit in UNITS}
    assert quarters[OLD] == quarters[GONE] == ["2020Q4", "2021Q1"]
    assert quarters[NEW] == quarters[BORN] == ["2021Q2", "2021Q3"]
    assert quarters[SAME] == ["2020Q4", "2021Q1", "2021Q2", "2021Q3"]
    assert list(past[past["unit"] == AREA]["actual"]) == [35, 39, 46, 49]


def test_the_units_of_a_floor_are_those_of_the_day():
    plan = reformed("floor", scope="each_unit")
    board = Board(plan, some_actuals({"shops": FIGURES}))
    assert board.city("shops", Period.parse("2021Q1")).promise.value == 3
    assert board.city("shops", Period.parse("2021Q2")).rolled.units == (SAME, NEW, BORN)


def test_nobody_owes_a_quarter_in_which_they_do_not_stand():
    plan = reformed("stock")
    assert expected_units(plan, Period.parse("2021Q1")) == (OLD, GONE, SAME)
    assert expected_units(plan, Period.parse("2021Q2")) == (SAME, NEW, BORN)
    sent = some_submissions({(SAME, "2021Q2"): "2021-07-10T09:00"})
    states = completeness(plan, sent, Period.parse("2021Q2")).set_index("unit")["state"]
    assert dict(states.loc[list(UNITS)]) == {
        OLD: "not_expected",
        GONE: "not_expected",
        SAME: "received",
        NEW: "missing",
        BORN: "missing",
    }


def test_a_unit_that_ends_on_a_quarters_last_day_still_owes_that_quarter():
    plan = reformed("stock")
    ends = a_unit(OLD, valid_to=date(2021, 3, 31))
    changed = replace(plan, units=plan.units | {OLD: ends})
    assert OLD in expected_units(changed, Period.parse("2021Q1"))
    assert Board(changed, some_actuals({"shops": FIGURES})).city("shops", Period.parse("2021Q1")).actual == 39
