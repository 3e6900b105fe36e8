"""The hidden sheet `_meta`: where every input of a template is, so that no program guesses.

Rows `key, value` (plan, plan_version, unit, period, template_version, language; for each roster
sheet `roster:<sheet>` and `first_row:<sheet>`; `choices:…` rows hold the words of long drop-downs,
one to a cell), a blank row, `sheet, cell, indicator, part` with
one row per figure, a blank row, `sheet, column, field` with one row per roster column, a blank row,
`sheet, cell, milestone, field` with one row per input of a task (status, date, evidence, note).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

META_SHEET = "_meta"
TEMPLATE_VERSION = "2"
FIGURE_HEADING = ["sheet", "cell", "indicator", "part"]
FIELD_HEADING = ["sheet", "column", "field"]
TASK_HEADING = ["sheet", "cell", "milestone", "field"]


@dataclass
class Layout:
    """`figures`: (sheet, cell) → (indicator, part). `columns`: sheet → column letter → field.
    `tasks`: (sheet, cell) → (milestone, field)."""

    keys: dict[str, str] = field(default_factory=dict)
    figures: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    tasks: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def roster_of(self, sheet: str) -> str:
        return self.keys[f"roster:{sheet}"]

    def first_row_of(self, sheet: str) -> int:
        return int(self.keys[f"first_row:{sheet}"])


def meta_rows(layout: Layout) -> list[list[str]]:
    """The rows of the sheet, top to bottom."""
    rows = [[key, *value.split("\n")] for key, value in layout.keys.items()]
    rows += [[], FIGURE_HEADING]
    rows += [[sheet, cell, *what] for (sheet, cell), what in layout.figures.items()]
    rows += [[], FIELD_HEADING]
    rows += [[sheet, letter, name] for sheet, columns in layout.columns.items() for letter, name in columns.items()]
    if layout.tasks:
        rows += [[], TASK_HEADING]
        rows += [[sheet, cell, *what] for (sheet, cell), what in layout.tasks.items()]
    return rows


def read_meta(rows: Iterable[Sequence[object]]) -> Layout:
    """Read the rows back (cells as text or None, trailing blanks allowed)."""
    layout = Layout()
    part = "keys"
    for raw in rows:
        row = [str(value) for value in raw if value not in (None, "")]
        if not row:
            continue
        if row == FIGURE_HEADING:
            part = "figures"
        elif row == FIELD_HEADING:
            part = "columns"
        elif row == TASK_HEADING:
            part = "tasks"
        elif part == "keys":
            layout.keys[row[0]] = "\n".join(row[1:])
        elif part == "figures":
            layout.figures[row[0], row[1]] = (row[2], row[3])
        elif part == "tasks":
            layout.tasks[row[0], row[1]] = (row[2], row[3])
        else:
            layout.columns.setdefault(row[0], {})[row[1]] = row[2]
    return layout
