"""Quarter on quarter: a level against the level before, an addition against the addition before."""

from decimal import Decimal
from typing import Any

from metrics.history import history
from metrics.period import Period
from metrics.plan import Kind
from metrics.quarterly import Quarterly, quarterly
from tests.builders import AREA, a_plan, a_target, an_indicator, some_actuals

ONE, TWO = "330402", "330411"


def of(kind: Kind, figures: dict[str, dict[str, Any]], as_of: str = "2025Q3") -> dict[str, Quarterly]:
    indicator = an_indicator("stores", kind)
    plan = a_plan([indicator], [a_target("stores", 30, "2026-12-31")], units=(ONE, TWO))
    past = history(plan, some_actuals({"stores": figures}), Period.parse(as_of))
    return quarterly(past, indicator, Period.parse(as_of), AREA)


def test_a_level_is_set_against_the_level_a_quarter_ago() -> None:
    found = of("stock", {ONE: {"2025Q2": 20, "2025Q3": 26}, TWO: {"2025Q2": 9, "2025Q3": 8}})
    assert (found[ONE].before, found[ONE].now, found[ONE].change) == (20, 26, 6)
    assert found[TWO].change == -1
    assert found[AREA].change == 5


def test_a_level_carried_over_is_no_change() -> None:
    found = of("stock", {ONE: {"2025Q2": 20}, TWO: {"2025Q2": 9, "2025Q3": 8}})
    assert (found[ONE].now, found[ONE].change) == (None, None)


def test_a_flow_compares_what_two_quarters_added() -> None:
    added = {"2025Q1": 5, "2025Q2": 10, "2025Q3": 12}
    for kind in ("cumulative", "annual"):
        found = of(kind, {ONE: added, TWO: added})  # type: ignore[arg-type]
        assert (found[ONE].before, found[ONE].now, found[ONE].change) == (10, 12, 2)
        assert found[AREA].now == 24


def test_a_yearly_count_begins_anew_in_january() -> None:
    found = of("annual", {ONE: {"2024Q4": 7, "2025Q1": 5}, TWO: {"2024Q4": 1, "2025Q1": 1}}, "2025Q1")
    assert (found[ONE].before, found[ONE].now, found[ONE].change) == (7, 5, -2)


def test_a_quarter_nobody_reported_is_not_zero() -> None:
    found = of("cumulative", {ONE: {"2025Q1": 5, "2025Q2": 10}, TWO: {"2025Q1": 1, "2025Q2": 1, "2025Q3": 3}})
    assert (found[ONE].now, found[ONE].change) == (None, None)
    assert found[TWO].change == 2


def test_a_sum_over_other_units_is_not_comparable() -> None:
    found = of("cumulative", {ONE: {"2025Q2": 10}, TWO: {"2025Q2": 1, "2025Q3": 3}})
    assert found[AREA].now == 3
    assert found[AREA].change is None


def test_what_was_last_told_long_ago_did_not_grow_in_one_quarter() -> None:
    found = of("stock", {ONE: {"2025Q1": 20, "2025Q3": 26}, TWO: {"2025Q2": 9, "2025Q3": 9}})
    assert (found[AREA].before, found[AREA].now, found[AREA].change) == (29, 35, None)


def test_a_share_changes_in_percentage_points() -> None:
    found = of("share", {ONE: {"2025Q2": (30, 100), "2025Q3": (42, 120)}, TWO: {"2025Q2": (1, 2), "2025Q3": (1, 2)}})
    assert found[ONE].change == Decimal("5.0")


def test_what_has_no_quarters_is_not_compared() -> None:
    assert of("milestone", {ONE: {"2025Q3": 1}}) == {}
