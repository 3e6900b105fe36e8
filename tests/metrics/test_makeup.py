"""Parts and rest always come to the figure."""

from decimal import Decimal

import pytest

from metrics.makeup import Makeup, of_city, of_flow
from metrics.period import Period
from metrics.plan import Plan
from store.actuals import actuals
from store.database import Database
from store.results import result
from tests.builders import JX7, a_plan, a_target, an_indicator, some_actuals, some_shared, table_of

A, B, C = JX7[:3]


def city(kind: str, figures: dict, quarter: str = "2025Q2", **options: object) -> Makeup:  # type: ignore[type-arg]
    indicator = an_indicator("stores", kind)  # type: ignore[arg-type]
    found = of_city(table_of(indicator, figures, quarter, **options), indicator)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_a_sum_is_its_units_and_nothing_else() -> None:
    found = city("stock", {A: {"2025Q2": 40}, B: {"2025Q2": 7}, C: {"2025Q2": 3}})
    assert [(part.key, part.value) for part in found.parts] == [(A, 40), (B, 7), (C, 3)]
    assert (found.how, found.summed, found.rest, found.why, found.total) == ("sum", 50, 0, None, 50)


def test_a_store_that_two_units_list_is_the_rest() -> None:
    shared = some_shared([("stores", "k1", A, "2025Q2", 1), ("stores", "k1", B, "2025Q2", 1)])
    found = city("stock", {A: {"2025Q2": 40}, B: {"2025Q2": 35}}, basis="derived", shared=shared)
    assert (found.summed, found.rest, found.why, found.total) == (75, -1, "shared", 74)


def test_a_share_is_told_by_numerators_and_denominators_and_has_no_sum() -> None:
    found = city("share", {A: {"2025Q2": (300, 400)}, B: {"2025Q2": (90, 100)}, C: {"2025Q2": (10, 500)}})
    assert found.how == "ratio"
    assert sum(part.numerator or 0 for part in found.parts) == 400
    assert sum(part.denominator or 0 for part in found.parts) == 1000
    assert found.total == Decimal("40.0")


def test_of_a_minimum_the_passing_units_are_counted() -> None:
    targets = [a_target("stores", 3, unit=unit) for unit in (A, B, C)]
    found = city("floor", {A: {"2025Q2": 3}, B: {"2025Q2": 9}, C: {"2025Q2": 1}}, targets=targets)
    assert (found.how, found.total) == ("passing", 2)


def test_a_part_that_stands_for_an_older_quarter_says_which() -> None:
    found = city("stock", {A: {"2025Q2": 40}, B: {"2025Q1": 7}})
    assert [part.period for part in found.parts] == ["2025Q2", "2025Q1", None]


def test_one_reporter_is_nothing_to_open() -> None:
    indicator = an_indicator("stores")
    assert of_city(table_of(indicator, {A: {"2025Q2": 4}}, "2025Q2", units=(A,)), indicator) is None


@pytest.mark.parametrize(
    ("kind", "quarters"),
    [("cumulative", ["2024Q3", "2024Q4", "2025Q1", "2025Q2"]), ("annual", ["2025Q1", "2025Q2"])],
)
def test_a_flow_opens_into_the_quarters_it_runs_over(kind: str, quarters: list[str]) -> None:
    indicator = an_indicator("stores", kind)  # type: ignore[arg-type]
    facts = some_actuals({"stores": {A: {"2024Q3": 1, "2024Q4": 2, "2025Q1": 4, "2025Q2": 8}}})
    total = Decimal(15 if kind == "cumulative" else 12)
    found = of_flow(facts, indicator, total, Period(2025, 2), Period(2024, 3))
    assert found is not None
    assert [part.key for part in found.parts] == quarters[::-1]
    assert (found.summed, found.rest) == (total, 0)


def test_a_quarter_without_a_value_is_there_and_empty() -> None:
    facts = some_actuals({"stores": {A: {"2024Q3": 2, "2025Q1": 8}}})
    found = of_flow(facts, an_indicator("stores", "cumulative"), Decimal(10), Period(2025, 2), Period(2024, 1))
    assert found is not None
    assert [(p.key, p.value) for p in found.parts] == [("2025Q2", None), ("2025Q1", 8), ("2024Q4", None), ("2024Q3", 2)]


def test_a_final_yearly_count_opens_into_the_quarters_of_its_own_year() -> None:
    facts = some_actuals({"stores": {A: {"2022Q2": 3, "2022Q4": 4, "2025Q1": 9}}})
    total, tags = Decimal(7), ["assumed_path", "final:2022"]
    found = of_flow(facts, an_indicator("stores", "annual"), total, Period(2025, 2), Period(2021, 1), tags)
    assert found is not None
    assert [(p.key, p.value) for p in found.parts] == [("2022Q4", 4), ("2022Q3", None), ("2022Q2", 3)]
    assert found.rest == 0


def test_every_flow_of_the_samples_is_what_its_quarters_come_to(
    sample_database: Database, plans: dict[str, Plan]
) -> None:
    shown = result(sample_database, plans["jxdf"], Period(2025, 3))
    facts, opened = actuals(sample_database, shown.plan), 0
    for row in shown.progress.to_dict("records"):
        mine = facts[(facts["indicator"] == row["indicator"]) & (facts["unit"] == row["unit"])]
        indicator = shown.plan.indicators[row["indicator"]]
        found = of_flow(mine, indicator, row["actual"], shown.as_of, Period.of(shown.plan.start), row["tags"])
        if found is not None and found.total is not None and row["unit"] != shown.plan.area:
            opened += 1
            assert found.rest == 0, (row["indicator"], row["unit"])
    assert opened > 100


def test_districts_of_before_a_reform_are_parts_of_a_flow_of_their_own(
    sample_database: Database, plans: dict[str, Plan]
) -> None:
    shown = result(sample_database, plans["hznr"], Period(2023, 4))
    shops = shown.plan.indicators["brands-shops"]
    lumped, opened = of_city(shown.progress, shops), of_city(shown.progress, shops, shown.history)
    assert lumped is not None and opened is not None
    assert (lumped.rest, lumped.why) == (4, "former")
    assert (opened.rest, opened.why, opened.summed) == (0, None, opened.total)
    gone = {part.key: part.period for part in opened.parts[len(lumped.parts) :]}
    assert gone["330104"] == "2021Q1"  # 江干区


def test_a_level_has_no_quarters_to_open() -> None:
    facts = some_actuals({"stores": {A: {"2025Q2": 8}}})
    assert of_flow(facts, an_indicator("stores"), Decimal(8), Period(2025, 2), Period(2024, 1)) is None


def test_every_city_figure_of_the_samples_is_what_its_parts_come_to(
    sample_database: Database, plans: dict[str, Plan]
) -> None:
    shown = result(sample_database, plans["jxdf"], Period(2025, 3))
    opened = 0
    for indicator in shown.plan.indicators.values():
        found = of_city(shown.progress, indicator)
        if found is None or found.total is None:
            continue
        opened += 1
        if found.how == "sum":
            assert found.summed + found.rest == found.total
            assert found.rest == 0 or found.why is not None
        elif found.how == "ratio" and indicator.kind == "share":
            top, bottom = (sum(getattr(p, n) or 0 for p in found.parts) for n in ("numerator", "denominator"))
            assert abs(Decimal(top) / Decimal(bottom) * 100 - found.total) < Decimal("0.06")
    assert opened > 5
    assert a_plan().area == shown.plan.area
