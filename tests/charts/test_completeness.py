import pandas as pd

from charts.completeness import completeness_rows, state_words
from metrics.completeness import completeness
from metrics.period import Period
from metrics.plan import Plan
from tests.builders import a_plan, some_submissions

SENT = some_submissions({("330402", "2025Q1"): "2025-04-09T10:00:00", ("330402", "2025Q2"): "2025-07-29T10:00:00"})


def both(plan: Plan) -> pd.DataFrame:
    quarters = [Period(2025, 1), Period(2025, 2)]
    return pd.concat(completeness(plan, SENT, quarter).assign(period=str(quarter)) for quarter in quarters)


def test_each_unit_has_a_cell_for_each_quarter_with_mark_word_and_look() -> None:
    plan = a_plan()
    unit, cells = completeness_rows(both(plan), plan, "zh_CN")[0]
    assert unit == "330402"
    assert [(cell.period, cell.mark, cell.word) for cell in cells] == [("2025Q1", "●", "按时"), ("2025Q2", "▲", "迟报")]


def test_who_has_not_sent_is_marked_missing() -> None:
    plan = a_plan()
    cells = dict(completeness_rows(both(plan), plan, "zh_CN"))["330483"]
    assert {cell.state for cell in cells} == {"missing"}
    assert state_words("missing", "en") == "▼ Missing"
