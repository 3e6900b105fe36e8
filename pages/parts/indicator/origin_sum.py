"""A figure opened into what it is put together from, each part leading on to where it comes from."""

from decimal import Decimal

import pandas as pd

from charts.values import measured, row_of, rows_of, written
from locales.formats import is_unknown, number, quarter
from metrics.makeup import Makeup, Part, of_city, of_flow
from metrics.period import Period
from metrics.plan import Indicator
from metrics.result import Result
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.former import dated, last_quarter
from pages.parts.headline import written_part
from pages.parts.html import draw, escape
from pages.parts.plain_table import plain_table
from pages.parts.sources import database
from store.actuals import actuals


def city_parts(result: Result, indicator: Indicator) -> None:
    """The city's figure by unit; nothing where one reporter makes it."""
    found = of_city(result.progress, indicator, result.history)
    if found is None:
        return
    plan, name = result.plan, indicator.indicator
    names = [dated(plan, part.key, short=True) for part in found.parts]
    links = [
        href("indicator", indicator=name, unit=part.key, period=last_quarter(plan, part.key), anchor="origin")
        for part in found.parts
    ]
    said = _sentence(found, indicator, say("detail.chart.city"), say("origin.units", number=len(found.parts)))
    _opened(say("origin.city_title"), said, _table(found, indicator, say("detail.column.unit"), names), links)


def quarter_parts(result: Result, indicator: Indicator, unit: str) -> None:
    """A unit's flow by quarter; a level has only the one quarter it stands for."""
    row = row_of(result.progress, indicator=indicator.indicator, unit=unit)
    if row is None:
        return
    facts = actuals(database(), result.plan, result.known_at)
    mine = rows_of(facts, indicator=indicator.indicator, unit=unit, part="value")
    total = None if is_unknown(row["actual"]) else row["actual"]
    found = of_flow(mine, indicator, total, result.as_of, Period.of(result.plan.start), row["tags"])
    if found is None or len(found.parts) < 2:
        return
    names = [quarter(part.key, language()) for part in found.parts]
    links = [
        href("indicator", indicator=indicator.indicator, unit=unit, quarter=part.key, anchor="origin")
        for part in found.parts
    ]
    name = result.plan.units[unit].label(language(), short=True)
    said = _sentence(found, indicator, name, say("origin.quarters", number=len(found.parts)))
    _opened(
        say("origin.unit_title", unit=name), said, _table(found, indicator, say("detail.column.period"), names), links
    )


def _opened(title: str, said: str, rows: pd.DataFrame, links: list[str]) -> None:
    draw(f'<h3>{escape(title)}</h3><p class="note">{escape(said)}</p>')
    draw(plain_table(rows, title, {rows.columns[0]: list(links), rows.columns[1]: list(links)}))


def _sentence(found: Makeup, indicator: Indicator, whose: str, many: str) -> str:
    """`7 个单位合计 148家，扣除重复计入 −1家，全市 147家。`"""
    total = say("detail.indicator.none_printed") if found.total is None else _measured(found, found.total, indicator)
    words: dict[str, object] = {"whose": whose, "many": many, "total": total}
    if found.how == "passing":
        return say("origin.how_passing", **words)
    if found.how == "ratio":
        top, bottom = (_total(getattr(part, name) for part in found.parts) for name in ("numerator", "denominator"))
        return say(
            "origin.how_ratio",
            **words,
            numerator=written_part(top, indicator),
            denominator=written_part(bottom, indicator),
        )
    words["sum"] = _measured(found, found.summed, indicator)
    if found.why is None:
        return say("origin.how_sum", **words)
    return say("origin.how_sum_rest", **words, why=say(f"origin.why.{found.why}"), rest=_signed(found, indicator))


def _table(found: Makeup, indicator: Indicator, head: str, names: list[str]) -> pd.DataFrame:
    ratio = found.how == "ratio"
    rows = [
        {
            head: name,
            say("detail.column.actual"): written(part.value, indicator),
            **(_shares(part, indicator) if ratio else {}),
            **({} if part.period == part.key else {say("detail.column.value_period"): _of(part)}),
        }
        for name, part in zip(names, found.parts, strict=True)
    ]
    return pd.DataFrame(rows)


def _of(part: Part) -> str:
    return "—" if is_unknown(part.period) else quarter(part.period, language())


def _shares(part: Part, indicator: Indicator) -> dict[str, str]:
    names = {"numerator": indicator.numerator_name, "denominator": indicator.denominator_name}
    return {
        (named.by(language()) if named else say(f"detail.part.{name}")): written_part(getattr(part, name), indicator)
        for name, named in names.items()
    }


def _measured(found: Makeup, value: Decimal, indicator: Indicator) -> str:
    return number(value) if found.how == "passing" else measured(value, indicator, language())


def _signed(found: Makeup, indicator: Indicator) -> str:
    shown = measured(found.rest, indicator, language())
    return shown if found.rest < 0 else f"+{shown}"


def _total(values: object) -> Decimal:
    known = [value for value in values if not is_unknown(value)]  # type: ignore[attr-defined]
    return sum(known, Decimal(0))
