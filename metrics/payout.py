"""兑付率: what of the support payable on a day has been paid out, by amount and by number of cases.

The plan does not say which of the two it means (XZ-03), so both are always given.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from metrics.rosters import fold
from metrics.rounding import percent

ROSTER = "payouts"


@dataclass(frozen=True)
class PayoutRate:
    """Exact yuan and whole cases at the end of `day`. A case is paid when all of it is."""

    day: date
    due: int = 0
    paid: int = 0
    cases_due: int = 0
    cases_paid: int = 0

    @property
    def by_amount(self) -> Decimal | None:
        """Percent with one decimal; None while nothing is payable."""
        return percent(Decimal(self.paid), Decimal(self.due)) if self.due else None

    @property
    def by_cases(self) -> Decimal | None:
        return percent(Decimal(self.cases_paid), Decimal(self.cases_due)) if self.cases_due else None


def payout_rate(rows: Iterable[Mapping[str, object]], day: date) -> PayoutRate:
    """The rate on a day from rows of the payout ledger (canonical text: due, due_on, paid, paid_on).

    Counts what was payable by then; what was paid later, or for what was not yet payable, does not count.
    A case that several departments list (same item and claim number) counts once, as first listed.
    """
    due = paid = cases_due = cases_paid = 0
    for row in _distinct(rows):
        payable_on, amount = _date(row.get("due_on")), _yuan(row.get("due"))
        if payable_on is None or payable_on > day or amount is None:
            continue
        paid_on = _date(row.get("paid_on"))
        given = (_yuan(row.get("paid")) or 0) if paid_on is not None and paid_on <= day else 0
        due, paid = due + amount, paid + given
        cases_due, cases_paid = cases_due + 1, cases_paid + (given >= amount)
    return PayoutRate(day, due, paid, cases_due, cases_paid)


def _distinct(rows: Iterable[Mapping[str, object]]) -> Iterator[Mapping[str, object]]:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        key = (fold(_text(row.get("item"))), fold(_text(row.get("claim"))))
        if key not in seen or not any(key):
            seen.add(key)
            yield row


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value).strip()


def _date(value: object) -> date | None:
    text = _text(value)
    return date.fromisoformat(text) if text else None


def _yuan(value: object) -> int | None:
    text = _text(value)
    return int(Decimal(text)) if text else None
