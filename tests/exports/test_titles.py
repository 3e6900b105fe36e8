"""Titles are counted from the data: nobody, one, several and all units behind."""

import pytest

from charts.palette import STATUS
from exports import card_data
from locales import LANGUAGES, catalogue
from metrics.result import Result
from tests.exports.worlds import allocated, composite, department, floor, share, stores

BY_LEAD = ("on_track", "watch", "behind", "critical")


def title(result: Result, card: str = "progress", language: str = "zh_CN") -> str:
    indicator = next(reversed(result.plan.indicators))
    return "".join(card_data(result, card, indicator, language)["title"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([90] * 7, "门店比序时快 31.7 个百分点，7地均达序时"),
        ([90, 90, 90, 90, 90, 90, 20], "门店比序时快 21.7 个百分点，桐乡滞后"),
        ([90, 90, 90, 90, 20, 20, 20], "门店比序时快 1.7 个百分点，海宁、平湖、桐乡3地滞后"),
        ([90, 90, 90, 10, 20, 20, 20], "门店比序时慢 9.7 个百分点，海盐、海宁等4地滞后"),
        ([20] * 7, "门店比序时慢 38.3 个百分点，7地均滞后"),
        ([55] * 7, "门店比序时慢 3.3 个百分点，7地均略慢"),
        ([90, 90, 90, 90, 90, 90, 55], "门店比序时快 26.7 个百分点，桐乡略慢"),
        ([100] * 7, "门店达700家，已完成目标，7地均达序时"),
        ([90, None, 90, 90, 90, 90, 90], "门店比序时快 18.8 个百分点，已报各地均达序时"),
    ],
)
def test_the_title_counts_the_units_behind(levels: list[int | None], expected: str) -> None:
    assert title(allocated(levels)) == expected


def test_units_without_a_target_of_their_own_are_never_called_late() -> None:
    assert title(stores()) == "工厂店培育总数比序时慢 16.3 个百分点，海宁最多（25家）"


def test_zero_is_news() -> None:
    assert title(stores((20, 18, 15, 0, 25, 28, 20))).endswith("海盐仍为零")


def test_nothing_reported_is_said_and_not_shown_as_zero() -> None:
    assert title(stores((None,) * 7)) == "工厂店培育总数尚未报送"


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((3, 4, 2, 3, 0, 5, 3), "集聚区：7地中5地达标，海宁、嘉善2地未达标"),
        ((3, 4, 2, 3, 3, 5, 3), "集聚区：7地中6地达标，嘉善未达标"),
        ((3,) * 7, "集聚区：7地中7地达标，各地均已达标"),
        ((1,) * 7, "集聚区：7地中0地达标，7地均未达标"),
    ],
)
def test_a_floor_counts_those_below_the_minimum(levels: tuple[int, ...], expected: str) -> None:
    assert title(floor(levels)) == expected


def test_a_share_is_short_of_its_target_in_percentage_points() -> None:
    assert title(share()) == "内销企业比例为40.0%，距2026年底目标差40.0个百分点"


def test_a_composite_says_how_many_goals_are_met() -> None:
    assert title(composite()) == "双千亿：2项中1项已达标"


def test_a_department_is_not_blamed_as_a_place() -> None:
    assert title(department()) == "新增出口额比序时慢 19.9 个百分点"


def test_the_waterfall_names_the_widest_gaps_and_their_sum() -> None:
    assert title(allocated([90, 90, 90, 90, 20, 10, 90]), "waterfall").endswith("平湖、海宁合计少86.6家")


def test_the_tile_grid_says_since_when() -> None:
    assert title(allocated([90, 90, 90, 90, 90, 90, 5]), "tilegrid").startswith("桐乡连续")


def test_the_scorecard_counts_indicators() -> None:
    assert title(stores(), "scorecard") == "全市1项可评判指标中1项未达，工厂店培育总数差距最大（慢 16.3 个百分点）"


def test_titles_exist_in_english() -> None:
    assert (
        title(stores(), language="en")
        == "Factory stores: 16.3 points behind schedule; most in Haining City (25 stores)"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_status_has_its_own_title(language: str) -> None:
    keys = catalogue(language)
    assert [status for status in STATUS if f"titles.city_{status}" not in keys and status not in BY_LEAD] == []


def test_with_fewer_than_half_the_units_the_title_says_so_and_names_no_largest() -> None:
    few = stores((20, None, 15, None, None, None, 30))
    for card in ("progress", "tilegrid", "waterfall"):
        assert "7个单位中仅3个有数" in "".join(card_data(few, card, "stores")["title"])  # type: ignore[arg-type]
    assert "有数" not in "".join(card_data(stores(), "progress", "stores")["title"])  # type: ignore[arg-type]
