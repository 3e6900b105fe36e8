"""A plain table on a slide: dark head, hairlines, the status in its colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Pt

from charts.palette import INK, PAPER
from exports.carried import plain
from exports.deck.frame import colour

PLAIN_STYLE = "{5940675A-B579-460E-94D1-54222C63F5DA}"
"""`No Style, Table Grid`: the colours are set here, cell by cell."""
SIDE = Emu(91440)
"""The empty edge at the left and right of a cell."""
CELL_EDGE = Emu(45720)


@dataclass(frozen=True)
class Cell:
    words: str
    ink: str = INK
    tint: str = PAPER
    bold: bool = False


def add_table(
    slide: Any,
    place: tuple[float, float, float, float],
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    *,
    told: str,
    size: float = 12,
    right: Sequence[int] = (),
) -> None:
    """`widths` are shares of the width; columns in `right` hold numbers."""
    left, top, width, height = (Emu(round(edge)) for edge in place)
    frame = slide.shapes.add_table(len(rows) + 1, len(heads), left, top, width, height)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(told))
    table = frame.table
    table._tbl.tblPr.find("{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId").text = PLAIN_STYLE
    for n, share in enumerate(widths):
        table.columns[n].width = Emu(round(width * share / sum(widths)))
    head = [Cell(words, PAPER, INK, bold=True) for words in heads]
    for line, cells in enumerate((head, *rows)):
        most = max(lines(cell.words, table.columns[n].width, size) for n, cell in enumerate(cells))
        table.rows[line].height = Emu(round(height / (len(rows) + 1))) + Pt(size * 1.3) * (most - 1)
        for n, cell in enumerate(cells):
            _fill(table.cell(line, n), cell, size, PP_ALIGN.RIGHT if n in right else PP_ALIGN.LEFT)


def lines(words: str, width: int, size: float) -> int:
    """About how many lines a text takes: a Chinese character is as wide as high, a Latin one about half."""
    wide = sum(1.0 if east_asian_width(letter) in "WF" else 0.56 for letter in words)
    return max(1, ceil(wide * Pt(size) / (width - 2 * SIDE)))


def _fill(place: Any, cell: Cell, size: float, align: Any) -> None:
    place.fill.solid()
    place.fill.fore_color.rgb = colour(cell.tint)
    place.vertical_anchor = MSO_ANCHOR.MIDDLE
    place.margin_top = place.margin_bottom = CELL_EDGE // 2
    paragraph = place.text_frame.paragraphs[0]
    paragraph.alignment = align
    run = paragraph.add_run()
    run.text = plain(cell.words)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), cell.bold, colour(cell.ink)
