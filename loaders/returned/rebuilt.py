"""A workbook made anew from the values as read, for files whose own form cannot be marked."""

import io
from datetime import datetime
from decimal import Decimal

import openpyxl
from openpyxl.cell.cell import Cell as Target
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX

from loaders.returned.marks import LIST_MARK, MARK_CELL
from loaders.template.styles import display_width, put_text, sheet_name
from loaders.workbook import Cell, Sheet, Workbook

_WIDEST = 40
_FORMATS = {"percent": "0.0%", "text": "@"}


def rebuilt(workbook: Workbook | None, list_name: str) -> bytes:
    """Values, merges and what was hidden; no formula comes out of it. Without a workbook: the list alone."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    taken: set[str] = set()
    for sheet in workbook.sheets if workbook else []:
        fits = len(sheet.name) <= 31 and not INVALID_TITLE_REGEX.search(sheet.name) and sheet.name not in taken
        _copy(book.create_sheet(sheet.name if fits else sheet_name(sheet.name, taken)), sheet)
        taken.add(sheet.name)
    if not any(target.sheet_state == "visible" for target in book.worksheets):
        alone = book.create_sheet(sheet_name(list_name, taken), 0)
        alone.cell(*MARK_CELL).value = LIST_MARK
        book.active = 0
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _copy(target: openpyxl.worksheet.worksheet.Worksheet, sheet: Sheet) -> None:
    widths: dict[int, int] = {}
    for (row, column), cell in sheet.cells.items():
        _put(target.cell(row, column), cell)
        if sheet.merge_of(row, column) is None:
            widths[column] = max(widths.get(column, 0), display_width(cell.as_shown.split("\n")[0]))
    for column, width in widths.items():
        target.column_dimensions[get_column_letter(column)].width = min(max(width + 3, 8), _WIDEST)
    for top, left, bottom, right in sheet.merges:
        if bottom <= sheet.last_row and right <= sheet.last_column:
            target.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for row in sheet.hidden_rows:
        target.row_dimensions[row].hidden = True
    for column in sheet.hidden_columns:
        target.column_dimensions[get_column_letter(column)].hidden = True
    target.sheet_state = sheet.state


def _put(target: Target, cell: Cell) -> None:
    target.alignment = Alignment(vertical="center", wrap_text="\n" in cell.value)
    if cell.kind == "number":
        target.value = Decimal(cell.value)
        target.number_format = _FORMATS.get(cell.style, "General")
    elif cell.kind == "date":
        try:
            target.value = datetime.fromisoformat(cell.value)
        except ValueError:
            put_text(target, cell.value)
            return
        target.number_format = "yyyy-mm-dd" if len(cell.value) == 10 else "yyyy-mm-dd hh:mm:ss"
    elif cell.kind == "bool":
        target.value = cell.value == "1"
    elif cell.kind == "error":
        target.value = cell.value
        target.data_type = "e" if cell.value.startswith("#") else "s"
    else:
        put_text(target, cell.value)
        target.number_format = _FORMATS.get(cell.style, "General")
