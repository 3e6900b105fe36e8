"""Quarters and days as people write them.

A heading such as 1-9月 is a cumulative figure and never the quarter: `Reading.code` says so and
the caller sends it back. Numbers such as 2024.1 stay unread, for it may be January or October.
"""

import re
from datetime import date, timedelta

from loaders.reading import BLANK, Reading, error, fold, unreadable
from loaders.workbook import Cell
from metrics.period import Period

_DIGITS = {**{c: str(n) for n, c in enumerate("零一二三四五六七八九")}, "〇": "0", "○": "0", "Ｏ": "0", "两": "2"}
_DAY = re.compile(r"(\d{4})[年./-](\d{1,2})(?:[月./-](\d{1,2})日?)?月?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?")
_PACKED = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)?")
_MONTHS = re.compile(r"(?:(\d{4})年)?(\d{1,2})月?[-—–~至到](\d{1,2})月份?")
_QUARTERS = re.compile(r"(?:(\d{4})年)?(?:第?1[-—–~至到]第?([234])季度|前([234])个?季度)")
_QUARTER = re.compile(r"(?:(\d{4})年?度?)?第?([1-4])季度?|(?:(\d{4})年?[-./]?)?Q([1-4])|Q([1-4])[-/ ]?(\d{4})年?")
_HALF = {"上半年": 2, "全年": 4, "年度": 4, "年": 4}


def arabic(text: str) -> str:
    """Chinese numerals as digits where they stand for a year, month, day or quarter."""
    text = re.sub(r"(?<![二三])十([一二])(?=月)", lambda m: f"1{_DIGITS[m[1]]}", text)
    text = re.sub(r"(?<![一二三])十(?=月)", "10", text)
    text = re.sub(r"([二三]?)十([一二三四五六七八九]?)(?=日)", _tens, text)
    return re.sub(
        r"[零一二三四五六七八九〇○两](?=[零一二三四五六七八九〇○两\d年月日季个至到\-—~]|$)",
        lambda m: _DIGITS[m[0]],
        text,
    )


def _tens(match: re.Match[str]) -> str:
    return _DIGITS.get(match[1], "1") + _DIGITS.get(match[2], "0")


def period_in(text: str, year: int | None = None) -> Reading:
    """A quarter written as words; `year` is what a phrase without one is taken to mean.

    A cumulative phrase gives the quarter it ends in, with code `cumulative_period`.
    """
    plain = arabic(re.sub(r"\s+", "", fold(text))).upper().strip("()")
    if re.fullmatch(r"(?:\d{2}年.*|\d{1,2}月\d{1,2}日|去年同期|上年同期|同期)", plain):
        return error("period_unclear")
    if match := _QUARTERS.fullmatch(plain):
        return _cumulative(match[1], int(match[2] or match[3]), year)
    if match := _MONTHS.fullmatch(plain):
        return _months(match, year)
    for word, quarter in _HALF.items():
        if match := re.fullmatch(rf"(?:(\d{{4}})年?)?{word}", plain):
            return _cumulative(match[1], quarter, year)
    if match := _QUARTER.fullmatch(plain):
        return _quarter(match[1] or match[3] or match[6], int(match[2] or match[4] or match[5]), year)
    if match := _DAY.fullmatch(plain) or _PACKED.fullmatch(plain):
        month = int(match[2])
        return Reading(Period(int(match[1]), (month + 2) // 3)) if 1 <= month <= 12 else error("period_unclear")
    return error("period_unclear")


def _months(match: re.Match[str], year: int | None) -> Reading:
    first, last = int(match[2]), int(match[3])
    if not 1 <= first <= last <= 12:
        return error("period_unclear")
    if last - first == 2 and last % 3 == 0:
        return _quarter(match[1], last // 3, year)
    return _cumulative(match[1], (last + 2) // 3, year) if first == 1 else error("period_unclear")


def _quarter(written_year: str | None, quarter: int, year: int | None) -> Reading:
    chosen = int(written_year) if written_year else year
    return Reading(Period(chosen, quarter)) if chosen else error("period_without_year")


def _cumulative(written_year: str | None, quarter: int, year: int | None) -> Reading:
    reading = _quarter(written_year, quarter, year)
    return reading if reading.severity or quarter == 1 else Reading(reading.value, None, "cumulative_period")


def period(cell: Cell | None, year: int | None = None) -> Reading:
    """The quarter a cell names."""
    if cell is None:
        return BLANK
    if reason := unreadable(cell):
        return reason
    if cell.kind == "date":
        return Reading(Period.of(date.fromisoformat(cell.value[:10])))
    if cell.kind != "number":
        return period_in(cell.value, year) if fold(cell.value) else BLANK
    if re.fullmatch(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])", cell.value):
        return period_in(cell.value)
    if (day := _serial(cell.value)) is not None:
        return Reading(Period.of(day)).noticed("bare_date_serial", date=day.isoformat())
    return error("period_as_number")


def day(cell: Cell | None) -> Reading:
    """A date of a roster, as ISO text. A month alone is its first day, and is said."""
    if cell is None:
        return BLANK
    if reason := unreadable(cell):
        return reason
    if cell.kind == "date":
        return Reading(cell.value[:10])
    if cell.kind == "number" and (found := _serial(cell.value)) is not None:
        return Reading(found.isoformat()).noticed("bare_date_serial", date=found.isoformat())
    text = re.sub(r"(?<=[年月./-])\s+|\s+(?=[年月日./-])", "", fold(cell.value)).removeprefix("'")
    if text in ("", "-", "—", "——", "/", "无"):
        return BLANK
    match = _DAY.fullmatch(arabic(text)) if cell.kind == "text" else None
    match = match or _PACKED.fullmatch(text)
    if match is None:
        return error("date_unclear")
    return _date(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)


def _date(year: int, month: int, of_month: int | None) -> Reading:
    try:
        found = date(year, month, of_month or 1).isoformat()
    except ValueError:
        return error("date_impossible")
    return Reading(found) if of_month else Reading(found).noticed("date_without_day", date=found)


def _serial(number: str) -> date | None:
    """A day of 1982-2064 that lost its date format; other numbers are no dates."""
    if not number.isdecimal() or not 30_000 <= int(number) <= 60_000:
        return None
    return date(1899, 12, 30) + timedelta(days=int(number))
