"""Which submissions count at a moment."""

from datetime import datetime

LIVE = (
    "live as (select unit, submission, period from submission"
    " where plan = :plan and published_at <= :at and superseded_at > :at)"
)
"""The submissions in force at `:at` (`moment(known_at)`)."""


def moment(known_at: datetime | None) -> datetime:
    """The moment to ask for: `known_at`, or the end of time (before the mark of what still stands)."""
    return known_at or datetime(2199, 12, 31)
