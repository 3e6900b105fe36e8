"""Small worlds as a Result: what an export is given, with figures a test can name."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from metrics.completeness import completeness
from metrics.history import history
from metrics.period import Period
from metrics.plan import Indicator, Plan, Target
from metrics.progress import progress
from metrics.result import Result
from tests.builders import (
    AREA,
    JX7,
    a_plan,
    a_target,
    an_indicator,
    some_actuals,
    some_submissions,
    words,
)

AS_OF = "2025Q3"
QUARTERS = ("2024Q4", "2025Q1", "2025Q2", "2025Q3")
Levels = Mapping[str, Any]


def a_result(
    plan: Plan, figures: Mapping[str, Mapping[str, Mapping[str, Any]]], as_of: str = AS_OF, **changes: Any
) -> Result:
    """`plan` at `as_of` with these actuals, calculated by the real metrics."""
    actuals, when = some_actuals(figures), Period.parse(as_of)
    return Result(
        plan=plan,
        as_of=when,
        known_at=changes.get("known_at"),
        unit_set=plan.unit_set,
        progress=progress(plan, actuals, when),
        history=history(plan, actuals, when),
        completeness=completeness(plan, some_submissions({}), when),
        sample=changes.get("sample", False),
    )


def level(last: Any, *, missing: Iterable[str] = ()) -> dict[str, Any]:
    """A stock that has stood at about this level for four quarters."""
    return {quarter: last for quarter in QUARTERS if quarter not in missing}


def stores(levels: Iterable[Any] = (20, 18, 15, 12, 25, 16, 20), **changes: Any) -> Result:
    """A city target of 300 and none for the counties: 126 stores at the end of 2025Q3."""
    indicator = an_indicator("stores", name=words("工厂店培育总数", "Factory stores"), headline=True)
    figures = {unit: level(value) for unit, value in zip(JX7, levels, strict=True) if value is not None}
    targets = [a_target("stores", 100, "2024-12-31"), a_target("stores", 300, "2026-12-31")]
    return a_result(a_plan([indicator], targets), {"stores": figures}, **changes)


def allocated(levels: Iterable[Any], target: Any = 100, *, money: bool = False, **changes: Any) -> Result:
    """Every county has the same target for the end of 2026; at 2025Q3 a little over 58 % is expected."""
    indicator = an_indicator(
        "shops", name=words("门店", "Shops"), scope="allocation", headline=True, money=money, **changes
    )
    if money:
        indicator = an_indicator(
            "shops", name=words("销售额", "Sales"), measure=words("亿元", "CNY 100 million"), scope="allocation",
            headline=True, money=True,
        )  # fmt: skip
    targets: list[Target] = [a_target("shops", target, "2026-12-31", unit=unit) for unit in JX7]
    targets.append(a_target("shops", target * len(JX7), "2026-12-31"))
    figures = {unit: level(value) for unit, value in zip(JX7, levels, strict=True) if value is not None}
    return a_result(a_plan([indicator], targets), {"shops": figures})


def floor(levels: Iterable[Any] = (3, 4, 2, 3, 0, 5, 3)) -> Result:
    """At least three clusters in each county by the end of 2026 (semantics §5.3)."""
    indicator = an_indicator("clusters", "floor", name=words("集聚区", "Clusters"), measure=words("个", "clusters"))
    figures = {unit: level(value) for unit, value in zip(JX7, levels, strict=True)}
    return a_result(a_plan([indicator], [a_target("clusters", 3, "2026-12-31")]), {"clusters": figures})


def share(parts: Iterable[tuple[int, int]] = ((300, 400), (90, 100), (10, 500))) -> Result:
    """400 of 1000 firms sell at home, 80 % are promised (semantics §5.4)."""
    indicator = an_indicator("domestic", "share", name=words("内销企业比例", "Exporters selling at home"))
    units = JX7[:3]
    figures = {unit: level(pair) for unit, pair in zip(units, parts, strict=True)}
    return a_result(a_plan([indicator], [a_target("domestic", 80, "2026-12-31")], units=units), {"domestic": figures})


def department(**changes: Any) -> Result:
    """A figure that only one department reports, in money."""
    indicator = an_indicator(
        "exports", "cumulative", name=words("新增出口额", "New exports"), measure=words("亿元", "CNY 100 million"),
        money=True, reporters=("JX-HG",), **changes,
    )  # fmt: skip
    figures = {"JX-HG": dict.fromkeys(QUARTERS, 96 * 10**8)}
    return a_result(a_plan([indicator], [a_target("exports", 1000 * 10**8, "2026-12-31")]), {"exports": figures})


def composite(names: Iterable[str] = ("新增出口额", "新增内销额")) -> Result:
    """Goals that must all be reached, each at 1000亿元: the first is, the others are not."""
    named = {f"goal-{n}": name for n, name in enumerate(names)}
    parts = [
        an_indicator(part, "cumulative", name=words(zh), money=True, measure=words("亿元"), reporters=("JX-HG",))
        for part, zh in named.items()
    ]
    both = an_indicator("double", "composite", name=words("双千亿", "Double 100bn"), parts=tuple(named))
    targets = [a_target(part, 1000 * 10**8, "2026-12-31") for part in named]
    figures = {part: {"JX-HG": {"2025Q3": (640 if n else 1020) * 10**8}} for n, part in enumerate(named)}
    return a_result(a_plan([*parts, both], targets), figures)


@cache
def everyone() -> dict[str, Result]:
    """One world per way a figure can be."""
    return {
        "no own target": stores(),
        "a unit missing": stores((20, None, 15, 12, 25, 16, 20)),
        "nobody reported": stores((None,) * 7),
        "all ahead": allocated([90] * 7),
        "all behind": allocated([10, 15, 20, 5, 12, 18, 9]),
        "mixed": allocated([120, 61, 57, 50, 40, 20, 0]),
        "a runaway": allocated([900, 61, 57, 50, 40, 20, 3]),
        "money": allocated([3 * 10**8, 125 * 10**7, 0, 10**8, 10**8, 5 * 10**8, 10**7], 10**9, money=True),
        "floor": floor(),
        "share": share(),
        "department": department(),
        "composite": composite(),
        "twenty-one units": many_units(21),
        "long names": long_names(),
    }


def many_units(count: int) -> Result:
    units = tuple(f"3301{n:02d}" for n in range(count))
    indicator = an_indicator("shops", name=words("门店", "Shops"), scope="allocation")
    targets = [a_target("shops", 100, "2026-12-31", unit=unit) for unit in units]
    targets.append(a_target("shops", 100 * count, "2026-12-31"))
    figures = {unit: level(5 * n) for n, unit in enumerate(units)}
    return a_result(a_plan([indicator], targets, units=units), {"shops": figures})


def long_names() -> Result:
    indicator: Indicator = an_indicator(
        "stores",
        name=words("年销售额两千万元以上的内外贸一体化改革试点产业基地培育总数", "A very long name " * 4),
        caveats=(),
    )
    figures = {unit: level(7) for unit in JX7}
    return a_result(a_plan([indicator], [a_target("stores", 300, date(2026, 12, 31))]), {"stores": figures})


def only_indicator(result: Result) -> str:
    return next(reversed(result.plan.indicators))


def city_of(result: Result) -> dict[str, Any]:
    rows = result.progress[(result.progress["unit"] == AREA)]
    return {str(k): v for k, v in rows[rows["indicator"] == only_indicator(result)].iloc[0].items()}
