"""What one submission says, apart from how it is stored: to hold two of them side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from metrics.rosters import Row

Place = tuple[str, str]
"""(indicator, part): what a figure is about."""


class Stated(NamedTuple):
    """One figure. `number` counts (None: not applicable); `typed` stands beside it where a roster
    was counted; `shown` is how it was typed, in `cell` of `sheet`."""

    number: Decimal | None
    typed: Decimal | None = None
    counted: bool = False
    shown: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Contents:
    """`rows`: roster → rows as `metrics.rosters` reads them; `tasks`: milestone → status."""

    figures: Mapping[Place, Stated] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    tasks: Mapping[str, str] = field(default_factory=dict)

    def number(self, place: Place) -> Decimal | None:
        """None also where the submission does not mention the figure."""
        found = self.figures.get(place)
        return None if found is None else found.number
