"""What a reviewer should ask about a submission: figures that are possible but unlikely to be so.

Plain limits that a county can check by hand, each against the unit's own record. A handful of
quarters has no distribution, so nothing here is a deviation from a mean; peers are shown beside
the figures (`metrics.peers`) and judge nobody. A doubt never holds a submission back.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from metrics.contents import Place
from metrics.evidence import Doubt, Evidence
from metrics.period import Period
from metrics.plan import ADDED, Indicator

PACE = 3
"""A quarter may move at most this many times as far as the largest earlier quarter."""
PACE_RECORD = 3
"""Earlier moves needed before a pace is spoken of."""
SMALL = 5
"""Counts that move by fewer are left alone."""
POWERS = tuple(10**power for power in (2, 3, 4, 6, 8))
"""How far a figure shifts when it is typed in another unit of measure (万元 for 亿元 is 10⁴)."""
TOGETHER = 3
"""Figures that must agree before a copy or a common factor is spoken of."""
NARROW = Fraction(1, 50)
"""A rise tells a factor when rounding leaves it open by at most 2 %."""
HEAPED = (8, Decimal(60))
"""Digits heap when of at least 8 figures 60 % end in 0 or 5; by chance it would be about 20 %."""


Check = Callable[[Evidence], Iterator[Doubt]]


def doubts(evidence: Evidence) -> list[Doubt]:
    """All doubts, the gravest kind first. A figure a thousand times too large is not also called fast."""
    found = [doubt for check in CHECKS for doubt in check(evidence)]
    shifted = {doubt.place for doubt in found if doubt.code == "measure_shifted"}
    return [doubt for doubt in found if not (doubt.code in ("too_fast", "first_move") and doubt.place in shifted)]


def measure_shifted(evidence: Evidence) -> Iterator[Doubt]:
    """About 100, 1 000, 10 000 … times last quarter's figure, or that fraction of it."""
    for place, _, _, number in evidence.typed():
        before = evidence.last(place)
        if not before or not number:
            continue
        times = Fraction(abs(number)) / Fraction(abs(before))
        larger = times if times >= 1 else 1 / times
        power = next((power for power in POWERS if Fraction(power, 2) < larger < 2 * power), None)
        if power and (power > 100 or _same_digits(number, before)):
            yield Doubt("measure_shifted", place, {"now": number, "before": before, "power": power})


def _same_digits(one: Decimal, other: Decimal) -> bool:
    """A hundredfold rise of a small count can be real; with the very same digits it is a slip of the unit."""
    return abs(one).normalize().as_tuple().digits == abs(other).normalize().as_tuple().digits


def typed_differs(evidence: Evidence) -> Iterator[Doubt]:
    """Register first: the list counts, what was typed beside it must be explained."""
    for place, _, stated, number in evidence.figures():
        if stated.counted and stated.typed is not None and stated.typed != number:
            yield Doubt("typed_differs", place, {"typed": stated.typed, "counted": number})


def listed_elsewhere(evidence: Evidence) -> Iterator[Doubt]:
    """The same thing in two units' lists counts once in the city, whoever keeps it."""
    for one in evidence.listed:
        yield Doubt(
            "listed_elsewhere",
            values={
                "roster": one.roster,
                "label": one.label,
                "unit": one.unit,
                "row": one.row,
                "other_row": one.other_row,
            },
        )


def pace(evidence: Evidence) -> Iterator[Doubt]:
    """This quarter's move against the largest of the unit's earlier quarters."""
    for place, indicator, _, number in evidence.figures():
        moves = _moves(evidence, place, indicator)
        now = _move(evidence, place, indicator, number)
        if now is None or len(moves) < PACE_RECORD or (abs(now) < SMALL and not indicator.money):
            continue
        largest = max(map(abs, moves))
        if largest == 0 and now != 0:
            yield Doubt("first_move", place, {"now": now, "quarters": len(moves)})
        elif largest and abs(now) > PACE * largest:
            times = Fraction(abs(now)) / Fraction(largest)
            yield Doubt("too_fast", place, {"now": now, "largest": largest, "times": times})


def _move(evidence: Evidence, place: Place, indicator: Indicator, number: Decimal) -> Decimal | None:
    """A flow's own amount; how far a level went since last quarter. Shares and states have no pace."""
    if indicator.kind in ADDED:
        return number
    before = evidence.last(place)
    return number - before if indicator.kind in ("stock", "floor") and before is not None else None


def _moves(evidence: Evidence, place: Place, indicator: Indicator) -> list[Decimal]:
    """The same of every earlier quarter; of levels only between two quarters that follow each other."""
    past = {quarter: n for quarter, n in evidence.past.get(place, {}).items() if quarter < str(evidence.period)}
    if indicator.kind in ADDED:
        return list(past.values())
    earlier = {quarter: str(Period.parse(quarter) + -1) for quarter in past}
    return [past[quarter] - past[before] for quarter, before in earlier.items() if before in past]


def copied(evidence: Evidence) -> Iterator[Doubt]:
    """What was added this quarter is, figure by figure, what was added last quarter.

    One figure of three digits or more is enough; of small ones at least three, and nearly all. A
    level may stand still, so only levels of three digits are looked at.
    """
    compared = [
        (place, number, before)
        for place, indicator, _, number in evidence.typed()
        if (indicator.kind in ADDED or (indicator.kind == "stock" and _digits(number) >= 3))
        and number
        and (before := evidence.last(place)) is not None
    ]
    same = tuple(place for place, number, before in compared if number == before)
    telling = any(_digits(number) >= 3 for _, number, before in compared if number == before)
    if telling or (len(same) >= TOGETHER and len(same) * 5 >= len(compared) * 4):
        yield Doubt("copied", values={"count": len(same), "of": len(compared)}, places=same)


def _digits(number: Decimal) -> int:
    """Digits that say something: 1200 has two, 12.34 four. Three alike by chance are rare."""
    return len(abs(number).normalize().as_tuple().digits)


def same_factor(evidence: Evidence) -> Iterator[Doubt]:
    """Several typed figures that all rose by one factor look calculated, not counted.

    Rounding leaves each factor open by a little; a factor within the reach of at least three
    narrow ones, and of half of all, is named.
    """
    reaches = []
    for place, indicator, _, number in evidence.typed():
        before = evidence.last(place)
        if before and number and (number > 0) == (before > 0) and number != before:
            half, size = _step(number, before, money=indicator.money) / 2, abs(Fraction(before))
            low, high = (abs(Fraction(number)) - half) / size, (abs(Fraction(number)) + half) / size
            if high - low <= NARROW * low and not low <= 1 <= high:
                reaches.append((place, low, high))
    within = [[one for one in reaches if one[1] <= low <= one[2]] for _, low, _ in reaches]
    best = max(within, key=len, default=[])
    if len(best) >= TOGETHER and len(best) * 2 >= len(reaches):
        factor = (max(low for _, low, _ in best) + min(high for _, _, high in best)) / 2
        places = tuple(place for place, _, _ in best)
        yield Doubt("same_factor", values={"factor": factor, "count": len(best)}, places=places)


def _step(*numbers: Decimal, money: bool) -> Fraction:
    """What one unit of the last digit is worth: 1 for whole numbers, 10⁷ yuan for 9.6亿元 and 10.2亿元."""
    finest = min(int(number.normalize().as_tuple().exponent) for number in numbers)
    return Fraction(10) ** (finest if money else min(finest, 0))


def heaped(evidence: Evidence) -> Iterator[Doubt]:
    """Counted numbers end in any digit; estimated ones end in 0 and 5."""
    least, limit = HEAPED
    texts = {place: _plain_digits(stated.shown) for place, _, stated, _ in evidence.typed()}
    telling = {place: digits for place, digits in texts.items() if len(digits) >= 2}
    round_ones = tuple(place for place, digits in telling.items() if digits[-1] in "05")
    if len(telling) >= least and 100 * len(round_ones) >= limit * len(telling):
        yield Doubt("heaped", values={"count": len(round_ones), "of": len(telling)}, places=round_ones)


def _plain_digits(shown: str) -> str:
    """As typed, without the zeros a cell format adds: 9.60 is 96, 120 stays 120."""
    whole, _, decimals = shown.partition(".")
    return "".join(letter for letter in whole + decimals.rstrip("0%") if letter.isdigit())


CHECKS: tuple[Check, ...] = (
    measure_shifted,
    listed_elsewhere,
    typed_differs,
    copied,
    same_factor,
    pace,
    heaped,
)
