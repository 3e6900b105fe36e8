"""The bridge ends where the progress table stands, for every figure, decision and moment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from metrics.period import Period
from metrics.plan import Plan
from store.bridge import revisions
from store.database import Database
from store.people import NotAllowed, Person
from store.results import result
from tests.store.conftest import Send, figure

NINE = datetime(2025, 4, 10, 9, 0)


def test_every_bridge_of_the_samples_ends_at_the_figure_of_the_progress_table(
    sample_database: Database, plans: dict[str, Plan]
) -> None:
    plan, as_of = plans["jxfs"], Period(2025, 3)
    shown = result(sample_database, plan, as_of)
    revised = 0
    for row in shown.progress.to_dict("records"):
        if plan.indicators[row["indicator"]].kind == "composite":
            continue
        found = revisions(sample_database, plan, row["indicator"], row["unit"], as_of, unit_set=shown.unit_set)
        assert found.now == (row["passing_units"] if found.counts_units else row["actual"])
        revised += len(found.revisions)
    assert revised > 0


def test_known_at_an_earlier_moment_the_bridge_is_shorter(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q1", stores="ab", at=NINE)
    send("A", "2025Q1", stores="abc", at=NINE + timedelta(hours=1))
    send("A", "2025Q1", stores="abcd", at=NINE + timedelta(hours=2))
    ask = lambda at: revisions(database, plan, "stores", "CITY", Period(2025, 1), at)  # noqa: E731
    assert [(b.first, b.now, len(b.revisions)) for b in map(ask, (NINE, NINE + timedelta(hours=1), None))] == [
        (2, 2, 0),
        (2, 3, 1),
        (2, 4, 2),
    ]


def test_a_count_stands_before_the_figure_typed_beside_it(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q1", stores="ab", figures=(figure("stores", 9),), at=NINE)
    send("A", "2025Q1", stores="abc", figures=(figure("stores", 9),), at=NINE + timedelta(hours=1))
    found = revisions(database, plan, "stores", "A", Period(2025, 1))
    assert (found.first, found.now) == (2, 3)


def test_a_decided_count_is_counted_anew_in_every_version(database: Database, plan: Plan, send: Send) -> None:
    """By name instead of credit code, as a decision may ask: what was stored no longer tells."""
    send("A", "2025Q1", events=("x@2025-01-05", "y@2025-02-05"), at=NINE)
    send("A", "2025Q1", events=("x@2025-01-05", "x@2025-02-05", "z@2025-03-01"), at=NINE + timedelta(hours=1))
    by_day = replace(plan.indicators["events"], count=replace(plan.indicators["events"].count, key=("name", "start")))  # type: ignore[type-var]
    decided = replace(
        plan, indicators={**plan.indicators, "events": by_day}, recount=frozenset({"events"}), as_printed=plan
    )
    stored, anew = (revisions(database, p, "events", "CITY", Period(2025, 1)) for p in (plan, decided))
    assert (stored.first, stored.now) == (2, 2)
    assert (anew.first, anew.now, len(anew.revisions)) == (2, 3, 1)


WHO: list[tuple[str, str | None, Callable[[str], bool]]] = [
    ("county", "A", lambda unit: unit in ("A", "")),
    ("reviewer", None, lambda unit: unit in ("A", "B")),
]


@pytest.mark.parametrize(("role", "own", "named"), WHO)
def test_a_county_hears_what_others_revised_but_not_who(
    database: Database, plan: Plan, send: Send, role: str, own: str | None, named: Callable[[str], bool]
) -> None:
    for unit in ("A", "B"):
        send(unit, "2025Q1", stores="ab" if unit == "A" else "cd", at=NINE)
        send(unit, "2025Q1", stores="abe" if unit == "A" else "cdfg", at=NINE + timedelta(hours=1))
    acting = database.acting_as(Person("x", "X", role, own))  # type: ignore[arg-type]
    found = revisions(acting, plan, "stores", "CITY", Period(2025, 1))
    assert (found.first, found.now) == (4, 7)
    assert all(named(revision.unit) for revision in found.revisions)
    if own:
        with pytest.raises(NotAllowed):
            revisions(acting, plan, "stores", "B", Period(2025, 1))
