"""A figure as an axis needs it and as a label says it, in the indicator's printed measure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from charts.palette import STATUS
from locales import catalogue, text
from locales.formats import UNKNOWN, WAN, YI, amount, day, is_unknown, quarter
from metrics.period import Period
from metrics.plan import RATIOS, Indicator, Target

SIGNS = {">=": "≥", ">": ">", "=": "", "range": "", "none": ""}


def drawn(value: Any, indicator: Indicator) -> float | None:
    """The position on an axis: money in 亿元, everything else as it is; None when unknown."""
    if is_unknown(value):
        return None
    return float(Decimal(str(value)) / YI) if indicator.money else float(value)


def written(value: Any, indicator: Indicator) -> str:
    """The figure without its measure: `126`, `9.6`, `80.0`."""
    return amount(value, money=indicator.money, share=indicator.kind in RATIOS, decimals=indicator.decimals)


def gained(value: Any, indicator: Indicator) -> str:
    """A difference with its sign: `+6`, `−0.4`, `0`."""
    shown = written(value, indicator)
    return shown if is_unknown(value) or value <= 0 else f"+{shown}"


def difference(value: Any, indicator: Indicator, language: str) -> str:
    """A distance with its measure; between percentages that is percentage points."""
    if indicator.kind not in RATIOS or is_unknown(value):
        return measured(value, indicator, language)
    return text("detail.points", language, value=written(value, indicator))


def pace(value: Any, indicator: Indicator, language: str) -> str:
    """What a quarter brings: rarely whole, so counts get a decimal here."""
    return difference(value, replace(indicator, decimals=max(indicator.decimals, 1)), language)


def measure_of(indicator: Indicator, language: str) -> str:
    return "%" if indicator.kind in RATIOS else indicator.measure.by(language)


def measured(value: Any, indicator: Indicator, language: str) -> str:
    """The figure with its measure: `126家`, `9.6亿元`; an unknown one bare."""
    shown = written(value, indicator)
    return shown if is_unknown(value) else _with_measure(shown, indicator, language)


def goal(value: Any, indicator: Indicator, comparison: Any = "") -> str:
    """The number of a target as plans print it, without commas or empty decimals: `≥80`, `1000`, `>10000`."""
    if is_unknown(value):
        return UNKNOWN
    exact = Decimal(str(value)) / (YI if indicator.money else 1)
    return f"{SIGNS.get(comparison, '')}{exact.normalize():f}"


def measured_goal(value: Any, indicator: Indicator, language: str, comparison: Any = "") -> str:
    """A target with its comparison and measure: `≥300家`, `1000亿元`, `≥80%`."""
    shown = goal(value, indicator, comparison)
    return shown if is_unknown(value) else _with_measure(shown, indicator, language)


def _with_measure(shown: str, indicator: Indicator, language: str) -> str:
    measure = measure_of(indicator, language)
    apart = language == "en" and measure not in ("", "%")
    return f"{shown} {measure}" if apart else shown + measure


def promised(target: Target, indicator: Indicator, language: str) -> str:
    """A target with its comparison as printed: `≥300家`, `100家`, `>10000家`, `20–30家`."""
    if target.maximum is not None:
        first = goal(target.value, indicator, target.comparison)
        return f"{first}–{measured_goal(target.maximum, indicator, language)}"
    return measured_goal(target.value, indicator, language, target.comparison)


def in_measure(yuan: str, measure: str) -> str:
    """Money of a roster row in the measure its heading names: `120000` in 万元 is `12`."""
    exact = Decimal(yuan) / {"亿元": YI, "万元": WAN}.get(measure, 1)
    return f"{exact.normalize():,f}"


def by(deadline: date | None, language: str) -> str:
    """`2026年底前`, `2025年6月30日前`, or that the plan prints no date."""
    if is_unknown(deadline) or deadline is None:
        return text("detail.chart.no_deadline", language)
    if (deadline.month, deadline.day) == (12, 31):
        return text("detail.chart.by_year_end", language, year=deadline.year)
    return text("detail.chart.by_day", language, day=day(deadline, language))


def tag_words(tags: Any, language: str) -> list[str]:
    """The tags of a row in words; `missing:2025Q2` has its detail after the colon.

    A plan may carry tags of its own making; those we have no words for are for programs only.
    """
    words = []
    for name, first, last in _runs(tags if isinstance(tags, list | tuple) else ()):
        if f"detail.tag.{name}" in catalogue(language):
            words.append(text(f"detail.tag.{name}", language, detail=_detail(first, last, language)))
    return words


def _runs(tags: Iterable[object]) -> list[tuple[str, str, str]]:
    """(name, first detail, last detail): quarters that follow one another are told as one span."""
    runs: list[tuple[str, str, str]] = []
    for tag in tags:
        name, _, detail = str(tag).partition(":")
        before = runs[-1] if runs else ("", "", "")
        follows = _is_quarter(detail) and _is_quarter(before[2]) and Period.parse(detail) - Period.parse(before[2]) == 1
        if before[0] == name and follows:
            runs[-1] = (name, before[1], detail)
        else:
            runs.append((name, detail, detail))
    return runs


def _is_quarter(detail: str) -> bool:
    return detail[4:5] == "Q"


def _detail(first: str, last: str, language: str) -> str:
    if not _is_quarter(first):
        return first
    if first == last:
        return quarter(first, language)
    return text("detail.span", language, first=quarter(first, language), last=quarter(last, language))


def status_words(status: Any, provisional: Any, language: str) -> str:
    """Shape and word of a status, for a table: `◆ 滞后（暂定）`."""
    if is_unknown(status):
        return UNKNOWN
    words = f"{STATUS[status].shape} {text(f'status.{status}', language)}"
    if is_unknown(provisional) or not provisional:
        return words
    return text("detail.chart.provisional", language, status=words)


def faded(colour: str, share: float = 0.16) -> str:
    """A see-through tint of `#RRGGBB`."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def without_blanks(table: pd.DataFrame) -> pd.DataFrame:
    """The table without the columns that say nothing of any row."""
    return table[[name for name in table.columns if not (table[name] == UNKNOWN).all()]]


def rows_of(table: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    """The rows whose columns equal the wanted values."""
    for column, value in wanted.items():
        table = table[table[column] == value]
    return table


def each(table: pd.DataFrame) -> list[Any]:
    """The rows one by one, their columns as attributes."""
    return list(table.itertuples())


def row_of(table: pd.DataFrame, **wanted: object) -> pd.Series | None:
    """The first such row, or None."""
    found = rows_of(table, **wanted)
    return None if found.empty else found.iloc[0]


def quarter_end(period: object) -> date:
    return Period.parse(str(period)).end
