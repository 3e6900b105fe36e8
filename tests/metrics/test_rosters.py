"""From roster rows to counts: who counts when, and once."""

from decimal import Decimal

import pytest

from metrics.period import Period
from metrics.rosters import counted
from tests.builders import a_count, an_indicator

Q2 = Period.parse("2025Q2")
OPEN = {"since": ("opened",), "ended": ("closed",)}


def rows_of(*rows):
    return [{"row": number, **row} for number, row in enumerate(rows, start=5)]


def store(name="a", **values):
    return {"uscc": name, "address": "road 1", "opened": "2025-01-01", **values}


def keys(rows, kind="stock", period=Q2, **rule):
    count = a_count(**{"key": ("uscc",), **rule})
    return counted(rows_of(*rows), an_indicator("x", kind, count=count), period)["key"].tolist()


def test_a_count_is_one_row_per_distinct_key_and_remembers_where_it_stands():
    found = counted(rows_of(store("a"), store("b"), store("a")), an_indicator(count=a_count(**OPEN)), Q2)
    assert list(found.columns) == ["part", "key", "amount", "row"]
    assert found.to_dict("records") == [
        {"part": "value", "key": "a|road1", "amount": Decimal(1), "row": 5},
        {"part": "value", "key": "b|road1", "amount": Decimal(1), "row": 6},
    ]


def test_width_case_and_spaces_do_not_make_two_keys():
    assert keys([{"uscc": "９1330A", "address": ""}, {"uscc": " 91330 a "}]) == ["91330a"]


def test_a_row_whose_key_is_blank_names_nothing_and_is_not_counted():
    assert keys([{"uscc": " "}, {}, {"uscc": "a"}]) == ["a"]


def test_a_level_counts_rows_dated_up_to_the_quarters_end():
    rows = [store("before", opened="2020-01-01"), store("on", opened="2025-06-30"), store("after", opened="2025-07-01")]
    assert keys(rows, **OPEN) == ["before", "on"]


def test_a_level_leaves_out_rows_that_ended_by_the_quarters_end():
    rows = [
        store("open"),
        store("later", closed="2025-07-01"),
        store("on", closed="2025-06-30"),
        store("blank", closed=""),
    ]
    assert keys(rows, **OPEN) == ["open", "later", "blank"]


def test_a_rating_counts_while_it_is_valid():
    rows = [store("on", until="2025-06-30"), store("before", until="2025-06-29"), store("open-ended")]
    assert keys(rows, since=("opened",), valid_to=("until",)) == ["on", "open-ended"]


def test_a_row_without_its_date_is_not_counted():
    assert keys([{"uscc": "a"}, store("b", opened="")], **OPEN) == []


def test_a_row_is_dated_by_the_earliest_of_its_dates():
    upgraded = {"uscc": "a", "city": "2025-02-01", "province": "2025-05-01"}
    assert keys([upgraded], "annual", since=("city", "province")) == []
    assert keys([upgraded], "annual", Period.parse("2025Q1"), since=("city", "province")) == ["a"]


@pytest.mark.parametrize("kind", ["annual", "cumulative"])
def test_a_flow_counts_rows_dated_within_the_quarter(kind):
    days = {"2025-03-31": False, "2025-04-01": True, "2025-06-30": True, "2025-07-01": False}
    rows = [{"uscc": day, "opened": day} for day in days]
    assert keys(rows, kind, since=("opened",)) == [day for day, inside in days.items() if inside]


def test_a_flow_without_dates_counts_every_row_of_the_quarters_list():
    assert keys([{"uscc": "a"}, {"uscc": "b"}], "annual") == ["a", "b"]


def test_an_event_that_ended_still_took_place():
    assert keys([store("a", opened="2025-04-02", closed="2025-04-05")], "annual", **OPEN) == ["a"]


def test_rows_must_match_every_condition_and_have_what_must_be_filled():
    rows = [
        {"uscc": "both", "level": "city", "type": "showcase", "proof": "x"},
        {"uscc": "level", "level": "city", "type": "promotion", "proof": "x"},
        {"uscc": "proof", "level": "city", "type": "showcase"},
    ]
    rule = {"where": (("level", ("city", "province")), ("type", ("showcase",))), "filled": ("proof",)}
    assert keys(rows, **rule) == ["both"]


def test_a_share_counts_its_numerator_and_its_denominator():
    share = an_indicator(
        "s",
        "share",
        numerator=a_count("firms", ("uscc",), where=(("sells", ("yes",)),)),
        denominator=a_count("firms", ("uscc",)),
    )
    rows = rows_of({"uscc": "a", "sells": "yes"}, {"uscc": "b", "sells": "no"}, {"uscc": "c"})
    found = counted(rows, share, Q2)
    assert found.groupby("part")["amount"].sum().to_dict() == {"numerator": 1, "denominator": 3}


def test_a_total_sums_the_field_and_of_one_key_the_largest():
    rows = [
        {"uscc": "a", "sales": "960000000"},
        {"uscc": "a", "sales": "1000000000"},
        {"uscc": "b", "sales": "0.5"},
        {"uscc": "c"},
    ]
    money = an_indicator("m", "cumulative", count=a_count("firms", ("uscc",), total="sales"))
    found = counted(rows_of(*rows), money, Q2)
    assert found["amount"].tolist() == [Decimal(1000000000), Decimal("0.5")]
    assert found["row"].tolist() == [6, 7]


def test_a_total_that_is_no_number_is_an_error_that_names_the_row():
    money = an_indicator("m", "cumulative", count=a_count("firms", ("uscc",), total="sales"))
    with pytest.raises(ValueError, match="row 5: sales"):
        counted(rows_of({"uscc": "a", "sales": "many"}), money, Q2)


def test_a_cadence_counts_calendar_weeks_and_months_with_a_row():
    rows = [
        {"url": "1", "day": "2025-04-01"},
        {"url": "2", "day": "2025-04-02"},
        {"url": "3", "day": "2025-06-30"},
        {"url": "4"},
    ]
    assert keys(rows, "cadence", since=("day",), every="week", key=("url",)) == ["2025-W14", "2025-W27"]
    assert keys(rows, "cadence", since=("day",), every="month", key=("url",)) == ["2025-04", "2025-06"]


def test_an_indicator_without_a_rule_counts_nothing():
    assert counted(rows_of(store()), an_indicator(), Q2).empty
