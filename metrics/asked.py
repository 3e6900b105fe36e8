"""Which notice has put a reviewer's doubt to the sender already: its answer then belongs beside the doubt."""

from collections.abc import Iterable, Mapping

from metrics.contents import Contents
from metrics.evidence import Doubt

Notice = Mapping[str, object]
ASKED_BY = {
    "measure_shifted": ("jumped",),
    "typed_differs": ("count_differs",),
    "too_fast": ("fell_by_half", "jumped"),
}
"""Doubt → the notices that ask the same."""


def asked_already(doubt: Doubt, now: Contents, notices: Iterable[Notice]) -> Notice | None:
    """The notice of the same cell that put the doubt to the sender, whose answer then belongs beside it."""
    stated = now.figures.get(doubt.place) if doubt.place else None
    if stated is None:
        return None
    codes = ASKED_BY.get(doubt.code, ())
    return next(
        (
            notice
            for notice in notices
            if notice.get("code") in codes
            and notice.get("sheet") == stated.sheet
            and stated.cell in (notice.get("cell"), *_cells(notice))
        ),
        None,
    )


def _cells(notice: Notice) -> tuple[str, ...]:
    """Many notices of one kind are told as one that names all their cells."""
    cells = notice.get("cells")
    return tuple(cells) if isinstance(cells, list) else ()
