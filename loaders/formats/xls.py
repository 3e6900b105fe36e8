"""Old Excel files and WPS .et (both BIFF in an OLE container), read with xlrd."""

from datetime import datetime
from io import StringIO
from typing import Any, Literal

import xlrd
from xlrd.xldate import XLDateError, xldate_as_datetime

from loaders.formats.number_format import as_percent, exact, style_of_code
from loaders.problem import Refused
from loaders.workbook import Cell, CellStyle, Merge, Sheet, Workbook

_STATES: dict[int, Literal["visible", "hidden", "veryHidden"]] = {0: "visible", 1: "hidden", 2: "veryHidden"}


def read_xls(data: bytes) -> Workbook:
    try:
        # xlrd writes its doubts about a file to standard output unless given another place.
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=StringIO())
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, ValueError, LookupError, AssertionError, TypeError) as fault:
        encrypted = "encrypted" in str(fault).casefold() or "password" in str(fault).casefold()
        raise Refused("file_encrypted" if encrypted else "file_damaged") from fault
    except Exception as fault:
        # A damaged BIFF record can fail anywhere inside xlrd (struct, unicode, zlib …).
        raise Refused("file_damaged") from fault
    return Workbook("xls", [_sheet(book, sheet) for sheet in book.sheets()])


def _sheet(book: Any, source: Any) -> Sheet:
    sheet = Sheet(source.name, _STATES.get(source.visibility, "visible"))
    sheet.merges = [_merge(crange) for crange in source.merged_cells]
    sheet.hidden_rows = {row + 1 for row, info in source.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = {column + 1 for column, info in source.colinfo_map.items() if info.hidden}
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            cell = _cell(book, source.cell(row, column), row + 1, column + 1)
            if cell is not None:
                sheet.cells[row + 1, column + 1] = cell
    return sheet


def _merge(crange: tuple[int, int, int, int]) -> Merge:
    top, bottom, left, right = crange
    return (top + 1, left + 1, bottom, right)


def _cell(book: Any, cell: Any, row: int, column: int) -> Cell | None:
    style = _style(book, cell)
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return Cell(row, column, "text", cell.value, style=style) if cell.value else None
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        number = exact(repr(cell.value))
        return Cell(row, column, "number", number, as_percent(number) if style == "percent" else "", style)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return Cell(row, column, *_date(book, cell.value), style="date")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell(row, column, "bool", str(cell.value), "TRUE" if cell.value else "FALSE", style)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(row, column, "error", xlrd.error_text_from_code.get(cell.value, "#ERROR!"), style=style)
    return None


def _style(book: Any, cell: Any) -> CellStyle:
    if cell.xf_index is None:
        return "general"
    found = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return style_of_code(found.format_str) if found is not None else "general"


def _date(book: Any, value: float) -> tuple[Literal["date", "number"], str]:
    try:
        moment: datetime = xldate_as_datetime(value, book.datemode)
    except (XLDateError, ValueError, OverflowError):
        return "number", exact(repr(value))
    return "date", moment.date().isoformat() if moment.time() == datetime.min.time() else moment.isoformat()
