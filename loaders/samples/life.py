"""A row's whole life, and what of it is known at a quarter's end."""

from collections.abc import Iterator

from loaders.samples.names import day_in
from loaders.samples.story import Story
from metrics.period import Period

Row = dict[str, str]
Life = Iterator[tuple[Period, Period, Row]]
"""(first quarter listed, last quarter listed, row with everything that will ever happen to it)"""
END = Period(2099, 4)
HAPPENINGS = {
    "closed": (),
    "rated": ("star", "rated_until"),
    "initial_on": (),
    "built": (),
    "entered": ("entry_type", "entry_mode"),
    "provincial_awarded": ("provincial_document",),
    "approved_on": ("approved", "city_share", "local_share"),
    "paid_on": ("paid",),
}
"""Date fields that are blank until they happen, with the fields filled at the same time."""


def as_known(row: Row, period: Period) -> Row:
    """The row without what lies after the quarter's end."""
    end = period.end.isoformat()
    hidden = {name for field, others in HAPPENINGS.items() if row.get(field, "") > end for name in (field, *others)}
    known = {name: value for name, value in row.items() if name not in hidden and value}
    if "stage" in known:
        known["stage"] = "built" if "built" in known else "initial" if "initial_on" in known else "planned"
    return known


def spread(story: Story, *path: str) -> list[tuple[Period, str]]:
    """(quarter, day) for every one counted in a series."""
    counts = [(period, story.at(period, *path) or 0) for period in story.quarters]
    return [(period, day_in(period, n, count).isoformat()) for period, count in counts for n in range(count)]
