"""The rows behind the factory stores story: stores, clusters, events, bases, separations, routes, media."""

from datetime import timedelta

from loaders.samples.life import END, Life, Row, spread
from loaders.samples.names import chance, credit_code, day_in, firm, names, ware
from loaders.samples.story import Story
from metrics.period import Period


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
        yield period, END, _claimed(story, unit, number, row)


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
            END,
            {
                "cluster_id": f"{place.short}-J{number + 1}",
                "name": name,
                "model": models[chance(name) % 4],
                "theme": f"{ware(unit, number)}主题",
                "policy": f"示例政发〔{done.year}〕{number + 1}号" if complete else "",
                "operator": f"{firm(unit, number + 40)}商业运营有限公司",
                "operator_uscc": credit_code(place, 6, 501 + number),
                "mechanism": f"示例专班纪要〔{done.year}〕{number + 3}号",
                "stage": "planned",
                "initial_on": day_in(done + -1, 1, 2).isoformat(),
                "built": day_in(done, 2, 3).isoformat(),
                "area": str(4000 + chance(name, "area") % 90 * 100),
                "city_led": "yes" if name.startswith("少年路") else "no",
            },
        )


def events(story: Story, unit: str) -> Life:
    place, brand = story.plan.units[unit], story.told.get("events", {}).get("brand", {}).get(unit)
    for period in story.quarters:
        for kind in ("promotion", "showcase", "fair"):
            count = story.at(period, "events", kind, unit) or 0
            for number in range(count):
                yield period, END, _event(unit, place.short, kind, period, number, count, brand)


def _event(unit: str, short: str, kind: str, period: Period, number: int, count: int, brand: str | None) -> Row:
    day, luck = day_in(period, number, count), chance(unit, kind, period, number)
    if kind == "showcase":
        name, venue = f"示例·嘉兴工厂店推介会（{period.year}）", "嘉兴示例会展中心"
    elif kind == "fair":
        name, venue = f"示例·秀洲终端产品展销会（{period}）{number + 1}", f"秀洲示例展馆{number + 1}号"
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
    for number, (period, day) in enumerate(spread(story, "tourism_bases", unit)):
        name = firm(unit, number + 60)
        yield (
            period,
            END,
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
    entered = [day for _, day in spread(story, "separations", "entered", unit)]
    for number, (period, day) in enumerate(spread(story, "separations", "separated", unit)):
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
        yield period, END, row


def routes(story: Story, unit: str) -> Life:
    for number, (period, day) in enumerate(spread(story, "routes", unit)):
        stops = "、".join(f"{firm('330481', number + n)}工厂店" for n in range(2))
        yield (
            period,
            END,
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
