"""Two verdicts on the same duty: which problems are closed, which are new, which still stand."""

from collections import deque
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Told = Mapping[str, Any]
"""A problem as `loaders.verdict.as_json` tells it."""


@dataclass(frozen=True)
class Compared:
    """`still` holds the problems as they stand now."""

    closed: list[Told]
    new: list[Told]
    still: list[Told]


def compare(before: Sequence[Told], after: Sequence[Told]) -> Compared:
    """A problem still stands when its rule is broken in the same cell, whatever is in there now.

    A row deleted or inserted moves the others: what is left over is matched by rule, sheet and
    content, each at most once.
    """
    closed, new, still = list(before), list(after), list[Told]()
    for same in (_by_cell, _by_content):
        left: dict[Hashable, deque[Told]] = {}
        for told in closed:
            left.setdefault(same(told), deque()).append(told)
        rest = []
        for told in new:
            if same(told) is not None and left.get(same(told)):
                left[same(told)].popleft()
                still.append(told)
            else:
                rest.append(told)
        unmatched = {id(told) for alike in left.values() for told in alike}
        closed, new = [told for told in closed if id(told) in unmatched], rest
    order = {id(told): number for number, told in enumerate(after)}
    return Compared(closed, new, sorted(still, key=lambda told: order[id(told)]))


def _by_cell(told: Told) -> Hashable:
    return told["code"], told.get("sheet"), told.get("cell")


def _by_content(told: Told) -> Hashable:
    """None where the cell was empty: two empty cells are not the same fault."""
    return (told["code"], told.get("sheet"), told["found"]) if told.get("found") else None
