"""The progress table as CSV: UTF-8 with the mark by which Excel and WPS know it."""

import csv
import io

from exports.fields import FIELDS, Value, records
from locales import DEFAULT
from metrics.result import Result

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(
    result: Result, indicator: str | None = None, *, card: str | None = None, language: str = DEFAULT
) -> bytes:
    """The same fields as JSON; a list's items are separated by `|`, unknown is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(FIELDS)
    for record in records(result, indicator):
        writer.writerow(cell(record[name]) for name in FIELDS)
    return text.getvalue().encode("utf-8-sig")


def cell(value: Value) -> str:
    """A text that a spreadsheet would run as a formula is disarmed by an apostrophe; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    written = "|".join(value) if isinstance(value, list) else value
    return f"'{written}" if len(written) > 1 and written.startswith(FORMULA_STARTS) else written
