"""The returned workbook: every problem marked and listed, nothing else in the file lost."""

import io
import json
import re
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest

from loaders.__main__ import main
from loaders.intake import load
from loaders.problem import Problem
from loaders.returned import returned_name, write_returned
from loaders.returned.marks import TINTS
from loaders.returned.rules import rule_of
from loaders.returned.xml import scan
from loaders.verdict import gather, told
from locales import LANGUAGES, catalogue
from tests.loaders import cells
from tests.loaders.rich import (
    HEAD,
    LIST,
    NOTED,
    NOTES_DRAWING,
    OTHER,
    RESULT,
    SHEET,
    WRONG,
    colour,
    listed,
    parts,
    returned,
    rich,
)
from tests.loaders.test_intake import filled

BLANK = Problem("error", "required_blank", SHEET, "B4", values={"field": {"zh": "备注", "en": "note"}})


def test_bad_cells_are_tinted_and_keep_the_rest_of_their_style():
    book = returned(rich(), WRONG, NOTED, BLANK)
    assert [colour(book, SHEET, cell) for cell in ("B2", "A2", "B4")] == [
        TINTS[w] for w in ("error", "notice", "error")
    ]
    cell = book[SHEET]["B2"]
    assert (cell.font.bold, cell.font.size, cell.number_format, cell.value) == (True, 17, "#,##0.00", 12)
    assert colour(book, SHEET, "B3") == "00000000"


def test_a_note_tells_what_is_wrong_and_other_peoples_notes_stay():
    book = returned(rich(), WRONG, NOTED)
    assert "第 1 条 · 必须改正：“约12”不是确切数字" in book[SHEET]["B2"].comment.text
    both = book[SHEET]["A2"].comment.text
    assert both.startswith("县里自己的批注") and "第 2 条 · 请核实" in both
    assert book[SHEET]["A2"].comment.author == "张三"


def test_two_faults_of_one_cell_share_its_note_and_the_worse_tints_it():
    book = returned(rich(), Problem("notice", "odd_negative", SHEET, "B2", values={"number": 1}), WRONG)
    assert colour(book, SHEET, "B2") == TINTS["error"]
    assert re.findall(r"第 (\d) 条", book[SHEET]["B2"].comment.text) == ["1", "2"]


def test_the_list_comes_first_with_errors_first_and_links_to_the_cells():
    book = returned(rich(), NOTED, WRONG, plan="方案甲", unit="南湖区", period="2025年三季度")
    assert book.sheetnames[0] == LIST and book.active.title == LIST
    rows = listed(book)
    assert [row[:4] for row in rows] == [(1, "必须改正", SHEET, "B2"), (2, "请核实", SHEET, "A2")]
    assert rows[0][4] == "约12" and "确切" in rows[0][5] and "请填确切的阿拉伯数字" in rows[0][6]
    sheet = book[LIST]
    assert [sheet[f"D{row}"].hyperlink.location for row in (HEAD, HEAD + 1)] == ["'数据''s 表'!B2", "'数据''s 表'!A2"]
    assert sheet["A2"].value == "方案甲 · 南湖区 · 2025年三季度 · 原文件：南湖区.xlsx"
    assert sheet["A3"].value == "必须改正 1 处，请核实 1 处。"
    assert (sheet.freeze_panes, sheet.print_title_rows) == (f"A{HEAD}", f"${HEAD - 1}:${HEAD - 1}")
    assert sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage


def test_only_the_list_is_chosen_so_that_nothing_is_typed_into_two_sheets():
    book = returned(rich(), WRONG)
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == [LIST]


def test_formulas_keep_their_results_and_everything_untouched_its_bytes():
    data = rich()
    before, after = parts(data), parts(write_returned(data, "a.xlsx", [WRONG, NOTED]))
    assert {name for name in before if after[name] != before[name]} == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/comments/comment1.xml",
        NOTES_DRAWING,
    }
    assert set(after) - set(before) == {"xl/worksheets/sheet4.xml"}
    book = openpyxl.load_workbook(io.BytesIO(write_returned(data, "a.xlsx", [WRONG])), data_only=True)
    assert str(book[SHEET]["B3"].value) == RESULT


def test_pictures_charts_choices_names_merges_and_protection_are_there_as_before():
    data = rich()
    before, after = openpyxl.load_workbook(io.BytesIO(data)), returned(data, WRONG, BLANK)
    assert after.sheetnames[1:] == before.sheetnames
    assert after[OTHER].sheet_state == "hidden"
    old, new = before[SHEET], after[SHEET]
    assert len(new._images) == len(new._charts) == 1
    assert [str(v.sqref) for v in new.data_validations.dataValidation] == ["C2:C3"]
    assert new.protection.sheet and new.freeze_panes == "B2" and new.column_dimensions["B"].width == 23
    assert new.merged_cells.ranges == old.merged_cells.ranges
    assert new.print_title_rows == "$1:$1"
    assert after.defined_names["门店"].attr_text == before.defined_names["门店"].attr_text
    assert len(new.conditional_formatting) == len(old.conditional_formatting) == 1
    for row in old.iter_rows():
        for cell in row:
            assert new[cell.coordinate].value == cell.value


def test_a_fault_under_a_merge_is_shown_at_the_corner_that_is_seen():
    book = returned(rich(), Problem("notice", "values_under_merge", SHEET, "B7", values={"cells": "B7"}))
    assert colour(book, SHEET, "A6") == TINTS["notice"] and book[SHEET]["A6"].comment


def test_all_cells_of_notices_told_as_one_are_marked():
    many = Problem("notice", "odd_negative", SHEET, "B2", values={"number": 1, "alike": 7, "alike_cells": "B2、B3"})
    book = returned(rich(), many)
    assert [colour(book, SHEET, cell) for cell in ("B2", "B3")] == [TINTS["notice"]] * 2


def test_hidden_sheets_are_said_to_be_hidden_and_not_linked():
    book = returned(rich(), Problem("error", "negative", OTHER, "B5", "-1"), Problem("error", "file_damaged"))
    assert [row[2:4] for row in listed(book)] == [("附件（隐藏的工作表）", "B5"), ("整个文件", "—")]
    assert book[LIST][f"D{HEAD}"].hyperlink is None
    assert colour(book, OTHER, "B5") == TINTS["error"]


def test_a_cell_in_a_hidden_row_is_said_to_be_hidden():
    book = openpyxl.load_workbook(io.BytesIO(rich()))
    book[SHEET].row_dimensions[2].hidden = True
    rows = listed(returned(cells.saved(book), WRONG, BLANK))
    assert [row[3] for row in rows] == ["B2\n（隐藏行列）", "B4"]


def test_notices_told_as_one_mark_every_cell_they_are_about():
    alike = [Problem("notice", "odd_negative", SHEET, f"C{row}", values={"number": 1}) for row in range(1, 8)]
    (one,) = gather(alike)
    for problem in (one, told(one)):
        book = returned(rich(), problem)
        assert {colour(book, SHEET, f"C{row}") for row in (1, 2, 3, 4, 5)} == {TINTS["notice"]}
        assert listed(book)[0][3] == "C1…"


def test_a_file_returned_twice_has_one_list_and_only_the_marks_of_the_second_time():
    once = write_returned(rich(), "a.xlsx", [WRONG, NOTED])
    again = returned(once, BLANK, Problem("notice", "negative", SHEET, "B2"))
    assert again.sheetnames.count(LIST) == 1 and len(again.sheetnames) == 4
    assert [colour(again, SHEET, cell) for cell in ("A2", "B4", "B2")] == ["00000000", TINTS["error"], TINTS["notice"]]
    assert again[SHEET]["A2"].comment.text == "县里自己的批注"
    assert "非" not in again[SHEET]["B2"].comment.text and again[SHEET]["B2"].comment.text.count("【退回件】") == 1
    clean = returned(write_returned(once, "a.xlsx", [BLANK]), NOTED)
    assert colour(clean, SHEET, "B2") == "FF00AA00" and clean[SHEET]["B2"].comment is None


def test_the_marks_of_the_first_time_are_known_after_another_program_saved_the_file():
    book = returned(rich(), WRONG, NOTED)
    clean = returned(cells.saved(book), BLANK)
    assert colour(clean, SHEET, "B2") == "FF00AA00" and clean[SHEET]["B2"].comment is None
    assert clean[SHEET]["A2"].comment.text == "县里自己的批注"
    assert clean.sheetnames.count(LIST) == 1


def test_a_mended_file_loads_like_the_original_and_the_list_is_not_read(database, plans):
    plan, now = plans["jxdf"], datetime(2025, 10, 8, 9, 30)
    place = ("domestic-sales-new", "value")
    wrong = load(database, plans, filled(plan, {place: "约1200"}), "南湖.xlsx", now=now, who="张三")
    assert wrong.verdict == "rejected" and wrong.errors[0].cell
    book = returned(filled(plan, {place: "约1200"}), *wrong.problems)
    fault = wrong.errors[0]
    book[fault.sheet][fault.cell].value = Decimal("1.2")
    mended = load(database, plans, cells.saved(book), "南湖.xlsx", now=now, who="张三")
    right = load(
        database, plans, filled(plan, {place: Decimal("120000000")}), "b.xlsx", now=now, who="张三", save=False
    )
    assert mended.verdict == right.verdict and [p.code for p in mended.problems] == [p.code for p in right.problems]
    assert mended.draft and right.draft and mended.draft.figures == right.draft.figures


def test_a_county_sheet_of_the_same_name_is_not_taken_for_the_list():
    data = cells.xlsx([["指标", "数"], ["工厂店", 12]], title=LIST)
    book = returned(data, Problem("error", "negative", LIST, "B2"))
    assert book.sheetnames == [f"{LIST} (2)", LIST]
    assert colour(book, LIST, "B2") == TINTS["error"]


def test_problems_may_be_those_told_as_json_and_the_list_speaks_english():
    plain = {"severity": "error", "code": "negative", "sheet": SHEET, "cell": "B2", "found": None, "message": "mend it"}
    book = returned(rich(), plain, language="en")
    assert book.sheetnames[0] == "Problems"
    assert book["Problems"].cell(HEAD, 2).value == "To mend" and book["Problems"].cell(HEAD, 7).value == "mend it"
    assert returned_name("南湖区.xls") == "退回件_南湖区.xlsx"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_a_rule_in_every_language(language):
    phrases = catalogue(language)
    codes = [key.removeprefix("problem.") for key in phrases if key.startswith("problem.")]
    assert [code for code in codes if rule_of(code) == "other"] == []
    assert all(f"returned_rule.{rule_of(code)}" in phrases for code in codes)


def test_the_load_command_writes_the_returned_workbook(tmp_path, plans, capsys):
    sent, out = tmp_path / "南湖.xlsx", tmp_path / "退"
    sent.write_bytes(filled(plans["jxdf"], {("domestic-sales-new", "value"): "约1200"}))
    asked = ["load", str(sent), "--returned", str(out), "--database", f"duckdb:///{tmp_path / 'a.duckdb'}"]
    assert main(asked) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["returned"] == str(out / "退回件_南湖.xlsx")
    book = openpyxl.load_workbook(out / "退回件_南湖.xlsx")
    assert "南湖区 · 2025年三季度" in book[LIST]["A2"].value
    assert listed(book)[0][4] == "约1200"


def test_two_files_of_one_name_come_back_as_two(tmp_path, plans, capsys):
    sent = [tmp_path / county / "表.xlsx" for county in ("甲", "乙")]
    for number, file in enumerate(sent, start=1):
        file.parent.mkdir()
        file.write_bytes(filled(plans["jxdf"], {("domestic-sales-new", "value"): f"约{number}"}))
    asked = ["load", *map(str, sent), "--returned", str(tmp_path), "--database", f"duckdb:///{tmp_path / 'a.duckdb'}"]
    assert main(asked) == 1
    back = [json.loads(line)["returned"] for line in capsys.readouterr().out.splitlines()]
    assert back == [str(tmp_path / "退回件_表.xlsx"), str(tmp_path / "退回件_表 (2).xlsx")]
    assert [listed(openpyxl.load_workbook(file))[0][4] for file in back] == ["约1", "约2"]


def test_every_part_of_the_returned_workbook_is_well_formed():
    for name, content in parts(write_returned(rich(), "a.xlsx", [WRONG, NOTED, BLANK])).items():
        if name.endswith((".xml", ".rels", ".vml")):
            assert scan(content, set()) == [], name
