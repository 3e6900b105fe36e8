from metrics.completeness import completeness
from metrics.period import Period
from metrics.tally import tally
from tests.builders import a_plan, some_submissions


def test_late_ones_count_as_received_and_are_named() -> None:
    sent = some_submissions({("330402", "2025Q2"): "2025-07-09T10:00:00", ("330411", "2025Q2"): "2025-07-19T10:00:00"})
    count = tally(completeness(a_plan(), sent, Period(2025, 2)))
    assert (count.expected, count.received, count.late) == (7, 2, ("330411",))
    assert "330421" in count.missing


def test_who_waits_for_review_is_neither_received_nor_missing() -> None:
    sent = some_submissions({("330402", "2025Q2"): "2025-07-09T10:00:00"})
    count = tally(completeness(a_plan(), sent, Period(2025, 2), waiting={"330402", "330411"}))
    assert (count.received, count.waiting) == (1, ("330411",))
    assert "330411" not in count.missing and len(count.missing) == 5
