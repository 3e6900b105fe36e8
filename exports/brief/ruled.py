"""The brief's table, ruled: its head repeats on every page and no row is torn."""

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from exports.brief.faces import HEI, LATIN, off_the_grid

COLUMNS = {"zh_CN": (37, 19, 19, 18, 14, 13, 36), "en": (34, 22, 24, 19, 17, 14, 26)}
"""Widths of the table in mm: 156 together."""


def fill_table(paper: Any, widths: Sequence[int]) -> None:
    """The head repeats on every page and no row is torn."""
    table = paper.add_table(rows=4, cols=len(widths), style="Table Grid")
    table.autofit = False
    edges = OxmlElement("w:tblCellMar")
    for side_name, width in (("w:top", 30), ("w:left", 50), ("w:bottom", 30), ("w:right", 50)):
        edge = OxmlElement(side_name)
        edge.set(qn("w:w"), str(width))
        edge.set(qn("w:type"), "dxa")
        edges.append(edge)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(edges)
    for n, width in enumerate(widths):
        table.columns[n].width = Mm(width)
        for row in table.rows:
            row.cells[n].width = Mm(width)
            row.cells[n].vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        in_cell(table.cell(0, n), f"{{{{ heads[{n}] }}}}", HEI, WD_ALIGN_PARAGRAPH.CENTER)
        side = WD_ALIGN_PARAGRAPH.RIGHT if n in (1, 2, 4, 5) else WD_ALIGN_PARAGRAPH.LEFT
        in_cell(table.cell(2, n), f"{{{{ row[{n}] }}}}", None, side)
    in_cell(table.cell(1, 0), "{%tr for row in rows %}", None, WD_ALIGN_PARAGRAPH.LEFT)
    in_cell(table.cell(3, 0), "{%tr endfor %}", None, WD_ALIGN_PARAGRAPH.LEFT)
    for row, tag in ((table.rows[0], "w:tblHeader"), (table.rows[0], "w:cantSplit"), (table.rows[2], "w:cantSplit")):
        row._tr.get_or_add_trPr().append(OxmlElement(tag))


def in_cell(cell: Any, words: str, face: str | None, side: Any) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = side
    off_the_grid(paragraph)
    run = paragraph.add_run(words)
    run.font.size = Pt(9)
    if face:
        run.font.name = LATIN
        run._r.rPr.find(qn("w:rFonts")).set(qn("w:eastAsia"), face)
