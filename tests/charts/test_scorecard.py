"""Which unit stands where on the scorecard, and what its cells say; and the tiles."""

import pytest

from charts.scorecard import first_measure, measures, scorecard
from charts.tiles import places, tiles
from metrics.period import Period
from metrics.plan import Plan
from metrics.result import Result
from tests.builders import JX7, NOT_APPLICABLE, a_plan, a_target, an_indicator, words
from tests.charts.test_headline import a_result

LEVELS = {"330402": 40, "330411": 5, "330421": 20, "330424": NOT_APPLICABLE, "330481": 30, "330482": 10}


def a_world(levels: dict[str, object] = LEVELS) -> tuple[Plan, Result]:
    """Every county has to reach 40 by the end of 2026; `free` binds nobody."""
    plan = a_plan(
        [an_indicator("free"), an_indicator("bound", scope="allocation", path="linear", measure=words("家", ""))],
        [*(a_target("bound", 40, unit=unit) for unit in JX7), a_target("bound", 280)],
    )
    figures = {unit: {"2025Q2": level} for unit, level in levels.items()}
    return plan, a_result(plan, {"bound": figures, "free": figures})


def test_the_best_stand_first_and_who_cannot_be_judged_stands_last() -> None:
    _, result = a_world()
    order = [row.unit for row in scorecard(result, "lead", "zh_CN").rows]
    assert order[:3] == ["330402", "330421", "330481"]
    assert set(order[-2:]) == {"330424", "330483"}


def test_what_binds_each_unit_comes_before_what_binds_nobody() -> None:
    _, result = a_world()
    assert [i.indicator for i in scorecard(result, "actual", "zh_CN").indicators] == ["bound", "free"]


def test_a_measure_shows_only_the_indicators_that_have_it() -> None:
    _, result = a_world()
    assert [i.indicator for i in scorecard(result, "lead", "zh_CN").indicators] == ["bound"]
    assert measures(result) == ("lead", "attainment", "actual")
    assert first_measure(result) == "actual"


def test_a_figure_without_a_target_of_its_own_carries_no_lamp() -> None:
    _, result = a_world()
    row = next(row for row in scorecard(result, "actual", "zh_CN").rows if row.unit == "330402")
    bound, free = row.cells
    assert (bound.lit, bound.status) == (True, "achieved")
    assert (free.lit, free.shown, free.share) == (False, "40", 100.0)


@pytest.mark.parametrize(("unit", "status"), [("330424", "not_applicable"), ("330483", "no_report")])
def test_not_applicable_and_not_reported_stay_apart(unit: str, status: str) -> None:
    _, result = a_world()
    row = next(row for row in scorecard(result, "actual", "zh_CN").rows if row.unit == unit)
    assert {cell.status for cell in row.cells} == {status}
    assert {cell.shown for cell in row.cells} == {"—"}


def test_each_column_counts_who_is_behind() -> None:
    _, result = a_world()
    card = scorecard(result, "lead", "zh_CN")
    behind = sum(row.standing.bad for row in card.rows)
    assert card.behind == (behind,)
    assert behind == 2


def test_the_tiles_of_the_two_unit_sets_are_laid_out_without_overlap() -> None:
    for unit_set in ("jx7", "jx9"):
        laid_out = places(unit_set)
        assert len(set(laid_out.values())) == len(laid_out)


def test_every_unit_set_of_every_plan_is_laid_out_at_every_moment(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        for unit_set in plan.unit_sets:
            for quarter in (Period.of(plan.start), Period.of(plan.end)):
                units = (plan.area, *plan.units_of(unit_set, quarter))
                laid_out = [places(unit_set)[unit] for unit in units]
                assert len(set(laid_out)) == len(units), unit_set


def test_a_unit_set_nobody_laid_out_still_has_a_tile_for_everybody() -> None:
    plan, _ = a_world()
    moved = a_plan(plan.indicators.values(), plan.targets, unit_sets={"new": JX7}, unit_set="new")
    result = a_result(moved, {"bound": {unit: {"2025Q2": 1} for unit in JX7}})
    grid = tiles(result, moved.indicators["bound"], "zh_CN")
    assert len({(tile.row, tile.column) for tile in grid}) == len(JX7) + 1


def test_a_quarter_without_a_figure_is_a_gap_and_no_column_of_nothing() -> None:
    plan, result = a_world({"330402": 0})
    nanhu, xiuzhou = (
        next(tile for tile in tiles(result, plan.indicators["free"], "zh_CN") if tile.unit == unit)
        for unit in ("330402", "330411")
    )
    assert [column.size for column in nanhu.columns][-2:] == [None, 0.0]
    assert {column.size for column in xiuzhou.columns} == {None}


def test_columns_go_down_for_quarters_behind_the_path() -> None:
    plan, result = a_world(dict.fromkeys(JX7, 1))
    nanhu = next(tile for tile in tiles(result, plan.indicators["bound"], "zh_CN") if tile.unit == "330402")
    assert not nanhu.above
    assert nanhu.columns[-1].size == -100.0
