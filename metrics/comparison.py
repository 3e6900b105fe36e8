"""Units side by side: ranks, contributions to a gap, and what needs attention (semantics §4)."""

from collections.abc import Sequence
from decimal import Decimal


def competition_ranks(scores: Sequence[Decimal | None]) -> list[int | None]:
    """Largest first; equal scores share a rank and the next is skipped (1, 2, 2, 4). None stays unranked."""
    known = sorted((score for score in scores if score is not None), reverse=True)
    places: dict[Decimal, int] = {}
    for place, score in enumerate(known, start=1):
        places.setdefault(score, place)
    return [None if score is None else places[score] for score in scores]
