"""A template asks for what its unit owes, says where every input is, and survives what people type."""

import io
import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from loaders.intake import load
from loaders.template import fill_template, write_template
from loaders.template.meta import META_SHEET, Layout, read_meta
from metrics.calendar import Calendar, Term
from metrics.period import Period
from metrics.plan import Plan
from store.database import Database

Q3 = Period(2025, 3)
STORE = {
    "name": "示例嘉丰服饰工厂店",
    "uscc": "91330402XX10000014",
    "address": "南湖示例路1号",
    "opened": "2024-05-04",
    "form": "outlet",
    "own_products": "yes",
    "area": "320.5",
}
ASKED = [("jxfs", "330402"), ("jxfs", "JX-SWJ"), ("jxfs", "JX-XCB"), ("jxdf", "330481"), ("jxdf", "JX-HG")]


def opened(content: bytes) -> tuple[Workbook, Layout]:
    workbook = load_workbook(io.BytesIO(content))
    return workbook, read_meta(workbook[META_SHEET].iter_rows(values_only=True))


def rule_at(sheet: Worksheet, cell: str) -> DataValidation:
    """The validation that covers a cell."""
    column, row, _, _ = range_boundaries(cell)
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            if area.min_col <= column <= area.max_col and area.min_row <= row <= area.max_row:
                return rule
    raise AssertionError(f"{sheet.title}!{cell} has no rule")


def sheet_of(workbook: Workbook, layout: Layout, roster: str) -> tuple[Worksheet, dict[str, str]]:
    """The sheet of a roster, and field → column letter."""
    name = next(sheet for sheet in layout.columns if layout.roster_of(sheet) == roster)
    return workbook[name], {field: letter for letter, field in layout.columns[name].items()}


@pytest.mark.parametrize(("plan_name", "unit"), ASKED)
def test_meta_names_every_input_the_unit_owes(plans: dict[str, Plan], plan_name: str, unit: str) -> None:
    plan = plans[plan_name]
    _, layout = opened(write_template(plan, unit, Period(2022, 3) if plan_name == "jxdf" else Q3))
    owed = {(i.indicator, part) for i in plan.indicators_of(unit) for part in i.typed_parts}
    assert set(layout.figures.values()) == owed
    assert len(layout.figures) == len(owed)
    asked = {layout.roster_of(sheet): list(columns.values()) for sheet, columns in layout.columns.items()}
    assert asked == {r.roster: [f.field for f in r.fields] for r in plan.rosters_of(unit)}
    assert {key: layout.keys[key] for key in ("plan", "plan_version", "unit")} == {
        "plan": plan_name,
        "plan_version": plan.version,
        "unit": unit,
    }
    assert layout.keys["period"] and layout.keys["template_version"]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_labels_stand_beside_the_inputs_that_meta_names(plans: dict[str, Plan], language: str) -> None:
    plan = plans["jxfs"]
    workbook, layout = opened(write_template(plan, "330402", Q3, language=language))
    for (sheet, cell), (name, part) in layout.figures.items():
        indicator, row = plan.indicators[name], re.sub(r"\D", "", cell)
        assert workbook[sheet][f"A{row}"].value == indicator.name.by(language)
        if part == "numerator" and indicator.numerator_name:
            assert workbook[sheet][f"B{row}"].value == indicator.numerator_name.by(language)
        assert workbook[sheet][cell].value is None
    for sheet, columns in layout.columns.items():
        fields = {field.field: field for field in plan.rosters[layout.roster_of(sheet)].fields}
        for letter, name in columns.items():
            heading = str(workbook[sheet][f"{letter}{layout.first_row_of(sheet) - 1}"].value)
            assert heading.startswith(fields[name].name.by(language))
            assert ("*" in heading) == fields[name].required
            assert fields[name].measure in heading


def test_meta_is_hidden_from_everybody_but_programs(plans: dict[str, Plan]) -> None:
    workbook, _ = opened(write_template(plans["jxfs"], "330402", Q3))
    states = {sheet.title: sheet.sheet_state for sheet in workbook}
    assert states.pop(META_SHEET) == "veryHidden"
    assert set(states.values()) == {"visible"}


def test_tasks_of_past_years_are_no_longer_asked_for(plans: dict[str, Plan]) -> None:
    def asked(period: Period) -> set[str]:
        _, layout = opened(write_template(plans["jxdf"], "330402", period))
        return {indicator for indicator, _ in layout.figures.values()}

    assert "smart-districts" in asked(Period(2022, 4))
    assert "smart-districts" not in asked(Period(2023, 1))
    assert "domestic-sales-new" in asked(Period(2025, 4))


def test_drop_downs_offer_the_choices_in_chinese(plans: dict[str, Plan]) -> None:
    plan = plans["jxfs"]
    workbook, layout = opened(write_template(plan, "330402", Q3))
    sheet, columns = sheet_of(workbook, layout, "stores")
    form = next(field for field in plan.rosters["stores"].fields if field.field == "form")
    rule = rule_at(sheet, f"{columns['form']}300")
    assert (rule.type, rule.formula1) == ("list", f'"{",".join(choice.name.zh for choice in form.choices)}"')
    assert rule_at(sheet, f"{columns['own_products']}5").formula1 == '"是,否"'


def test_a_drop_down_too_long_for_excel_points_into_meta(plans: dict[str, Plan]) -> None:
    plan = plans["jxdf"]
    workbook, layout = opened(write_template(plan, "330402", Q3, language="en"))
    sheet, columns = sheet_of(workbook, layout, "recognitions")
    rule = rule_at(sheet, f"{columns['honour']}5")
    where = re.fullmatch(r"'_meta'!(\$B\$\d+:\$[A-Z]+\$\d+)", rule.formula1)
    assert where
    offered = [cell.value for cell in workbook[META_SHEET][where[1].replace("$", "")][0]]
    honour = next(field for field in plan.rosters["recognitions"].fields if field.field == "honour")
    assert offered == [choice.name.en for choice in honour.choices]


def test_a_typed_figure_may_be_a_number_or_a_dash_and_its_prompt_says_so(plans: dict[str, Plan]) -> None:
    workbook, layout = opened(write_template(plans["jxdf"], "330402", Q3))
    places = {what: place for place, what in layout.figures.items()}
    sheet, cell = places["domestic-sales-new", "value"]
    rule = rule_at(workbook[sheet], cell)
    assert rule.formula1 == f'OR({cell}="—",ISNUMBER({cell}))'
    assert "亿元" in rule.prompt
    sheet, cell = places["a1-new-exporters", "value"]
    assert f"{cell}>=0" in rule_at(workbook[sheet], cell).formula1


def test_formats_keep_codes_as_text_and_money_to_the_yuan(plans: dict[str, Plan]) -> None:
    workbook, layout = opened(write_template(plans["jxdf"], "330402", Q3))
    sheet, columns = sheet_of(workbook, layout, "firms")
    formats = {field: sheet[f"{letter}5"].number_format for field, letter in columns.items()}
    assert formats["uscc"] == formats["name"] == "@"
    assert formats["first_export"] == "yyyy-mm-dd"
    assert formats["exports"].startswith("#,##0")
    # Rows far below have no cell of their own: the column carries the format.
    assert sheet.column_dimensions[columns["uscc"]].number_format == "@"
    places = {what: place for place, what in layout.figures.items()}
    name, cell = places["domestic-sales-new", "value"]
    assert workbook[name][cell].number_format == "#,##0.00######"


def test_the_last_published_list_is_filled_in(plans: dict[str, Plan]) -> None:
    content = write_template(plans["jxfs"], "330402", Q3, last_rosters={"stores": [STORE]})
    workbook, layout = opened(content)
    sheet, columns = sheet_of(workbook, layout, "stores")
    row = {field: sheet[f"{letter}5"].value for field, letter in columns.items()}
    assert row["uscc"] == STORE["uscc"]
    assert row["opened"] == datetime(2024, 5, 4)
    assert (row["form"], row["own_products"], row["area"]) == ("工厂折扣店", "是", 320.5)
    assert sheet[f"{columns['name']}6"].value is None


def test_amounts_of_last_quarter_are_not_carried_over(plans: dict[str, Plan]) -> None:
    firm = {"name": "示例嘉丰进出口有限公司", "uscc": STORE["uscc"], "turned_inward": "5000000", "exports": "90000"}
    workbook, layout = opened(write_template(plans["jxdf"], "330402", Q3, last_rosters={"firms": [firm]}))
    sheet, columns = sheet_of(workbook, layout, "firms")
    assert sheet[f"{columns['name']}5"].value == firm["name"]
    assert sheet[f"{columns['turned_inward']}5"].value is None
    assert sheet[f"{columns['exports']}5"].value is None


@pytest.mark.parametrize("words", ["=1+1", "=HYPERLINK(1)", "+86 573", "-1店", "@示例", "#N/A", "=cmd|' /C calc'!A0"])
def test_what_people_typed_never_becomes_a_formula(plans: dict[str, Plan], words: str) -> None:
    content = write_template(plans["jxfs"], "330402", Q3, last_rosters={"stores": [STORE | {"name": words}]})
    again = fill_template(content, plans["jxfs"], {}, {"stores": [STORE | {"name": words, "town": words}]})
    for workbook, layout in (opened(content), opened(again)):
        sheet, columns = sheet_of(workbook, layout, "stores")
        cell = sheet[f"{columns['name']}5"]
        assert (cell.value, cell.data_type) == (words, "s")


def test_a_template_holds_no_formula_and_no_merged_input(plans: dict[str, Plan]) -> None:
    workbook, layout = opened(write_template(plans["jxdf"], "330481", Period(2022, 3)))
    kinds = {cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    inputs = {sheet for sheet, _ in layout.figures} | set(layout.columns)
    assert {sheet for sheet in inputs if workbook[sheet].merged_cells.ranges} == set()


def test_sheets_print_on_a4_with_their_headings_on_every_page(plans: dict[str, Plan]) -> None:
    workbook, layout = opened(write_template(plans["jxfs"], "330402", Q3))
    for name in {sheet for sheet, _ in layout.figures} | set(layout.columns):
        sheet = workbook[name]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.freeze_panes and sheet.freeze_panes.endswith("5")


def told(content: bytes) -> str:
    """All that the guide and the first form say."""
    sheets = opened(content)[0].worksheets[:2]
    return "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value)


def test_the_days_are_those_of_the_plans_calendar_and_of_what_was_changed_of_it(plans: dict[str, Plan]) -> None:
    plan = replace(plans["jxfs"], calendar=Calendar(due=10, grace=3, closing=20))
    words = told(write_template(plan, "330402", Q3))
    assert "报送截止：2025年10月10日" in words and "请于 2025年10月10日 前报送" in words
    assert "2025年11月3日 起不再收件" in words and "2025年10月15日" not in words
    moved = Term(due=date(2025, 10, 20), grace_until=date(2025, 10, 23), closed_from=None)
    words = told(write_template(plan, "330402", Q3, term=moved))
    assert "报送截止：2025年10月20日" in words and "逾期仍可报" in words


def test_the_guide_names_the_sheets_the_due_date_and_the_draft(plans: dict[str, Plan]) -> None:
    workbook, layout = opened(write_template(plans["jxfs"], "330402", Q3))
    guide = workbook.worksheets[0]
    words = "\n".join(str(cell.value) for row in guide.iter_rows() for cell in row if cell.value)
    assert "南湖区" in words and "2025年10月15日" in words and "征求意见稿" in words
    assert all(sheet in words for sheet in layout.columns)
    links = {cell.hyperlink.location for row in guide.iter_rows() for cell in row if cell.hyperlink}
    assert links == {
        f"'{sheet}'!A1" for sheet in {name for name, _ in (*layout.figures, *layout.tasks)} | set(layout.columns)
    }


def test_filling_puts_every_value_into_the_cell_that_meta_names(plans: dict[str, Plan]) -> None:
    plan = plans["jxdf"]
    figures = {
        ("domestic-sales-new", "value"): Decimal(712000001),
        ("a1-leaders", "value"): 0,
        ("a1-bases", "value"): None,
    }
    firm = {"name": "示例嘉丰", "uscc": STORE["uscc"], "first_export": "2025-08-01", "turned_inward": "1230000"}
    rows = [firm | {"name": f"示例嘉丰{n}", "sells_at_home": "no"} for n in range(30)]
    workbook, layout = opened(fill_template(write_template(plan, "330402", Q3), plan, figures, {"firms": rows}))
    places = {what: place for place, what in layout.figures.items()}
    shown = {what: workbook[places[what][0]][places[what][1]].value for what in figures}
    assert shown == {
        ("domestic-sales-new", "value"): 7.12000001,
        ("a1-leaders", "value"): 0,
        ("a1-bases", "value"): "—",
    }
    sheet, columns = sheet_of(workbook, layout, "firms")
    last = {field: sheet[f"{letter}34"] for field, letter in columns.items()}
    assert last["name"].value == "示例嘉丰29"
    assert last["uscc"].number_format == "@"
    assert (last["turned_inward"].value, last["sells_at_home"].value) == (123, "否")
    assert last["first_export"].value.date() == date(2025, 8, 1)


def test_filling_a_figure_that_is_not_asked_for_fails(plans: dict[str, Plan]) -> None:
    content = write_template(plans["jxdf"], "JX-HG", Q3)
    with pytest.raises(KeyError):
        fill_template(content, plans["jxdf"], {("domestic-sales-new", "value"): 1}, {})


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_is_filled_in_is_what_is_read_back(plans: dict[str, Plan], database: Database, language: str) -> None:
    plan = plans["jxdf"]
    firm = {"name": "示例嘉丰", "uscc": STORE["uscc"], "first_export": "2025-08-01", "turned_inward": "1230000"}
    figures = {("domestic-sales-new", "value"): Decimal(712000001), ("a1-bases", "value"): None}
    content = write_template(plan, "330402", Q3, language=language)
    content = fill_template(content, plan, figures, {"firms": [firm | {"sells_at_home": "yes"}]})
    verdict = load(database, plans, content, "a.xlsx", now=datetime(2025, 10, 8), who="t", save=False)
    assert verdict.errors == []
    assert (verdict.plan, verdict.unit, verdict.period) == ("jxdf", "330402", Q3)
    assert verdict.draft is not None
    assert {(f.indicator, f.part): f.number for f in verdict.draft.figures} == figures
    assert [row.values for row in verdict.draft.roster_rows] == [firm | {"sells_at_home": "yes"}]
