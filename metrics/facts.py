"""The actuals of one plan, indexed once so that every figure of every quarter reuses them.

A fact is what one unit published for one indicator and one quarter: one number, or a numerator
and a denominator. Inside, quarters are text (`2025Q3`): it sorts in time and hashes fast.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import pandas as pd

from metrics.period import Period, periods
from metrics.plan import ADDED, Indicator, Plan

_ZERO = Decimal(0)
FLOWS = frozenset({*ADDED, "cadence"})
"""Kinds made of what several quarters said together."""


@cache
def quarters(first: Period, last: Period) -> tuple[str, ...]:
    """The quarters from `first` to `last` as text, both included."""
    return tuple(str(period) for period in periods(first, last))


@cache
def recent(as_of: Period, back: int = 2) -> tuple[str, ...]:
    """`as_of` and the `back` quarters before it, latest first: how far a level may be carried."""
    return tuple(str(as_of + -n) for n in range(back + 1))


class Fact(NamedTuple):
    """`numbers` follow the parts of the kind; None stands for not applicable ("—").

    `typed` are the figures typed beside derived ones; `derived` says which numbers were counted
    from a roster and therefore may hold keys that others list too.
    """

    numbers: tuple[Decimal | None, ...]
    typed: tuple[Decimal | None, ...]
    derived: tuple[bool, ...]

    @property
    def applicable(self) -> bool:
        return None not in self.numbers


Pair = tuple[str, str]
"""(unit, quarter): one published fact that enters a figure."""


@dataclass
class Series:
    """All facts of one indicator, and the roster keys that occur in more than one of them."""

    indicator: Indicator
    parts: tuple[str, ...]
    facts: dict[str, dict[str, Fact]] = field(default_factory=dict)
    repeated: dict[str, dict[Pair, list[tuple[str, Decimal]]]] = field(default_factory=dict)
    spans: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rules = [self.indicator.counts.get(part) for part in self.parts]
        flows = self.indicator.kind in FLOWS
        self.new_money = tuple(flows and rule is not None and rule.total is not None for rule in rules)

    def standing_units(self, units: tuple[str, ...], quarter: str) -> tuple[str, ...]:
        """Those of `units` that exist at the quarter's end; before and after a reform others owe the figure."""
        return tuple(unit for unit in units if self.stands(unit, quarter)) if self.spans else units

    def stands(self, unit: str, quarter: str) -> bool:
        span = self.spans.get(unit)
        return span is None or span[0] <= quarter <= span[1]

    def fact(self, unit: str, quarter: str) -> Fact | None:
        return self.facts.get(unit, {}).get(quarter)

    def total(self, pairs: Iterable[Pair], index: int = 0) -> tuple[Decimal, int]:
        """Sum of one part over `pairs`, each roster key counted once, and how many keys were repeated.

        Of a key's amounts the largest counts (semantics §2: distinct keys, not the sum of the
        units' counts). A *sum of money* over several quarters is new money each quarter, so there
        a key is the same only within one quarter.
        """
        listed = self.repeated.get(self.parts[index], {})
        entering = [(pair, self.facts[pair[0]][pair[1]]) for pair in pairs]
        total = sum((fact.numbers[index] or _ZERO for _, fact in entering), _ZERO)
        if not listed or len(entering) < 2:
            return total, 0
        largest, again = dict[str, Decimal](), set[str]()
        for pair, fact in entering:
            for name, amount in listed.get(pair, ()) if fact.derived[index] else ():
                key = f"{pair[1]} {name}" if self.new_money[index] else name
                if key in largest:
                    total -= min(amount, largest[key])
                    again.add(key)
                largest[key] = max(amount, largest.get(key, amount))
        return total, len(again)


def _number(value: object) -> Decimal | None:
    """A frame's cell as an exact number; None and NaN (what pandas may make of None) are "not applicable"."""
    if value is None or value != value:
        return None
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _spans(plan: Plan) -> dict[str, tuple[str, str]]:
    """First and last quarter of units that do not stand throughout: a unit of Q2 stands on 30 June."""
    spans = {}
    for name, unit in plan.units.items():
        if unit.valid_from or unit.valid_to:
            last = Period.of(unit.valid_to) if unit.valid_to else None
            if last is not None and unit.valid_to != last.end:
                last += -1
            spans[name] = (str(Period.of(unit.valid_from)) if unit.valid_from else "", str(last) if last else "9999Q4")
    return spans


def index_facts(plan: Plan, actuals: pd.DataFrame, shared: pd.DataFrame | None = None) -> dict[str, Series]:
    """Every indicator of the plan with its facts; rows of indicators the plan does not know are not its business.

    `actuals`: indicator, unit, period, part, number, basis, reported. `shared`: indicator, part,
    key, unit, period, amount. A fact with a part missing (a share without its denominator) is no
    fact: half a ratio is not reported.
    """
    spans = _spans(plan)
    every = {
        name: Series(indicator, ("numerator", "denominator") if indicator.kind == "share" else ("value",), spans=spans)
        for name, indicator in plan.indicators.items()
    }
    cells: dict[tuple[str, str, str], dict[str, tuple[Decimal | None, Decimal | None, bool]]] = {}
    columns = [actuals[c] for c in ("indicator", "unit", "period", "part", "number", "basis", "reported")]
    for indicator, unit, period, part, number, basis, reported in zip(*columns, strict=True):
        if indicator in every:
            cell = (_number(number), _number(reported), basis == "derived")
            cells.setdefault((indicator, unit, period), {})[part] = cell
    for (indicator, unit, period), found in cells.items():
        series = every[indicator]
        if all(part in found for part in series.parts):
            chosen = [found[part] for part in series.parts]
            fact = Fact(tuple(c[0] for c in chosen), tuple(c[1] for c in chosen), tuple(c[2] for c in chosen))
            series.facts.setdefault(unit, {})[period] = fact
    if shared is not None and len(shared):
        columns = [shared[c] for c in ("indicator", "part", "key", "unit", "period", "amount")]
        for indicator, part, key, unit, period, amount in zip(*columns, strict=True):
            if indicator in every:
                pairs = every[indicator].repeated.setdefault(part, {})
                pairs.setdefault((unit, period), []).append((key, _number(amount) or Decimal(0)))
    return every
