import plotly.graph_objects as go

from charts.theme import tone
from charts.units import has_own_targets, units_figure, units_table
from metrics.result import Result


def words(figure: go.Figure) -> list[str]:
    (trace,) = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text"]
    return [text.strip() for text in trace.text]


def test_units_without_a_target_of_their_own_bear_no_status(result: Result) -> None:
    figure = units_figure(result, "stores", "zh_CN")
    assert not has_own_targets(result, "stores")
    assert len(set(figure.data[0].marker.color)) == 1
    assert "18家" in words(figure)
    assert "目标" not in units_table(result, "stores", "zh_CN").columns


def test_units_with_a_target_wear_their_status_in_colour_shape_and_word(result: Result) -> None:
    figure = units_figure(result, "leaders", "zh_CN")
    assert figure.data[0].marker.color[-1] == tone("achieved").fill
    assert words(figure)[-1] == "7 / 4家  ★ 已完成"
    assert "分解目标" in {trace.name for trace in figure.data}


def test_the_best_unit_stands_on_top_of_picture_and_table(result: Result) -> None:
    figure, table = units_figure(result, "leaders", "zh_CN"), units_table(result, "leaders", "zh_CN")
    assert figure.data[0].y[-1] == table["单位"].iloc[0] == "桐乡"
    assert list(table["名次"])[:2] == ["1", "2"]


def test_the_tick_of_a_minimum_is_named_a_minimum(result: Result) -> None:
    assert "最低要求" in {trace.name for trace in units_figure(result, "clusters", "zh_CN").data}


def test_a_unit_without_a_figure_says_so_and_has_no_bar(result: Result) -> None:
    figure = units_figure(result, "money", "zh_CN")
    assert words(figure)[0] == "未报送"
    assert figure.data[0].x[0] == 0
