"""A small result to draw: stores of seven counties, allocated pacesetters, a share and a minimum."""

from decimal import Decimal

import pytest

from metrics.completeness import completeness
from metrics.history import history
from metrics.period import Period
from metrics.progress import progress
from metrics.result import Result
from tests.builders import (
    JX7,
    a_plan,
    a_target,
    an_indicator,
    some_actuals,
    some_submissions,
    words,
    yearly_targets,
)

AS_OF = Period(2025, 2)


def a_result(as_of: Period = AS_OF) -> Result:
    plan = a_plan(
        indicators=[
            an_indicator("stores", name=words("工厂店", "Stores")),
            an_indicator("leaders", "cumulative", scope="allocation"),
            an_indicator("events", "annual"),
            an_indicator("money", "cumulative", money=True, measure=words("亿元", "CNY 100m")),
            an_indicator("share", "share", measure=words("%", "%")),
            an_indicator("clusters", "floor"),
            an_indicator("both", "composite", parts=("stores", "money")),
        ],
        targets=[
            a_target("stores", 100, "2024-12-31", "="),
            a_target("stores", 300),
            *(a_target("leaders", 4, None, unit=unit) for unit in JX7),
            a_target("leaders", 28, None),
            *yearly_targets("events", 40, (2024, 2025, 2026)),
            a_target("money", 960_000_000, comparison="="),
            a_target("share", 80),
            a_target("clusters", 3),
            a_target("both", 2),
        ],
    )
    quarters = ["2024Q1", "2024Q2", "2024Q3", "2024Q4", "2025Q1", "2025Q2"]
    levels = {unit: {q: 3 * (n + 1) for n, q in enumerate(quarters)} for unit in JX7}
    levels["330424"].pop("2025Q2")
    known = some_actuals(
        {
            "stores": levels,
            "leaders": {unit: {"2025Q1": n, "2025Q2": 1} for n, unit in enumerate(JX7)},
            "events": {unit: dict.fromkeys(quarters, 2) for unit in JX7},
            "money": {JX7[0]: {"2025Q2": Decimal(122_500_000)}},
            "share": {unit: {"2025Q2": (70 + n, 100)} for n, unit in enumerate(JX7)},
            "clusters": {unit: {"2025Q2": n} for n, unit in enumerate(JX7)},
        }
    )
    sent = some_submissions({(unit, "2025Q2"): "2025-07-09T10:00:00" for unit in JX7 if unit != "330424"})
    return Result(
        plan=plan,
        as_of=as_of,
        known_at=None,
        unit_set="jx7",
        progress=progress(plan, known, as_of),
        history=history(plan, known, as_of),
        completeness=completeness(plan, sent, as_of),
    )


@pytest.fixture(scope="session")
def result() -> Result:
    return a_result()
