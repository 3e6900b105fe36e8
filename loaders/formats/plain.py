"""Text that holds a table: csv in the encodings of Chinese offices, and HTML saved as .xls."""

import csv
import re
from io import StringIO
from typing import Any

from loaders.problem import Refused
from loaders.workbook import Cell, Sheet, Workbook

MAX_CELLS = 400_000
MAX_SPAN = 1_000


def decode(data: bytes) -> str:
    """UTF-16 by its mark, UTF-8, else GB18030 (not GBK, which lacks 㐀 and 𠮷)."""
    in_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if in_utf16 else ["utf-8-sig", "gb18030"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("file_wrong_kind")


def read_csv(data: bytes) -> Workbook:
    content = decode(data)
    if "\0" in content or _looks_binary(content):
        raise Refused("file_wrong_kind")
    sheet = Sheet("csv")
    csv.field_size_limit(1_000_000)
    try:
        for row, line in enumerate(csv.reader(StringIO(content, newline=""), delimiter=_delimiter(content)), start=1):
            for column, value in enumerate(line, start=1):
                _put(sheet, row, column, value)
    except csv.Error as fault:
        raise Refused("file_damaged") from fault
    return Workbook("csv", [sheet])


def _delimiter(content: str) -> str:
    head = content[:20_000]
    return max(("\t", ",", ";"), key=head.count)


def _looks_binary(content: str) -> bool:
    head = content[:4_000]
    return sum(ord(letter) < 32 and letter not in "\t\r\n\f" for letter in head) > len(head) // 100


def _put(sheet: Sheet, row: int, column: int, value: str) -> None:
    if value.strip():
        if len(sheet.cells) >= MAX_CELLS:
            raise Refused("too_many_cells", limit=MAX_CELLS)
        sheet.cells[row, column] = Cell(row, column, "text", value)


def read_html(data: bytes) -> Workbook:
    """The tables of a web page saved as .xls; nothing is fetched and no entity is followed."""
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, recover=True, huge_tree=False)
    try:
        page = html.document_fromstring(decode(data), parser=parser)
    except (etree.LxmlError, ValueError) as fault:
        raise Refused("file_damaged") from fault
    tables = [table for table in page.iter("table") if not any(True for _ in table.iterancestors("table"))]
    if not tables:
        raise Refused("file_wrong_kind")
    sheets = [_table(table, f"table{number}") for number, table in enumerate(tables, start=1)]
    return Workbook("html", sheets, {"html"})


def _table(table: Any, name: str) -> Sheet:
    sheet = Sheet(name)
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.iter("tr"), start=1):
        column = 0
        for cell in line.iter("td", "th"):
            column += 1
            while (row, column) in taken:
                column += 1
            down, across = _span(cell.get("rowspan")), _span(cell.get("colspan"))
            if down > 1 or across > 1:
                sheet.merges.append((row, column, row + down - 1, column + across - 1))
                taken.update((r, c) for r in range(row, row + down) for c in range(column, column + across))
                if len(taken) > MAX_CELLS:
                    raise Refused("too_many_cells", limit=MAX_CELLS)
            _put(sheet, row, column, re.sub(r"\s+", " ", "".join(cell.itertext())).strip())
            column += across - 1
    return sheet


def _span(value: str | None) -> int:
    return min(int(value), MAX_SPAN) if value and value.isascii() and value.isdigit() and int(value) > 0 else 1
