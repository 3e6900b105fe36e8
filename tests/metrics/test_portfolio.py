"""Plans side by side, each in its own time, hopes apart from promises."""

from dataclasses import replace

import pandas as pd
import pytest

from metrics.period import Period
from metrics.plan import Plan
from metrics.portfolio import has_ended, line, quarter_of
from metrics.result import Result


@pytest.mark.parametrize(
    ("plan", "asked", "shown"),
    [
        ("jxfs", "2025Q3", "2025Q3"),
        ("jxfs", "2023Q4", None),
        ("xzti", "2025Q3", "2024Q2"),
        ("hznr", "2025Q3", "2023Q4"),
        ("scec", "2025Q3", "2025Q3"),
    ],
)
def test_a_plan_is_looked_at_in_its_own_time(plans: dict[str, Plan], plan: str, asked: str, shown: str | None) -> None:
    assert quarter_of(plans[plan], Period.parse(asked)) == (Period.parse(shown) if shown else None)


def test_a_plan_ends_with_its_last_quarter(plans: dict[str, Plan]) -> None:
    assert not has_ended(plans["xzti"], Period.parse("2024Q1"))
    assert has_ended(plans["xzti"], Period.parse("2024Q2"))


def result(plan: Plan, statuses: dict[str, tuple[str, float | None, float | None]]) -> Result:
    """A result whose city rows have the given status, lead and attainment."""
    rows = [
        {"indicator": name, "unit": plan.area, "status": status, "lead": lead, "attainment": attained}
        for name, (status, lead, attained) in statuses.items()
    ]
    seven = plan.units_of("jx7")
    sent = [{"unit": u, "expected": True, "state": "missing" if u == seven[0] else "late"} for u in seven]
    sent.append({"unit": "JX-SWJ", "expected": True, "state": "missing"})
    empty = pd.DataFrame()
    return Result(plan, Period.parse("2025Q3"), None, "jx7", pd.DataFrame(rows), empty, pd.DataFrame(sent))


def shown(plan: Plan) -> Result:
    hoped = next(name for name, indicator in plan.indicators.items() if indicator.aspirational)
    return result(
        plan,
        {
            "stores": ("watch", -7.9, 42.0),
            "star-stock": ("critical", -40.0, 20.0),
            "promo-events": ("missed", -2.0, 94.0),
            "tour-routes": ("achieved", None, 120.0),
            hoped: ("critical", -60.0, 1.0),
        },
    )


def test_what_is_overdue_stands_first_and_then_the_largest_lag(plans: dict[str, Plan]) -> None:
    found = line(shown(plans["jxfs"]), Period.parse("2025Q3"))
    assert list(found.behind["indicator"]) == ["promo-events", "star-stock", "stores"]


def test_a_hope_is_counted_apart_and_never_among_what_is_behind(plans: dict[str, Plan]) -> None:
    found = line(shown(plans["jxfs"]), Period.parse("2025Q3"))
    assert found.firm == {"watch": 1, "critical": 1, "missed": 1, "achieved": 1}
    assert found.hoped == {"critical": 1}
    assert not any(plans["jxfs"].indicators[name].aspirational for name in found.behind["indicator"])


def test_a_submission_that_waits_is_counted_apart(plans: dict[str, Plan]) -> None:
    whole = shown(plans["jxfs"])
    found = line(replace(whole, completeness=whole.completeness.replace("missing", "waiting")), Period.parse("2025Q3"))
    assert (found.reported, found.waiting, found.expected) == (6, 1, 7)


def test_completeness_counts_the_units_of_the_set_and_late_is_reported(plans: dict[str, Plan]) -> None:
    found = line(shown(plans["jxfs"]), Period.parse("2025Q3"))
    assert (found.reported, found.expected) == (6, 7)


def test_a_plan_that_only_departments_report_counts_those(plans: dict[str, Plan]) -> None:
    whole = shown(plans["jxfs"])
    only = whole.completeness[whole.completeness["unit"] == "JX-SWJ"]
    found = line(replace(whole, completeness=only), Period.parse("2025Q3"))
    assert (found.reported, found.expected) == (0, 1)
