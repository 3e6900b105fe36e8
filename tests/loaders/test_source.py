import pytest

from loaders.source import source_rows
from loaders.workbook import Cell, Sheet, Workbook, position


def workbook(cells: dict[str, str], merges: list[tuple[int, int, int, int]] | None = None) -> Workbook:
    placed = {}
    for where, value in cells.items():
        row, column = position(where)
        kind = "number" if value.replace(".", "").isdigit() else "text"
        placed[row, column] = Cell(row, column, kind, value)
    return Workbook("xlsx", [Sheet("填报", cells=placed, merges=merges or [])])


FORM = {"A1": "填报单位：南湖区", "A3": "指标", "B3": "单位", "C3": "本季数"} | {
    f"{column}{row}": value
    for row in range(4, 20)
    for column, value in (("A", f"指标{row}"), ("B", "家"), ("C", str(row * 10)))
}


def test_the_rows_around_a_cell_are_shown_with_only_that_cell_marked():
    found = source_rows(workbook(FORM), "填报", "C10")
    assert [row.row for row in found.rows if not row.heading] == [8, 9, 10, 11, 12]
    assert [letter for _, letter in found.columns] == ["A", "B", "C"]
    marked = [(row.row, column) for row in found.rows for column, cell in row.cells.items() if cell.marked]
    assert marked == [(10, 3)]
    assert found.rows[3].cells[3].text == "100"


def test_the_row_of_headings_is_shown_above_the_window():
    found = source_rows(workbook(FORM), "填报", "C10")
    assert found.rows[0].heading
    assert [cell.text for cell in found.rows[0].cells.values()] == ["指标", "单位", "本季数"]


def test_a_window_that_holds_the_headings_starts_with_them():
    found = source_rows(workbook(FORM), "填报", "C4")
    assert [row.row for row in found.rows] == [3, 4, 5, 6]
    assert [row.row for row in found.rows if row.heading] == [3]


def test_a_range_of_rows_is_marked_whole_and_a_long_one_is_cut():
    found = source_rows(workbook(FORM), "填报", "4:5")
    assert all(cell.marked for row in found.rows if row.row in (4, 5) for cell in row.cells.values())
    assert not any(cell.marked for row in found.rows if row.row == 6 for cell in row.cells.values())
    assert source_rows(workbook(FORM), "填报", "4:400").rows[-1].row <= 4 + 18


def test_a_merged_heading_spans_its_columns_once():
    found = source_rows(workbook({"A1": "标题", "A2": "甲", "B2": "乙"}, [(1, 1, 1, 2)]), "填报", "A2")
    assert {column: (cell.text, cell.columns) for column, cell in found.rows[0].cells.items()} == {1: ("标题", 2)}


def test_a_cell_far_to_the_right_is_inside_the_window():
    wide = {f"{letter}2": letter for letter in "ABCDEFGHIJKLMNOPQRST"}
    letters = [letter for _, letter in source_rows(workbook(wide), "填报", "R2").columns]
    assert "R" in letters
    assert len(letters) == 10


def test_an_unknown_sheet_is_an_error_and_not_an_empty_picture():
    with pytest.raises(KeyError):
        source_rows(workbook(FORM), "别的", "A1")
