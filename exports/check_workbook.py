"""Which cells of an exported workbook differ from the exact figures: sorting and filtering change nothing.

The workbook is written again from the exact figures and compared row by row, each known by its names.
"""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.as_xlsx import HEAD_ROW, write_xlsx
from exports.fields import FIELDS, plain
from exports.findings import Finding
from exports.stamp import same
from locales import text
from locales.formats import UNKNOWN
from metrics.result import Result

LISTS = ("missing_units", "tags")
TRUTHS = {"=TRUE()": True, "=FALSE()": False}
"""How LibreOffice saves a truth value."""
NEAR = Decimal("1e-9")
Row = dict[str, tuple[str, Any]]
"""Heading → (address of the cell, its value)."""


class NotAWorkbook(Exception):
    """The bytes are a zip but no workbook of ours."""


def read_book(data: bytes) -> Workbook:
    try:
        return load_workbook(io.BytesIO(data))
    except Exception as fault:  # a stranger's file may fail anywhere in the library
        raise NotAWorkbook from fault


def read_fields(book: Workbook, language: str) -> list[dict[str, Any]]:
    """The exact figures as the workbook has them."""
    name = text("xlsx.fields", language)
    if name not in book.sheetnames:
        return []
    heads, *rows = [[cell.value for cell in row] for row in book[name].iter_rows()] or [[]]
    known = [dict(zip(heads, map(_truth, row), strict=True)) for row in rows]
    return [_listed(row) for row in known if row.get("indicator") and row.get("unit")]


def _listed(row: dict[Any, Any]) -> dict[str, Any]:
    """As `records` has it: lists are lists, a date is its text."""
    found = {name: plain(row.get(name)) for name in FIELDS}
    return found | {name: str(row[name]).split("|") if row.get(name) else [] for name in LISTS}


def edited_cells(
    book: Workbook, truth: list[dict[str, Any]], stamp: dict[str, str], result: Result
) -> Iterator[Finding]:
    """Every cell with another value than the exact figures give, and every row that is gone."""
    language = stamp.get("language") or "zh_CN"
    again = replace(result, progress=_progress(truth))
    expected = read_book(write_xlsx(again, stamp.get("indicator") or None, language=language))
    for key, head, names in (("progress", HEAD_ROW, 2), ("chart", 1, 1), ("fields", 1, 2)):
        title = text(f"xlsx.{key}", language)
        if title not in book.sheetnames:
            yield Finding("gone", place=title, exact=title)
            continue
        yield from _differences(title, _rows(book[title], head, names), _rows(expected[title], head, names))


def _progress(truth: list[dict[str, Any]]) -> pd.DataFrame:
    """The progress table again from its plain fields: exact numbers, dates as dates."""
    return pd.DataFrame([{name: _exact(name, row.get(name)) for name in FIELDS} for row in truth], dtype=object)


def _exact(name: str, value: Any) -> Any:
    if name == "deadline" and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return Decimal(str(value))


def _rows(sheet: Worksheet, head: int, names: int) -> dict[tuple[str, ...], Row]:
    """Rows under the heading by their first cells; rows without a name are the reader's own notes."""
    heads = [str(cell.value or "") for cell in sheet[head]]
    found: dict[tuple[str, ...], Row] = {}
    for cells in sheet.iter_rows(min_row=head + 1):
        key = tuple(str(cell.value or "") for cell in cells[:names])
        if all(key):
            pairs = zip(heads, cells, strict=False)
            found.setdefault(key, {name: (cell.coordinate, cell.value) for name, cell in pairs if name})
    return found


def _differences(
    title: str, found: dict[tuple[str, ...], Row], expected: dict[tuple[str, ...], Row]
) -> Iterator[Finding]:
    for key, row in expected.items():
        what = " ".join(key)
        if key not in found:
            yield Finding("gone", place=title, exact=what)
            continue
        for head, (_, exact) in row.items():
            address, value = found[key].get(head, ("", None))
            if not _equal(value, exact):
                place = f"{title}!{address}" if address else title
                yield Finding("edited", place, f"{what} {head}", _said(value), _said(exact))


def _equal(one: Any, other: Any) -> bool:
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other)):
        first, second = Decimal(str(one)), Decimal(str(other))
        return abs(first - second) <= NEAR * max(abs(first), abs(second), Decimal(1))
    return _said(one) == _said(other)


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.date()
    return same(plain(_truth(value))) or UNKNOWN


def _truth(value: Any) -> Any:
    return TRUTHS.get(value, value) if isinstance(value, str) else value
