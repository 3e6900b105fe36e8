"""Invented claims and payouts, told one by one in `data/samples/money/<plan>.toml`."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from loaders.samples.life import END, Life, Row
from loaders.samples.names import credit_code, firm
from loaders.samples.story import SAMPLES, Story
from metrics.period import Period
from metrics.plan import Plan

WAN = 10**4
AMOUNTS = ("cost", "asked", "approved", "city_share", "local_share", "paid", "due")
SERIES = 9
"""Of the credit codes: these firms stand in no other list."""


@cache
def _told(plan: str) -> dict[str, list[dict[str, Any]]]:
    file = SAMPLES / "money" / f"{plan}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def claims(story: Story, unit: str) -> Life:
    return _life(story.plan, "claims", unit, "claimed_on")


def payouts(story: Story, unit: str) -> Life:
    return _life(story.plan, "payouts", unit, "due_on")


def _life(plan: Plan, roster: str, unit: str, begins: str) -> Life:
    """Each row is listed from the quarter it begins in, and stays."""
    for entry in _told(plan.plan).get(roster, []):
        if entry["unit"] == unit:
            yield Period.of(entry[begins]), END, _row(plan, entry)


def _row(plan: Plan, entry: dict[str, Any]) -> Row:
    place = entry.get("of", plan.area)
    whose = {
        "name": f"{firm(place, entry['firm'])}有限公司",
        "uscc": credit_code(plan.units[place], SERIES, entry["firm"]),
    }
    told = {name: value for name, value in entry.items() if name not in ("unit", "of", "firm")}
    return whose | {name: _canonical(name, value) for name, value in told.items()}


def _canonical(name: str, value: Any) -> str:
    if name in AMOUNTS:
        return str(int(Decimal(str(value)) * WAN))
    return value.isoformat() if isinstance(value, date) else str(value)
