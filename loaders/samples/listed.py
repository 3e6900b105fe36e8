"""The rows behind stories that tell how long a list is: e-commerce, new retail, base lists, town industries.

`[new_retail."community_shop+large+supported"]` with `330106 = [4, 6, 9]`: how many of that type stand
in the list at the end of each quarter told, with the yes-columns behind the type.
"""

from collections.abc import Iterator

from loaders.samples.life import END, Life, Row
from loaders.samples.names import chance, credit_code, day_in, firm
from loaders.samples.story import Story
from metrics.period import Period

ECOMMERCE = {
    "base": "电商新业态基地",
    "firm": "直播电商有限公司",
    "host": "直播间",
    "agency": "直播服务机构",
    "anchor": "供应链管理有限公司",
    "brand": "品牌",
}
RETAIL = {
    "street": "新零售示范街",
    "firm": "新零售有限公司",
    "community_shop": "社区智慧小店",
    "platform": "供应链平台有限公司",
    "facility": "智慧商业体",
    "experience_area": "新零售体验区",
    "talent": "人才名录",
    "brand_shop": "品牌实体店",
    "brand_popup": "品牌快闪店",
}
BASES = {"outlet": "超市", "key_firm": "重点企业有限公司", "estate": "小区"}


def ecommerce(story: Story, unit: str) -> Life:
    """A type may carry its tier: `host.yi_1`."""
    for series, kind, number, period, day in _listed(story, "ecommerce", unit):
        kind, _, tier = kind.partition(".")
        row = _named(story, unit, series, number, ECOMMERCE[kind]) | {"type": kind, "listed": day, "tier": tier}
        if kind == "host":
            row["account"] = f"示例平台@{row['name']}"
        if kind == "agency":
            row["origin"] = "introduced" if number % 3 == 2 else "local"
        yield period, END, row


def new_retail(story: Story, unit: str) -> Life:
    for series, told, number, period, day in _listed(story, "new_retail", unit):
        kind, *yes = told.split("+")
        row = _named(story, unit, series, number, RETAIL[kind]) | {"type": kind, "recognised": day}
        row |= {"area": "230" if "large" in yes else "120"} if kind == "community_shop" else {}
        if kind == "talent":
            row = {"type": kind, "name": f"示例-人才-{number + 1:03d}", "recognised": day}
        yield period, END, row | dict.fromkeys(yes, "yes")


def base_lists(story: Story, unit: str) -> Life:
    """A row of a base list lacks the last of its systems unless the story says them: `outlet+labels+checkout`."""
    for series, told, number, period, day in _listed(story, "base_lists", unit):
        kind, *yes = told.split("+")
        row = _named(story, unit, series, number, BASES[kind]) | {"type": kind, "listed_on": day}
        if kind == "estate":
            row["residents"] = str(5000 + chance(unit, number) % 40 * 100)
        yield period, END, row | dict.fromkeys(yes, "yes")


def town_industries(story: Story, unit: str) -> Life:
    """Industry, the quarter its plan was adopted in, whether the document is there, and its leaders."""
    for number, (industry, quarter, document, leaders) in enumerate(story.series("town_industries", unit)):
        period = Period.parse(quarter)
        adopted = {"plan_document": f"示例政发〔{period.year}〕{number + 6}号"} if document else {}
        adopted |= {"industry": industry, "adopted": day_in(period, number, 3).isoformat()}
        for leader in range(max(leaders, 1)):
            row = adopted | {"cluster": f"{industry}集群"}
            if leaders:
                row["leader"] = f"{firm(unit, number * 9 + leader)}有限公司"
                row["leader_uscc"] = credit_code(story.plan.units[unit], 7, number * 9 + leader + 1)
                row["selected"] = day_in(period, 2, 3).isoformat()
            yield period, END, row


def _listed(story: Story, roster: str, unit: str) -> Iterator[tuple[int, str, int, Period, str]]:
    """(series, type, number, quarter, day) of each row, from how far the list grew each quarter told."""
    for series, (kind, units) in enumerate(story.told.get(roster, {}).items()):
        before = 0
        for period, level in zip(story.quarters, units.get(unit, []), strict=False):
            for number in range(before, level):
                yield series, kind, number, period, day_in(period, number - before, level - before).isoformat()
            before = max(before, level)


def _named(story: Story, unit: str, series: int, number: int, what: str) -> Row:
    place = story.plan.units[unit]
    return {
        "name": f"{firm(unit, series * 11 + number)}（{place.short}）{what}",
        "uscc": credit_code(place, series % 10, number + 1),
        "address": f"{place.short}示例路{series * 40 + number + 1}号",
    }
