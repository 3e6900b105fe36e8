"""A unit's figures beside the others': shown, never judged."""

from decimal import Decimal
from typing import Any

from metrics.contents import Contents, Stated
from metrics.peers import beside, past_of
from metrics.period import Period
from tests.builders import JX7, a_plan, an_indicator, some_actuals

Q3 = Period(2025, 3)
HERE = JX7[0]


def one(figures: dict[str, Any], number: Any = 30, **indicator: Any) -> Any:
    plan = a_plan([an_indicator("stores", **indicator)])
    now = Contents({("stores", "value"): Stated(None if number is None else Decimal(number))})
    (found,) = beside(plan, HERE, Q3, now, some_actuals({"stores": figures}))
    return found


def test_the_others_are_shown_from_their_lowest_to_their_highest() -> None:
    found = one({JX7[1]: {"2025Q3": 12}, JX7[2]: {"2025Q3": 44}, JX7[3]: {"2025Q3": 20}})
    assert (found.number, found.others, found.lowest, found.highest) == (30, 3, 12, 44)


def test_growth_is_against_last_quarter_and_beside_that_of_the_others() -> None:
    found = one(
        {
            HERE: {"2025Q2": 24},
            JX7[1]: {"2025Q2": 10, "2025Q3": 12},
            JX7[2]: {"2025Q2": 40, "2025Q3": 39},
            JX7[3]: {"2025Q3": 7},
        }
    )
    assert (found.before, found.growth) == (24, Decimal("25.0"))
    assert (found.slowest, found.fastest) == (Decimal("-2.5"), Decimal("20.0"))


def test_growth_from_zero_or_from_nothing_is_unknown() -> None:
    assert one({HERE: {"2025Q2": 0}}).growth is None
    assert one({}).growth is None


def test_growth_is_rounded_half_up() -> None:
    assert one({HERE: {"2025Q2": 400}}, number=401).growth == Decimal("0.3")  # 0.25 exactly


def test_what_this_unit_published_before_is_not_one_of_the_others() -> None:
    found = one({HERE: {"2025Q3": 99}, JX7[1]: {"2025Q3": 12}})
    assert (found.others, found.highest) == (1, 12)


def test_without_others_nothing_is_shown_of_them() -> None:
    found = one({})
    assert (found.others, found.lowest, found.highest, found.slowest) == (0, None, None, None)


def test_not_applicable_of_another_is_not_a_zero() -> None:
    assert one({JX7[1]: {"2025Q3": "n/a"}, JX7[2]: {"2025Q3": 8}}).lowest == 8


def test_a_bureau_that_reports_for_the_city_is_not_held_beside_a_county() -> None:
    found = one({"JX-SWJ": {"2025Q3": 900}, JX7[1]: {"2025Q3": 12}}, reporters=("@units", "JX-SWJ"))
    assert (found.others, found.highest) == (1, 12)


def test_a_not_applicable_figure_of_this_unit_keeps_the_others_in_view() -> None:
    found = one({JX7[1]: {"2025Q3": 12}}, number=None)
    assert (found.number, found.growth, found.highest) == (None, None, 12)


def test_figures_that_this_submission_does_not_mention_are_left_out() -> None:
    plan = a_plan([an_indicator("stores"), an_indicator("bases")])
    now = Contents({("bases", "value"): Stated(Decimal(2))})
    assert [found.place for found in beside(plan, HERE, Q3, now, some_actuals({}))] == [("bases", "value")]


def test_the_record_of_a_unit_is_its_own_earlier_quarters() -> None:
    actuals = some_actuals({"stores": {HERE: {"2025Q1": 20, "2025Q2": 24, "2025Q3": 30}, JX7[1]: {"2025Q2": 9}}})
    assert past_of(actuals, HERE, Q3) == {("stores", "value"): {"2025Q1": 20, "2025Q2": 24}}


def test_an_empty_database_gives_an_empty_record() -> None:
    assert past_of(some_actuals({}), HERE, Q3) == {}
