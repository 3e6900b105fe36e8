"""The code every export bears: a short checksum of the data shown, so that two papers can be compared.

Same plan version, decisions, quarter, units and figures give the same code, whatever the format, the
language and the day it was made; any other figure gives another code.
"""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from exports.fields import Value, records
from locales import text
from metrics.result import Result

LENGTH = 8


@dataclass(frozen=True, eq=False)
class _Itself:
    """A result by identity: another of the same quarter and data may hold other figures."""

    result: Result

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.result is other.result

    def __hash__(self) -> int:
        return id(self.result)


def code(result: Result) -> str:
    """`7F3A-19C2`: short enough to read out over the telephone."""
    return _code(_Itself(result))


@lru_cache(maxsize=4)  # every page of a pack bears it, and a result of many indicators is long
def _code(itself: _Itself) -> str:
    result, plan = itself.result, itself.result.plan
    shown = [
        [plan.plan, plan.version, dict(sorted(plan.decided.items()))],
        [str(result.as_of), result.unit_set, result.sample],
        [[same(value) for value in record.values()] for record in records(result)],
    ]
    digest = hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest().upper()
    return f"{digest[: LENGTH // 2]}-{digest[LENGTH // 2 : LENGTH]}"


def code_words(result: Result, language: str) -> str:
    """`校验码 7F3A-19C2`, for the foot of a page."""
    return text("pack.code", language, code=code(result))


def same(value: Value) -> str:
    """One spelling for a value, also after a spreadsheet has turned 42.0 into 42 and a list into text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        exact = Decimal(str(value))
        return f"{exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize():f}"
    return "|".join(value) if isinstance(value, list) else value


def stamp(result: Result, indicator: str | None, language: str) -> dict[str, str]:
    """What a file says about itself, in plain text: enough to look the same figures up again."""
    return {
        "plan": result.plan.plan,
        "plan_version": result.plan.version,
        "as_of": str(result.as_of),
        "known_at": result.known_at.isoformat() if result.known_at else "",
        "unit_set": result.unit_set,
        "data_version": str(result.data_version),
        "code": code(result),
        "indicator": indicator or "",
        "language": language,
    }
