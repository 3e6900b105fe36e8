"""The page of an official paper (GB/T 9704): margins, typefaces by name, headings, page numbers — 1 —.

Built in code, and filled by `docxtpl` like any template an office lays out itself.
"""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

SONG, FANG, HEI, KAI, TITLE = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"
LINE = Pt(28.95)
"""22 lines on a page."""
COLUMNS = {"zh_CN": (36, 20, 20, 16, 14, 14, 36), "en": (34, 22, 24, 19, 17, 14, 26)}
"""Widths of the table in mm: 156 together."""
STYLES = {
    # style: (typeface, size, bold, alignment, first line indented)
    "Normal": (FANG, 16, False, WD_ALIGN_PARAGRAPH.JUSTIFY, False),
    "Body Text": (FANG, 16, False, WD_ALIGN_PARAGRAPH.JUSTIFY, True),
    "Title": (TITLE, 22, False, WD_ALIGN_PARAGRAPH.CENTER, False),
    "Subtitle": (KAI, 16, False, WD_ALIGN_PARAGRAPH.CENTER, False),
    "Heading 1": (HEI, 16, False, WD_ALIGN_PARAGRAPH.LEFT, True),
    "Heading 2": (KAI, 16, False, WD_ALIGN_PARAGRAPH.LEFT, True),
    "Caption": (HEI, 14, False, WD_ALIGN_PARAGRAPH.CENTER, False),
    "Table Grid": (FANG, 9, False, None, False),
    "Header": (SONG, 9, False, WD_ALIGN_PARAGRAPH.LEFT, False),
    "Footer": (SONG, 14, False, WD_ALIGN_PARAGRAPH.LEFT, False),
}


def template(language: str) -> bytes:
    """The page with the places `docxtpl` fills. English, with its long words, is not stretched to both edges."""
    paper = Document()
    for name, look in STYLES.items():
        dress(paper.styles[name], *look)
    if language == "en":
        paper.styles["Body Text"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    lay_out(paper)
    paper.add_paragraph("{{ title }}", "Title")
    for words in ("{%p if marks %}", "{{ marks }}", "{%p endif %}"):
        paper.add_paragraph(words, "Subtitle")
    fill_body(paper)
    caption = paper.add_paragraph("{{ table_title }}", "Caption")
    caption.paragraph_format.page_break_before = caption.paragraph_format.keep_with_next = True
    fill_table(paper, COLUMNS[str(language)])
    paper.add_paragraph("{%p if picture %}", "Caption")
    paper.add_paragraph("{{ picture_title }}", "Caption").paragraph_format.page_break_before = True
    picture = paper.add_paragraph("{{ picture }}", "Caption")
    off_the_grid(picture)
    paper.add_paragraph("{%p endif %}", "Caption")
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def dress(style: Any, face: str, size: float, bold: bool, alignment: Any, indented: bool) -> None:
    """East Asian and Latin typefaces by name; theme attributes go, or the theme would win."""
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        properties.remove(fonts)
    style.font.name = LATIN
    properties.find(qn("w:rFonts")).set(qn("w:eastAsia"), face)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    if alignment is None:
        return
    layout = style.paragraph_format
    layout.alignment = alignment
    layout.space_before, layout.space_after = Pt(0), Pt(14 if style.name == "Subtitle" else 0)
    if style.name not in ("Header", "Footer"):
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, LINE if size < 20 else Pt(36)
    shape = style.element.get_or_add_pPr()
    for border in shape.findall(qn("w:pBdr")):
        shape.remove(border)
    if size >= 20:
        # Its lines are higher than the grid's and would each take two of them.
        shape.find(qn("w:spacing")).addprevious(off_grid())
    if indented:
        layout.first_line_indent = Pt(2 * size)
        shape.find(qn("w:ind")).set(qn("w:firstLineChars"), "200")


def lay_out(paper: Any) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    page.header_distance, page.footer_distance = Mm(20), Mm(23)
    for grid in page._sectPr.findall(qn("w:docGrid")):
        page._sectPr.remove(grid)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")
    page._sectPr.append(grid)
    paper.settings.odd_and_even_pages_header_footer = True
    for header in (page.header, page.even_page_header):
        header.is_linked_to_previous = False
        header.paragraphs[0].text = "{{ carried }}"
        header.paragraphs[0].style = "Header"
    number_pages(page.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    number_pages(page.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def number_pages(footer: Any, side: Any) -> None:
    """`— 1 —`: outer side, one character in."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style, paragraph.alignment = "Footer", side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = "1"
    run.append(words)
    field.append(run)
    paragraph._p.append(field)
    paragraph.add_run(" —")


def fill_body(paper: Any) -> None:
    paper.add_paragraph("{%p for item in items %}", "Body Text")
    for kind, style in (("section", "Heading 1"), ("group", "Heading 2"), ("numbered", "Body Text")):
        paper.add_paragraph(f"{{%p if item.kind == '{kind}' %}}", "Body Text")
        paragraph = paper.add_paragraph("", style)
        if kind == "numbered":
            paragraph.add_run("{{ item.head }}").bold = True
        paragraph.add_run("{{ item.text }}")
        paper.add_paragraph("{%p endif %}", "Body Text")
    paper.add_paragraph("{%p if item.kind == 'body' %}", "Body Text")
    paper.add_paragraph("{{ item.text }}", "Body Text")
    paper.add_paragraph("{%p endif %}", "Body Text")
    paper.add_paragraph("{%p endfor %}", "Body Text")


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


def off_the_grid(paragraph: Any) -> None:
    """As high as its content: the grid and exact lines would tear rows apart and cut pictures off."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    paragraph._p.get_or_add_pPr().find(qn("w:spacing")).addprevious(off_grid())


def off_grid() -> Any:
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    return snap


def in_cell(cell: Any, words: str, face: str | None, side: Any) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = side
    off_the_grid(paragraph)
    run = paragraph.add_run(words)
    run.font.size = Pt(9)
    if face:
        run.font.name = LATIN
        run._r.rPr.find(qn("w:rFonts")).set(qn("w:eastAsia"), face)
