"""What a reviewer's doubt is, and what it may rest on: the submission and the unit's own record."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from metrics.contents import Contents, Place, Stated
from metrics.period import Period
from metrics.plan import Indicator, Plan


@dataclass(frozen=True)
class Doubt:
    """`code` picks the sentence (`review.doubt.<code>`); `values` fill its blanks.

    `place` is the figure it is about, None where several are; those stand in `places`.
    """

    code: str
    place: Place | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Listed:
    """A row of this submission that another unit lists too: their key in `roster`, and where each stands."""

    roster: str
    label: str
    unit: str
    row: int
    other_row: int


@dataclass(frozen=True)
class Evidence:
    """What the checks may look at. `past`: place → quarter (text) → number, of this unit only."""

    plan: Plan
    period: Period
    now: Contents
    past: Mapping[Place, Mapping[str, Decimal]] = field(default_factory=dict)
    listed: Sequence[Listed] = ()

    def figures(self) -> Iterator[tuple[Place, Indicator, Stated, Decimal]]:
        """Figures that are a number, in the plan's order."""
        for name, indicator in self.plan.indicators.items():
            for part in indicator.typed_parts:
                stated = self.now.figures.get((name, part))
                if stated is not None and stated.number is not None:
                    yield (name, part), indicator, stated, stated.number

    def typed(self) -> Iterator[tuple[Place, Indicator, Stated, Decimal]]:
        """Those that rest on nothing but what was typed."""
        return (one for one in self.figures() if not one[2].counted)

    def last(self, place: Place) -> Decimal | None:
        return self.past.get(place, {}).get(str(self.period + -1))
