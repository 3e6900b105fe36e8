from datetime import date
from decimal import Decimal

import pandas as pd

from charts.values import (
    by,
    difference,
    drawn,
    gained,
    in_measure,
    measured,
    measured_goal,
    promised,
    status_words,
    tag_words,
    without_blanks,
    written,
)
from metrics.plan import Indicator
from tests.builders import a_target, an_indicator, words


def money() -> Indicator:
    return an_indicator("exports", "cumulative", money=True, measure=words("亿元", "CNY 100m"))


def test_money_is_drawn_and_written_in_the_plans_measure() -> None:
    assert drawn(Decimal(960_000_000), money()) == 9.6
    assert measured(Decimal(960_000_000), money(), "zh_CN") == "9.6亿元"
    assert measured(Decimal(960_000_000), money(), "en") == "9.6 CNY 100m"


def test_unknown_is_a_dash_and_has_no_place_on_an_axis() -> None:
    assert drawn(None, money()) is None
    assert measured(None, money(), "zh_CN") == "—"


def test_a_share_and_a_cadence_are_percentages_and_their_distances_are_points() -> None:
    share, cadence = an_indicator("share", "share"), an_indicator("media", "cadence", measure=words("周", "weeks"))
    assert measured(Decimal("74.5"), share, "zh_CN") == "74.5%"
    assert measured(Decimal("81.5"), cadence, "zh_CN") == "81.5%"
    assert difference(Decimal("5.5"), share, "zh_CN") == "5.5 个百分点"
    assert difference(Decimal(5), an_indicator(), "zh_CN") == "5家"


def test_a_difference_carries_its_sign() -> None:
    assert [gained(Decimal(value), an_indicator()) for value in (6, 0, -2)] == ["+6", "0", "−2"]


def test_a_target_is_written_with_the_comparison_the_plan_prints() -> None:
    def said(comparison: str, value: int) -> str:
        return promised(a_target("stores", value, comparison=comparison), an_indicator(), "zh_CN")

    assert (said(">=", 300), said("=", 100), said(">", 10000)) == ("≥300家", "100家", ">10000家")


def test_the_number_of_a_target_has_no_commas_and_no_empty_decimals() -> None:
    money = an_indicator("exports", "cumulative", money=True, measure=words("亿元", "CNY 100m"))
    share = an_indicator("share", "share", measure=words("%", "%"))
    assert measured_goal(Decimal(10**11), money, "zh_CN", "=") == "1000亿元"
    assert measured_goal(Decimal(960_000_000), money, "en") == "9.6 CNY 100m"
    assert measured_goal(Decimal("80.0"), share, "zh_CN", ">=") == "≥80%"
    assert measured_goal(None, share, "zh_CN") == "—"


def test_a_year_end_is_named_as_plans_name_it() -> None:
    assert by(date(2026, 12, 31), "zh_CN") == "2026年底"
    assert by(date(2022, 6, 30), "zh_CN") == "2022年6月30日"
    assert by(None, "zh_CN") == "原文无期限"


def test_quarters_that_follow_one_another_are_told_as_one_span() -> None:
    gaps = ["missing:2024Q3", "missing:2024Q4", "missing:2025Q1", "missing:2025Q3", "stale:2025Q3"]
    assert tag_words(gaps, "zh_CN") == ["缺2024年三季度至2025年一季度", "缺2025年三季度", "沿用2025年三季度"]


def test_a_tag_without_words_is_left_to_programs() -> None:
    assert tag_words(["missing:2025Q2", "a_plans_own_tag", "shared:3"], "zh_CN") == [
        "缺2025年二季度",
        "3个重复对象只计一次",
    ]


def test_a_status_is_a_shape_and_a_word() -> None:
    assert status_words("behind", True, "zh_CN") == "◆ 滞后（暂定）"
    assert status_words("achieved", False, "en") == "★ Achieved"


def test_a_column_that_says_nothing_of_any_row_is_left_out() -> None:
    table = pd.DataFrame({"a": ["1", "2"], "b": ["—", "—"], "c": ["—", "3"]})
    assert list(without_blanks(table).columns) == ["a", "c"]


def test_money_of_a_roster_is_shown_in_the_measure_of_its_heading() -> None:
    assert in_measure("4820000", "万元") == "482"
    assert in_measure("4825000", "万元") == "482.5"
    assert in_measure("4820000", "元") == "4,820,000"


def test_a_figure_is_rounded_half_up() -> None:
    assert written(Decimal("12.25"), an_indicator("share", "share")) == "12.3"
