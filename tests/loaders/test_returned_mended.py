"""The returned workbook after mends in the browser: what was typed stands in its cell, and the list says so."""

import io
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest

from loaders.formats.reader import read_workbook
from loaders.intake import load
from loaders.mends import overlay
from loaders.problem import Problem
from loaders.returned import write_returned
from loaders.returned.marks import TINTS
from loaders.workbook import Workbook
from store.submissions import Mend
from tests.loaders import cells
from tests.loaders.rich import LIST, RESULT, SHEET, WRONG, colour, listed, parts, returned, rich
from tests.loaders.test_intake import filled

NOW = datetime(2025, 10, 8, 9, 30)


def mend(cell: str, typed: str, found: str = "约12", sheet: str = SHEET) -> Mend:
    return Mend(sheet, cell, found, typed, "张三", NOW)


def test_what_was_typed_stands_in_its_cell_and_is_listed_last_as_mended():
    book = returned(rich(), Problem("error", "negative", SHEET, "B3", "-1"), mends=[mend("B2", "12.5")])
    cell = book[SHEET]["B2"]
    assert (cell.value, cell.font.size, cell.number_format) == (12.5, 17, "#,##0.00")
    assert [row[:4] for row in listed(book)] == [(1, "必须改正", SHEET, "B3"), (2, "已改好", SHEET, "B2")]
    assert "原为“约12”，改为“12.5”" in listed(book)[1][6]
    assert (colour(book, SHEET, "B2"), colour(book, SHEET, "B3")) == (TINTS["done"], TINTS["error"])
    assert "第 2 条 · 已改好" in cell.comment.text
    assert book[LIST]["A3"].value == "必须改正 1 处，已在网页上改好 1 处。"
    assert "标绿的已在网页上改好" in book[LIST]["A4"].value


def test_without_mends_the_list_speaks_of_none():
    assert "标绿" not in returned(rich(), WRONG)[LIST]["A4"].value


def test_a_mend_that_is_wrong_too_stands_in_its_cell_as_a_fault():
    book = returned(rich(), Problem("error", "number_not_exact", SHEET, "B2", "约13"), mends=[mend("B2", "约13")])
    assert book[SHEET]["B2"].value == "约13" and colour(book, SHEET, "B2") == TINTS["error"]
    assert [row[1] for row in listed(book)] == ["必须改正"]


@pytest.mark.parametrize("typed", ["007", "1.50", "91330411XX10000015", "913304110000000000", "=1+1", "2025-03-04"])
def test_what_excel_would_show_otherwise_stays_a_text(typed):
    cell = returned(rich(), mends=[mend("B2", typed)])[SHEET]["B2"]
    assert (cell.value, cell.data_type) == (typed, "s")


def test_a_number_in_a_text_cell_stays_a_text():
    book = openpyxl.Workbook()
    book.active["A1"].number_format, book.active["A1"].value = "@", "O12"
    cell = returned(cells.saved(book), mends=[mend("A1", "12", sheet="Sheet")])["Sheet"]["A1"]
    assert (cell.value, cell.data_type) == ("12", "s")


def test_a_cleared_cell_is_empty_and_one_never_filled_is_there():
    book = returned(rich(), mends=[mend("B2", ""), mend("E30", "新的", found="")])
    assert book[SHEET]["B2"].value is None and book[SHEET]["E30"].value == "新的"
    assert "原为空白，改为“新的”" in listed(book)[1][6]
    assert next(row[6] for row in listed(book)) == "已在网页上改好：原为“约12”，已清空本格。"


def test_a_typed_value_takes_the_place_of_a_formula_and_of_its_place_in_the_order_of_formulas():
    data = write_returned(rich(), "a.xlsx", [], [mend("B3", "4", found=RESULT)])
    assert openpyxl.load_workbook(io.BytesIO(data))[SHEET]["B3"].value == 4
    assert not any("calcChain" in name for name in parts(data))


def test_an_answered_notice_says_so_and_one_that_asks_is_told_apart_from_what_to_confirm():
    asked = {"severity": "notice", "code": "jumped", "sheet": SHEET, "cell": "B2", "found": "12", "message": "相差"}
    rows = listed(returned(rich(), asked | {"asks": True}, asked | {"cell": "B3", "answer": "新开业", "asks": True}))
    assert [row[1] for row in rows] == ["请说明", "已说明"]
    assert rows[1][6] == "相差（已说明：新开业）"


def test_the_returned_file_is_read_as_the_sent_one_with_its_mends(database, plans):
    plan = plans["jxdf"]
    data = filled(plan, {("domestic-sales-new", "value"): "约1200"})
    wrong = load(database, plans, data, "南湖.xlsx", now=NOW, who="张三")
    (fault,) = wrong.errors
    mends = [mend(fault.cell, "1.2", sheet=fault.sheet)]
    back = write_returned(data, "南湖.xlsx", [], mends)
    again = load(database, plans, back, "退回件_南湖.xlsx", now=NOW, who="张三")
    assert again.accepted and again.draft is not None
    (figure,) = (figure for figure in again.draft.figures if figure.indicator == "domestic-sales-new")
    assert figure.number == Decimal(120_000_000)
    here, there = overlay(read_workbook(data, ""), mends), read_workbook(back, "")
    assert _values(here, fault.sheet) == _values(there, fault.sheet)


def _values(workbook: Workbook, name: str) -> dict[tuple[int, int], str]:
    sheet = workbook.sheet(name)
    assert sheet is not None
    return {place: cell.value for place, cell in sheet.cells.items()}
