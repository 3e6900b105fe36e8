"""Several plans side by side: where each stands in its own time. Nothing is added across plans."""

from dataclasses import dataclass

import pandas as pd

from metrics.period import Period
from metrics.plan import Plan
from metrics.result import Result
from metrics.tally import tally

LATE = ("missed", "critical", "behind", "watch")
"""What is behind, the worst first."""


@dataclass(frozen=True)
class Line:
    """One plan at its quarter. Of the units `expected` to send, how many have (`reported`) and whose
    submission is `waiting` for review. `firm` and `hoped` are counts by status of the city's figures:
    what the plan promises, and what it only strives for (力争、争取), which never enters one score with it."""

    plan: Plan
    as_of: Period
    ended: bool
    reported: int
    waiting: int
    expected: int
    firm: dict[str, int]
    hoped: dict[str, int]
    behind: pd.DataFrame
    """City rows of firm indicators that are behind, the worst first."""


def quarter_of(plan: Plan, asked: Period) -> Period | None:
    """Where to look at a plan when others are looked at in `asked`: at its last quarter once it has
    ended, nowhere before it begins."""
    first, last = Period.of(plan.start), Period.of(plan.end)
    return None if asked < first else min(asked, last)


def has_ended(plan: Plan, asked: Period) -> bool:
    return plan.end <= asked.end


def line(result: Result, asked: Period) -> Line:
    plan = result.plan
    city = result.progress[result.progress["unit"] == plan.area]
    hoped = city["indicator"].map(lambda name: plan.indicators[name].aspirational).astype(bool)
    firm = city[~hoped]
    sent = tally(_expected(result))
    return Line(
        plan=plan,
        as_of=result.as_of,
        ended=has_ended(plan, asked),
        reported=sent.received,
        waiting=len(sent.waiting),
        expected=sent.expected,
        firm=_counts(firm),
        hoped=_counts(city[hoped]),
        behind=_behind(firm),
    )


def _expected(result: Result) -> pd.DataFrame:
    """Units of the set that owe a report; of a plan that only departments report, those."""
    expected = result.completeness[result.completeness["expected"].astype(bool)]
    own = expected[expected["unit"].isin(result.plan.units_of(result.unit_set))]
    return own if len(own) else expected


def _counts(rows: pd.DataFrame) -> dict[str, int]:
    return {str(status): int(number) for status, number in rows["status"].value_counts().items()}


def _behind(rows: pd.DataFrame) -> pd.DataFrame:
    """Overdue before behind; among equals the largest distance from the path, then from the target."""
    late = rows[rows["status"].isin(LATE)]
    keys = [(row["status"] != "missed", _number(row["lead"]), _number(row["attainment"])) for _, row in late.iterrows()]
    places = sorted(range(len(late)), key=lambda place: keys[place])
    return late.iloc[places]


def _number(value: object) -> float:
    """Unknown stands last."""
    return float("inf") if value is None or value != value else float(str(value))
