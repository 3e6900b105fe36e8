"""The lines of the table in which a sender mends and answers: one for each cell that has a problem or had one.

The order is that of the file's arrival, and a mended cell keeps its line, so that nothing jumps
away under whoever is typing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loaders.checks import ASKING
from loaders.mends import mendable, standing
from loaders.problem import Problem
from loaders.workbook import Workbook, position
from store.submissions import Mend

Place = tuple[str, str]
"""Sheet and cell; a problem of the whole file has neither."""


@dataclass(frozen=True)
class Line:
    """`stood`: what the file shows there; `row_name`: whose row it is; `problems`: errors, and notices that ask."""

    sheet: str
    cell: str
    stood: str
    row_name: str
    problems: tuple[Problem, ...]
    mend: Mend | None
    mendable: bool

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def asking(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.code in ASKING)


def lines(
    opened: Workbook | None,
    arrived: Sequence[Mapping[str, Any]],
    problems: Sequence[Problem],
    mends: Sequence[Mend],
) -> list[Line]:
    """`arrived`: the problems of the file as it came, as JSON; `problems`: those it has now."""
    told = [problem for problem in problems if problem.severity == "error" or problem.code in ASKING]
    typed = {(mend.sheet, mend.cell): mend for mend in mends}
    can = {(problem.sheet, problem.cell) for problem in (mendable(opened, told) if opened else ())} | typed.keys()
    first = [(str(problem["sheet"] or ""), str(problem["cell"] or "")) for problem in arrived]
    by_cell: dict[Place, list[Problem]] = {place: [] for place in first if place in can}
    rest = []
    for problem in told:
        place = (problem.sheet, problem.cell)
        if place in can:
            by_cell.setdefault(place, []).append(problem)
        else:
            rest.append(Line(*place, problem.found, "", (problem,), None, mendable=False))
    for place in typed:
        by_cell.setdefault(place, [])
    return [_line(opened, place, found, typed.get(place)) for place, found in by_cell.items()] + rest


def _line(opened: Workbook | None, place: Place, found: Sequence[Problem], mend: Mend | None) -> Line:
    stood = standing(opened, *place) if opened else mend.found if mend else ""
    return Line(*place, stood, _row_name(opened, place) if opened else "", tuple(found), mend, mendable=True)


def _row_name(opened: Workbook, place: Place) -> str:
    """The first text of the row, unless the cell itself is it: 示例甲店, 工厂店培育总数."""
    sheet = opened.sheet(place[0])
    row, column = position(place[1])
    cells = sheet.rows.get(row, {}) if sheet else {}
    return next((cell.value for at, cell in cells.items() if cell.kind == "text" and at != column), "")
