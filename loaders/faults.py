"""The lines of the table in which a sender mends and answers: one for each cell that has a problem or had one.

The order is that of the list in the returned workbook (what was wrong on arrival first, then by sheet
and cell), and a mended cell keeps its line, so that nothing jumps away under whoever is typing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loaders.checks import ASKING, OF_ONE_VALUE
from loaders.mends import mendable, standing
from loaders.problem import Problem
from loaders.workbook import Workbook, position, reading_order
from store.submissions import Mend, RosterRow

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
    rows: Sequence[RosterRow] = (),
) -> list[Line]:
    """`arrived`: the problems of the file as it came, as JSON; `problems`: those it has now; `rows`: as read."""
    names = {(row.sheet, row.row): row.values["name"] for row in rows if row.values.get("name")}
    told = [problem for problem in problems if problem.severity == "error" or problem.code in ASKING]
    typed = {(mend.sheet, mend.cell): mend for mend in mends}
    by_typing = [problem for problem in told if problem.severity == "error" or problem.code in OF_ONE_VALUE]
    can = {(one.sheet, one.cell) for one in (mendable(opened, by_typing) if opened else ())} | typed.keys()
    first = [_place(problem) for problem in arrived]
    by_cell: dict[Place, list[Problem]] = {place: [] for place in first if place in can}
    rest = []
    for problem in told:
        place = (problem.sheet, problem.cell)
        if place in can:
            by_cell.setdefault(place, []).append(problem)
        else:
            row_name = _row_name(opened, place, names)
            rest.append(Line(*place, problem.found if problem.cell else "", row_name, (problem,), None, mendable=False))
    for place in typed:
        by_cell.setdefault(place, [])
    lined = []
    for place, found in by_cell.items():
        mend = typed.get(place)
        stood = standing(opened, *place) if opened else mend.found if mend else ""
        lined.append(Line(*place, stood, _row_name(opened, place, names), tuple(found), mend, mendable=True))
    return _in_order(lined + rest, arrived, opened)


def _in_order(found: list[Line], arrived: Sequence[Mapping[str, Any]], opened: Workbook | None) -> list[Line]:
    sheets = [sheet.name for sheet in opened.sheets] if opened else []
    once: dict[Place, bool] = {}
    for problem in arrived:
        once[_place(problem)] = once.get(_place(problem), False) or problem["severity"] == "error"

    def key(line: Line) -> tuple[bool, int, tuple[int, int]]:
        wrong = once.get((line.sheet, line.cell), bool(line.errors))
        return not wrong, sheets.index(line.sheet) if line.sheet in sheets else -1, reading_order(line.cell)

    return sorted(found, key=key)


def _place(problem: Mapping[str, Any]) -> Place:
    return str(problem["sheet"] or ""), str(problem["cell"] or "")


def _row_name(opened: Workbook | None, place: Place, names: Mapping[tuple[str, int], str]) -> str:
    """Whose row it is: the name in a roster, else the row's first text (工厂店培育总数), unless the cell is it."""
    sheet = opened.sheet(place[0]) if opened else None
    try:
        row, column = position(place[1])
    except ValueError:  # a range, or the whole sheet
        return ""
    cells = sheet.rows.get(row, {}) if sheet else {}
    first = next((cell.value for at, cell in cells.items() if cell.kind == "text" and at != column), "")
    return names.get((place[0], row), first)
