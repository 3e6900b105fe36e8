"""One function for each way a number, a date or a list is written. Rounding is half up (四舍五入).

Unknown is written as an em dash, never as zero.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

UNKNOWN = "—"
YI = 10**8
WAN = 10**4

Number = int | float | Decimal | Fraction


def round_half_up(value: Number, decimals: int = 0) -> Decimal:
    """Exact half-up rounding (away from zero): 12.25 → 12.3 at one decimal."""
    if isinstance(value, Fraction):
        scaled = abs(value) * 10**decimals
        whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
        rounded = Decimal(whole).scaleb(-decimals)
        return -rounded if value < 0 else rounded
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def is_unknown(value: object) -> bool:
    return value is None or value != value or str(value) in ("<NA>", "NaT", "nan", "NaN")


def number(value: Number | None, decimals: int = 0) -> str:
    """`12,345.6`; a true minus sign for negative numbers."""
    if value is None or is_unknown(value):
        return UNKNOWN
    return f"{round_half_up(value, decimals):,}".replace("-", "−")


def percent(value: Number | None) -> str:
    """Percent points with one decimal: `42.0%`."""
    return UNKNOWN if value is None or is_unknown(value) else number(value, 1) + "%"


def signed(value: Number | None, decimals: int = 1) -> str:
    """A difference with its sign: `+6.0`, `−7.9`, `0.0`."""
    if value is None or is_unknown(value):
        return UNKNOWN
    shown = number(value, decimals)
    return "+" + shown if round_half_up(value, decimals) > 0 else shown


def amount(value: Number | None, *, money: bool = False, share: bool = False, decimals: int = 0) -> str:
    """A figure without its unit of measure. Money comes in yuan and is shown in 亿元."""
    if value is None or is_unknown(value):
        return UNKNOWN
    if money:
        exact = Fraction(str(value)) / YI
        places = 1 if round_half_up(exact, 1) == exact else 2
        return number(exact, places)
    return number(value, 1 if share else decimals)


def yuan(value: int | None, language: str = "zh_CN") -> str:
    """An exact amount of money, nothing rounded: `50万元`, `1.2亿元`, `30.0001万元`, `999元`; `CNY 500,000`."""
    if value is None or is_unknown(value):
        return UNKNOWN
    if language == "en":
        return ("−" if value < 0 else "") + f"CNY {abs(value):,}"
    size = abs(value)
    if size < WAN:
        words = f"{size}元"
    elif size >= YI and size % WAN == 0:
        words = f"{_exact(size, YI)}亿元"
    else:
        words = f"{_exact(size, WAN)}万元"
    return ("−" if value < 0 else "") + words


def _exact(size: int, unit: int) -> str:
    whole, rest = divmod(size, unit)
    decimals = f"{rest:0{len(str(unit)) - 1}d}".rstrip("0")
    return f"{whole:,}.{decimals}" if decimals else f"{whole:,}"


def quarter(period: object, language: str = "zh_CN") -> str:
    """`2025年三季度`, or `2025 Q3`."""
    year, ordinal = str(period).split("Q")
    return f"{year} Q{ordinal}" if language == "en" else f"{year}年{'一二三四'[int(ordinal) - 1]}季度"


def day(value: date | None, language: str = "zh_CN") -> str:
    """`2026年12月31日`, or `2026-12-31`."""
    if value is None or is_unknown(value):
        return UNKNOWN
    return value.strftime("%Y-%m-%d") if language == "en" else f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime | None) -> str:
    """`2025-10-12 09:30`, local time of the server."""
    return UNKNOWN if value is None or is_unknown(value) else value.strftime("%Y-%m-%d %H:%M")


def listing(names: Iterable[str], language: str = "zh_CN") -> str:
    """`南湖、秀洲` or `Nanhu, Xiuzhou`."""
    return (", " if language == "en" else "、").join(names)
