"""What slides are made of: the progress table of some figures, a card as picture, a chart in words."""

import io
from collections.abc import Sequence
from typing import Any

from pptx.util import Emu, Inches

from exports.cards import write_card
from exports.cards.figures import Figure
from exports.carried import plain
from exports.deck.frame import BOTTOM, Deck
from exports.deck.tables import Cell, add_table
from exports.short_table import LEAD, NUMBERS, heads, line

ROW, NOTE = Inches(0.33), Inches(0.35)
MANY = 15
"""Above this many rows a table is set smaller."""

WIDTHS = (25, 12, 12, 11, 10, 16, 20)
NARROW = (32, 15, 16, 11, 12, 11, 25)


def table(
    deck: Deck,
    slide: Any,
    rows: Sequence[Figure],
    place: tuple[float, float, float],
    *,
    columns: Sequence[int] = tuple(range(7)),
    units: bool = False,
) -> None:
    left, top, width = place
    whole = len(columns) == len(WIDTHS)
    named = list(heads(deck.language, units=units))
    widths = list(WIDTHS if whole else NARROW)
    if not whole:
        named[LEAD] = deck.say("scorecard.verdict")
    if units:
        widths[0] = 16
    lines = [line(figure, units=units) for figure in rows]
    cells = [
        [
            Cell(row.words[n], row.ink, row.tint, bold=True) if n == 6 and row.lit else Cell(row.words[n])
            for n in columns
        ]
        for row in lines
    ]
    words = "; ".join(" ".join(row.words[n] for n in columns) for row in lines)
    add_table(
        slide,
        (round(left), round(top), round(width), min(ROW * (len(rows) + 1), BOTTOM - top)),
        [named[n] for n in columns],
        cells,
        [widths[n] for n in columns],
        told=words,
        size=9 if len(rows) > MANY else 12 if whole else 11,
        right=[at for at, n in enumerate(columns) if n in NUMBERS],
    )


def picture(
    deck: Deck, slide: Any, card: str, indicator: str | None, title: str, place: tuple[float, float, float]
) -> None:
    drawn = write_card(deck.result, card, indicator, deck.language, "png")
    left, top, height = place
    shape = slide.shapes.add_picture(io.BytesIO(drawn), Emu(round(left)), Emu(round(top)), height=Emu(round(height)))
    shape._element.nvPicPr.cNvPr.set("descr", plain(deck.say("deck.picture", title=title)))


def told(found: Sequence[Figure], column: str) -> str:
    """The figures of a chart in words, for those who cannot see it."""
    language = found[0].language
    named = [
        (f.indicator.name.by(language), f.attainment) if column == "attainment" else (f.short, f.actual) for f in found
    ]
    return "; ".join(f"{name} {shown}" for name, shown in named)
