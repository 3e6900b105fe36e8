"""Two submissions held side by side."""

from decimal import Decimal

from metrics.contents import Contents, Stated
from metrics.plan import Milestone, Plan
from metrics.versions import FigureChange, RowChange, TaskChange, differences
from tests.builders import a_plan, an_indicator, words


def figures(**numbers: int | None) -> Contents:
    return Contents({(name, "value"): Stated(None if n is None else Decimal(n)) for name, n in numbers.items()})


def stores(*rows: dict[str, str]) -> Contents:
    return Contents(rows={"stores": [{"row": number, **row} for number, row in enumerate(rows, start=5)]})


def store(code: str = "A1", **values: str) -> dict[str, str]:
    return {"name": f"店{code}", "uscc": code, "address": "示例路1号", "opened": "2025-01-05", **values}


def two(*names: str) -> Plan:
    return a_plan([an_indicator(name) for name in names])


def test_the_same_twice_has_no_differences() -> None:
    said = Contents(figures(stores=40).figures, stores(store()).rows, {"m1": "done"})
    assert not differences(a_plan(), said, said)


def test_a_figure_that_differs_is_told_with_both_numbers_and_the_change() -> None:
    (found,) = differences(a_plan(), figures(stores=40), figures(stores=46)).figures
    assert found == FigureChange("stores", "value", "changed", Decimal(40), Decimal(46))
    assert found.change == 6


def test_figures_come_and_go_and_neither_is_a_change_by_an_amount() -> None:
    found = differences(two("a", "b"), figures(a=3), figures(b=4)).figures
    assert [(change.indicator, change.what, change.change) for change in found] == [
        ("a", "removed", None),
        ("b", "added", None),
    ]


def test_not_applicable_after_a_number_is_a_change_and_not_a_removal() -> None:
    (found,) = differences(a_plan(), figures(stores=4), figures(stores=None)).figures
    assert (found.what, found.before, found.after) == ("changed", 4, None)


def test_zero_is_told_apart_from_not_mentioned() -> None:
    (found,) = differences(a_plan(), figures(), figures(stores=0)).figures
    assert (found.what, found.after) == ("added", 0)


def test_what_the_plan_does_not_know_is_left_out() -> None:
    assert not differences(a_plan(), figures(), figures(unheard_of=3))


def test_both_parts_of_a_share_are_compared_each_by_itself() -> None:
    plan = a_plan([an_indicator("rate", "share")])
    old = Contents({("rate", part): Stated(Decimal(number)) for part, number in (("numerator", 3), ("denominator", 9))})
    new = Contents({("rate", part): Stated(Decimal(number)) for part, number in (("numerator", 4), ("denominator", 9))})
    assert [(change.part, change.after) for change in differences(plan, old, new).figures] == [("numerator", 4)]


def test_rows_are_matched_by_their_key_and_not_by_where_they_stand() -> None:
    moved = differences(a_plan(), stores(store("A"), store("B")), stores(store("B"), store("A")))
    assert not moved


def test_a_new_row_a_changed_row_and_a_row_that_is_gone_are_told_apart() -> None:
    old, new = stores(store("A"), store("B")), stores(store("B", opened="2025-02-01"), store("C"))
    assert differences(a_plan(), old, new).rows == (
        RowChange("stores", "changed", "店B", 6, 5, (("opened", "2025-01-05", "2025-02-01"),)),
        RowChange("stores", "added", "店C", None, 6),
        RowChange("stores", "removed", "店A", 5, None),
    )


def test_spaces_and_width_make_no_difference() -> None:
    assert not differences(a_plan(), stores(store("A1")), stores(store("Ａ１ ", name="店 A1")))


def test_a_field_filled_later_is_a_change_from_blank() -> None:
    (found,) = differences(a_plan(), stores(store()), stores(store(closed="2025-03-01"))).rows
    assert found.cells == (("closed", "", "2025-03-01"),)


def test_rows_without_a_key_are_compared_by_all_they_say() -> None:
    nameless = {"name": "无码店"}
    assert not differences(a_plan(), stores(nameless), stores(nameless))
    found = differences(a_plan(), stores(nameless), stores({"name": "另一家"})).rows
    assert [(row.what, row.label) for row in found] == [("added", "另一家"), ("removed", "无码店")]


def test_a_whole_list_left_out_is_told_row_by_row() -> None:
    found = differences(a_plan(), stores(store("A"), store("B")), Contents())
    assert [row.label for row in found.rows_of("stores", "removed")] == ["店A", "店B"]
    assert found.rows_of("stores", "added") == ()


def test_a_task_is_told_when_its_status_differs_or_is_said_for_the_first_time() -> None:
    tasks = tuple(
        Milestone(name, words(name), ("一",), None, "", "once", "city", (), "stated", words("文件")) for name in "xyz"
    )
    plan = a_plan(milestones=tasks)
    found = differences(
        plan, Contents(tasks={"x": "under_way", "z": "done"}), Contents(tasks={"x": "done", "y": "done"})
    )
    assert found.tasks == (
        TaskChange("x", "under_way", "done"),
        TaskChange("y", None, "done"),
        TaskChange("z", "done", None),
    )
