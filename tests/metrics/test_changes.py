from metrics.changes import changes
from metrics.period import Period
from metrics.progress import progress
from tests.builders import AREA, JX7, a_plan, some_actuals

Q2 = Period(2025, 2)


def test_a_changed_value_is_told_with_before_after_and_difference() -> None:
    plan = a_plan()
    before = progress(plan, some_actuals({"stores": {"330402": {"2025Q2": 40}}}), Q2)
    after = progress(plan, some_actuals({"stores": {"330402": {"2025Q2": 46}}}), Q2)
    (row,) = changes(before, after, AREA).to_dict("records")
    assert (row["before"], row["after"], row["change"]) == (40, 46, 6)


def test_nothing_is_told_when_nothing_changed() -> None:
    same = progress(a_plan(), some_actuals({"stores": {"330402": {"2025Q2": 40}}}), Q2)
    assert changes(same, same, AREA).empty


def test_a_unit_that_reports_zero_changes_completeness_and_not_the_value() -> None:
    plan = a_plan()
    before = progress(plan, some_actuals({"stores": {"330402": {"2025Q2": 40}}}), Q2)
    after = progress(plan, some_actuals({"stores": {"330402": {"2025Q2": 40}, JX7[1]: {"2025Q2": 0}}}), Q2)
    (row,) = changes(before, after, AREA).to_dict("records")
    assert (row["change"], row["units_before"], row["units_after"]) == (0, 1, 2)


def test_a_first_figure_has_no_difference_to_unknown() -> None:
    plan = a_plan()
    before = progress(plan, some_actuals({}), Q2)
    after = progress(plan, some_actuals({"stores": {"330402": {"2025Q2": 46}}}), Q2)
    (row,) = changes(before, after, AREA).to_dict("records")
    assert (row["before"], row["after"], row["change"]) == (None, 46, None)
    assert row["status_before"] == "no_report"
