"""One cell, one sheet of a workbook: how figures are written into them, and how they are printed."""

from openpyxl.cell import Cell as XlsxCell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from charts.palette import INK
from exports.carried import mark_words
from locales import text
from metrics.result import Result

FORMATS = {"percent": '0.0"%"', "points": "+0.0;-0.0;0.0", "date": "yyyy-mm-dd"}


def font(*, bold: bool = False, size: int = 11, colour: str = INK) -> Font:
    """By name only: the reader's machine has the typeface."""
    return Font(name="微软雅黑", bold=bold, size=size, color=colour[1:])


def write(sheet: Worksheet, row: int, column: int, value: object) -> XlsxCell:
    """A text stays a text: `=1+1` in a name must not be run by the reader's spreadsheet."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, XlsxCell)
    if isinstance(value, str):
        cell.value = value
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value
    return cell


def print_across(sheet: Worksheet, result: Result, language: str) -> None:
    """A4 across, as wide as the page; the foot numbers pages and says what marks the data."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = text("xlsx.page", language, page="&P", pages="&N")
    sheet.oddFooter.left.text = text("cards.dot", language).join(mark_words(result, language))
