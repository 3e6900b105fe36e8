"""From exact numbers to one word (semantics §4). The order of the questions is the meaning."""

from datetime import date
from decimal import Decimal
from typing import Literal

from metrics.plan import Bands, Comparison

Status = Literal[
    "no_target",
    "not_applicable",
    "no_report",
    "not_scored",
    "achieved",
    "missed",
    "not_due",
    "no_deadline",
    "on_track",
    "watch",
    "behind",
    "critical",
]


VERDICTS = ("achieved", "missed")
"""What a plan that has ended can say of a promise."""


def passes(actual: Decimal, comparison: Comparison, value: Decimal) -> bool:
    """Whether a figure keeps the promise. 10000 does not pass `>` 10000 (突破, 超).

    A bare number and the lower edge of a range are reached from below: more is never a failure.
    """
    return actual > value if comparison == ">" else actual >= value


def band(lead: Decimal, bands: Bands) -> Status:
    """The status of a rounded `lead`; each band includes its lower edge, so no lead falls between two."""
    if lead >= bands.on_track:
        return "on_track"
    if lead >= bands.watch:
        return "watch"
    return "behind" if lead >= bands.behind else "critical"


def choose_status(
    *,
    promised: bool,
    applicable: bool,
    actual: Decimal | None,
    passed: bool,
    deadline: date | None,
    day: date,
    lead: Decimal | None,
    bands: Bands,
    scored: bool = True,
    ended: bool = False,
) -> Status:
    """The first that applies. `lead` is the rounded one, None where nothing is expected yet.

    A deadline's own quarter still has its lamp, until the next one shows the verdict. The plan's last
    quarter has no next one: with `ended` what is due on its last day is achieved or missed.
    What is not `scored` is shown for reference only: its basis is not decided, or the plan's own
    date makes a verdict meaningless.
    """
    if not promised:
        return "no_target"
    if not applicable:
        return "not_applicable"
    if actual is None:
        return "no_report"
    if not scored:
        return "no_deadline" if deadline is None else "not_scored"
    if passed:
        return "achieved"
    if deadline is None:
        return "no_deadline"
    if deadline < day or (ended and deadline == day):
        return "missed"
    return "not_due" if lead is None else band(lead, bands)
