"""The lines around a county's own table: whose it is, for which quarter, in which unit."""

import re
from dataclasses import dataclass, field

from loaders.dates import arabic, period_in
from loaders.names import fold_name, unit_in_title
from loaders.reading import fold
from loaders.workbook import Cell, Sheet
from metrics.period import Period
from metrics.plan import Plan

_TOTAL = re.compile(r"(?:全市|全区|全县)?(?:合计|总计|小计|累计)|全市")
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表说明|填表人|制表人|负责人|审核人|单位负责人|分管领导|联系人|联系电话|填报日期|填报人|报送日期|经办人)(?:[:：]|$)"
)
_MEASURE = re.compile(r"(?:计量|金额)?单位[:：]\s*(.+)$")
_PERIODS = re.compile(
    r"\d{4}年?\s*第?[1-4]\s*季度|\d{4}\s*[-./]?\s*Q[1-4]|Q[1-4]\s*\d{4}"
    r"|(?:\d{4}年?\s*)?\d{1,2}月?\s*[-—–~至到]\s*\d{1,2}\s*月|(?:\d{4}年?\s*)?(?:前[234]个?季度|1[-—至到]第?[234]季度|上半年)"
    r"|\d{4}年\s*(?:全年|年度)",
    re.IGNORECASE,
)
_MONTHS = re.compile(r"(?:截至|截止)?\s*\d{4}年\d{1,2}月")


@dataclass
class Titles:
    """Each with the cell that says it. `periods` marks cumulative ones; `measures` is 单位：…"""

    units: dict[str, Cell] = field(default_factory=dict)
    periods: dict[Period, tuple[Cell, bool]] = field(default_factory=dict)
    measures: dict[str, Cell] = field(default_factory=dict)
    months: dict[Period, tuple[Cell, bool]] = field(default_factory=dict)


def read_titles(sheet: Sheet, rows: list[int], plan: Plan) -> Titles:
    """What the lines above (and below) a table say."""
    titles = Titles()
    for row in rows:
        for cell in sheet.rows.get(row, {}).values():
            if cell.kind == "text":
                _read_line(fold(cell.value), cell, plan, titles)
    # A month may be a deadline or a date of signing: it counts only where no quarter is named.
    titles.periods = titles.periods or titles.months
    return titles


def _read_line(line: str, cell: Cell, plan: Plan, titles: Titles) -> None:
    squeezed = re.sub(r"\s+", "", line)
    if match := _MEASURE.search(squeezed):
        measures = [part for part in re.split(r"[、,，;；/]", match[1].rstrip(")）")) if part]
        if any(measure.endswith("元") or len(measure) <= 2 for measure in measures):
            titles.measures |= dict.fromkeys(measures, cell)
            squeezed = squeezed[: match.start()]
    for unit in unit_in_title(squeezed, plan):
        titles.units.setdefault(unit, cell)
    for pattern, periods in ((_PERIODS, titles.periods), (_MONTHS, titles.months)):
        for match in pattern.finditer(arabic(squeezed)):
            reading = period_in(match[0].removeprefix("截至").removeprefix("截止"))
            if reading.value is not None:
                periods.setdefault(reading.value, (cell, reading.code == "cumulative_period"))


def is_total(text: str) -> bool:
    return bool(_TOTAL.fullmatch(re.sub(r"\s+", "", fold(text)).rstrip(":")))


def is_of_which(text: str) -> bool:
    """其中 and # rows are part of a row above and are not added up."""
    return fold_name(text).startswith(("其中", "#"))


def is_note(text: str) -> bool:
    return bool(_NOTE.match(re.sub(r"\s+", "", fold(text))))
