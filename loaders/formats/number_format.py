"""What a number format says about a number: a percentage, a date, text, or a plain number."""

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from loaders.workbook import CellStyle

# Ids 27-36 and 50-58 are dates in Chinese Excel and WPS and are never written out in the file.
_PERCENT_IDS = frozenset({9, 10})
_DATE_IDS = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_TEXT_ID = 49

_NOT_PART_OF_IT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|E[+-]', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[ymdhs]|aaa", re.IGNORECASE)


def style_of(format_id: int, codes: dict[int, str]) -> CellStyle:
    """The class of a cell's number format: by its written code, else by its built-in id."""
    if format_id in codes:
        return style_of_code(codes[format_id])
    if format_id in _PERCENT_IDS:
        return "percent"
    if format_id in _DATE_IDS:
        return "date"
    return "text" if format_id == _TEXT_ID else "general"


def style_of_code(code: str) -> CellStyle:
    positive = _NOT_PART_OF_IT.sub("", code.split(";")[0])
    if positive.strip().casefold() in ("", "general", "g/通用格式"):
        return "general"
    if positive.strip() == "@":
        return "text"
    if "%" in positive:
        return "percent"
    return "date" if _DATE_LETTERS.search(positive) else "general"


def exact(text: str) -> str:
    """A stored number as the 15 digits a person sees: 0.30000000000000004 is 0.3.

    Raises ValueError when it is no finite number.
    """
    if text.lstrip("-").isdecimal() and len(text) <= 15:
        return str(int(text))
    number = float(text)
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError(f"not a finite number: {text!r}")
    try:
        plain = f"{Decimal(f'{number:.15g}'):f}"
    except InvalidOperation as fault:
        raise ValueError(f"not a number: {text!r}") from fault
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def as_percent(number: str) -> str:
    """`0.8` → `80%`."""
    plain = f"{Decimal(number) * 100:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) + "%"


def as_date(number: str, from_1904: bool) -> str | None:
    """A date serial as ISO text (with a time only where there is one); None if it is no date."""
    serial = float(number)
    if from_1904:
        serial += 1462
    if not 1 <= serial < 2_958_466:
        return None
    # Excel believes that 1900 was a leap year; serials before March 1900 are one day off.
    start = datetime(1899, 12, 31) if serial < 60 else datetime(1899, 12, 30)
    moment = start + timedelta(seconds=round(serial * 86_400))
    return moment.date().isoformat() if not (moment.hour or moment.minute or moment.second) else moment.isoformat()
