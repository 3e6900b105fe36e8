"""How a template looks: colours, fonts, borders, number formats, widths, paper.

Colours mean something and the guide sheet says what: cream is to be filled in, pale teal is an
optional cross-check, grey-blue was carried over from the last published roster.
"""

import re
from collections.abc import Mapping
from copy import copy
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from loaders.looks import FACE, INK, LINE, LINE_HEIGHT, MUTED, RED, TEAL, display_width, lines
from metrics.plan import Field

__all__ = ["FACE", "INK", "LINE", "LINE_HEIGHT", "MUTED", "RED", "TEAL", "display_width", "lines"]

TINT = {"required": "FFF3CC", "optional": "FFFBEC", "check": "E3F2F0", "carried": "EDF1F5", "group": "DDE4EA"}
HEAD = {"required": TEAL, "optional": "5D7B84", "plain": "44515F"}
TAB = {"guide": "9AA5B1", "input": TEAL}
MONEY = {"元": 1, "万元": 10**4, "亿元": 10**8}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

BOX = Border(**{side: Side(style="thin", color=LINE) for side in ("left", "right", "top", "bottom")})
UNLOCKED = Protection(locked=False)


@cache
def font(size: float = 10, *, bold: bool = False, color: str = INK, underline: str | None = None) -> Font:
    return Font(name=FACE, size=size, bold=bold, color=color, underline=underline)


@cache
def fill(color: str) -> PatternFill:
    return PatternFill("solid", start_color=color, end_color=color)


@cache
def align(horizontal: str = "left", *, vertical: str = "center", wrap: bool = True, indent: int = 0) -> Alignment:
    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=wrap, indent=indent)


def put_text(cell: Cell, words: str) -> None:
    """Write words as words: never a formula, never an error value, whatever they start with."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", words)
    cell.data_type = "s"
    if words.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def number_format(*, money: bool = False, decimals: int = 0) -> str:
    """Money keeps every digit down to the yuan; two decimals at least."""
    if money:
        return "#,##0.00######"
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def field_format(field: Field) -> str:
    """Number format of a roster column. Text stays text, so credit codes keep all 18 digits."""
    if field.type == "date":
        return "yyyy-mm-dd"
    if field.type == "money":
        return "#,##0.######" if field.measure in ("万元", "亿元") else "#,##0"
    if field.type == "number":
        return "0.0%" if field.measure == "%" else "General"
    return "@"


def put_field(cell: Cell, field: Field, value: str, words: Mapping[str, str]) -> None:
    """Write a canonical roster value as a person reads it. What cannot be read stays as text."""
    if field.type in ("choice", "yesno"):
        put_text(cell, words.get(value, value))
        return
    try:
        if field.type == "date":
            cell.value = date.fromisoformat(value)
        elif field.type == "money":
            cell.value = Decimal(value) / MONEY.get(field.measure, 1)
        elif field.type == "number":
            cell.value = Decimal(value) / (100 if field.measure == "%" else 1)
        else:
            put_text(cell, value)
            return
    except (ValueError, InvalidOperation):
        put_text(cell, value)


def fit_row(sheet: Worksheet, row: int, texts: list[tuple[str, float]], *, least: float = 24) -> None:
    """Make a row high enough for its wrapped texts, each with the width of its column."""
    most = max((lines(words, width) for words, width in texts), default=1)
    sheet.row_dimensions[row].height = max(least, most * LINE_HEIGHT + 7)


def column_style(sheet: Worksheet, letter: str, like: Cell) -> None:
    """Style a whole column like one cell: room without end, and no empty pages in print."""
    sheet.column_dimensions[letter]._style = copy(like._style)


def style_like(cell: Cell, like: Cell) -> None:
    """Take over a style as it is; setting its parts one by one costs twenty times as much."""
    cell._style = copy(like._style)


def paper(sheet: Worksheet, footer: str, *, heading: int | None = None, landscape: bool = True) -> None:
    """A4, fitted to its width, headings on every page, page numbers and whose form it is in the footer."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.left.text = footer.replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"
    for part in (sheet.oddFooter.left, sheet.oddFooter.right):
        part.size = 8
    if heading:
        sheet.print_title_rows = f"{heading}:{heading}"
    sheet.sheet_view.showGridLines = False


def sheet_name(words: str, taken: set[str]) -> str:
    """A name Excel accepts (31 characters, no []:*?/\\), not used yet in the workbook."""
    name = re.sub(r"[\[\]:*?/\\']", " ", words).strip()[:31] or "Sheet"
    while name in taken:
        name = f"{name[:28]} {len(taken)}"
    taken.add(name)
    return name


def titles(sheet: Worksheet, title: str, head: str, hint: str) -> None:
    """The three lines above a table: what it is, whose and when, how to fill it in."""
    lines_of = (
        (title, font(16, bold=True, color=TEAL), 34),
        (head, font(10.5, bold=True), 22),
        (hint, font(9.5, color=MUTED), 22),
    )
    for row, (words, face, height) in enumerate(lines_of, start=1):
        cell = sheet.cell(row, 1)
        put_text(cell, words)
        cell.font, cell.alignment = face, align(wrap=False)
        sheet.row_dimensions[row].height = height
