"""What the self-check found in a file, and the words for it."""

from dataclasses import dataclass
from typing import Literal

from locales import DEFAULT, text

Kind = Literal[
    "unknown", "unsealed", "other_plan", "other_period", "other_units",
    "stale", "stale_unlisted", "edited", "added", "gone",
    "reworded", "reworded_figures", "written_in", "left_out", "edited_unlisted",
]  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """`place` is where in the file, `what` the figure; `found` what stands there, `exact` what should."""

    kind: Kind
    place: str = ""
    what: str = ""
    found: str = ""
    exact: str = ""


def message(finding: Finding, language: str = DEFAULT) -> str:
    return " ".join(text(f"check.{finding.kind}", language, **vars(finding)).split())
