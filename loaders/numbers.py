"""Numbers, money and percentages as counties really write them.

`excel.md` §3 in code: what is plain is read silently, what is odd but certain with a notice, and
what could be two numbers is sent back. Nothing is guessed.
"""

import re
from dataclasses import replace
from decimal import Decimal

from loaders.reading import BLANK, Missing, Reading, error, fold, unreadable
from loaders.workbook import Cell
from metrics.rounding import half_up

TOO_LARGE = 10**16
"""A hundred times what all of China sells in a year, in yuan: a code or two cells run into one, and no figure.
The database keeps four digits more."""

MONEY_UNITS = {
    "元": Decimal(1),
    "千元": Decimal(10**3),
    "万元": Decimal(10**4),
    "百万元": Decimal(10**6),
    "千万元": Decimal(10**7),
    "亿元": Decimal(10**8),
}
_SHORT_MONEY = {"万": "万元", "亿": "亿元", "人民币元": "元", "块": "元"}
_MISSING: dict[str, Missing] = {
    **dict.fromkeys(["-", "--", "—", "——", "–", "/", "\\", "无", "没有", "n/a", "na", "nil", "none"], "none"),
    **dict.fromkeys(["…", "……", "..."], "none"),
    **dict.fromkeys(["不详", "未统计", "暂无数据", "待统计", "未知", "待定"], "unknown"),
}
_FOREIGN = re.compile(r"美元|美金|USD|US\$|\$|欧元|EUR|€|港元|港币|HKD|日元|JPY|英镑|GBP|£", re.IGNORECASE)
_INEXACT = re.compile(r"约|大概|左右|上下|近|超|余|多|以上|以下|以内|不足|至少|[<>≥≤≈~～±]|\d\s*[-—–至到/]\s*\d")
_CHINESE_NUMBER = re.compile(
    r"[零〇○一二三四五六七八九十百千万亿两点]*[〇○一二三四五六七八九十百千两][零〇○一二三四五六七八九十百千万亿两点]*"
)
_LETTERS = re.compile(r"(?=.*\d)[\d.,]*[OoIlSsZzB][\dOoIlSsZzB.,]*|[OolI]{2,}")
_ANNOTATED = re.compile(r"\d\s*(?:[①-⑳⑴-⒇❶-❿¹²³⁰⁴-⁹*#※†‡]|\[\d+\]|\(注\d*\)|注\d*)")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)")
_FALL, _RISE = (
    re.compile(r"^(?:同比|环比)?(?:下降|减少|降低|负增长|[△▲↓▽▼])"),
    re.compile(r"^(?:同比|环比)?(?:增长|上升|增加|提高|[↑])"),
)


def number(cell: Cell | None, measure: str = "") -> Reading:
    """A count or amount; `measure` is the unit of measure its heading names (家, 个, 场 …)."""
    return _kept(_read(cell, measure))


def money(cell: Cell | None, unit: str) -> Reading:
    """Money written in `unit` (a key of MONEY_UNITS) as integer yuan, half a yuan rounded up."""
    reading = _kept(_read(cell, unit, money_unit=unit))
    if reading.value is None:
        return reading
    return replace(reading, value=half_up(reading.value))


def percent(cell: Cell | None) -> Reading:
    """A percentage, in percent: `80%` and a %-formatted 0.8 are both 80.

    A plain number below 1 may be a ratio or a real 0.8 %, so it is read as written and noticed.
    """
    if cell is not None and cell.kind == "error" and cell.value == "#DIV/0!" and cell.formula:
        return Reading(None, "notice", "division_by_zero", "none")
    if cell is not None and cell.kind == "number":
        value = Decimal(cell.value)
        if cell.style == "percent":
            return _kept(Reading(value * 100))
        return Reading(value).noticed("maybe_ratio") if 0 < abs(value) < 1 else _kept(Reading(value))
    return _kept(_read(cell, "%"))


def _kept(reading: Reading) -> Reading:
    return error("number_too_large") if reading.value is not None and abs(reading.value) >= TOO_LARGE else reading


def whether_mixed(cells: list[Cell]) -> tuple[list[Cell], list[Cell]] | None:
    """The %-formatted and the plain numbers of one percentage column, when it has both."""
    filled = [cell for cell in cells if cell.kind == "number"]
    formatted = [cell for cell in filled if cell.style == "percent"]
    plain = [cell for cell in filled if cell.style != "percent"]
    return (formatted, plain) if formatted and plain else None


def _read(cell: Cell | None, measure: str, money_unit: str = "") -> Reading:
    if cell is None:
        return BLANK
    if reason := unreadable(cell):
        return reason
    if cell.kind == "date":
        return error("date_not_number")
    if cell.kind == "bool":
        return error("not_a_number")
    if cell.kind == "number":
        if cell.style == "percent" and measure != "%":
            return error("percent_not_number")
        return Reading(Decimal(cell.value) * MONEY_UNITS.get(money_unit, Decimal(1)))
    return _read_text(fold(cell.value), measure, money_unit)


def _read_text(written: str, measure: str, money_unit: str) -> Reading:
    text = written.removeprefix("'").removeprefix("‘")
    text = re.sub(r"\s+", "", text)
    if not text:
        return BLANK
    if missing := _MISSING.get(text.casefold()):
        return _missing(text, missing)
    if fault := _fault(text):
        return error(fault)
    text, sign, said = _sign(text)
    text, scale, unit_said, fault = _strip_unit(text, measure, money_unit)
    if fault:
        return error(fault, measure=measure)
    if "。" in text:
        text, said = text.replace("。", "."), said or "odd_decimal_point"
    digits = _digits(text)
    if digits is None:
        return error("thousands_misplaced" if re.fullmatch(r"[\d.,]+", text) else "not_a_number")
    reading = Reading(digits * sign * scale)
    if said or unit_said:
        in_column = digits * sign * scale / MONEY_UNITS.get(money_unit, Decimal(1))
        return reading.noticed(said or unit_said, number=f"{in_column.normalize():f}", measure=measure)
    return reading


def _missing(text: str, missing: Missing) -> Reading:
    if missing == "unknown":
        return Reading(None, "notice", "value_unknown", missing)
    # A yearbook's … is "less than the smallest unit": kept apart from —, and no number either.
    return Reading(code="below_smallest_unit" if text.strip(".…") == "" else "", missing=missing)


def _fault(text: str) -> str:
    if _FOREIGN.search(text):
        return "foreign_currency"
    if _ANNOTATED.search(text):
        return "annotation_in_number"
    if _LETTERS.fullmatch(text):
        return "letters_in_number"
    without_sign = _FALL.sub("", _RISE.sub("", text.lstrip("-—–(")))
    if _INEXACT.search(without_sign) or _CHINESE_NUMBER.fullmatch(without_sign.rstrip("家个场次条户种元%")):
        return "number_not_exact"
    return ""


def _sign(text: str) -> tuple[str, int, str]:
    """The text without its sign, the sign, and the notice an unusual sign deserves."""
    if match := re.fullmatch(r"\((.+)\)", text):
        return match[1], -1, "odd_negative"
    if text[0] in "—–" and len(text) > 1:
        return text.lstrip("—–"), -1, "odd_negative"
    if match := _FALL.match(text):
        return text[match.end() :], -1, "odd_negative"
    if match := _RISE.match(text):
        return text[match.end() :], 1, "odd_positive"
    if text[0] in "+-":
        return text[1:], -1 if text[0] == "-" else 1, ""
    return text, 1, ""


def _strip_unit(text: str, measure: str, money_unit: str) -> tuple[str, Decimal, str, str]:
    """The text without its unit, what to multiply by, a notice, and a fault."""
    if measure == "%":
        return text.removesuffix("%"), Decimal(1), "", ""
    text = text.removeprefix("¥").removeprefix("￥") if money_unit else text
    match = re.fullmatch(r"(.*?[\d。.])([^\d.,。]+)", text)
    own_scale = MONEY_UNITS.get(money_unit, Decimal(1))
    if match is None:
        return text, own_scale, "", ""
    body, unit = match.groups()
    if money_unit:
        written = _SHORT_MONEY.get(unit, unit)
        if written not in MONEY_UNITS:
            return body, Decimal(1), "", "wrong_unit_in_cell"
        return body, MONEY_UNITS[written], "unit_in_cell" if written == money_unit else "converted_in_cell", ""
    if unit == "%":
        return body, Decimal(1), "", "percent_not_number"
    if unit == measure:
        return body, Decimal(1), "unit_in_cell", ""
    return body, Decimal(1), "", "wrong_unit_in_cell"


def _digits(text: str) -> Decimal | None:
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return Decimal(text) if _PLAIN.fullmatch(text) else None
