"""A county's own sheet, with everything people do to one."""

from datetime import date
from decimal import Decimal

import pytest

from loaders.found import Form, Found, Unrecognised
from loaders.problem import message
from loaders.recognise import recognise
from loaders.values import Values, read_values
from metrics.period import Period
from metrics.plan import Plan
from tests.loaders import cells
from tests.loaders.cells import sheet, workbook

Q3 = Period(2025, 3)
NANHU = Form("jxfs", "330402", Q3)
DOMESTIC = Form("jxdf", "330402", Q3)
CODE = "91350100M000100Y43"

FIGURES = [
    ["嘉兴市南湖区工厂店工作情况表"],
    ["填报单位：南湖区商务局", None, "2025年三季度"],
    [],
    ["序号", "指标名称", "计量单位", "本季数"],
    [1, "工厂店培育总数", "家", 126],
    [2, "各地集聚区数", "个", "３"],
    ["注：数据截至季末"],
    ["填表人：张三", None, "联系电话：0573-0000"],
]


def found(plans: dict[str, Plan], *sheets, form: Form = NANHU, file_name: str = "表.xlsx") -> Found:
    return recognise(workbook(*sheets), plans, form, file_name)


def read(plans: dict[str, Plan], *sheets, form: Form = NANHU, file_name: str = "表.xlsx") -> tuple[Found, Values]:
    recognised = found(plans, *sheets, form=form, file_name=file_name)
    return recognised, read_values(recognised)


def figures(values: Values) -> dict[str, Decimal | None]:
    return {f"{figure.indicator}/{figure.part}": figure.number for figure in values.figures}


def said(recognised: Found) -> list[tuple[str, str, str]]:
    return [(problem.severity, problem.code, problem.cell) for problem in recognised.problems]


def test_indicators_down_the_side_are_read_past_titles_notes_and_signatures(plans):
    recognised, values = read(plans, sheet(FIGURES))
    assert figures(values) == {"stores/value": 126, "clusters-county/value": 3}
    assert [figure.cell for figure in values.figures] == ["D5", "D6"]
    assert said(recognised) == []


def test_plan_unit_and_quarter_are_taken_from_the_sheet_when_the_form_is_silent(plans):
    recognised, _ = read(plans, sheet(FIGURES), form=Form())
    assert (recognised.plan.plan, recognised.unit, recognised.period) == ("jxfs", "330402", Q3)


def test_unit_and_quarter_may_stand_in_the_names_of_sheet_and_file(plans):
    rows = [["指标", "本季数"], ["工厂店培育总数", 12]]
    recognised, _ = read(plans, sheet(rows), form=Form(), file_name="秀洲区2025年第三季度.xlsx")
    assert (recognised.unit, recognised.period) == ("330411", Q3)


def test_a_title_of_another_unit_is_sent_back_with_its_cell(plans):
    recognised = found(plans, sheet(FIGURES), form=Form("jxfs", "330411", Q3))
    assert ("error", "unit_differs", "A1") in said(recognised)


def test_a_title_of_another_quarter_is_sent_back_with_its_cell(plans):
    recognised = found(plans, sheet(FIGURES), form=Form("jxfs", "330402", Period(2025, 2)))
    assert ("error", "period_differs", "C2") in said(recognised)


def test_a_cumulative_title_is_sent_back(plans):
    rows = [["南湖区2025年1-9月工厂店情况"], ["指标", "本季数"], ["工厂店培育总数", 12]]
    assert ("error", "cumulative_heading", "A1") in said(found(plans, sheet(rows)))


@pytest.mark.parametrize(
    "heading", ["本季数", "2025年三季度", "三季度", "7-9月", "2025Q3", "实际完成", "2025年7—9月完成数"]
)
def test_the_value_column_has_many_names(plans, heading: str):
    recognised, values = read(plans, sheet([["指标", heading], ["工厂店培育总数", 12]]))
    assert figures(values) == {"stores/value": 12}
    assert said(recognised) == []


@pytest.mark.parametrize("heading", ["1-9月", "前三季度", "2025年1-9月", "1—9月累计", "2025年前三季度"])
def test_a_cumulative_column_alone_is_sent_back(plans, heading: str):
    recognised, values = read(plans, sheet([["指标", heading], ["工厂店培育总数", 12]]))
    assert said(recognised) == [("error", "cumulative_heading", "B1")]
    assert values.figures == []


def test_the_quarter_beside_a_cumulative_column_is_the_one_read(plans):
    rows = [["指标", "1-9月", "7-9月", "去年同期"], ["工厂店培育总数", 126, 12, 99]]
    assert figures(read(plans, sheet(rows))[1]) == {"stores/value": 12}


def test_the_first_quarter_may_be_written_as_cumulative(plans):
    rows = [["指标", "1-3月"], ["工厂店培育总数", 12]]
    recognised, values = read(plans, sheet(rows), form=Form("jxfs", "330402", Period(2025, 1)))
    assert figures(values) == {"stores/value": 12}
    assert said(recognised) == []


def test_a_heading_that_excel_turned_into_a_date_is_sent_back(plans):
    rows = [["指标", date(2025, 9, 1)], ["工厂店培育总数", 12]]
    assert said(found(plans, sheet(rows))) == [("error", "heading_is_date", "B1")]


def test_merged_headings_of_two_rows_are_joined(plans):
    rows = [
        ["指标", "计量\n单位", "2025年", None],
        [None, None, "二季度", "三 季 度"],
        ["工厂店培育总数", "家", 110, 126],
    ]
    recognised, values = read(plans, sheet(rows, merges=["A1:A2", "B1:B2", "C1:D1"]))
    assert figures(values) == {"stores/value": 126}
    assert [figure.cell for figure in values.figures] == ["D3"]
    assert said(recognised) == []


def test_a_misspelt_indicator_is_sent_back_with_the_nearest_and_a_strange_one_is_noticed(plans):
    rows = [["指标", "本季数"], ["工厂店培育总数", 12], ["星级工厂店总树", 3], ["直播间数量合并", 5]]
    recognised, values = read(plans, sheet(rows))
    assert said(recognised) == [("error", "indicator_unknown_near", "A3"), ("notice", "indicator_unknown", "A4")]
    assert recognised.problems[0].values["nearest"] == {
        "zh": "星级工厂店总数",
        "en": "Star-rated factory stores (standing)",
    }
    assert figures(values) == {"stores/value": 12}


def test_numbering_and_of_which_before_a_name_do_not_matter(plans):
    rows = [["指标", "本季数"], ["一、工厂店培育总数", 12], ["其中：星级工厂店总数", 3], ["（2）各地集聚区数", 1]]
    expected = {"stores/value": 12, "star-stock/value": 3, "clusters-county/value": 1}
    assert figures(read(plans, sheet(rows))[1]) == expected


def test_one_indicator_on_two_sheets_must_agree(plans):
    one = sheet([["指标", "本季数"], ["工厂店培育总数", 12]], name="一")
    same = sheet([["指标", "本季数"], ["工厂店培育总数", 12], ["各地集聚区数", 1]], name="二")
    other = sheet([["指标", "本季数"], ["工厂店培育总数", 13]], name="三")
    assert said(read(plans, one, same)[0]) == []
    recognised, _ = read(plans, one, other)
    (problem,) = recognised.problems
    assert (problem.code, problem.sheet, problem.cell) == ("figure_twice", "三", "B2")
    assert (problem.values["other_sheet"], problem.values["other_cell"]) == ("一", "B2")


def test_a_share_is_read_from_its_two_parts_and_never_from_a_percentage(plans):
    rows = [["指标", "本季数"], ["开展内销的外贸企业数", 300], ["名册内外贸企业数", 400]]
    _, values = read(plans, sheet(rows), form=DOMESTIC)
    assert figures(values) == {"domestic-share/numerator": 300, "domestic-share/denominator": 400}
    rows = [["指标", "本季数"], ["开展内销的外贸企业比例", "75%"], ["外贸企业新增国内销售额", 1]]
    assert ("error", "share_needs_parts", "B2") in said(found(plans, sheet(rows), form=DOMESTIC))


SALES = "外贸企业新增国内销售额"


@pytest.mark.parametrize(
    ("rows", "yuan", "notice"),
    [
        ([["指标", "本季数"], [SALES, 1.2]], 120_000_000, False),
        ([["单位：万元"], ["指标", "本季数"], [SALES, 12000]], 120_000_000, True),
        ([["单 位：亿元"], ["指标", "本季数"], [SALES, 1.2]], 120_000_000, False),
        ([["指标", "本季数（万元）"], [SALES, 12000]], 120_000_000, True),
        ([["指标", "计量单位", "本季数"], [SALES, "元", 120000000]], 120_000_000, True),
        ([["指标", "本季数"], [f"{SALES}（千元）", 120000]], 120_000_000, True),
        ([["单位：万元、%、家"], ["指标", "本季数"], [SALES, 12000]], 120_000_000, True),
        ([["单位：万元、家"], ["指标", "计量单位", "本季数"], [SALES, "万元", 12000]], 120_000_000, True),
    ],
)
def test_money_is_converted_from_the_unit_that_stands_nearest(plans, rows, yuan: int, notice: bool):
    recognised, values = read(plans, sheet(rows), form=DOMESTIC)
    assert figures(values) == {"domestic-sales-new/value": yuan}
    assert [code for _, code, _ in said(recognised)] == (["unit_converted"] if notice else [])


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["单位：万元"], ["指标", "本季数（亿元）"], [SALES, 1.2]], "measures_disagree"),
        ([["指标", "本季数（万美元）"], [SALES, 12000]], "foreign_currency"),
        ([["单位：万美元"], ["指标", "本季数"], [SALES, 12000]], "foreign_currency"),
    ],
)
def test_money_in_two_units_or_another_currency_is_sent_back(plans, rows, code: str):
    assert code in [problem.code for problem in found(plans, sheet(rows), form=DOMESTIC).problems]


UNITS = [
    ["2025年三季度各县（市、区）情况"],
    ["单位", "工厂店培育总数（家）", "星级工厂店\n总数", "备注"],
    ["南湖", 40, 10, None],
    ["秀洲区", 35, 5, None],
    ["330421", 20, 4, None],
    ["合　计", 95, 19, None],
]


def test_in_a_table_of_units_only_ones_own_row_is_read(plans):
    recognised, values = read(plans, sheet(UNITS))
    assert figures(values) == {"stores/value": 40, "star-stock/value": 10}
    assert [figure.cell for figure in values.figures] == ["B3", "C3"]
    assert said(recognised) == [("notice", "other_units_ignored", "")]
    assert [(total.cell.address, len(total.parts)) for total in recognised.totals] == [("B6", 3), ("C6", 3)]


def test_an_unknown_unit_in_a_table_of_units_is_sent_back(plans):
    rows = [*UNITS[:3], ["秀州县", 35, 5, None], *UNITS[4:]]
    assert ("error", "unit_unknown_near", "A4") in said(found(plans, sheet(rows)))


def test_a_table_of_units_without_ones_own_row_is_sent_back(plans):
    assert ("error", "unit_row_missing", "") in said(found(plans, sheet(UNITS), form=Form("jxfs", "330483", Q3)))


def test_a_table_of_units_with_quarters_under_each_indicator_takes_the_right_one(plans):
    rows = [
        ["单位", "工厂店培育总数", None, "各地集聚区数", None],
        [None, "7-9月", "1-9月", "7-9月", "1-9月"],
        ["南湖区", 5, 40, 1, 3],
        ["秀洲区", 6, 35, 0, 2],
    ]
    recognised, values = read(plans, sheet(rows, merges=["A1:A2", "B1:C1", "D1:E1"]))
    assert figures(values) == {"stores/value": 5, "clusters-county/value": 1}
    assert ("notice", "other_units_ignored", "") in said(recognised)


STORES = ["序号", "门店名称", "统一社会信用代码", "经营地址", "开业日期", "营业面积（平方米）", "镇（街道）"]
STORE_ROWS = [
    [1, "示例甲店", CODE, "甲路1号", date(2025, 3, 4), 120, "凤桥镇"],
    [2, "示例乙店", CODE, "乙路2号", "2025年4月5日", "１５０", None],
]


def test_a_roster_is_known_by_its_headings_in_any_order_and_by_aliases(plans):
    order = [6, 0, 4, 2, 3, 1, 5]
    names = {"经营地址": "地址", "门店名称": "店名", "开业日期": "开业\n时间"}
    rows = [["南湖区工厂店名册"], [], [names.get(STORES[at], STORES[at]) for at in order]]
    rows += [[row[at] for at in order] for row in STORE_ROWS]
    recognised, values = read(plans, sheet(rows, merges=["A1:G1"]))
    assert [(row.roster, row.row) for row in values.rows] == [("stores", 4), ("stores", 5)]
    assert values.rows[0].values == {
        "name": "示例甲店",
        "uscc": CODE,
        "address": "甲路1号",
        "opened": "2025-03-04",
        "area": "120",
        "town": "凤桥镇",
    }
    assert values.rows[1].values["opened"] == "2025-04-05"
    assert values.rows[1].cells["opened"] == "C5"
    assert said(recognised) == []


@pytest.mark.parametrize(
    "above",
    [
        [["南湖区2025年三季度工厂店名册"]],
        [["工厂店名册"], ["填报单位：南湖区", None, None, "2025年三季度"]],
        [["南湖区2025年三季度"], []],
    ],
)
def test_a_title_right_above_a_roster_says_whose_it_is(plans, above):
    recognised, values = read(plans, sheet([*above, STORES, *STORE_ROWS]), form=Form("jxfs"))
    assert (recognised.unit, recognised.period, len(values.rows)) == ("330402", Q3, 2)
    elsewhere = [["秀洲区2025年三季度工厂店名册"], STORES, *STORE_ROWS]
    assert ("error", "unit_differs", "A1") in said(found(plans, sheet(elsewhere)))


def test_extra_columns_are_noticed_and_a_missing_required_one_is_sent_back(plans):
    rows = [[*STORES, "店长"], *[[*row, "张三"] for row in STORE_ROWS]]
    assert said(found(plans, sheet(rows))) == [("notice", "columns_ignored", "H1")]
    rows = [[name for name in STORES if name != "经营地址"], [1, "示例甲店", CODE, date(2025, 3, 4), 120, "凤桥镇"]]
    assert ("error", "column_missing", "") in said(found(plans, sheet(rows)))


def test_a_renamed_heading_is_matched_with_a_notice_and_two_alike_are_sent_back(plans):
    rows = [[*STORES[:4], "门店开业日期情况", *STORES[5:]], *STORE_ROWS]
    assert said(found(plans, sheet(rows))) == [("notice", "heading_matched", "E1")]
    rows = [[*STORES, "经营地址"], *[[*row, "x"] for row in STORE_ROWS]]
    assert ("error", "columns_alike", "D1") in said(found(plans, sheet(rows)))


def test_totals_notes_and_signatures_below_a_roster_are_not_rows(plans):
    rows = [STORES, *STORE_ROWS, ["合计", None, None, None, None, 270], ["注：面积为使用面积"], ["审核人：李四"]]
    recognised, values = read(plans, sheet(rows))
    assert len(values.rows) == 2
    assert [(total.cell.address, [cell.address for cell in total.parts]) for total in recognised.totals] == [
        ("F4", ["F2", "F3"])
    ]


def test_a_text_merged_over_rows_is_filled_down_and_a_number_is_sent_back(plans):
    rows = [STORES, *STORE_ROWS]
    _, values = read(plans, sheet(rows, merges=["G2:G3"]))
    assert [row.values.get("town") for row in values.rows] == ["凤桥镇", "凤桥镇"]
    recognised, _ = read(plans, sheet(rows, merges=["F2:F3"]))
    assert ("error", "merged_value", "F3") in said(recognised)


def test_hidden_rows_and_columns_are_read_and_said(plans):
    rows = [STORES, *STORE_ROWS]
    recognised, values = read(plans, sheet(rows, hidden_rows={2, 3}, hidden_columns={6}))
    assert len(values.rows) == 2
    assert [(p.code, p.values) for p in recognised.problems] == [
        ("rows_hidden", {"rows": "2–3"}),
        ("columns_hidden", {"columns": "F"}),
    ]


def test_hidden_sheets_are_not_read_and_empty_ones_not_mentioned(plans):
    hidden = sheet([["工厂店培育总数", 99]], name="旧")
    hidden.state = "hidden"
    recognised, values = read(plans, sheet(FIGURES, name="一"), sheet([], name="Sheet2"), hidden)
    assert figures(values)["stores/value"] == 126
    assert [(p.code, p.sheet) for p in recognised.problems] == [("sheet_hidden", "旧")]


def test_an_identical_copy_of_a_sheet_is_silent(plans):
    recognised, values = read(plans, sheet(FIGURES, name="商贸流通"), sheet(FIGURES, name="商贸流通 (2)"))
    assert said(recognised) == []
    assert len(values.figures) == 2


def test_a_copy_of_a_sheet_that_differs_is_sent_back(plans):
    other = sheet([*FIGURES[:4], [1, "工厂店培育总数", "家", 127]], name="商贸流通 (2)")
    recognised = found(plans, sheet(FIGURES, name="商贸流通"), other)
    assert [(p.code, p.sheet, p.values) for p in recognised.problems] == [
        ("sheet_copy_differs", "商贸流通 (2)", {"original": "商贸流通"})
    ]


@pytest.mark.parametrize(
    ("line", "unit", "period"),
    [
        (["填报单位", "南湖", "报告期", "2025年三季度"], "330402", Q3),
        (["填报单位：", 330411, "报告期：", date(2025, 9, 30)], "330411", Q3),
        (["填报单位：秀城区", None, "统计时间", 202509], "330402", Q3),
        (["报送单位", "嘉兴港区", "所属期", "2025.09"], "JX-GQ", Q3),
    ],
)
def test_a_label_may_have_its_answer_in_the_next_cell(plans, line, unit: str, period: Period):
    recognised, _ = read(plans, sheet([line, ["指标", "本季数"], ["工厂店培育总数", 1]]), form=Form())
    assert (recognised.unit, recognised.period, recognised.problems) == (unit, period, [])


@pytest.mark.parametrize(
    ("line", "code", "cell"),
    [
        (["填报单位", "南胡区"], "unit_unknown_near", "B1"),
        (["填报单位：南胡区"], "unit_unknown_near", "A1"),
        (["报告期", Decimal("2025.1")], "period_as_number", "B1"),
        (["报告期", "25年3季度"], "period_unclear", "B1"),
    ],
)
def test_an_answer_that_cannot_be_read_is_sent_back_with_its_cell(plans, line, code: str, cell: str):
    recognised = found(plans, sheet([line, ["指标", "本季数"], ["工厂店培育总数", 1]]))
    assert ("error", code, cell) in said(recognised)


def test_notes_and_other_sheets_may_name_other_units_and_quarters(plans):
    rows = [["指标", "本季数"], ["工厂店培育总数", 1], ["注：含海宁皮革城门店，较2025年二季度增加"]]
    cover = sheet([["海宁市2025年二季度参考资料"]], name="参考")
    recognised, _ = read(plans, sheet(rows), cover)
    assert [(p.code, p.sheet) for p in recognised.problems] == [("sheet_ignored", "参考")]


def test_a_cover_sheet_says_whose_the_tables_are(plans):
    rows = [["指标", "本季数"], ["工厂店培育总数", 1]]
    cover = sheet([["南湖区"], ["2025年第三季度"]], name="封面")
    recognised, _ = read(plans, cover, sheet(rows), form=Form())
    assert (recognised.unit, recognised.period) == ("330402", Q3)


def test_a_date_of_signing_is_not_the_quarter(plans):
    rows = [["南湖区2025年三季度工厂店情况"], ["制表日期：2025年10月9日"], ["指标", "本季数"], ["工厂店培育总数", 1]]
    recognised, _ = read(plans, sheet(rows), form=Form())
    assert (recognised.period, recognised.problems) == (Q3, [])


def test_a_roster_and_figures_may_stand_on_one_sheet(plans):
    rows = [*FIGURES[:6], [], [], STORES, *STORE_ROWS]
    _, values = read(plans, sheet(rows))
    assert len(values.figures) == 2
    assert [row.row for row in values.rows] == [10, 11]


def test_an_example_row_is_left_out_and_said(plans):
    rows = [STORES, ["示例", "示例", CODE, "甲路1号", date(2025, 3, 4), 1, None], *STORE_ROWS]
    recognised, values = read(plans, sheet(rows))
    assert len(values.rows) == 2
    assert ("notice", "example_row", "B2") in said(recognised)


@pytest.mark.parametrize(
    ("rows", "form", "code"),
    [
        ([["会议通知"], ["请各单位参加"]], NANHU, "no_table"),
        (FIGURES, Form("jxfs", "999999", Q3), "unit_not_reporting"),
        ([["指标", "本季数"], ["工厂店培育总数", 1]], Form("jxfs", None, Q3), "unit_missing"),
        ([["指标", "本季数"], ["工厂店培育总数", 1]], Form("jxfs", "330402", None), "period_missing"),
        ([], NANHU, "file_empty"),
    ],
)
def test_what_is_nobodys_submission_says_why(plans, rows, form: Form, code: str):
    with pytest.raises(Unrecognised) as fault:
        found(plans, sheet(rows), form=form)
    assert [problem.code for problem in fault.value.problems] == [code]


def test_values_under_a_merge_are_not_read_and_are_said(plans):
    rows = [["指标", "本季数", None], ["工厂店培育总数", 12, 13]]
    recognised, values = read(plans, sheet(rows, merges=["B2:C2"]))
    assert figures(values) == {"stores/value": 12}
    assert ("notice", "values_under_merge", "C2") in said(recognised)


def test_error_cells_are_sent_back_with_their_address(plans):
    rows = [["指标", "本季数"], ["工厂店培育总数", cells.error("#REF!")], ["各地集聚区数", cells.uncached()]]
    recognised, _ = read(plans, sheet(rows))
    assert said(recognised) == [("error", "error_value", "B2"), ("error", "formula_without_value", "B3")]


def test_an_amount_in_another_unit_is_told_in_the_unit_asked_for(plans):
    rows = [["指标", "本季数"], ["外贸企业新增国内销售额", "1200万元"]]
    recognised, values = read(plans, sheet(rows), form=DOMESTIC)
    (notice,) = recognised.problems
    assert (notice.code, message(notice)) == (
        "converted_in_cell",
        "“1200万元”按所写的单位读取，即 0.12亿元，请确认。",
    )
    assert figures(values) == {"domestic-sales-new/value": 12_000_000}


def test_a_misspelt_unit_in_the_first_row_is_a_row_and_not_a_heading(plans):
    rows = [["地区", "工厂店培育总数"], ["南胡区", 26], ["秀洲区", 30]]
    recognised = found(plans, sheet(rows))
    told = [message(problem) for problem in recognised.problems if problem.code == "unit_unknown_near"]
    assert told == ["不认识单位“南胡区”，是否为“南湖区”？请改为规范名称。"]


def test_a_percentage_alone_in_a_sheet_is_asked_for_its_parts(plans):
    rows = [["指标", "本季数"], ["开展内销的外贸企业比例", "80%"]]
    recognised = found(plans, sheet(rows), form=DOMESTIC)
    assert said(recognised) == [("error", "share_needs_parts", "B2")]


def test_an_example_row_is_told_by_its_first_word(plans):
    rows = [
        ["门店名称", "统一社会信用代码", "经营地址", "开业日期"],
        ["示例：某某工厂店", "填18位代码", "示例路1号", "2024-01-01"],
        ["示例工厂店", CODE, "中山路1号", "2024-03-01"],
    ]
    recognised, values = read(plans, sheet(rows))
    assert [row.row for row in values.rows] == [3]
    assert ("notice", "example_row", "A2") in said(recognised)


def test_a_quarter_is_named_in_the_readers_words(plans):
    (problem,) = found(plans, sheet(FIGURES), form=Form("jxfs", "330402", Period(2025, 2))).problems
    assert message(problem).startswith("文件写的是2025年三季度，现在填报的是2025年二季度。")
    assert "2025 Q3" in message(problem, "en")
