"""The progress table as JSON."""

import json

from exports.fields import records
from locales import DEFAULT
from metrics.result import Result


def write_json(
    result: Result, indicator: str | None = None, *, card: str | None = None, language: str = DEFAULT
) -> bytes:
    """`{"plan", "plan_version", "as_of", "known_at", "unit_set", "rows"}`; invented data says `"sample": true`.

    Where the task force has decided how the plan is read, `"decisions"` says what, who, when and why.
    """
    document = {
        "plan": result.plan.plan,
        "plan_version": result.plan.version,
        "as_of": str(result.as_of),
        "known_at": None if result.known_at is None else result.known_at.isoformat(),
        "unit_set": result.unit_set,
        **({"sample": True} if result.sample else {}),
        **({"decisions": decisions(result)} if result.plan.decided else {}),
        "rows": records(result, indicator),
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def decisions(result: Result) -> list[dict[str, str]]:
    found = []
    for tension, option in result.plan.decided.items():
        made = result.plan.decisions.get(tension)
        why = (
            {"decided_by": made.decided_by, "decided_at": made.decided_at.isoformat(), "why": made.why} if made else {}
        )
        found.append({"tension": tension, "option": option, **why})
    return found
