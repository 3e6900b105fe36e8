"""What differs between two submissions of one unit: figures, rows of its lists, tasks.

Used for the last version of the same quarter, and for the quarter before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from metrics.contents import Contents, Place, Stated
from metrics.plan import Plan
from metrics.rosters import Row, fold, said

What = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class FigureChange:
    """`before` or `after` None: not mentioned there (or not applicable, see `what`)."""

    indicator: str
    part: str
    what: What
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class RowChange:
    """One row of a list; `cells` are (field, before, after) of a changed row, in the roster's order."""

    roster: str
    what: What
    label: str
    row_before: int | None = None
    row_after: int | None = None
    cells: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class TaskChange:
    milestone: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Differences:
    figures: tuple[FigureChange, ...] = ()
    rows: tuple[RowChange, ...] = ()
    tasks: tuple[TaskChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.figures or self.rows or self.tasks)

    def rows_of(self, roster: str, what: What) -> tuple[RowChange, ...]:
        return tuple(row for row in self.rows if (row.roster, row.what) == (roster, what))


def differences(plan: Plan, before: Contents, after: Contents) -> Differences:
    """Everything that is not the same, in the plan's order; what the plan does not know is left out."""
    rosters = [name for name in plan.rosters if name in before.rows or name in after.rows]
    return Differences(
        tuple(_figures(plan, before.figures, after.figures)),
        tuple(change for name in rosters for change in _rows(plan, name, before, after)),
        tuple(_tasks(plan, before.tasks, after.tasks)),
    )


def _figures(plan: Plan, before: Mapping[Place, Stated], after: Mapping[Place, Stated]) -> Iterator[FigureChange]:
    for name, indicator in plan.indicators.items():
        for part in indicator.typed_parts:
            was, now = before.get((name, part)), after.get((name, part))
            if was is None and now is not None:
                yield FigureChange(name, part, "added", None, now.number)
            elif was is not None and now is None:
                yield FigureChange(name, part, "removed", was.number, None)
            elif was is not None and now is not None and was.number != now.number:
                yield FigureChange(name, part, "changed", was.number, now.number)


def _tasks(plan: Plan, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[TaskChange]:
    for task in plan.milestones:
        was, now = before.get(task.milestone), after.get(task.milestone)
        if was != now:
            yield TaskChange(task.milestone, was, now)


def _rows(plan: Plan, roster: str, before: Contents, after: Contents) -> Iterator[RowChange]:
    """Changed rows first, then new ones, then those that are gone."""
    old, new = (_by_key(plan, roster, contents.rows.get(roster, ())) for contents in (before, after))
    for key, row in new.items():
        if key in old and (cells := _cells(plan, roster, old[key], row)):
            yield RowChange(roster, "changed", row_label(plan, roster, row), _at(old[key]), _at(row), cells)
    for key, row in new.items():
        if key not in old:
            yield RowChange(roster, "added", row_label(plan, roster, row), None, _at(row))
    for key, row in old.items():
        if key not in new:
            yield RowChange(roster, "removed", row_label(plan, roster, row), _at(row), None)


def _by_key(plan: Plan, roster: str, rows: Sequence[Row]) -> dict[tuple[str, ...], Row]:
    """By the fields that make a row distinct; a row without them by all it says, for it has no other name."""
    found: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = tuple(fold(said(row, name)) for name in plan.rosters[roster].key)
        if not any(key):
            key = ("", *(fold(said(row, field.field)) for field in plan.rosters[roster].fields))
        found.setdefault(key, row)
    return found


def _cells(plan: Plan, roster: str, old: Row, new: Row) -> tuple[tuple[str, str, str], ...]:
    names = [field.field for field in plan.rosters[roster].fields]
    pairs = ((name, said(old, name), said(new, name)) for name in names)
    return tuple((name, was, now) for name, was, now in pairs if fold(was) != fold(now))


def row_label(plan: Plan, roster: str, row: Row) -> str:
    """What a reader calls the row: its name, else its first filled text, else its key."""
    fields = plan.rosters[roster].fields
    named = [field.field for field in fields if field.field == "name"]
    named += [field.field for field in fields if field.type == "text"] + list(plan.rosters[roster].key)
    return next((text for name in named if (text := said(row, name))), "")


def _at(row: Row) -> int | None:
    place = row.get("row")
    return int(str(place)) if place is not None else None
