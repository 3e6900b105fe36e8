"""The progress table as JSON."""

import json

from exports.fields import records
from locales import DEFAULT
from metrics.result import Result


def write_json(
    result: Result, indicator: str | None = None, *, card: str | None = None, language: str = DEFAULT
) -> bytes:
    """`{"plan", "plan_version", "as_of", "known_at", "unit_set", "rows"}`; invented data says `"sample": true`."""
    document = {
        "plan": result.plan.plan,
        "plan_version": result.plan.version,
        "as_of": str(result.as_of),
        "known_at": None if result.known_at is None else result.known_at.isoformat(),
        "unit_set": result.unit_set,
        **({"sample": True} if result.sample else {}),
        "rows": records(result, indicator),
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
