"""Headings that hold this quarter's values, and those that only look so."""

import re
from dataclasses import dataclass

from loaders.dates import period_in
from loaders.found import Found
from loaders.headings import Heading
from loaders.names import fold_name
from loaders.workbook import Cell, Sheet
from metrics.period import Period

VALUE_WORDS = frozenset(
    {
        *("本季数", "本季度", "本季", "本季度数", "本季实绩", "本季完成", "本季完成数", "本季新增", "当季", "当季数"),
        *(
            "本期数",
            "本期",
            "本期实际",
            "数值",
            "数量",
            "数",
            "实际",
            "实际数",
            "实际完成",
            "完成数",
            "完成情况",
            "完成值",
        ),
        *("填报数", "填报值", "value", "actual", "thisquarter"),
    }
)
_YEAR = re.compile(r"(\d{4})年?度?")
_VALUE_ENDING = re.compile(r"(?:实际完成|实绩|实际|完成情况|完成|累计|数|合计)+$")


def is_value_heading(heading: Heading) -> bool:
    if any(word in VALUE_WORDS for word in heading.words):
        return True
    return any(cell.kind == "date" for cell in heading.cells) or told_period(heading, 2000) is not None


@dataclass(frozen=True)
class Told:
    """A period that a heading names."""

    cell: Cell
    period: Period
    cumulative: bool


def told_period(heading: Heading, year: int) -> Told | None:
    """The quarter a heading names; a bare year above it (2025年 over 三季度) is its year."""
    for cell in heading.cells:
        if match := _YEAR.fullmatch(fold_name(cell.value)):
            year = int(match[1])
    for cell in heading.cells:
        text = fold_name(cell.value)
        if cell.kind != "text" or _YEAR.fullmatch(text):
            continue
        reading = period_in(_VALUE_ENDING.sub("", text) or text, year)
        if reading.value is not None:
            return Told(cell, reading.value, reading.code == "cumulative_period")
    return None


def heading_fits(heading: Heading, sheet: Sheet, found: Found) -> bool:
    """Whether a heading is of this quarter; a cumulative or another quarter's is sent back."""
    if day := next((cell for cell in heading.cells if cell.kind == "date"), None):
        found.say("error", "heading_is_date", sheet.name, day.address, day.as_shown)
        return False
    told = told_period(heading, found.period.year)
    if told is None or (told.period == found.period and not told.cumulative):
        return True
    place = (sheet.name, told.cell.address, told.cell.value)
    if told.cumulative:
        found.say("error", "cumulative_heading", *place, period=found.period)
    else:
        found.say("error", "period_differs", *place, file=told.period, form=found.period)
    return False


def is_this_quarter(heading: Heading, found: Found) -> bool:
    told = told_period(heading, found.period.year)
    return told is not None and told.period == found.period and not told.cumulative


def has_date(heading: Heading) -> bool:
    return any(cell.kind == "date" for cell in heading.cells)
