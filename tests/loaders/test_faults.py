"""The table in which a sender mends and answers."""

from datetime import datetime

from loaders.faults import lines
from loaders.problem import Problem
from store.submissions import Mend, RosterRow
from tests.loaders import cells

NOW = datetime(2025, 10, 8, 9, 30)
BOOK = cells.workbook(cells.sheet([["名称", "数"], ["甲店", "约12"], ["乙店", -3], ["丙店", 5]], name="表"))


def problem(code: str, cell: str, found: str = "", severity: str = "error", sheet: str = "表") -> Problem:
    return Problem(severity, code, sheet, cell, found)  # type: ignore[arg-type]


def arrived(*problems: Problem) -> list[dict[str, str]]:
    return [{"severity": one.severity, "code": one.code, "sheet": one.sheet, "cell": one.cell} for one in problems]


FIRST, SECOND = problem("number_not_exact", "B2", "约12"), problem("negative", "B3", "-3")


def test_each_cell_has_one_line_with_what_stands_there_and_whose_row_it_is():
    asks = problem("jumped", "B3", "-3", "notice")
    found = lines(BOOK, arrived(FIRST, SECOND), [FIRST, SECOND, asks], [])
    assert [(line.cell, line.stood, line.row_name) for line in found] == [("B2", "约12", "甲店"), ("B3", "-3", "乙店")]
    assert (found[1].errors, found[1].asking) == ((SECOND,), (asks,))


def test_a_mended_cell_keeps_its_line_in_its_place():
    mend = Mend("表", "B2", "约12", "12", "甲", NOW)
    found = lines(BOOK, arrived(FIRST, SECOND), [SECOND], [mend])
    assert [(line.cell, line.mend, line.errors) for line in found] == [("B2", mend, ()), ("B3", None, (SECOND,))]


def test_lines_go_from_the_top_down_with_errors_first_however_the_problems_were_found():
    asks = problem("jumped", "B1", "9", "notice")
    found = lines(BOOK, arrived(asks, SECOND, FIRST), [asks, SECOND, FIRST, problem("negative", "B4", "-5")], [])
    assert [line.cell for line in found] == ["B2", "B3", "B4", "B1"]


def test_a_notice_whose_mend_is_wrong_stays_where_it_stands():
    asks, worse = problem("jumped", "B4", "9", "notice"), problem("negative", "B4", "-5")
    found = lines(BOOK, arrived(FIRST, asks), [FIRST, worse], [Mend("表", "B4", "9", "-5", "甲", NOW)])
    assert [line.cell for line in found] == ["B2", "B4"]
    found = lines(BOOK, arrived(FIRST, asks), [worse], [Mend("表", "B2", "约12", "12", "甲", NOW)])
    assert [line.cell for line in found] == ["B2", "B4"]


def test_faults_of_the_whole_file_come_first_and_those_of_the_layout_are_not_typed():
    whole, merged = problem("unit_differs", "", "330402", sheet=""), problem("merged_value", "B2")
    found = lines(BOOK, arrived(SECOND, whole, merged), [SECOND, whole, merged], [])
    assert [(line.cell, line.mendable) for line in found] == [("", False), ("B2", False), ("B3", True)]
    assert found[0].stood == ""


def test_notices_that_do_not_ask_have_no_line():
    assert lines(BOOK, [], [problem("unit_in_cell", "B4", "5家", "notice")], []) == []


def test_a_file_that_cannot_be_opened_has_its_fault_told():
    whole = problem("file_damaged", "", sheet="")
    (line,) = lines(None, arrived(whole), [whole], [])
    assert (line.mendable, line.problems) == (False, (whole,))


def test_a_row_of_a_roster_is_called_by_its_name_and_not_by_its_number():
    rows = [RosterRow("stores", 2, {"store_id": "甲店", "name": "示例甲店"}, "表", {})]
    assert lines(BOOK, [], [FIRST, SECOND], [], rows)[0].row_name == "示例甲店"


def test_a_notice_about_a_whole_row_is_explained_and_not_typed_over():
    (line,) = lines(BOOK, [], [problem("claim_elsewhere", "A2", "甲店", "notice")], [])
    assert (line.mendable, [one.code for one in line.asking]) == (False, ["claim_elsewhere"])
