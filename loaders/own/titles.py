"""The lines around a county's own table: whose it is, for which quarter, in which unit."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from loaders.dates import arabic, period, period_in
from loaders.names import fold_name, region, unit_in_title
from loaders.reading import Reading, fold
from loaders.workbook import Cell, Sheet
from metrics.period import Period
from metrics.plan import Plan

_TOTAL = re.compile(r"(?:全市|全区|全县)?(?:合计|总计|小计|累计)|全市")
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表说明|填表人|制表人|负责人|审核人|单位负责人|分管领导|联系人|联系电话|填报日期|填报人|报送日期|经办人)(?:[:：]|$)"
)
_MEASURE = re.compile(r"(?:计量|金额)?单位[:：]\s*(.+)$")
_UNIT_LABEL = re.compile(r"(?:填报|报送|上报|填表)单位(?:名称)?[:：]?")
_PERIOD_LABEL = re.compile(r"(?:报告期|统计时间|统计期|所属期|填报期|报表期|时间)[:：]?")
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
    faults: list[tuple[Cell, Reading]] = field(default_factory=list)
    """What stands behind 填报单位 or 报告期 and cannot be read."""


def read_titles(sheet: Sheet, rows: list[int], plan: Plan) -> Titles:
    """What the lines around a table say."""
    titles = Titles()
    for row in rows:
        before = ""
        for cell in sheet.rows.get(row, {}).values():
            if cell.kind == "text":
                _read_line(fold(cell.value), cell, plan, titles)
            _read_labelled(before, cell, plan, titles)
            before = cell.value
    # A month may be a deadline or a date of signing: it counts only where no quarter is named.
    titles.periods = titles.periods or titles.months
    return titles


def _read_line(line: str, cell: Cell, plan: Plan, titles: Titles) -> None:
    squeezed = squeeze(line)
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


def says_whose(cells: Iterable[Cell]) -> bool:
    """Whether a line below a table still tells whose it is or for when."""
    return any(_UNIT_LABEL.match(squeeze(cell.value)) or _PERIOD_LABEL.match(squeeze(cell.value)) for cell in cells)


def _read_labelled(label: str, cell: Cell, plan: Plan, titles: Titles) -> None:
    """A cell that answers the label before it, or carries label and answer itself."""
    written = squeeze(cell.value)
    if _UNIT_LABEL.fullmatch(squeeze(label)):
        _read_unit(written, cell, plan, titles)
    elif (match := _UNIT_LABEL.match(written)) and match.end() < len(written):
        _read_unit(written[match.end() :], cell, plan, titles)
    if _PERIOD_LABEL.fullmatch(squeeze(label)) and not titles.periods:
        reading = period(cell)
        if reading.value is not None:
            titles.periods[reading.value] = (cell, reading.code == "cumulative_period")
        elif reading.severity == "error":
            titles.faults.append((cell, reading))


def _read_unit(written: str, cell: Cell, plan: Plan, titles: Titles) -> None:
    if unit_in_title(written, plan):
        return  # already heard in the line
    reading = region(written, [plan.units[unit] for unit in plan.reporting_units()], plan.units)
    if reading.value:
        titles.units.setdefault(reading.value, cell)
    elif reading.code == "unit_unknown_near":
        titles.faults.append((cell, reading))


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", fold(text))


def is_total(text: str) -> bool:
    return bool(_TOTAL.fullmatch(squeeze(text).rstrip(":")))


def is_of_which(text: str) -> bool:
    """其中 and # rows are part of a row above and are not added up."""
    return fold_name(text).startswith(("其中", "#"))


def is_note(text: str) -> bool:
    return bool(_NOTE.match(squeeze(text)))
