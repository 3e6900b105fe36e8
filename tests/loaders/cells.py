"""Builders: a cell, a sheet from rows of values, a workbook of them, and the bytes of a real file."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl

from loaders.formats.number_format import as_percent
from loaders.workbook import Cell, Merge, Sheet, Workbook, position

Value = str | int | float | Decimal | date | bool | Cell | None


def text(value: str) -> Cell:
    return Cell(1, 1, "text", value)


def number(value: str | int) -> Cell:
    return Cell(1, 1, "number", str(value))


def percent(value: str) -> Cell:
    return Cell(1, 1, "number", value, as_percent(value), "percent")


def error(value: str, formula: str = "formula") -> Cell:
    return Cell(1, 1, "error", value, formula=formula)


def uncached() -> Cell:
    return Cell(1, 1, "uncached", "", formula="formula")


def placed(value: Value, row: int, column: int) -> Cell | None:
    if value is None or value == "":
        return None
    if isinstance(value, Cell):
        return value._replace(row=row, column=column)
    if isinstance(value, bool):
        return Cell(row, column, "bool", "1" if value else "0", str(value).upper())
    if isinstance(value, date):
        return Cell(row, column, "date", value.isoformat(), style="date")
    if isinstance(value, str):
        return Cell(row, column, "text", value)
    return Cell(row, column, "number", str(value))


def sheet(rows: Sequence[Sequence[Value]], name: str = "Sheet1", merges: Sequence[str] = (), **more: Any) -> Sheet:
    """A sheet whose first row is row 1; merges as `A1:C1`."""
    cells = {
        (row, column): cell
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if (cell := placed(value, row, column)) is not None
    }
    return Sheet(name, cells=cells, merges=[merge(one) for one in merges], **more)


def merge(where: str) -> Merge:
    first, _, last = where.partition(":")
    return (*position(first), *position(last))


def workbook(*sheets: Sheet) -> Workbook:
    return Workbook("xlsx", list(sheets))


def xlsx(rows: Sequence[Sequence[Any]], *, title: str = "Sheet1", merges: Sequence[str] = ()) -> bytes:
    """The bytes of a real workbook with one sheet."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    for where in merges:
        book.active.merge_cells(where)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
