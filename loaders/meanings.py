"""What a unit means by headings and labels of its own, once it has told us.

A meaning is a target: `roster:stores/opened` (a field), `outlet-stores/value` (a part of an
indicator), `value` (the column of this quarter's figures), or '' (nothing that is asked for).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from loaders.headings import Heading

VALUE = "value"
NOTHING = ""
_QUARTER = re.compile(r"\d+|[一二三四](?=季)")


@dataclass(frozen=True)
class Meanings:
    """Key of a heading or label → target. Keys know nothing of places: a column may move."""

    of: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every single word of the keys, to know a heading row by."""
        return frozenset(word for key in self.of for word in key.lstrip("#").split("/") if word)

    @cached_property
    def labels(self) -> frozenset[str]:
        """Keys that name an indicator: they may stand at the side of a table."""
        return frozenset(key for key, target in self.of.items() if _is_figure(target))

    def row(self, label: str) -> str | None:
        """What a row's label means: `indicator/part`, '' for nothing; None is not known."""
        target = self.of.get(label)
        return target if target == NOTHING or (target and _is_figure(target)) else None

    def columns(self, heads: Mapping[int, Heading], prefix: str = "") -> dict[int, str]:
        """Column → target without `prefix`; '' for a heading that means something else or nothing."""
        found = {}
        for column, heading in heads.items():
            target = self.of.get(heading.key)
            if target is not None:
                found[column] = target.removeprefix(prefix) if target.startswith(prefix) else NOTHING
        return found

    def value(self, heading: Heading) -> bool | None:
        """Whether this is the column of this quarter's figures; None is not known."""
        target = self.of.get(value_key(heading))
        return None if target is None else target == VALUE


NONE = Meanings()
Remembered = Mapping[tuple[str, str], Meanings]
"""(plan, unit) → its meanings."""


def value_key(heading: Heading) -> str:
    """The key of a column of figures: next quarter its heading names another quarter."""
    return "#" + _QUARTER.sub("#", heading.key)


def roster_target(roster: str, field: str) -> str:
    return f"roster:{roster}/{field}"


def together(several: Iterable[Meanings]) -> Meanings:
    """The meanings of several units, for a file that does not say yet whose it is."""
    return Meanings({key: target for one in several for key, target in one.of.items()})


def _is_figure(target: str) -> bool:
    return "/" in target and not target.startswith("roster:")
