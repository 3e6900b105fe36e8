"""The rows behind the numbers of a story: one function per roster, each giving a unit's whole life.

A row tells everything that will ever happen to it; `as_known` cuts it back to what had happened by
a quarter's end, so that every quarter's list follows from the one before.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from loaders.sample_names import chance, credit_code, day_in, firm, names, ware
from loaders.sample_story import Story
from metrics.period import Period

Row = dict[str, str]
HAPPENINGS = {
    "closed": (),
    "rated": ("star", "rated_until"),
    "initial_on": (),
    "built": (),
    "entered": ("entry_type", "entry_mode"),
    "provincial_awarded": ("provincial_document",),
}
"""Date fields that are blank until they happen, with the fields filled at the same time."""


def rows_of(story: Story, roster: str, unit: str, period: Period) -> list[Row]:
    """What `unit` lists in `roster` for `period`, canonical values."""
    life = LIVES[roster](story, unit)
    return [as_known(row, period) for since, until, row in life if since <= period <= until]


def as_known(row: Row, period: Period) -> Row:
    """The row without what lies after the quarter's end."""
    end = period.end.isoformat()
    hidden = {name for field, others in HAPPENINGS.items() if row.get(field, "") > end for name in (field, *others)}
    known = {name: value for name, value in row.items() if name not in hidden and value}
    if "stage" in known:
        known["stage"] = "built" if "built" in known else "initial" if "initial_on" in known else "planned"
    return known


Life = Iterator[tuple[Period, Period, Row]]
"""(first quarter listed, last quarter listed, row)"""


def stores(story: Story, unit: str) -> Life:
    place, opened = story.plan.units[unit], _opened(story, unit)
    closed, rated = _closings(story, unit, opened), _ratings(story, unit, opened)
    for number, (period, day) in enumerate(opened):
        luck = chance("store", unit, number)
        name, form = firm(unit, number), ("onsite", "outlet", "flagship", "onsite", "outlet", "collection")[luck % 6]
        row = {
            "store_id": f"{place.short}-{number + 1:03d}",
            "name": f"{name}工厂店",
            "uscc": credit_code(place, 1, number + 1),
            "producer": f"{name}有限公司",
            "address": f"{place.short}示例路{number * 6 + luck % 5 + 1}号",
            "town": f"示例{'街道' if luck % 2 else '镇'}",
            "category": ware(unit, number),
            "form": form,
            "own_products": "no" if form == "collection" else "yes",
            "members": "示例品牌甲、示例品牌乙" if form == "collection" else "",
            "opened": day,
            "closed": closed.get(number, ""),
            "area": str(120 + luck % 60 * 10),
            "livestream": "yes" if luck % 3 else "no",
            "platforms": names()["platforms"][luck % 4] if luck % 3 else "",
            "exporter": "yes" if luck % 4 == 0 else "no",
        }
        if number in rated:
            row |= {"star": ("三星", "四星", "五星")[luck % 3], "rated": rated[number]}
            row["rated_until"] = f"{int(rated[number][:4]) + 3}{rated[number][4:]}"
        yield period, _END, _claimed(story, unit, number, row)


_END = Period(2099, 4)


def _opened(story: Story, unit: str) -> list[tuple[Period, str]]:
    """(quarter, day) of every opening: the rise of the level plus what closed."""
    openings, before = [], 0
    for period in story.quarters:
        level, closed = story.at(period, "stores", "open", unit) or 0, story.at(period, "stores", "closed", unit) or 0
        count = level - before + closed
        openings += [(period, day_in(period, n, count).isoformat()) for n in range(count)]
        before = level
    return openings


def _ratings(story: Story, unit: str, opened: list[tuple[Period, str]]) -> dict[int, str]:
    """The oldest stores are rated first, at the end of a quarter."""
    rated: dict[int, str] = {}
    for period in story.quarters:
        for _ in range(story.at(period, "stores", "rated", unit) or 0):
            rated[len(rated)] = (period.end - timedelta(days=12)).isoformat()
    assert all(opened[number][1] < day for number, day in rated.items())
    return rated


def _closings(story: Story, unit: str, opened: list[tuple[Period, str]]) -> dict[int, str]:
    """Stores that never were rated close: the n-th closing takes the n-th store from the middle."""
    closed: dict[int, str] = {}
    for period in story.quarters:
        for _ in range(story.at(period, "stores", "closed", unit) or 0):
            standing = [n for n, (since, _) in enumerate(opened) if since < period and n not in closed]
            closed[standing[-2]] = day_in(period, 1, 2).isoformat()
    return closed


def _claimed(story: Story, unit: str, number: int, row: Row) -> Row:
    """The shared store stands in both lists under the same code and address."""
    shared = story.told["shared"]
    if unit != shared["claimant"] or number != shared["claimed_as"]:
        return row
    same = [life for _, _, life in stores(story, shared["owner"])][shared["number"]]
    return row | {field: same[field] for field in ("name", "uscc", "producer", "address")}


def clusters(story: Story, unit: str) -> Life:
    place = story.plan.units[unit]
    for number, (name, built, complete) in enumerate(story.series("clusters", unit)):
        done = Period.parse(built)
        models = ("old_town", "market", "street", "college")
        yield (
            done + -2,
            _END,
            {
                "cluster_id": f"{place.short}-J{number + 1}",
                "name": name,
                "model": models[chance(name) % 4],
                "theme": f"{ware(unit, number)}主题",
                "policy": f"示例政发〔{done.year}〕{number + 1}号" if complete else "",
                "operator": f"{firm(unit, number + 40)}商业运营有限公司",
                "operator_uscc": credit_code(place, 6, number + 1),
                "mechanism": f"示例专班纪要〔{done.year}〕{number + 3}号",
                "stage": "planned",
                "initial_on": day_in(done + -1, 1, 2).isoformat(),
                "built": day_in(done, 2, 3).isoformat(),
                "area": str(4000 + chance(name, "area") % 90 * 100),
                "city_led": "yes" if name.startswith("少年路") else "no",
            },
        )


def events(story: Story, unit: str) -> Life:
    place, brand = story.plan.units[unit], story.told["events"]["brand"].get(unit)
    for period in story.quarters:
        for kind in ("promotion", "showcase"):
            count = story.at(period, "events", kind, unit) or 0
            for number in range(count):
                yield period, _END, _event(unit, place.short, kind, period, number, count, brand)


def _event(unit: str, short: str, kind: str, period: Period, number: int, count: int, brand: str | None) -> Row:
    day, luck = day_in(period, number, count), chance(unit, kind, period, number)
    if kind == "showcase":
        name, venue = f"示例·嘉兴工厂店推介会（{period.year}）", "嘉兴示例会展中心"
    else:
        season = ("迎春", "初夏", "金秋", "年末")[period.quarter - 1]
        name, venue = f"示例·{short}{season}{ware(unit, luck)}促销{number + 1}", f"{short}示例广场{luck % 6 + 1}号"
    branded = kind == "promotion" and number == 0 and brand is not None
    return {
        "name": name,
        "type": kind,
        "brand": brand or "" if branded else "",
        "edition": f"{period.year}年第{period.quarter}期" if branded else "",
        "level": "city" if unit == "JX-SWJ" else "county",
        "lead": f"示例{short}主办单位",
        "started": day.isoformat(),
        "ended": min(day + timedelta(days=2), period.end).isoformat(),
        "venue": venue,
        "online": "yes" if luck % 5 == 0 else "no",
    }


def tourism_bases(story: Story, unit: str) -> Life:
    place = story.plan.units[unit]
    for number, (period, day) in enumerate(_spread(story, "tourism_bases", unit)):
        name = firm(unit, number + 60)
        yield (
            period,
            _END,
            {
                "site": f"{name}工业旅游基地",
                "operator": f"{name}有限公司",
                "uscc": credit_code(place, 4, number + 1),
                "city_awarded": day,
                "city_document": f"示例文旅〔{day[:4]}〕{number + 1}号",
                "provincial_awarded": day_in(period + 3, 1, 2).isoformat() if number % 4 == 0 else "",
                "provincial_document": f"示例省文旅〔{(period + 3).year}〕{number + 1}号" if number % 4 == 0 else "",
                "has_store": "yes" if number % 2 else "no",
            },
        )


def separations(story: Story, unit: str) -> Life:
    place = story.plan.units[unit]
    entered = [day for _, day in _spread(story, "separations", "entered", unit)]
    for number, (period, day) in enumerate(_spread(story, "separations", "separated", unit)):
        name = firm(unit, number + 80)
        row = {
            "name": f"{name}销售有限公司",
            "uscc": credit_code(place, 2, number + 1),
            "parent": f"{name}有限公司",
            "parent_uscc": credit_code(place, 3, number + 1),
            "separated": day,
            "industry": ware(unit, number),
        }
        if number < len(entered):
            entry = {"entry_type": "above_limit" if number % 2 else "above_scale", "entered": entered[number]}
            row |= entry | {"entry_mode": "annual" if number % 3 == 0 else "monthly"}
        yield period, _END, row


def _spread(story: Story, *path: str) -> list[tuple[Period, str]]:
    """(quarter, day) for every one counted in a series."""
    counts = [(period, story.at(period, *path) or 0) for period in story.quarters]
    return [(period, day_in(period, n, count).isoformat()) for period, count in counts for n in range(count)]


def routes(story: Story, unit: str) -> Life:
    for number, (period, day) in enumerate(_spread(story, "routes", unit)):
        stops = "、".join(f"{firm('330481', number + n)}工厂店" for n in range(2))
        yield (
            period,
            _END,
            {
                "name": f"示例工厂店游购线路{number + 1}号",
                "publisher": "示例文旅发布",
                "published": day,
                "stops": stops,
                "agency": "示例旅行社" if number % 2 else "",
            },
        )


def media(story: Story, unit: str) -> Life:
    """A log: each quarter lists its own days only."""
    outlets = names()["outlets"]
    for period in story.quarters:
        trending = story.at(period, "media", "trending") or 0
        for week in range(story.at(period, "media", "weeks") or 0):
            day = period.start + timedelta(days=7 * week + 2)
            row = {
                "date": day.isoformat(),
                "platform": outlets[week % len(outlets)],
                "title": f"走进工厂店（示例）第{week + 1}期",
                "url": f"https://example.invalid/{period}/{week + 1}",
                "author": ("official", "host", "shop")[week % 3],
            }
            if week % 4 == 1 and week // 4 < trending:
                row |= {"list": "同城热搜（示例）", "rank": str(3 + week), "listed_at": "20:30"}
            yield period, period, row


def firms(story: Story, unit: str) -> Life:
    """Listed once and kept; the amounts are each quarter's own."""
    for period in story.quarters:
        listed = _trading_firms(story, unit, period)
        selling = round(len(listed) * story.at(period, "firms", "at_home", "all") / 100)
        inward = _shares(round((story.at(period, "firms", "turned_inward", unit) or 0) * 10**4), min(6, selling))
        for number, row in enumerate(listed):
            luck, sells = chance("firm", unit, number), number < selling
            amounts = {
                "exports": f"{(200 + luck % 900) * 10**4}",
                "domestic_sales": f"{(60 + luck % 300) * 10**4}" if sells else "",
                "turned_inward": f"{inward[number] * 10**4}" if number < len(inward) else "",
            }
            yield period, period, row | amounts | {"exporter": "yes", "sells_at_home": "yes" if sells else "no"}


def _trading_firms(story: Story, unit: str, period: Period) -> list[Row]:
    place = story.plan.units[unit]
    old = [f"{2015 + n % 6}-0{n % 8 + 1}-15" for n in range(story.told["firms"]["before"])]
    new = [day for quarter, day in _spread(story, "firms", "new", unit) if quarter <= period]
    return [
        {"name": f"{firm(unit, n)}进出口有限公司", "uscc": credit_code(place, 5, n + 1), "first_export": day}
        for n, day in enumerate(old + new)
    ]


def _shares(total: int, parts: int) -> list[int]:
    """`total` split into uneven whole parts."""
    weights = [parts + 1 - n for n in range(parts)]
    cut = [total * weight // sum(weights) for weight in weights]
    return [cut[0] + total - sum(cut), *cut[1:]] if cut else []


def recognitions(story: Story, unit: str) -> Life:
    yield from _standing_honours(story, unit)
    yield from _tasks_2022(story, unit)


def _standing_honours(story: Story, unit: str) -> Life:
    place = story.plan.units[unit]
    for series, (honour, told) in enumerate(story.told["recognitions"].items(), start=6):
        numbers = zip(told["quarters"], told.get(unit, []), strict=False)
        given = [(Period.parse(quarter), n, count) for quarter, count in numbers for n in range(count)]
        for number, (period, n, count) in enumerate(given):
            holder = firm(unit, number) + ("产业基地" if honour == "pilot_base" else "有限公司")
            yield period, _END, _honour(honour, holder, credit_code(place, series, number + 1), period, n, count)


def _tasks_2022(story: Story, unit: str) -> Life:
    """The tasks of 2022 end with the year: later lists no longer name them."""
    quarters = [Period(2022, 2), Period(2022, 3), Period(2022, 4)]
    units = [name for name in story.plan.units_of("jx9") if name != "JX-GQ"]
    for series, (honour, total) in enumerate(story.told["tasks_2022"].items()):
        for number in range(total):
            if units[(number + series) % len(units)] != unit:
                continue
            period = quarters[(number // len(units) + series) % 3]
            code = credit_code(story.plan.units[unit], 8, series * 1000 + number)
            holder = firm(unit, number) + _KIND_OF_PLACE.get(honour, "有限公司")
            row = _honour(honour, holder, code, period, number % 5, 5)
            if honour in ("santong_product", "old_brand"):
                row["product"] = (
                    f"示例{ware(unit, number)}{number + 1}号" if honour == "santong_product" else firm(unit, number)
                )
            yield period, quarters[-1], row


_KIND_OF_PLACE = {
    "smart_district": "智慧商圈",
    "quality_street": "步行街",
    "night_pilot": "夜间经济街区",
    "green_mall": "绿色商场",
}


def _honour(honour: str, holder: str, code: str, period: Period, number: int, count: int) -> Row:
    return {
        "honour": honour,
        "level": "provincial",
        "holder": holder,
        "uscc": code,
        "document": f"示例商务〔{period.year}〕{period.quarter}号",
        "awarded": day_in(period, number, count).isoformat(),
    }


def credit(story: Story, unit: str) -> Life:
    """A ledger: each quarter lists its own months only."""
    for month, amount in enumerate(story.series("credit", unit), start=3):
        period = Period(2022, (month + 2) // 3)
        end = (period.start.replace(month=month, day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        for bank, share in zip(names()["banks"], _shares(round(amount * 10**4), 4), strict=True):
            yield (
                period,
                period,
                {
                    "bank": bank,
                    "month": end.isoformat(),
                    "firms": str(20 + chance(bank, month) % 60),
                    "amount": f"{share * 10**4}",
                    "policy_backed": f"{share // 9 * 10**4}",
                },
            )


LIVES: dict[str, Callable[[Story, str], Life]] = {
    "stores": stores,
    "clusters": clusters,
    "events": events,
    "tourism_bases": tourism_bases,
    "separations": separations,
    "routes": routes,
    "media": media,
    "firms": firms,
    "recognitions": recognitions,
    "credit": credit,
}
