"""The list of problems before it is a sheet: what is said, in the sender's words."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from loaders.looks import LINE_HEIGHT, lines
from loaders.problem import Problem, message
from loaders.returned.marks import TINT_OF
from loaders.returned.rules import rule_of
from loaders.workbook import position, reading_order
from locales import text

if TYPE_CHECKING:  # the child needs no database
    from store.submissions import Mend

COLUMNS = (("number", 6), ("level", 11), ("sheet", 20), ("cell", 10), ("found", 24), ("rule", 32), ("to_do", 64))
_MOST_FOUND = 120
_DENSE = 1.06
"""The list's face is a little smaller than a template's, so a column takes more letters."""


@dataclass(frozen=True)
class Line:
    """One problem as listed. `cells`: all it concerns, the first one linked."""

    number: int
    level: str
    sheet: str
    cells: tuple[str, ...]
    found: str
    rule: str
    to_do: str
    height: float


@dataclass(frozen=True)
class Listing:
    """Everything the list says; `language` for what only the child learns (macros, copies, hidden sheets)."""

    language: str
    title: str
    head: str
    counted: str
    hint: str
    why: str
    rows: tuple[Line, ...] = field(default_factory=tuple)
    typed: tuple[tuple[str, str, str], ...] = ()
    """Sheet, cell and what was typed for it in the browser: it is put into the cell."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(plain: dict[str, Any]) -> "Listing":
        rows = tuple(Line(**{**row, "cells": tuple(row["cells"])}) for row in plain.pop("rows"))
        typed = tuple((sheet, cell, words) for sheet, cell, words in plain.pop("typed"))
        return Listing(**plain, rows=rows, typed=typed)


def listing(
    problems: Sequence[Problem | Mapping[str, Any]],
    file_name: str,
    mends: "Sequence[Mend]" = (),
    *,
    plan: str,
    unit: str,
    period: str,
    why: str,
    language: str,
) -> Listing:
    """Errors first, each sheet from the top down; the numbers are those of the notes on the cells."""
    plain = [_plain(problem, language) for problem in problems]
    plain = _in_order(plain + _healed(plain, mends, language))
    said = [part for part in (plan, unit, period, text("returned.file", language, file=file_name)) if part]
    hint = text("returned.hint", language)
    hint += text("returned.hint_mended", language) if mends else ""
    return Listing(
        language,
        text("returned.title", language),
        " · ".join(said),
        _counted([one["level"] for one in plain], language),
        hint,
        text("returned.why", language, why=why) if why else "",
        tuple(_line(number, one, language) for number, one in enumerate(plain, start=1)),
        tuple((mend.sheet, mend.cell, mend.typed) for mend in mends),
    )


def _counted(levels: list[str], language: str) -> str:
    """必须改正 2 处，已改好 1 处。"""
    told = [
        text(f"returned.counted.{level}", language, number=levels.count(level)) for level in TINT_OF if level in levels
    ]
    if "error" not in levels:
        told.insert(0, text("returned.counted.none" if told else "returned.counted.nothing", language))
    return text("returned.counted.all", language, told=text("returned.counted.and", language).join(told))


def _healed(plain: list[dict[str, Any]], mends: "Sequence[Mend]", language: str) -> list[dict[str, Any]]:
    """A line for each cell that was put right in the browser; what is wrong with one still has its own."""
    wrong = {(one.get("sheet"), cell) for one in plain for cell in (one.get("cell"), *one["cells"])}
    lines = []
    for mend in mends:
        if (mend.sheet, mend.cell) in wrong:
            continue
        key = "returned.mended" if mend.typed else "returned.cleared"
        was = text("returned.was" if mend.found else "returned.blank", language, found=mend.found)
        words = text(key, language, found=was, typed=mend.typed)
        place = {"sheet": mend.sheet, "cell": mend.cell, "cells": []}
        lines.append({"level": "mended", "code": "mended", **place, "found": mend.typed, "message": words})
    return lines


def _in_order(plain: list[dict[str, Any]]) -> list[dict[str, Any]]:
    sheets = list(dict.fromkeys(one.get("sheet") or "" for one in plain))

    def key(one: dict[str, Any]) -> tuple[int, int, tuple[int, int]]:
        place = reading_order(one.get("cell") or "")
        return list(TINT_OF).index(one["level"]), sheets.index(one.get("sheet") or ""), place

    return sorted(plain, key=key)


def _plain(problem: Problem | Mapping[str, Any], language: str) -> dict[str, Any]:
    if not isinstance(problem, Problem):
        level = "answered" if problem.get("answer") else "asks" if problem.get("asks") else problem["severity"]
        said = text("returned.answered", language, answer=problem["answer"]) if problem.get("answer") else ""
        words = f"{problem['message']}{said}"
        return {**problem, "level": level, "message": words, "cells": problem.get("cells") or []}
    from loaders.checks import ASKING  # the child, which only reads the list, needs no rules

    return {
        "level": "asks" if problem.code in ASKING else problem.severity,
        "code": problem.code,
        "sheet": problem.sheet,
        "cell": problem.cell,
        "found": problem.found,
        "message": message(problem, language),
        "cells": problem.values.get("every_cell") or str(problem.values.get("alike_cells", "")).split("、"),
    }


def _line(number: int, one: Mapping[str, Any], language: str) -> Line:
    cells = [cell for cell in dict.fromkeys([one.get("cell") or "", *one["cells"]]) if _is_cell(cell)]
    found = str(one.get("found") or "").strip()
    found = found if len(found) <= _MOST_FOUND else found[:_MOST_FOUND] + "…"
    rule, to_do = text(f"returned_rule.{rule_of(one['code'])}", language), str(one["message"])
    widths = dict(COLUMNS)
    texts = ((found, widths["found"]), (rule, widths["rule"]), (to_do, widths["to_do"]))
    most = max(
        lines(words, width * _DENSE) for words, width in (*texts, (str(one.get("sheet") or ""), widths["sheet"]))
    )
    height = max(26.0, most * LINE_HEIGHT + 8)
    return Line(number, one["level"], one.get("sheet") or "", tuple(cells), found, rule, to_do, height)


def _is_cell(where: str) -> bool:
    try:
        position(where)
    except ValueError:
        return False
    return True
