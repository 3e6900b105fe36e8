"""What became of the problems named last time."""

from loaders.compare import compare


def told(code: str, cell: str = "", found: str = "", sheet: str = "表") -> dict[str, str]:
    return {"code": code, "sheet": sheet, "cell": cell, "found": found}


def codes(problems) -> list[tuple[str, str]]:
    return [(problem["code"], problem["cell"]) for problem in problems]


def test_problems_are_closed_new_or_still_there():
    before = [told("negative", "C7", "-3"), told("required_blank", "E9")]
    after = [told("required_blank", "E9"), told("row_twice", "B4", "甲店")]
    found = compare(before, after)
    assert codes(found.closed) == [("negative", "C7")]
    assert codes(found.still) == [("required_blank", "E9")]
    assert codes(found.new) == [("row_twice", "B4")]


def test_another_wrong_value_in_the_same_cell_is_the_same_problem():
    found = compare([told("number_not_exact", "C7", "约3")], [told("number_not_exact", "C7", "约4")])
    assert (found.closed, found.new) == ([], [])
    assert found.still[0]["found"] == "约4"


def test_a_row_that_moved_keeps_its_problem():
    before = [told("credit_code_check", "C7", "X1"), told("credit_code_check", "C8", "X2")]
    found = compare(before, [told("credit_code_check", "C7", "X2")])
    assert codes(found.still) == [("credit_code_check", "C7")]
    assert len(found.closed) == 1
    assert found.new == []


def test_empty_cells_elsewhere_are_not_taken_for_one_another():
    found = compare([told("required_blank", "E9")], [told("required_blank", "E12")])
    assert codes(found.closed) == [("required_blank", "E9")]
    assert codes(found.new) == [("required_blank", "E12")]


def test_each_problem_answers_for_one_other_only_and_the_order_stays():
    after = [told("row_twice", "B4", "甲"), told("row_twice", "B5", "甲"), told("file_empty", sheet="")]
    found = compare([told("file_empty", sheet=""), told("row_twice", "B9", "甲")], after)
    assert [problem["code"] for problem in found.still] == ["row_twice", "file_empty"]
    assert len(found.new) == 1
    assert found.closed == []


def test_nothing_before_makes_everything_new():
    assert compare([], [told("negative", "C7")]).new == [told("negative", "C7")]
