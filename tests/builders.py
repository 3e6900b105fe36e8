"""Small worlds for tests: every builder has defaults, so a test names only what it is about.

plan = a_plan(indicators=[an_indicator("stores")], targets=[a_target("stores", 300, "2026-12-31")])
actuals = some_actuals({"stores": {"330402": {"2025Q1": 40, "2025Q2": 46}}})
row = city_row(progress(plan, actuals, Period.parse("2025Q2")), "stores")
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from metrics.calendar import Change, Step
from metrics.period import Period
from metrics.plan import Bands, Choice, Comparison, Count, Field, Indicator, Kind, Plan, Roster, Target, Unit
from metrics.progress import progress
from metrics.text import Text

AREA = "330400"
JX7 = ("330402", "330411", "330421", "330424", "330481", "330482", "330483")
JX9 = (*JX7, "JX-JK", "JX-GQ")
NAMES = {
    AREA: ("嘉兴市", "全市", "Jiaxing"),
    "330402": ("南湖区", "南湖", "Nanhu District"),
    "330411": ("秀洲区", "秀洲", "Xiuzhou District"),
    "330421": ("嘉善县", "嘉善", "Jiashan County"),
    "330424": ("海盐县", "海盐", "Haiyan County"),
    "330481": ("海宁市", "海宁", "Haining City"),
    "330482": ("平湖市", "平湖", "Pinghu City"),
    "330483": ("桐乡市", "桐乡", "Tongxiang City"),
    "JX-JK": ("嘉兴经济技术开发区", "经开", "Jiaxing Economic & Technological Development Zone"),
    "JX-GQ": ("嘉兴港区", "港区", "Jiaxing Port Area"),
    "JX-SWJ": ("嘉兴市商务局", "市商务局", "Commerce bureau"),
    "JX-HG": ("嘉兴海关", "嘉兴海关", "Customs"),
}
NOT_APPLICABLE = "n/a"
"""In `some_actuals`: the unit answered "not applicable" (a left-out quarter is not reported)."""


def words(zh: str, en: str | None = None) -> Text:
    return Text(zh, en or zh)


def decimal(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def a_unit(unit: str = "330402", **changes: Any) -> Unit:
    """A unit of Jiaxing by its key, or any other key with its key as name."""
    name, short, name_en = NAMES.get(unit, (unit, unit, unit))
    kind = "city" if unit == AREA else "department" if unit in ("JX-SWJ", "JX-HG") else "county"
    made = Unit(unit, unit if unit.isdigit() else None, name, short, name_en, None if unit == AREA else AREA, kind)
    return replace(made, **changes)


def an_indicator(indicator: str = "stores", kind: Kind = "stock", **changes: Any) -> Indicator:
    """An indicator; its scope follows from the kind unless given. `baseline` may be an int."""
    if changes.get("baseline") is not None:
        changes["baseline"] = decimal(changes["baseline"])
    made = Indicator(
        indicator=indicator,
        name=words(indicator),
        kind=kind,
        measure=words("家", "stores"),
        scope="each_unit" if kind == "floor" else "city",
        clauses=("一(三)",),
        printed=("100家",),
    )
    return replace(made, **changes)


def a_target(
    indicator: str = "stores",
    value: Any = 300,
    deadline: str | date | None = "2026-12-31",
    comparison: Comparison = ">=",
    *,
    unit: str = AREA,
    version: str = "1",
    **changes: Any,
) -> Target:
    """A promise; the deadline is ISO text, a date, or None (undated)."""
    due = date.fromisoformat(deadline) if isinstance(deadline, str) else deadline
    number = None if value is None else decimal(value)
    return Target(indicator, unit, due, comparison, number, version, **changes)


def yearly_targets(indicator: str, value: Any, years: Iterable[int], **changes: Any) -> list[Target]:
    """One target per year, due 31 December."""
    return [a_target(indicator, value, f"{year}-12-31", **changes) for year in years]


def a_count(roster: str = "stores", key: tuple[str, ...] = ("uscc", "address"), **changes: Any) -> Count:
    return Count(roster, key, **changes)


def a_roster(roster: str = "stores", code: str = "R1", fields: Iterable[Field] = (), **changes: Any) -> Roster:
    """The roster of stores: name, credit code, address, opening and closing day, star grade."""
    usual = (
        Field("name", words("门店名称", "Store"), "text", required=True),
        Field("uscc", words("统一社会信用代码", "Credit code"), "uscc", required=True),
        Field("address", words("地址", "Address"), "text", required=True),
        Field("opened", words("开业日期", "Opened"), "date", required=True),
        Field("closed", words("关闭日期", "Closed"), "date"),
        Field("star", words("星级", "Star"), "choice", choices=(Choice("3", words("三星", "Three stars")),)),
    )
    made = Roster(roster, code, words("工厂店名册", "Stores"), ("uscc", "address"), tuple(fields) or usual)
    return replace(made, orders=(("opened", "closed"),) if not fields else (), **changes)


def a_plan(
    indicators: Iterable[Indicator] = (),
    targets: Iterable[Target] = (),
    *,
    units: Iterable[str] = JX7,
    start: str = "2024-01-01",
    end: str = "2026-12-31",
    **changes: Any,
) -> Plan:
    """The plan `jxfs` over `units` (as unit set `jx7`), with `stores` ≥ 300 unless told otherwise."""
    chosen, made = tuple(units), tuple(indicators) or (an_indicator(),)
    keys = dict.fromkeys((AREA, *JX9, "JX-SWJ", "JX-HG", *chosen))
    plan = Plan(
        plan="jxfs",
        version="1",
        status="draft",
        title=words("嘉兴市工厂商贸店促消费三年行动计划", "Factory stores"),
        short=words("工厂店计划", "Factory stores"),
        area=AREA,
        start=date.fromisoformat(start),
        end=date.fromisoformat(end),
        unit_sets={"jx7": chosen, "jx9": JX9},
        unit_set="jx7",
        units={key: a_unit(key) for key in keys},
        indicators={indicator.indicator: indicator for indicator in made},
        targets=tuple(targets) or ((a_target(),) if not indicators else ()),
        bands=Bands(),
        rosters={"stores": a_roster()},
    )
    return replace(plan, **changes)


Quarters = Mapping[str, Any]


def some_actuals(
    figures: Mapping[str, Mapping[str, Quarters]],
    *,
    basis: str = "reported",
    typed: Mapping[tuple[str, str, str], Any] | None = None,
) -> pd.DataFrame:
    """{indicator: {unit: {quarter: value}}} as a frame of actuals.

    A value is a number, a pair (numerator, denominator), or NOT_APPLICABLE; a quarter left out or
    None was not reported. `typed` gives the typed value part beside a derived one by
    (indicator, unit, quarter).
    """
    rows = [
        (indicator, unit, quarter, part, number, basis, typed_beside(typed, indicator, unit, quarter))
        for indicator, units in figures.items()
        for unit, quarters in units.items()
        for quarter, value in quarters.items()
        if value is not None
        for part, number in _parts(value)
    ]
    columns = ["indicator", "unit", "period", "part", "number", "basis", "reported"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def typed_beside(typed: Mapping[tuple[str, str, str], Any] | None, *where: str) -> Decimal | None:
    value = (typed or {}).get((where[0], where[1], where[2]))
    return None if value is None else decimal(value)


def _parts(value: Any) -> list[tuple[str, Decimal | None]]:
    if isinstance(value, tuple):
        return list(zip(("numerator", "denominator"), (_number(v) for v in value), strict=True))
    return [("value", _number(value))]


def _number(value: Any) -> Decimal | None:
    return None if value == NOT_APPLICABLE else decimal(value)


def some_shared(occurrences: Iterable[tuple[str, str, str, str, Any]], part: str = "value") -> pd.DataFrame:
    """(indicator, key, unit, quarter, amount) of every roster key listed more than once."""
    rows = [(i, part, key, unit, quarter, decimal(amount)) for i, key, unit, quarter, amount in occurrences]
    return pd.DataFrame(rows, columns=["indicator", "part", "key", "unit", "period", "amount"], dtype=object)


def some_submissions(sent: Mapping[tuple[str, str], str]) -> pd.DataFrame:
    """{(unit, quarter): ISO moment received}, published five minutes later."""
    rows = [
        (unit, quarter, datetime.fromisoformat(when), datetime.fromisoformat(when) + pd.Timedelta(minutes=5))
        for (unit, quarter), when in sent.items()
    ]
    return pd.DataFrame(rows, columns=["unit", "period", "received_at", "published_at"])


def a_change(
    period: str = "2025Q3", step: Step = "due", day: str | None = None, *, unit: str | None = None, entry: int = 1
) -> Change:
    """One entry of the calendar; the day is ISO text."""
    when = date.fromisoformat(day) if day else None
    return Change(entry, Period.parse(period), unit, step, when, "台风", "市专班", datetime(2025, 10, 9, 9))


def row_of(table: pd.DataFrame, indicator: str, unit: str) -> dict[str, Any]:
    """The one row of a progress table."""
    chosen = table[(table["indicator"] == indicator) & (table["unit"] == unit)]
    assert len(chosen) == 1, f"{len(chosen)} rows for {indicator} × {unit}"
    return {str(name): value for name, value in chosen.iloc[0].items()}


def city_row(table: pd.DataFrame, indicator: str) -> dict[str, Any]:
    return row_of(table, indicator, AREA)


def table_of(
    indicator: Indicator,
    figures: Mapping[str, Quarters],
    quarter: str,
    *,
    targets: Iterable[Target] = (),
    units: Iterable[str] = JX7[:3],
    basis: str = "reported",
    shared: pd.DataFrame | None = None,
    **plan: Any,
) -> pd.DataFrame:
    """The progress table of one indicator with {unit: {quarter: value}}, by default over three units."""
    made = a_plan([indicator], targets, units=units, **plan)
    actuals = some_actuals({indicator.indicator: figures}, basis=basis)
    return progress(made, actuals, Period.parse(quarter), shared=shared)


def city_of(*args: Any, **options: Any) -> dict[str, Any]:
    """The city row of `table_of`."""
    return {str(name): value for name, value in table_of(*args, **options).iloc[0].items()}


def tags_of(row: Mapping[str, Any], start: str) -> list[str]:
    """The tags of one sort: `tags_of(row, "missing")`."""
    return [tag for tag in row["tags"] if tag.startswith(start)]
