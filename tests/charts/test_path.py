from typing import Any

import plotly.graph_objects as go

from charts.path import path_figure, path_table
from metrics.result import Result

ACTUAL, ASSUMED, TARGET, FORECAST = "实际", "设定路径（原文未给）", "目标", "预测区间"


def traces(figure: go.Figure, name: str) -> list[Any]:
    return [trace for trace in figure.data if trace.name == name]


def test_the_actual_line_is_the_history_of_the_city(result: Result) -> None:
    (line,) = traces(path_figure(result, "stores", "zh_CN"), ACTUAL)
    assert list(line.y) == [21, 42, 63, 84, 105, 123]
    assert str(line.x[-1]) == "2025-06-30"


def test_a_provisional_quarter_is_drawn_hollow(result: Result) -> None:
    (line,) = traces(path_figure(result, "stores", "zh_CN"), ACTUAL)
    assert line.marker.color[-1] != line.marker.color[0]


def test_the_path_is_named_an_assumption_and_runs_to_the_last_target(result: Result) -> None:
    (line,) = traces(path_figure(result, "stores", "zh_CN"), ASSUMED)
    assert [str(day) for day in line.x] == ["2023-12-31", "2024-12-31", "2026-12-31"]
    assert list(line.y) == [0, 100, 300]
    assert line.line.dash == "dash"


def test_a_yearly_count_starts_again_each_january(result: Result) -> None:
    figure = path_figure(result, "events", "zh_CN")
    assert [list(line.y) for line in traces(figure, ACTUAL)] == [[14, 28, 42, 56], [14, 28]]
    (path,) = traces(figure, ASSUMED)
    assert None in path.y


def test_targets_bear_the_comparison_the_plan_prints(result: Result) -> None:
    (marks,) = traces(path_figure(result, "stores", "zh_CN"), TARGET)
    assert list(marks.text) == ["100家", "≥300家"]
    assert list(marks.y) == [100, 300]


def test_the_forecast_reaches_from_today_to_the_deadline(result: Result) -> None:
    (band,) = traces(path_figure(result, "stores", "zh_CN"), FORECAST)
    assert [str(day) for day in band.x[:2]] == ["2025-06-30", "2026-12-31"]
    assert band.y[0] == 123
    assert 123 < band.y[1] <= band.y[2]


def test_a_share_has_neither_path_nor_forecast_before_its_deadline(result: Result) -> None:
    figure = path_figure(result, "share", "zh_CN")
    assert not traces(figure, ASSUMED)
    assert not traces(figure, FORECAST)
    assert list(traces(figure, TARGET)[0].text) == ["≥80%"]


def test_the_citys_target_of_a_minimum_is_every_unit(result: Result) -> None:
    (marks,) = traces(path_figure(result, "clusters", "zh_CN"), TARGET)
    assert list(marks.y) == [7]
    assert list(marks.text) == ["每地≥3家"]


def test_a_target_without_a_date_is_a_level(result: Result) -> None:
    figure = path_figure(result, "leaders", "zh_CN")
    assert not traces(figure, TARGET)
    assert figure.layout.shapes[0].y0 == 28
    assert "原文无期限" in figure.layout.annotations[0].text


def test_money_is_drawn_in_hundred_millions(result: Result) -> None:
    (line,) = traces(path_figure(result, "money", "zh_CN"), ACTUAL)
    assert line.y[-1] == 1.225


def test_a_small_count_has_no_halves_on_its_axis(result: Result) -> None:
    assert path_figure(result, "clusters", "zh_CN", unit="330402").layout.yaxis.dtick == 1
    assert path_figure(result, "stores", "zh_CN").layout.yaxis.dtick is None
    assert path_figure(result, "money", "zh_CN").layout.yaxis.dtick is None


def test_one_unit_can_be_looked_at_alone(result: Result) -> None:
    (line,) = traces(path_figure(result, "stores", "zh_CN", unit="330402"), ACTUAL)
    assert list(line.y) == [3, 6, 9, 12, 15, 18]


def test_the_table_has_the_same_figures_latest_first(result: Result) -> None:
    table = path_table(result, "stores", "zh_CN")
    assert table["季度"].iloc[0] == "2025年二季度"
    assert list(table["实际"])[:2] == ["123", "105"]
    assert table["状态"].iloc[0].endswith("（暂定）")


def test_the_table_leaves_out_what_no_quarter_has(result: Result) -> None:
    assert "设定路径" not in path_table(result, "share", "zh_CN").columns


def test_the_words_follow_the_language(result: Result) -> None:
    names = {trace.name for trace in path_figure(result, "stores", "en").data}
    assert "Assumed path (not printed)" in names


def test_dark_and_light_differ_in_colour_only(result: Result) -> None:
    light, dark = (path_figure(result, "stores", "zh_CN", dark) for dark in (False, True))
    assert [list(trace.y) for trace in light.data] == [list(trace.y) for trace in dark.data]
    assert light.layout.font.color != dark.layout.font.color
