"""The sent sheet as a small grid, whose one column in question stays in view on a phone."""

from loaders.source import source_rows
from pages.parts.source_grid import grid_markup
from tests.loaders import cells

BOOK = cells.workbook(
    cells.sheet([["店", "镇", "备注", "数"], ["甲", "一", "很长的备注", 12], ["乙", "二", "", 5]], name="表")
)


def test_the_column_of_the_cell_in_question_is_pinned_with_its_letter_and_heading() -> None:
    grid = grid_markup(source_rows(BOOK, "表", "D2"), "D2")
    assert '<div class="scroll pin"><table class="sheet">' in grid
    assert '<th scope="col" class="pinned">D</th>' in grid
    assert grid.count('class="pinned"') == 2 and '<td class="pinned"><div>数</div>' in grid
    assert '<td class="number marked"><div>12</div>' in grid


def test_of_a_whole_row_no_column_is_pinned() -> None:
    grid = grid_markup(source_rows(BOOK, "表", "2:2"), "2:2")
    assert "pin" not in grid
    assert grid.count("marked") == 4
