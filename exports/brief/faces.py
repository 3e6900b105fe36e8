"""What all parts of the brief's page share: typefaces by name, lines off the page's grid."""

from typing import Any

from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

SONG, FANG, HEI, KAI, TITLE = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"
LINE = Pt(28.95)
"""22 lines on a page."""


def off_the_grid(paragraph: Any) -> None:
    """As high as its content: the grid and exact lines would tear rows apart and cut pictures off."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    paragraph._p.get_or_add_pPr().find(qn("w:spacing")).addprevious(off_grid())


def off_grid() -> Any:
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    return snap
