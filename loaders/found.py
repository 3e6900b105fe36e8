"""What recognition finds in a workbook, before any cell is read as a number or a date."""

from dataclasses import dataclass, field

from loaders.meanings import NONE, Meanings
from loaders.problem import Problem, Severity
from loaders.workbook import Cell, Sheet, address
from metrics.period import Period
from metrics.plan import Indicator, Milestone, Plan, Roster


@dataclass(frozen=True)
class Form:
    """What the sender says the file is; what is left out is read from the file."""

    plan: str | None = None
    unit: str | None = None
    period: Period | None = None


@dataclass(frozen=True)
class Input:
    """The cell where a figure belongs (it may be empty). `unit` is its unit of measure."""

    indicator: Indicator
    part: str
    sheet: Sheet
    row: int
    column: int
    unit: str

    @property
    def cell(self) -> Cell | None:
        return self.sheet.at(self.row, self.column)

    @property
    def address(self) -> str:
        return address(self.row, self.column)


def figure_measure(indicator: Indicator) -> str:
    """The unit a figure is typed in; the two parts of a share are counts or amounts, not %."""
    if indicator.kind == "share":
        return "亿元" if indicator.money else ""
    return indicator.measure.zh


@dataclass
class Table:
    """A roster in a sheet. `columns`: field → column; `units`: field → unit in its heading."""

    roster: Roster
    sheet: Sheet
    columns: dict[str, int]
    rows: list[int]
    units: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """The row of one task. `columns`: status, date, evidence, note → column."""

    milestone: Milestone
    sheet: Sheet
    row: int
    columns: dict[str, int]

    @property
    def name(self) -> dict[str, str]:
        return {"zh": self.milestone.name.zh, "en": self.milestone.name.en}

    def cell(self, field: str) -> Cell | None:
        return self.sheet.at(self.row, self.columns[field]) if field in self.columns else None

    def address(self, field: str) -> str:
        return address(self.row, self.columns[field]) if field in self.columns else ""


@dataclass(frozen=True)
class Total:
    """A 合计 cell and the cells it should be the sum of."""

    sheet: Sheet
    cell: Cell
    parts: tuple[Cell, ...]
    rounded: bool
    """Amounts may have been rounded one by one; counts add up exactly."""


@dataclass
class Found:
    plan: Plan
    unit: str
    period: Period
    template_version: str | None = None
    plan_version: str | None = None
    inputs: list[Input] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    meanings: Meanings = NONE
    """What the unit means by headings of its own."""

    def say(
        self, severity: Severity, code: str, sheet: str = "", cell: str = "", found: str = "", **values: object
    ) -> None:
        self.problems.append(Problem(severity, code, sheet, cell, found, values))


class Unrecognised(Exception):
    """The file cannot be taken for a submission; carries the problems that say why.

    `plan`, `unit` and `period` are what was known by then, for the verdict.
    """

    def __init__(
        self, *problems: Problem, plan: str | None = None, unit: str | None = None, period: Period | None = None
    ) -> None:
        super().__init__(problems[0].code if problems else "")
        self.problems = list(problems)
        self.plan, self.unit, self.period = plan, unit, period
