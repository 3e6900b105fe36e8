"""The rows behind the trade integration story: trading firms, recognitions, loans."""

from datetime import timedelta

from loaders.samples.life import END, Life, Row, spread
from loaders.samples.names import chance, credit_code, day_in, firm, names, ware
from loaders.samples.story import Story
from metrics.period import Period


def firms(story: Story, unit: str) -> Life:
    """Listed once and kept; the amounts are each quarter's own."""
    for period in story.quarters:
        listed = _trading_firms(story, unit, period)
        selling = round(len(listed) * story.at(period, "firms", "at_home", "all") / 100)
        inward = _shares(round((story.at(period, "firms", "turned_inward", unit) or 0) * 10**4), min(6, selling))
        for number, row in enumerate(listed):
            luck, sells = chance("firm", unit, number), number < selling
            amounts = {
                "exports": f"{(200 + luck % 900) * 10**4}" if row["first_export"] else "",
                "domestic_sales": f"{(60 + luck % 300) * 10**4}" if sells else "",
                "turned_inward": f"{inward[number] * 10**4}" if number < len(inward) else "",
            }
            exporter = "yes" if row["first_export"] else "no"
            yield period, period, row | amounts | {"exporter": exporter, "sells_at_home": "yes" if sells else "no"}


def _trading_firms(story: Story, unit: str, period: Period) -> list[Row]:
    place = story.plan.units[unit]
    # Every sixth is registered and has never exported: the 80 % share has two bases (JD-11).
    old = [f"{2015 + n % 6}-0{n % 8 + 1}-15" if n % 6 != 4 else "" for n in range(story.told["firms"]["before"])]
    new = [day for quarter, day in spread(story, "firms", "new", unit) if quarter <= period]
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
            # Some pacesetters keep a factory store: the same firm, under its own code, in two plans.
            own = 1 if honour == "pacesetter" and number % 3 == 0 else series
            row = _honour(honour, holder, credit_code(place, own, number + 1), period, n, count)
            if honour == "pacesetter" and period.year > 2022 and number % 4 == 3:
                row["level"] = "city"  # the headline does not say which lists count (JD-10)
            yield period, END, row


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
