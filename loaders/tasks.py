"""The sheet of tasks in a filled template: where each status is, and what it says."""

from datetime import date
from functools import cache

from loaders.dates import day
from loaders.found import Found, Task
from loaders.names import clean_text, fold_heading, fold_name
from loaders.reading import BLANK, Reading, error, unreadable
from loaders.template.meta import Layout
from loaders.workbook import Cell, Sheet, Workbook, address, position
from locales import LANGUAGES, text
from metrics.milestones import STATUSES
from metrics.plan import Milestone
from store.submissions import MilestoneStatus

_ALSO = {
    "not_started": ("未启动", "尚未开始", "没有开始"),
    "under_way": ("进行中", "正在推进", "在推进", "实施中"),
    "done": ("完成", "已办结", "办结"),
    "not_applicable": ("—", "——", "-", "n/a"),
}


@cache
def words() -> dict[str, str]:
    """Every word for a status, folded."""
    shown = {status: [text(f"milestones.status.{status}", language) for language in LANGUAGES] for status in STATUSES}
    return {fold_name(word): status for status in STATUSES for word in (status, *_ALSO[status], *shown[status])}


def find_tasks(workbook: Workbook, layout: Layout, found: Found) -> None:
    """The rows of the task sheet; an address counts only while the task's name stands in its row."""
    tasks = {task.milestone: task for task in found.plan.milestones}
    places: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
    for (sheet_name, where), (milestone, field) in layout.tasks.items():
        places.setdefault((sheet_name, milestone), {})[field] = position(where)
    for sheet_name in dict.fromkeys(name for name, _ in places):
        if workbook.sheet(sheet_name) is None:
            found.say("error", "sheet_missing", sheet_name)
    for (sheet_name, milestone), cells in places.items():
        sheet, task = workbook.sheet(sheet_name), tasks.get(milestone)
        if sheet is None:
            continue
        first = address(*next(iter(cells.values())))
        if task is None:
            found.say("notice", "task_gone", sheet_name, first, milestone=milestone)
        elif (row := _row_of(sheet, task, cells)) is None:
            found.say("error", "layout_changed", sheet_name, first, name={"zh": task.name.zh, "en": task.name.en})
        else:
            found.tasks.append(Task(task, sheet, row, {field: column for field, (_, column) in cells.items()}))


def _row_of(sheet: Sheet, task: Milestone, cells: dict[str, tuple[int, int]]) -> int | None:
    """The expected row, else the only one that bears the task's name (rows may have been inserted)."""
    expected, column = next(iter(cells.values()))
    if _named(sheet, expected, column, task):
        return expected
    rows = [row for row in sheet.rows if _named(sheet, row, column, task)]
    return rows[0] if len(rows) == 1 else None


def _named(sheet: Sheet, row: int, column: int, task: Milestone) -> bool:
    names = {fold_heading(task.name.zh), fold_heading(task.name.en)}
    cells = [sheet.spread(row, left) for left in range(1, column)]
    return any(cell and cell.kind == "text" and fold_heading(cell.value.split("\n")[0]) in names for cell in cells)


def read_statuses(found: Found) -> list[MilestoneStatus]:
    """What the unit says of each task; a blank row says nothing. Problems are added to `found`."""
    return [said for task in found.tasks if (said := _read(task, found)) is not None]


def _read(task: Task, found: Found) -> MilestoneStatus | None:
    readings = {
        "status": _status(task.cell("status")),
        "date": day(task.cell("date")),
        "evidence": clean_text(task.cell("evidence")),
        "note": clean_text(task.cell("note")),
    }
    for field, reading in readings.items():
        if reading.severity:
            cell = task.cell(field)
            shown = cell.as_shown if cell else ""
            found.say(reading.severity, reading.code, task.sheet.name, task.address(field), shown, **reading.values)
    status, finished = readings["status"].value, readings["date"].value
    if status is None:
        filled = next((field for field in ("date", "evidence", "note") if readings[field].value), None)
        if filled and readings["status"].severity is None:
            found.say("error", "task_without_status", task.sheet.name, task.address("status"), name=task.name)
        return None
    return MilestoneStatus(
        task.milestone.milestone,
        status,
        date.fromisoformat(finished) if finished else None,
        readings["evidence"].value,
        readings["note"].value,
        task.sheet.name,
        {field: task.address(field) for field in task.columns},
    )


def _status(cell: Cell | None) -> Reading:
    if cell is None or not fold_name(cell.value):
        return BLANK
    if reason := unreadable(cell):
        return reason
    word = words().get(fold_name(cell.value))
    if word is not None:
        return Reading(word)
    choices = {
        "zh": "、".join(text(f"milestones.status.{status}", "zh_CN") for status in STATUSES),
        "en": ", ".join(text(f"milestones.status.{status}", "en") for status in STATUSES),
    }
    return error("task_status_unknown", choices=choices)
