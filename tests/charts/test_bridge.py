"""The picture of revisions: steps as long as what they change, in one figure with its table."""

from datetime import datetime
from decimal import Decimal

import pytest

from charts.bridge import bridge_figure, bridge_table, bridge_words
from charts.palette import LOOKS
from metrics.bridge import Bridge, Revision
from tests.builders import AREA, JX7, a_plan, an_indicator

A, B = JX7[:2]
NINE = datetime(2025, 8, 20, 9, 30)


def revision(unit: str, before: int, after: int, own: tuple[int, int]) -> Revision:
    numbers = (Decimal(n) for n in (before, after, *own))
    return Revision(unit, "2025Q2", NINE, 2, 1, *numbers)


def a_bridge(*revisions: Revision, counts_units: bool = False) -> Bridge:
    return Bridge("stores", AREA, Decimal(145), Decimal(147), revisions, counts_units)


TWO = a_bridge(revision(A, 145, 149, (20, 24)), revision(B, 149, 147, (16, 14)))


def test_steps_begin_where_the_one_before_ended_and_end_at_the_figure_of_now() -> None:
    bars, marks = bridge_figure(a_plan(), TWO, "zh_CN").data
    assert list(bars.base) == [145, 149]
    assert list(bars.y) == [4, -2]
    assert list(bars.text) == ["+4", "−2"]
    assert list(marks.y) == [145, 147]


def test_up_and_down_differ_in_colour_and_in_sign_and_use_no_status_colour() -> None:
    (bars, _) = bridge_figure(a_plan(), TWO, "zh_CN").data
    up, down = bars.marker.color
    assert up != down
    assert not {up, down} & {style.fill for style in LOOKS.values()}


def test_the_table_names_each_revision_with_before_and_after() -> None:
    rows = bridge_table(a_plan(), TWO, "zh_CN").to_numpy().tolist()
    assert rows == [
        ["南湖", "2025年二季度", "2025-08-20 09:30", "20", "24", "+4"],
        ["秀洲", "2025年二季度", "2025-08-20 09:30", "16", "14", "−2"],
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh_CN", "首报 145家，修订 2 次共 +2，现为 147家。"), ("en", "First reported 145 stores; revisions: 2")],
)
def test_one_sentence_says_the_same(language: str, said: str) -> None:
    assert bridge_words(a_plan(), TWO, language).startswith(said)


def test_money_is_told_in_its_measure_and_a_minimum_in_units() -> None:
    money = a_plan([an_indicator("stores", money=True)])
    steps = Bridge("stores", AREA, Decimal(10**8), Decimal(3 * 10**8), (revision(A, 10**8, 3 * 10**8, (1, 2)),))
    assert bridge_figure(money, steps, "zh_CN").data[0].text == ("+2.0",)
    floor = a_bridge(revision(A, 145, 147, (2, 3)), counts_units=True)
    assert "147 地达标" in bridge_words(a_plan([an_indicator("stores", "floor")]), floor, "zh_CN")


def test_what_a_county_may_not_know_is_told_without_a_name() -> None:
    veiled = a_bridge(Revision("", "2025Q2", NINE, 2, 1, Decimal(145), Decimal(147), None, None))
    row = bridge_table(a_plan(), veiled, "zh_CN").iloc[0].tolist()
    assert row[0] == "其他县区"
    assert row[3:] == ["—", "—", "+2"]


def test_without_a_revision_the_sentence_says_so() -> None:
    assert bridge_words(a_plan(), a_bridge(), "zh_CN") == "没有修订过，首报就是现在的 147家。"
