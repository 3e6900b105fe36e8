"""Cells mended in the browser: laid over the file, judged again by the same rules."""

import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from loaders.checks import ASKING
from loaders.intake import load
from loaders.judging import judge
from loaders.mends import mendable, overlay, standing
from loaders.problem import Problem
from loaders.sandbox import read_file
from loaders.template import fill_template, write_template
from loaders.verdict import notice_key
from metrics.period import Period
from store.originals import fingerprint
from store.submissions import Mend
from tests.loaders import cells

NOW = datetime(2025, 10, 8, 9, 30)
Q3 = Period(2025, 3)
STORE = {"name": "示例甲店", "uscc": "91350100M000100Y44", "address": "甲路1号", "opened": "2025-03-04"}


def mend(cell: str, typed: str, sheet: str = "Sheet1", found: str = "") -> Mend:
    return Mend(sheet, cell, found, typed, "张三", NOW)


def test_typed_cells_stand_in_place_of_the_sent_ones_and_the_file_stays_as_it_was():
    book = cells.workbook(cells.sheet([["指标", "本季数"], ["甲", "约12"]]))
    laid = overlay(book, [mend("B2", " 12 "), mend("C2", "新")])
    assert [laid.sheets[0].at(2, column).value for column in (1, 2, 3)] == ["甲", "12", "新"]
    assert book.sheets[0].at(2, 2).value == "约12"
    assert book.sheets[0].at(2, 3) is None


def test_an_empty_mend_clears_the_cell_and_the_last_mend_of_a_cell_wins():
    book = cells.workbook(cells.sheet([["指标", "本季数"], ["甲", "约12"]]))
    assert overlay(book, [mend("B2", "")]).sheets[0].at(2, 2) is None
    assert overlay(book, [mend("B2", "3"), mend("B2", "4")]).sheets[0].at(2, 2).value == "4"


def test_mends_of_a_sheet_that_is_not_there_change_nothing():
    book = cells.workbook(cells.sheet([["甲"]]))
    assert overlay(book, [mend("A1", "乙", sheet="别的")]).sheets == book.sheets


def test_only_faults_of_one_visible_cell_are_mended_by_typing():
    book = cells.workbook(
        cells.sheet([["甲", 1], ["乙", 2], ["丙", 3]], merges=["B2:B3"]),
        replace(cells.sheet([["藏", 1]], name="藏"), state="hidden"),
    )
    can = Problem("error", "number_not_exact", "Sheet1", "B1", "约1")
    second = Problem("error", "negative", "Sheet1", "B1", "-1")
    cannot = [
        Problem("error", "file_empty"),
        Problem("error", "sheet_missing", "Sheet9"),
        Problem("error", "number_not_exact", "藏", "B1"),
        Problem("error", "number_not_exact", "Sheet1", "B3"),
        Problem("error", "percent_mixed", "Sheet1", "B2"),
        Problem("notice", "count_fell_by_half", "Sheet1", "2:3"),
        Problem("notice", "unit_in_cell", "Sheet1", "B2", values={"alike": 7}),
    ]
    assert mendable(book, [*cannot, can, second]) == [can]


def test_what_stands_in_the_file_is_told_as_it_shows():
    book = cells.workbook(cells.sheet([["甲", cells.percent("0.8")]]))
    assert standing(book, "Sheet1", "B1") == "80%"
    assert standing(book, "Sheet1", "C1") == ""
    assert standing(book, "无", "A1") == ""


def faulty(plans, figure: object = "约120") -> bytes:
    plan = plans["jxfs"]
    return fill_template(write_template(plan, "330402", Q3), plan, {("stores", "value"): figure}, {"stores": [STORE]})


def judged(database, plans, data: bytes, **more):
    opened = read_file(data, "南湖.xlsx")
    return judge(database, plans, opened, "南湖.xlsx", fingerprint(data), now=NOW, who="张三", **more)


def test_a_mended_workbook_is_judged_by_what_was_typed_and_keeps_both(database, plans):
    data = faulty(plans)
    before = judged(database, plans, data)
    assert {problem.code for problem in before.errors} == {"number_not_exact", "credit_code_check"}
    typed = {"number_not_exact": "1", "credit_code_check": "91350100M000100Y43"}
    mends = [Mend(p.sheet, p.cell, p.found, typed[p.code], "张三", NOW) for p in before.errors]
    after = judged(database, plans, data, mends=mends)
    assert after.errors == []
    assert after.draft is not None
    assert after.draft.figures[0].number == 1
    assert after.draft.roster_rows[0].values["uscc"] == "91350100M000100Y43"
    assert [(m.found, m.typed) for m in after.draft.mends] == [
        ("约120", "1"),
        ("91350100M000100Y44", "91350100M000100Y43"),
    ]
    assert openpyxl.load_workbook(io.BytesIO(data))["数据填报"]["F6"].value == "约120"


def test_a_mend_may_open_another_problem(database, plans):
    data = faulty(plans)
    error = next(p for p in judged(database, plans, data).errors if p.code == "number_not_exact")
    after = judged(database, plans, data, mends=[mend(error.cell, "-3", error.sheet)])
    assert "negative" in [problem.code for problem in after.errors]


def test_an_answer_is_kept_with_its_notice_and_only_for_the_same_numbers(database, plans):
    good = {**STORE, "uscc": "91350100M000100Y43"}
    plan = plans["jxfs"]
    blank = write_template(plan, "330402", Q3)
    data = fill_template(blank, plan, {("stores", "value"): 5}, {"stores": [good]})
    asking = judged(database, plans, data).asking
    assert [problem.code for problem in asking] == ["count_differs"]
    answers = {notice_key(asking[0]): {"answer": "有四家尚未录入名册", "who": "张三", "at": NOW}}
    told = judged(database, plans, data, answers=answers).draft
    assert told is not None
    (notice,) = [one for one in told.notices if one.get("asks")]
    assert (notice["answer"], notice["answered_by"]) == ("有四家尚未录入名册", "张三")
    changed = fill_template(blank, plan, {("stores", "value"): 6}, {"stores": [good]})
    again = judged(database, plans, changed, answers=answers).draft
    assert again is not None
    assert [one.get("answer") for one in again.notices if one.get("asks")] == [None]


@pytest.mark.parametrize("code", ["count_differs", "fell_by_half", "jumped", "task_undone", "claim_over_limit"])
def test_notices_that_only_the_unit_can_explain_ask(code: str):
    assert code in ASKING


@pytest.mark.parametrize("code", ["figures_blank", "figure_not_owed", "date_after_quarter", "claim_area_needed"])
def test_notices_that_tell_how_something_was_read_do_not_ask(code: str):
    assert code not in ASKING


def test_errors_never_ask_and_loading_a_file_still_works(database, plans):
    verdict = load(database, plans, faulty(plans), "南湖.xlsx", now=NOW, who="张三")
    assert verdict.errors
    assert all(problem.code not in ASKING for problem in verdict.errors)
