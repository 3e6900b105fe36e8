"""Moments: which submissions count at one, and that no two changes share one."""

from datetime import datetime, timedelta

LIVE = (
    "live as (select unit, submission, period from submission"
    " where plan = :plan and published_at <= :at and superseded_at > :at)"
)
"""The submissions in force at `:at` (`moment(known_at)`)."""


def moment(known_at: datetime | None) -> datetime:
    """The moment to ask for: `known_at`, or the end of time (before the mark of what still stands)."""
    return known_at or datetime(2199, 12, 31)


def moment_after(latest: datetime | None, now: datetime) -> datetime:
    """`now`, or right after `latest` where the clock has not moved on, so that the later change counts later."""
    return now if latest is None or now > latest else latest + timedelta(microseconds=1)
