"""Figures that are possible but unlikely: each doubt has a case that raises it and one just short of it."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from metrics.asked import asked_already
from metrics.contents import Contents, Stated
from metrics.evidence import Doubt, Evidence, Listed
from metrics.period import Period
from metrics.plan import Indicator
from metrics.plausibility import CHECKS, doubts
from tests.builders import a_plan, an_indicator

Q3 = Period(2025, 3)
EARLIER = ("2024Q3", "2024Q4", "2025Q1", "2025Q2")
YI = 10**8


def evidence(
    kind: Any = "annual",
    *,
    now: Mapping[str, Any],
    past: Mapping[str, list[Any]] | None = None,
    money: bool = False,
    **options: Any,
) -> Evidence:
    """Indicators of one kind with this quarter's numbers and those of the quarters before, the latest last."""
    indicators = [an_indicator(name, kind, money=money) for name in dict.fromkeys((*now, *(past or {})))]
    figures = {
        (name, "value"): n if isinstance(n, Stated) else Stated(Decimal(str(n)), shown=str(n))
        for name, n in now.items()
    }
    record = {
        (name, "value"): dict(zip(EARLIER[-len(numbers) :], (Decimal(str(n)) for n in numbers), strict=True))
        for name, numbers in (past or {}).items()
        if numbers
    }
    return Evidence(a_plan(indicators), Q3, Contents(figures), record, **options)


def codes(found: Evidence) -> list[str]:
    return [doubt.code for doubt in doubts(found)]


def only(found: Evidence) -> Doubt:
    (doubt,) = doubts(found)
    return doubt


def test_an_ordinary_quarter_raises_no_doubt() -> None:
    now = {"a": 31, "b": 7, "c": 112, "d": 18}
    past = {"a": [20, 28, 25, 29], "b": [5, 4, 9, 6], "c": [90, 140, 101, 97], "d": [12, 20, 11, 16]}
    assert codes(evidence(now=now, past=past)) == []


def test_a_first_submission_has_no_record_to_be_held_against() -> None:
    assert codes(evidence(now={"a": 500, "b": 4000})) == []


def test_nothing_reported_and_not_applicable_raise_no_doubt() -> None:
    nothing = Stated(None, shown="—")
    assert codes(evidence(now={"a": nothing}, past={"a": [1, 2, 3, 4]})) == []


# --- pace -------------------------------------------------------------------------------------------


def test_a_quarter_more_than_three_times_the_largest_one_is_asked_about() -> None:
    doubt = only(evidence(now={"a": 31}, past={"a": [8, 10, 7, 9]}))
    assert (doubt.code, doubt.place) == ("too_fast", ("a", "value"))
    assert doubt.values == {"now": 31, "largest": 10, "times": Fraction(31, 10)}


def test_exactly_three_times_the_largest_quarter_is_within_the_pace() -> None:
    assert codes(evidence(now={"a": 30}, past={"a": [8, 10, 7, 9]})) == []


def test_two_earlier_quarters_are_no_record_yet() -> None:
    assert codes(evidence(now={"a": 90}, past={"a": [8, 10]})) == []


def test_small_counts_may_move_as_they_like() -> None:
    assert codes(evidence(now={"a": 4}, past={"a": [1, 1, 1, 1]})) == []


def test_a_level_is_judged_by_how_far_it_moved_and_not_by_its_height() -> None:
    levels = {"a": [40, 44, 47, 50]}
    assert codes(evidence("stock", now={"a": 54}, past=levels)) == []
    assert only(evidence("stock", now={"a": 63}, past=levels)).values["now"] == 13


def test_a_level_that_falls_further_than_it_ever_moved_is_asked_about_too() -> None:
    doubt = only(evidence("floor", now={"a": 30}, past={"a": [40, 44, 47, 50]}))
    assert (doubt.code, doubt.values["now"]) == ("too_fast", -20)


def test_a_level_is_not_compared_across_a_quarter_that_is_missing() -> None:
    gap = evidence("stock", now={"a": 90}, past={"a": [40, 44, 47, 50]})
    without = {place: {q: n for q, n in record.items() if q != "2025Q2"} for place, record in gap.past.items()}
    assert codes(Evidence(gap.plan, gap.period, gap.now, without)) == []


def test_a_figure_that_never_moved_and_now_does_has_no_pace_to_multiply() -> None:
    doubt = only(evidence("stock", now={"a": 45}, past={"a": [40, 40, 40, 40]}))
    assert (doubt.code, doubt.values) == ("first_move", {"now": 5, "quarters": 3})


def test_later_quarters_sent_already_are_no_record_of_an_earlier_one() -> None:
    found = evidence(now={"a": 31}, past={"a": [8, 10, 7, 9]})
    later = {place: {**record, "2025Q4": Decimal(40)} for place, record in found.past.items()}
    assert codes(Evidence(found.plan, Q3, found.now, later)) == ["too_fast"]


@pytest.mark.parametrize("kind", ["share", "milestone", "cadence"])
def test_shares_and_states_have_no_pace(kind: str) -> None:
    parts = ("numerator", "denominator") if kind == "share" else ("value",)
    plan = a_plan([an_indicator("a", kind)])  # type: ignore[arg-type]
    record = {("a", part): dict.fromkeys(EARLIER, Decimal(2)) for part in parts}
    now = Contents({("a", part): Stated(Decimal(90), shown="90") for part in parts})
    assert codes(Evidence(plan, Q3, now, record)) == []


# --- the unit of measure ------------------------------------------------------------------------------


@pytest.mark.parametrize("power", [10**3, 10**4, 10**6, 10**8])
@pytest.mark.parametrize("other_digits", [Decimal("1"), Decimal("1.3"), Decimal("0.8")])
def test_a_figure_about_a_power_of_ten_larger_is_asked_about(power: int, other_digits: Decimal) -> None:
    doubt = only(evidence("cumulative", now={"a": 960 * power * other_digits}, past={"a": [960]}, money=True))
    assert (doubt.code, doubt.values["power"]) == ("measure_shifted", power)


def test_a_figure_about_a_power_of_ten_smaller_is_asked_about() -> None:
    doubt = only(evidence("cumulative", now={"a": 91_000}, past={"a": [960_000_000]}, money=True))
    assert doubt.values == {"now": 91_000, "before": 960_000_000, "power": 10**4}


def test_a_hundredfold_figure_is_a_slip_only_with_the_very_same_digits() -> None:
    assert codes(evidence("cumulative", now={"a": 1200}, past={"a": [12]})) == ["measure_shifted"]
    assert codes(evidence("cumulative", now={"a": 1300}, past={"a": [12]})) == []


def test_a_figure_thirty_times_as_large_is_no_slip_of_the_measure() -> None:
    assert codes(evidence("cumulative", now={"a": 360}, past={"a": [12]})) == []


def test_a_slip_of_the_measure_is_not_also_called_too_fast() -> None:
    assert codes(evidence("cumulative", now={"a": 97_000}, past={"a": [80, 90, 100, 96]})) == ["measure_shifted"]


def test_a_count_made_from_a_list_cannot_slip_its_measure() -> None:
    assert codes(evidence("stock", now={"a": Stated(Decimal(5000), counted=True)}, past={"a": [5]})) == []


def test_zero_before_or_after_is_no_slip_of_the_measure() -> None:
    assert codes(evidence("cumulative", now={"a": 4000, "b": 0}, past={"a": [0], "b": [4000]})) == []


# --- copies ---------------------------------------------------------------------------------------------


def test_three_small_amounts_all_like_last_quarters_are_a_copy() -> None:
    doubt = only(evidence(now={"a": 4, "b": 9, "c": 12}, past={"a": [4], "b": [9], "c": [12]}))
    assert (doubt.code, doubt.values) == ("copied", {"count": 3, "of": 3})
    assert doubt.places == (("a", "value"), ("b", "value"), ("c", "value"))


def test_four_of_five_alike_are_a_copy_and_three_of_five_are_not() -> None:
    past = {name: [n] for name, n in zip("abcde", (4, 9, 12, 6, 7), strict=True)}
    assert codes(evidence(now={"a": 4, "b": 9, "c": 12, "d": 6, "e": 8}, past=past)) == ["copied"]
    assert codes(evidence(now={"a": 4, "b": 9, "c": 12, "d": 5, "e": 8}, past=past)) == []


def test_one_amount_of_three_digits_that_comes_again_is_enough() -> None:
    assert only(evidence(now={"a": 128, "b": 9}, past={"a": [128], "b": [7]})).places == (("a", "value"),)


def test_an_amount_of_money_is_told_by_its_digits_and_not_its_size() -> None:
    for amount, found in ((12 * YI, []), (1_234_000_000, ["copied"])):
        assert codes(evidence("cumulative", money=True, now={"a": amount}, past={"a": [amount]})) == found


def test_two_small_amounts_alike_are_chance() -> None:
    assert codes(evidence(now={"a": 4, "b": 9}, past={"a": [4], "b": [9]})) == []


def test_a_level_may_stand_still_unless_it_has_three_digits() -> None:
    assert codes(evidence("stock", now={"a": 4, "b": 9, "c": 12}, past={"a": [4], "b": [9], "c": [12]})) == []
    assert codes(evidence("stock", now={"a": 10_234}, past={"a": [10_234]})) == ["copied"]


def test_zeros_again_and_again_are_no_copy() -> None:
    assert codes(evidence(now={"a": 0, "b": 0, "c": 0}, past={"a": [0], "b": [0], "c": [0]})) == []


def test_only_the_quarter_just_before_can_be_copied() -> None:
    assert codes(evidence(now={"a": 128}, past={"a": [128, 128, 128, 130]})) == []


# --- one factor -----------------------------------------------------------------------------------------


def risen(factor: str, numbers: Mapping[str, int]) -> dict[str, int]:
    return {name: int((Decimal(n) * Decimal(factor)).to_integral_value()) for name, n in numbers.items()}


def test_figures_that_all_rose_by_one_factor_look_calculated() -> None:
    before = {"a": 240, "b": 515, "c": 873, "d": 131}
    doubt = only(evidence("stock", now=risen("1.08", before), past={name: [n] for name, n in before.items()}))
    assert (doubt.code, doubt.values["count"]) == ("same_factor", 4)
    assert Fraction(1079, 1000) < Fraction(str(doubt.values["factor"])) < Fraction(1081, 1000)


def test_figures_that_rose_each_by_its_own_factor_raise_no_doubt() -> None:
    now = {"a": 251, "b": 560, "c": 889, "d": 149}
    assert codes(evidence("stock", now=now, past={"a": [240], "b": [515], "c": [873], "d": [131]})) == []


def test_figures_that_stood_still_have_no_factor() -> None:
    # Levels of two digits may stand still (no copy), and 1 is not a rise.
    still = {"a": 60, "b": 75, "c": 90}
    assert codes(evidence("stock", now=still, past={name: [n] for name, n in still.items()})) == []


def test_small_counts_say_nothing_of_a_factor() -> None:
    assert codes(evidence("stock", now={"a": 11, "b": 22, "c": 33}, past={"a": [10], "b": [20], "c": [30]})) == []


def test_two_figures_of_one_factor_are_chance() -> None:
    assert codes(evidence("stock", now={"a": 264, "b": 567}, past={"a": [240], "b": [515]})) == []


def test_three_of_one_factor_among_many_others_are_chance() -> None:
    before = {"a": 240, "b": 515, "c": 873}
    others = {"d": (131, 170), "e": (400, 421), "f": (622, 505), "g": (744, 930)}
    now = risen("1.08", before) | {name: pair[1] for name, pair in others.items()}
    past = {name: [n] for name, n in before.items()} | {name: [pair[0]] for name, pair in others.items()}
    assert codes(evidence("stock", now=now, past=past)) == []


def test_money_is_rounded_to_its_typed_decimals_before_a_factor_is_seen() -> None:
    before = {"a": 1230 * 10**6, "b": 4560 * 10**6, "c": 7890 * 10**6}  # 12.3亿元 …
    now = {"a": 1350 * 10**6, "b": 5020 * 10**6, "c": 8680 * 10**6}  # × 1.1, rounded to 0.1亿元
    found = evidence("cumulative", money=True, now=now, past={name: [n] for name, n in before.items()})
    assert codes(found) == ["same_factor"]


def test_a_fall_by_one_factor_is_seen_as_well() -> None:
    before = {"a": 240, "b": 515, "c": 873}
    found = evidence("stock", now=risen("0.75", before), past={name: [n] for name, n in before.items()})
    assert codes(found) == ["same_factor"]


# --- digits ---------------------------------------------------------------------------------------------


def endings(*shown: str) -> Evidence:
    return evidence("stock", now={f"i{n}": Stated(Decimal(text), shown=text) for n, text in enumerate(shown)})


def test_figures_that_mostly_end_in_nought_or_five_look_estimated() -> None:
    doubt = only(endings("120", "85", "40", "35", "60", "17", "150", "23"))
    assert (doubt.code, doubt.values) == ("heaped", {"count": 6, "of": 8})


def test_half_of_them_round_is_not_enough() -> None:
    assert codes(endings("120", "85", "40", "35", "61", "17", "152", "23")) == []


def test_seven_round_figures_are_too_few_to_speak_of_heaps() -> None:
    assert codes(endings("120", "85", "40", "35", "60", "150", "20")) == []


def test_single_digits_and_the_zeros_of_a_cell_format_say_nothing() -> None:
    assert codes(endings("0", "5", "5", "0", "5", "0", "5", "5", "0")) == []
    assert codes(endings("9.60", "1.70", "3.20", "4.40", "8.10", "7.30", "6.20", "2.90")) == []


# --- lists ----------------------------------------------------------------------------------------------


def test_a_typed_figure_that_differs_from_its_list_is_shown_with_both() -> None:
    stated = Stated(Decimal(27), typed=Decimal(28), counted=True, shown="28", cell="F8")
    doubt = only(evidence("stock", now={"stores": stated}))
    assert (doubt.code, doubt.values) == ("typed_differs", {"typed": 28, "counted": 27})


def test_a_typed_figure_that_agrees_with_its_list_raises_no_doubt() -> None:
    assert codes(evidence("stock", now={"stores": Stated(Decimal(27), Decimal(27), counted=True)})) == []
    assert codes(evidence("stock", now={"stores": Stated(Decimal(27), None, counted=True)})) == []


def test_a_store_that_another_county_lists_too_is_named_with_both_rows() -> None:
    listed = Listed("stores", "示例丝绸工厂店", "330411", 9, 12)
    doubt = only(evidence("stock", now={"stores": 27}, listed=(listed,)))
    assert doubt.code == "listed_elsewhere"
    assert doubt.values == {
        "roster": "stores", "label": "示例丝绸工厂店", "unit": "330411", "row": 9, "other_row": 12,
    }  # fmt: skip


def test_a_notice_of_the_same_cell_has_asked_already_and_its_answer_belongs_to_the_doubt() -> None:
    figures = {
        "stores": Stated(Decimal(27), Decimal(28), counted=True, sheet="数据填报", cell="F8"),
        "bases": Stated(Decimal(5), Decimal(6), counted=True, sheet="数据填报", cell="F9"),
    }
    found = evidence("stock", now=figures)
    notice = {"code": "count_differs", "sheet": "数据填报", "cell": "F8", "answer": "下季补入"}
    other = {**notice, "code": "figures_blank", "cell": "F9"}
    asked = [asked_already(doubt, found.now, [other, notice]) for doubt in doubts(found)]
    assert asked == [notice, None]
    for_many = {**notice, "cell": "F3", "cells": ["F3", "F8", "F9"]}
    assert [asked_already(doubt, found.now, [for_many]) for doubt in doubts(found)] == [for_many, for_many]


def test_a_doubt_about_several_figures_was_asked_by_no_single_notice() -> None:
    found = evidence(now={"a": 128}, past={"a": [128]})
    assert asked_already(only(found), found.now, [{"code": "jumped", "sheet": "", "cell": ""}]) is None


def test_the_gravest_doubt_comes_first() -> None:
    figures = {"stores": Stated(Decimal(27), Decimal(28), counted=True), "a": 9_700, "b": 128}
    found = evidence("cumulative", now=figures, past={"a": [9], "b": [128]})
    assert codes(found) == ["measure_shifted", "typed_differs", "copied"]


def test_every_check_bears_evidence_without_any_figure() -> None:
    nothing: Indicator = an_indicator("a")
    bare = Evidence(a_plan([nothing]), Q3, Contents())
    assert [list(check(bare)) for check in CHECKS] == [[]] * len(CHECKS)
