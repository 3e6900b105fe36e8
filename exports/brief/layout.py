"""The page of an official paper (GB/T 9704): margins, typefaces by name, headings, page numbers — 1 —.

Built in code, and filled by `docxtpl` like any template an office lays out itself.
"""

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from exports.brief.faces import FANG, HEI, KAI, LATIN, LINE, SONG, TITLE, off_grid, off_the_grid
from exports.brief.ruled import COLUMNS, fill_table

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
    paper.add_paragraph("{%p if item.kind == 'body' and item.signed %}", "Body Text")
    issued = paper.add_paragraph("{{ item.text }}", "Body Text").paragraph_format
    issued.alignment, issued.first_line_indent, issued.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(0), Pt(4 * 16)
    paper.add_paragraph("{%p endif %}", "Body Text")
    paper.add_paragraph("{%p if item.kind == 'body' and not item.signed %}", "Body Text")
    paper.add_paragraph("{{ item.text }}", "Body Text")
    paper.add_paragraph("{%p endif %}", "Body Text")
    paper.add_paragraph("{%p endfor %}", "Body Text")
