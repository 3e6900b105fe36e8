"""What one cell was taken for, and whether that needs saying."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from loaders.problem import Severity
from loaders.workbook import Cell

Missing = Literal["", "blank", "none", "unknown"]
"""Not reported (blank), nothing of the kind (— 无), not known to the unit (不详). Never zero."""


@dataclass(frozen=True)
class Reading:
    """`value` is canonical (Decimal, text, Period …) or None; `severity` None is silence."""

    value: Any = None
    severity: Severity | None = None
    code: str = ""
    missing: Missing = ""
    values: dict[str, object] = field(default_factory=dict, hash=False)

    def noticed(self, code: str, **values: object) -> "Reading":
        """The same reading with something to say; an earlier word is kept, an error stays one."""
        return self if self.severity else replace(self, severity="notice", code=code, values=values)


def error(code: str, **values: object) -> Reading:
    return Reading(None, "error", code, values=values)


BLANK = Reading(missing="blank")

_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
_SPACES = dict.fromkeys([0x00A0, 0x3000, 0x2002, 0x2003, 0x2009, 0x202F], " ")
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD: dict[int, str | None] = {**_WIDE, **_SPACES, **_INVISIBLE, 0x2212: "-"}


def fold(text: str) -> str:
    """Full-width forms, odd spaces and the real minus as ASCII, and nothing else.

    Not NFKC: that would read `1234①` as 12341 and `1234²` as 12342.
    """
    return text.translate(_FOLD).strip()


def unreadable(cell: Cell) -> Reading | None:
    """Why a cell has no value whatever was expected of it; None when it has one."""
    if cell.kind == "error":
        return error("error_value")
    return error("formula_without_value") if cell.kind == "uncached" else None
