from charts.waterfall import basis_words, contribution_rows, waterfall_figure, waterfall_table
from metrics.result import Result


def test_each_step_starts_where_the_one_before_ended(result: Result) -> None:
    (bars,) = waterfall_figure(result, "leaders", "zh_CN").data
    ends = [start + step for start, step in zip(bars.base, bars.y, strict=True)]
    assert list(bars.base)[1:-1] == ends[:-2]
    assert bars.x[-1] == "全市"
    assert bars.y[-1] == ends[-2]


def test_laggards_come_first_and_distances_carry_their_sign(result: Result) -> None:
    table = waterfall_table(result, "leaders", "zh_CN")
    assert table["单位"].iloc[0] == "南湖"
    assert list(table["贡献"])[:3] == ["−3", "−2", "−1"]
    assert list(table["贡献"])[3:5] == ["+3", "+2"]


def test_a_share_is_taken_apart_by_its_numerators(result: Result) -> None:
    (bars,) = waterfall_figure(result, "share", "zh_CN").data
    assert list(bars.text)[-1] == "−49"
    assert "分子" in basis_words(result, "share", "zh_CN")


def test_a_figure_of_one_reporter_has_no_contributions(result: Result) -> None:
    assert contribution_rows(result, "money").empty


def test_the_picture_is_as_long_as_the_table(result: Result) -> None:
    (bars,) = waterfall_figure(result, "clusters", "zh_CN").data
    assert len(bars.x) == len(waterfall_table(result, "clusters", "zh_CN"))
