"""First said, revised, now: each revision changes the figure by exactly what it changes."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from metrics.bridge import Bridge, bridge
from metrics.period import Period
from tests.builders import AREA, JX7, a_count, a_plan, a_target, an_indicator, decimal

A, B, C = JX7[:3]
BEGIN = datetime(2025, 4, 10, 9, 0)
Sent = tuple[str, str, Any]


def bridged(kind: str, sent: list[Sent], *, unit: str = AREA, quarter: str = "2025Q2", **options: Any) -> Bridge:
    """`sent`: (unit, quarter, value) in the order of publication, an hour apart; a text lists store keys."""
    listed = any(isinstance(value, str) for _, _, value in sent)
    indicator = an_indicator("stores", kind, count=a_count() if listed else None)  # type: ignore[arg-type]
    versions, facts, keys = [], [], []
    for number, (who, when, value) in enumerate(sent, 1):
        versions.append((number, who, when, BEGIN + timedelta(hours=number)))
        parts = {"value": value}
        if isinstance(value, tuple):
            parts = dict(zip(("numerator", "denominator"), value, strict=True))
        if isinstance(value, str):
            keys += [(number, "stores", "value", key, who, when, Decimal(1)) for key in value]
            parts = {"value": len(value)}
        basis = "derived" if isinstance(value, str) else "reported"
        facts += [(number, "stores", who, when, part, decimal(n), basis, None) for part, n in parts.items()]
    return bridge(
        a_plan([indicator], options.pop("targets", ()), units=(A, B, C), **options),
        "stores",
        unit,
        Period.parse(quarter),
        versions=pd.DataFrame(versions, columns=["submission", "unit", "period", "published_at"], dtype=object),
        facts=frame(facts, "submission indicator unit period part number basis reported"),
        keys=frame(keys, "submission indicator part key unit period amount"),
    )


def frame(rows: list[tuple[Any, ...]], columns: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split(), dtype=object)


def numbers(found: Bridge) -> list[tuple[str, int]]:
    return [(unit, int(change)) for unit, change in found.by_unit()]


def test_what_nobody_revised_is_now_what_it_was_first() -> None:
    found = bridged("stock", [(A, "2025Q2", 40), (B, "2025Q2", 7)])
    assert (found.first, found.now, found.revisions) == (47, 47, ())


def test_a_late_first_submission_is_no_revision() -> None:
    found = bridged("stock", [(A, "2025Q2", 40), (A, "2025Q2", 42), (B, "2025Q2", 7)])
    assert (found.first, found.now) == (47, 49)
    assert numbers(found) == [(A, 2)]


def test_each_revision_names_what_stood_before_it_and_when() -> None:
    found = bridged("stock", [(A, "2025Q2", 40), (A, "2025Q2", 45), (B, "2025Q2", 7), (A, "2025Q2", 43)])
    assert [(r.replaces, r.submission, r.own_before, r.own_after) for r in found.revisions] == [
        (1, 2, 40, 45),
        (2, 4, 45, 43),
    ]
    assert [r.at for r in found.revisions] == [BEGIN + timedelta(hours=2), BEGIN + timedelta(hours=4)]
    assert numbers(found) == [(A, 3)]


def test_a_flow_is_revised_in_any_of_its_quarters() -> None:
    sent = [(A, "2025Q1", 10), (A, "2025Q2", 12), (B, "2025Q1", 5), (B, "2025Q2", 5), (A, "2025Q1", 8)]
    found = bridged("annual", sent)
    assert (found.first, found.now) == (32, 30)
    assert [(r.unit, r.period, r.own_before, r.own_after) for r in found.revisions] == [(A, "2025Q1", 22, 20)]


def test_a_level_of_an_older_quarter_that_a_later_one_replaced_changes_nothing() -> None:
    found = bridged("stock", [(A, "2025Q1", 10), (A, "2025Q2", 12), (A, "2025Q1", 8)])
    assert (found.first, found.now, found.revisions) == (12, 12, ())


def test_a_revision_after_the_quarter_looked_at_is_not_there() -> None:
    found = bridged("stock", [(A, "2025Q1", 10), (A, "2025Q2", 12), (A, "2025Q2", 9)], quarter="2025Q1")
    assert (found.first, found.now, found.revisions) == (10, 10, ())


def test_a_version_that_says_the_same_of_the_indicator_is_passed_over() -> None:
    found = bridged("stock", [(A, "2025Q2", 40), (A, "2025Q2", 40), (A, "2025Q2", 41)])
    assert [(r.replaces, r.submission) for r in found.revisions] == [(2, 3)]


def test_shares_add_up_to_the_city_share_which_is_no_mean_of_theirs() -> None:
    sent = [(A, "2025Q2", (300, 400)), (B, "2025Q2", (10, 500)), (B, "2025Q2", (90, 500)), (A, "2025Q2", (320, 400))]
    found = bridged("share", sent)
    assert (found.first, found.now) == (Decimal("34.4"), Decimal("45.6"))
    assert sum(change for _, change in found.by_unit()) == found.now - found.first  # type: ignore[operator]
    assert [(r.own_before, r.own_after) for r in found.revisions] == [(2, 18), (75, 80)]


def test_of_a_minimum_the_units_that_pass_are_counted() -> None:
    targets = [a_target("stores", 3, unit=unit) for unit in (A, B, C)]
    sent = [(A, "2025Q2", 2), (B, "2025Q2", 3), (C, "2025Q2", 9), (A, "2025Q2", 3), (C, "2025Q2", 8)]
    found = bridged("floor", sent, targets=targets)
    assert (found.first, found.now, found.counts_units) == (2, 3, True)
    assert [(r.unit, int(r.change), r.own_before, r.own_after) for r in found.revisions] == [(A, 1, 2, 3), (C, 0, 9, 8)]


def test_a_store_that_the_revision_shares_with_another_unit_is_not_added_twice() -> None:
    found = bridged("stock", [(A, "2025Q2", "abc"), (B, "2025Q2", "de"), (B, "2025Q2", "dea")])
    assert (found.first, found.now) == (5, 5)
    (only,) = found.revisions
    assert (only.own_before, only.own_after, only.change) == (2, 3, 0)


def test_a_swap_of_rows_of_the_same_count_is_passed_over_unless_the_figure_moves() -> None:
    same = bridged("stock", [(A, "2025Q2", "abc"), (A, "2025Q2", "abd")])
    assert same.revisions == ()
    moved = bridged("stock", [(A, "2025Q2", "abc"), (B, "2025Q2", "d"), (A, "2025Q2", "abd")])
    assert [int(r.change) for r in moved.revisions] == [-1]


def test_of_one_unit_only_its_own_revisions_are_told() -> None:
    found = bridged("stock", [(A, "2025Q2", 4), (B, "2025Q2", 7), (A, "2025Q2", 5), (B, "2025Q2", 9)], unit=B)
    assert (found.first, found.now) == (7, 9)
    assert numbers(found) == [(B, 2)]


def test_what_was_first_missing_in_the_submission_begins_as_unknown() -> None:
    found = bridged("stock", [(A, "2025Q2", 4)], unit=B)
    assert (found.first, found.now) == (None, None)


@pytest.mark.parametrize("kind", ["stock", "cumulative", "annual"])
def test_the_changes_always_come_to_the_whole_difference(kind: str) -> None:
    sent: list[Sent] = [
        (unit, quarter, (7 * n + 3 * len(quarter) + at) % 23)
        for n in range(4)
        for at, unit in enumerate((A, B, C))
        for quarter in ("2025Q1", "2025Q2")
        if (n + at) % 3 != 2
    ]
    found = bridged(kind, sent)
    assert len(found.revisions) > 3
    assert sum(change for _, change in found.by_unit()) == found.now - found.first  # type: ignore[operator]
