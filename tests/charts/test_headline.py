"""What a headline card says."""

import base64
from datetime import datetime
from typing import Any

from charts.headline import Headline, headline
from metrics.completeness import completeness
from metrics.history import history
from metrics.period import Period
from metrics.plan import Plan
from metrics.progress import progress
from metrics.result import Result
from tests.builders import a_plan, a_target, an_indicator, some_actuals, some_submissions, words, yearly_targets


def a_result(plan: Plan, figures: dict[str, dict[str, dict[str, Any]]], as_of: str = "2025Q2") -> Result:
    actuals, quarter = some_actuals(figures), Period.parse(as_of)
    return Result(
        plan=plan,
        as_of=quarter,
        known_at=datetime(2026, 1, 1),
        unit_set=plan.unit_set,
        progress=progress(plan, actuals, quarter),
        history=history(plan, actuals, quarter),
        completeness=completeness(plan, some_submissions({}), quarter),
    )


def a_card(plan: Plan, figures: dict[str, dict[str, dict[str, Any]]], name: str, language: str = "zh_CN") -> Headline:
    return headline(a_result(plan, figures), plan.indicators[name], language)


STORES = a_plan(
    [an_indicator("stores", name=words("工厂店", "Stores"))],
    [a_target("stores", 100, "2024-12-31"), a_target("stores", 300, "2026-12-31")],
)
EVERYBODY = {unit: {"2025Q2": 18} for unit in STORES.units_of()}


def test_a_card_says_value_target_distance_from_the_path_and_what_is_missing() -> None:
    card = a_card(STORES, {"stores": EVERYBODY}, "stores")
    assert (card.value, card.measure) == ("126", "家")
    assert card.target == "目标 ≥300家，2026年底"
    assert card.verdict == "欠序时进度 7.9 个百分点"
    assert card.detail == "完成 42.0%，差 174家"
    assert card.status == "watch"


def test_the_bar_ends_at_the_attainment_and_the_tick_stands_where_the_path_is() -> None:
    card = a_card(STORES, {"stores": EVERYBODY}, "stores")
    assert card.fill == 42.0
    assert card.tick is not None
    assert round(card.tick, 2) == 49.86  # 149.589… of 300


def test_a_bar_never_grows_beyond_its_track() -> None:
    card = a_card(STORES, {"stores": {unit: {"2025Q2": 90} for unit in STORES.units_of()}}, "stores")
    assert card.fill == 100.0
    assert card.detail == "完成 210.0%"


def test_a_provisional_card_names_who_is_missing() -> None:
    six = {unit: quarters for unit, quarters in EVERYBODY.items() if unit != "330424"}
    card = a_card(STORES, {"stores": six}, "stores")
    assert card.provisional
    assert card.note == "暂定，缺：海盐"


def test_a_provisional_card_tells_carried_levels_beside_who_is_missing() -> None:
    figures = {unit: quarters for unit, quarters in EVERYBODY.items() if unit != "330424"} | {"330402": {"2025Q1": 18}}
    assert a_card(STORES, {"stores": figures}, "stores").note == "暂定，缺：海盐，1 家沿用上期数"


def test_what_a_share_lacks_is_told_in_percentage_points() -> None:
    plan = a_plan([an_indicator("share", "share", measure=words("%", "%"))], [a_target("share", 80, "2025-12-31")])
    parts = {unit: {"2025Q2": (372, 500)} for unit in plan.units_of()}
    card = a_card(plan, {"share": parts}, "share")
    assert card.target == "目标 ≥80%，2025年底"
    assert card.detail == "完成 93.0%，差 5.6 个百分点"


def test_nothing_reported_is_a_dash_without_a_measure() -> None:
    card = a_card(STORES, {}, "stores")
    assert (card.value, card.measure, card.detail) == ("—", "", "")
    assert card.status == "no_report"


def test_a_floor_counts_who_reaches_it_and_asks_the_minimum_of_each() -> None:
    plan = a_plan([an_indicator("clusters", "floor", measure=words("个", ""))], [a_target("clusters", 3, "2026-12-31")])
    levels = dict(zip(plan.units_of(), (3, 4, 2, 3, 0, 5, 3), strict=True))
    card = a_card(plan, {"clusters": {unit: {"2025Q2": level} for unit, level in levels.items()}}, "clusters")
    assert (card.value, card.measure) == ("5", "/ 7 地达标")
    assert card.target == "每地 ≥3个，2026年底"
    assert "还缺 4" in card.detail


def test_a_composite_carries_its_parts_and_adds_nothing_up() -> None:
    money = {"money": True, "measure": words("亿元", "100m yuan"), "reporters": ("JX-HG",)}
    plan = a_plan(
        [
            an_indicator("exports", "cumulative", **money),
            an_indicator("sales", "cumulative", **money),
            an_indicator("both", "composite", parts=("exports", "sales"), reporters=()),
        ],
        [a_target(name, 100_000_000_000) for name in ("exports", "sales")],
    )
    figures = {
        name: {"JX-HG": {"2025Q2": value}} for name, value in (("exports", 102_000_000_000), ("sales", 64_000_000_000))
    }
    card = a_card(plan, figures, "both")
    assert [part.value for part in card.parts] == ["1,020.0", "640.0"]
    assert [part.passed for part in card.parts] == [True, False]
    assert card.fill == 64.0
    assert not card.passed


def test_the_same_card_reads_in_english() -> None:
    card = a_card(STORES, {"stores": EVERYBODY}, "stores", "en")
    assert card.name == "Stores"
    assert card.verdict == "7.9 points behind path"


def test_the_line_is_told_in_words_too_and_leaves_a_gap_for_a_missing_quarter() -> None:
    plan = a_plan(
        [an_indicator("events", "annual", reporters=("JX-HG",))], yearly_targets("events", 100, (2024, 2025, 2026))
    )
    card = a_card(plan, {"events": {"JX-HG": {"2025Q1": 20, "2025Q2": 31}}}, "events")
    picture = base64.b64decode(card.spark.split(",")[1]).decode()
    assert "2025年二季度 51" in card.spark_words
    assert "2024年一季度 —" in card.spark_words
    assert picture.startswith("<svg")
