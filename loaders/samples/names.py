"""Invented firms: names that say 示例, credit codes that are well formed and nobody's."""

import tomllib
import zlib
from datetime import date, timedelta
from functools import cache
from typing import Any

from loaders.credit_code import check_character
from loaders.samples.story import SAMPLES
from metrics.period import Period
from metrics.plan import Unit


@cache
def names() -> dict[str, Any]:
    return tomllib.loads((SAMPLES / "names.toml").read_text(encoding="utf-8"))


def credit_code(unit: Unit, series: int, number: int) -> str:
    """Well formed, its check character right, and XX where a real code never has both."""
    place = unit.code or unit.parent or ""
    # Zones have no code of their own, and a town's is longer than a county's.
    zone = int(place[6:] or 0) % 10 if unit.code else chance(unit.unit) % 9 + 1
    body = f"91{place[:6]}XX{series}{zone}{number:05d}"
    return body + check_character(body)


def ware(unit: str, number: int) -> str:
    wares = names()["wares"].get(unit, ["服饰"])
    return str(wares[number % len(wares)])


def firm(unit: str, number: int) -> str:
    """A name without its legal form: 示例嘉丰服饰."""
    brands = names()["brands"]
    again = number // len(brands)  # a brand met again makes something else
    return f"示例{brands[(number * 7 + chance(unit)) % len(brands)]}{ware(unit, number + again)}"


def chance(*what: object) -> int:
    """A number that looks drawn and is the same in every run."""
    return zlib.crc32(" ".join(map(str, what)).encode())


def day_in(period: Period, number: int, of: int) -> date:
    """The moment of the n-th of several happenings, spread over a quarter."""
    days = (period.end - period.start).days
    return period.start + timedelta(days=int((number + 0.5) * days / max(of, 1)))
