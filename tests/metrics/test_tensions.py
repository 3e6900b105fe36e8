"""Which figures belong together where the text does not agree with itself."""

from metrics.plan import Plan
from metrics.tensions import printed_apart


def test_figures_printed_apart_for_one_thing_are_found_from_each_of_them(plans: dict[str, Plan]) -> None:
    three = ("leaders-2025", "a1-leaders", "y22-leaders")
    assert all(printed_apart(plans["jxdf"], name) == three for name in three)
    assert printed_apart(plans["jxdf"], "credit") == ()
    assert printed_apart(plans["jxfs"], "star-annual") == ("star-stock", "star-annual")
