"""Exact numbers out of exact numbers. Rounding is half up (四舍五入), once, at the very end (semantics §1)."""

from decimal import Decimal
from fractions import Fraction


def half_up(value: Fraction | Decimal, places: int = 0) -> Decimal:
    """Round half away from zero: 12.25 → 12.3 at one place. Never gives a negative zero."""
    exact = Fraction(value)
    denominator = exact.denominator
    whole = (abs(exact.numerator) * 10**places * 2 + denominator) // (2 * denominator)
    return Decimal(f"{-whole if exact < 0 else whole}E-{places}")


def tidy(value: Fraction | Decimal, places: int = 4) -> Decimal:
    """The value with at most `places` decimals and no idle zeros: 29.0000 → 29, 149.58904… → 149.589."""
    if value.denominator == 1 if isinstance(value, Fraction) else value == value.to_integral_value():
        return Decimal(int(value))
    rounded = half_up(value, places)
    whole = rounded.to_integral_value()
    return whole.quantize(Decimal(1)) if rounded == whole else rounded.normalize()


def percent(part: Fraction | Decimal, whole: Fraction | Decimal) -> Decimal | None:
    """100 × part / whole with one decimal, as shown everywhere; None when there is no whole."""
    return half_up(100 * Fraction(part) / Fraction(whole), 1) if whole > 0 else None
