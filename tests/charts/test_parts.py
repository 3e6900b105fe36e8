from charts.parts import END, parts_figure, parts_table
from metrics.result import Result


def test_every_part_has_its_own_bar_against_the_same_line(result: Result) -> None:
    figure = parts_figure(result, "both", "zh_CN")
    assert list(figure.data[0].x) == [12.8, 41.0]
    assert figure.layout.shapes[0].x0 == 100
    told = [note.text for note in figure.layout.annotations if "<b>" in note.text]
    assert "1.23亿元  12.8%" in told[0]
    assert told[1].startswith("<b>工厂店</b>")


def test_the_parts_are_told_apart_in_the_table(result: Result) -> None:
    table = parts_table(result, "both", "zh_CN")
    assert list(table["完成率"]) == ["41.0%", "12.8%"]
    assert list(table["目标"]) == ["≥300", "9.6"]


def test_a_bar_far_beyond_its_target_is_cut(result: Result) -> None:
    assert all(value <= END for value in parts_figure(result, "both", "zh_CN").data[0].x)
