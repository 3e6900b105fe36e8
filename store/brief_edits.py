"""The text of a brief as a person edited it before export: who, when, from which figures. Rows are only added."""

from dataclasses import dataclass
from datetime import datetime

from metrics.result import Result
from store.audit import write_entry
from store.database import Database
from store.people import require, signature

LONGEST = 40_000
"""Characters; the longest plan's brief has a tenth of it."""


@dataclass(frozen=True)
class BriefEdit:
    """`computed` and `edited` have a paragraph a line; `code` tells from which data the first was made."""

    entry: int
    code: str
    computed: str
    edited: str
    edited_by: str
    edited_at: datetime


def save_brief_edit(
    database: Database,
    result: Result,
    language: str,
    *,
    code: str,
    computed: str,
    edited: str,
    changed: int,
    who: str,
    now: datetime,
) -> int:
    """Keep an edited text; the number of the entry. `edited` as computed takes earlier edits back.

    Raises NotAllowed without the right to export, ValueError for a text of nothing or beyond all bounds.
    `who` counts where nobody signs in.
    """
    require(database, "export")
    if not edited.strip() or len(edited) > LONGEST:
        raise ValueError(f"a brief has between 1 and {LONGEST} characters")
    place, signed = _place(result, language), signature(database.person, who)
    with database.transaction() as execute:
        entry = int(execute("select nextval('brief_edit_number')").scalar_one())
        execute(
            "insert into brief_edit values (:entry, :plan, :plan_version, :period, :unit_set, :known_at, :language,"
            " :code, :computed, :edited, :who, :now)",
            entry=entry, code=code, computed=computed, edited=edited, who=signed, now=now, **place,
        )  # fmt: skip
        detail: dict[str, object] = {**place, "entry": entry, "code": code, "changed": changed}
        write_entry(execute, now, signed, "brief_edited", detail)
    return entry


def list_brief_edits(database: Database, result: Result, language: str) -> list[BriefEdit]:
    """Every edit of this brief, newest first, whatever data it was made from."""
    require(database, "export")
    rows = database.rows(
        "select entry, code, computed, edited, edited_by, edited_at from brief_edit where plan = :plan"
        " and plan_version = :plan_version and period = :period and unit_set = :unit_set"
        " and known_at = :known_at and language = :language order by entry desc",
        **_place(result, language),
    )
    return [BriefEdit(row.entry, row.code, row.computed, row.edited, row.edited_by, row.edited_at) for row in rows]


def _place(result: Result, language: str) -> dict[str, str]:
    """Which brief it is: what a reader chose, whatever the figures are by now."""
    return {
        "plan": result.plan.plan,
        "plan_version": result.plan.version,
        "period": str(result.as_of),
        "unit_set": result.unit_set,
        "known_at": result.known_at.isoformat() if result.known_at else "",
        "language": str(language),
    }
