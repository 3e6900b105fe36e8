"""Register first: a count is derived from the rows of a roster by the indicator's rule (semantics §2).

Works on the rows of one submission, as canonical text (dates `2025-03-04`, numbers plain decimals,
blank = absent). Which keys other units list too is seen later, when submissions meet.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import pandas as pd

from metrics.facts import FLOWS
from metrics.period import Period
from metrics.plan import Count, Indicator, Plan

COLUMNS = ("part", "key", "amount", "row")
Row = Mapping[str, object]


def counted(rows: Sequence[Row], indicator: Indicator, period: Period) -> pd.DataFrame:
    """The distinct rows that count for `indicator` in `period`, for every part that has a rule.

    `rows`: {"row": sheet row, field: text, …}, all of the rule's roster. Result: `part`, `key`
    (folded key fields joined by "|", or the week `2025-W07` / month `2025-02` of a cadence),
    `amount` (Decimal: 1, or the field summed by `total`, in yuan for money), `row` where it stands.
    The unit's figure is the sum of `amount` per part. Raises ValueError for a date or number that
    is not canonical: rows are checked before they are counted.
    """
    return pd.DataFrame(counted_keys(rows, indicator, period), columns=list(COLUMNS), dtype=object)


def counted_keys(rows: Sequence[Row], indicator: Indicator, period: Period) -> list[tuple[str, str, Decimal, object]]:
    """The same as plain tuples: a submission counts dozens of indicators, and a table each is slow."""
    return [
        (part, key, amount, row)
        for part, rule in indicator.counts.items()
        for key, (amount, row) in _distinct(rows, rule, indicator.kind in FLOWS, period).items()
    ]


def said(row: Row, field: str) -> str:
    """What a row says in a field, without outer spaces; nothing where it is blank."""
    value = row.get(field)
    return "" if value is None else str(value).strip()


def fold(text: str) -> str:
    """One spelling for one thing: width, case and spaces do not make two stores of one."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def row_key(row: Row, rule: Count) -> str | None:
    """What makes a row distinct; None when every key field is blank, for such a row names nothing."""
    parts = [fold(said(row, field)) for field in rule.key]
    return "|".join(parts) if any(parts) else None


def row_date(row: Row, rule: Count) -> date | None:
    """The earliest filled date of `since`."""
    dates = [date.fromisoformat(text) for field in rule.since if (text := said(row, field))]
    return min(dates, default=None)


def _distinct(rows: Sequence[Row], rule: Count, flow: bool, period: Period) -> dict[str, tuple[Decimal, object]]:
    """Key → (amount, row). Of rows with one key the first stands for it, with the largest amount."""
    chosen: dict[str, tuple[Decimal, object]] = {}
    for row in rows:
        if not (_matches(row, rule) and _in_time(row, rule, flow, period)):
            continue
        for key, amount in _entry(row, rule):
            if key not in chosen or amount > chosen[key][0]:
                chosen[key] = (amount, row.get("row"))
    return chosen


def _entry(row: Row, rule: Count) -> Iterator[tuple[str, Decimal]]:
    """At most one (key, amount); nothing where the key or the summed field is blank."""
    day = row_date(row, rule)
    if rule.every is not None:
        if day is not None:
            year, week, _ = day.isocalendar()
            yield (f"{year}-W{week:02d}" if rule.every == "week" else f"{day:%Y-%m}"), Decimal(1)
        return
    key = row_key(row, rule)
    amount = Decimal(1) if rule.total is None else _amount(row, rule.total)
    if key is not None and amount is not None:
        yield key, amount


def _matches(row: Row, rule: Count) -> bool:
    allowed = all(said(row, field) in values for field, values in rule.where)
    return allowed and all(said(row, field) for field in rule.filled)


def _in_time(row: Row, rule: Count, flow: bool, period: Period) -> bool:
    """A flow's row is dated within the quarter; a level's row stands at its end."""
    if rule.since:
        day = row_date(row, rule)
        if day is None or day > period.end or (flow and day < period.start):
            return False
    if flow:
        return True
    ended = [date.fromisoformat(text) for field in rule.ended if (text := said(row, field))]
    valid = [date.fromisoformat(text) for field in rule.valid_to if (text := said(row, field))]
    return all(day > period.end for day in ended) and all(day >= period.end for day in valid)


def _amount(row: Row, field: str) -> Decimal | None:
    text = said(row, field)
    if not text:
        return None
    try:
        return Decimal(text)
    except ArithmeticError:
        raise ValueError(f"row {row.get('row')}: {field}: not a number: {text!r}") from None


OCCURRENCE = ("indicator", "part", "key", "unit", "period", "amount")


def listed_twice(plan: Plan, keys: pd.DataFrame) -> pd.DataFrame:
    """Keys of several units, or of several quarters of a flow: all their occurrences."""
    met: dict[tuple[str, str, str], list[dict[str, object]]] = defaultdict(list)
    for row in keys.to_dict("records"):
        met[str(row["indicator"]), str(row["part"]), str(row["key"])].append({str(k): v for k, v in row.items()})
    twice = [
        row
        for (indicator, _, _), rows in met.items()
        if len({row["unit"] for row in rows}) > 1 or (len(rows) > 1 and plan.indicators[indicator].kind in FLOWS)
        for row in rows
    ]
    return pd.DataFrame(twice, columns=list(OCCURRENCE), dtype=object)
