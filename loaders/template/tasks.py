"""The sheet of tasks: one row per milestone the unit answers for, its last status filled in."""

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from loaders.template import styles as style
from loaders.template.meta import Layout
from locales import text
from metrics.milestones import STATUSES
from metrics.period import Period
from metrics.plan import Milestone
from store.submissions import MilestoneStatus

COLUMNS = (
    ("task", 46),
    ("clause", 14),
    ("deadline", 19),
    ("status", 12),
    ("date", 14),
    ("evidence", 38),
    ("note", 26),
)
FIELDS = {"status": "D", "date": "E", "evidence": "F", "note": "G"}
"""What is filled in, and its column."""
HEADING_ROW = 4


def write_tasks(
    sheet: Worksheet,
    layout: Layout,
    tasks: Sequence[Milestone],
    last: Mapping[str, MilestoneStatus],
    head: str,
    period: Period,
    language: str,
) -> None:
    _write_heading(sheet, head, language)
    for row, task in enumerate(tasks, start=HEADING_ROW + 1):
        _write_promise(sheet, row, task, period, language)
        _write_inputs(sheet, row, last.get(task.milestone), language)
        _ask_for_evidence(sheet, row, task, language)
        for field, letter in FIELDS.items():
            layout.tasks[sheet.title, f"{letter}{row}"] = (task.milestone, field)
    _validate(sheet, HEADING_ROW + 1, HEADING_ROW + len(tasks), language)
    sheet.freeze_panes = f"B{HEADING_ROW + 1}"


def task_words(task: Milestone, period: Period, language: str) -> str:
    """The name on its own line (the reader looks for it), then the actions and what must be known."""
    name = task.name.by(language)
    if task.recurrence == "annual":
        name = text("milestones.sheet.of_year", language, name=name, year=period.year)
    lines = [name, *(f"· {action.by(language)}" for action in task.actions)]
    if task.owner_basis == "not_stated" and task.scope != "each_unit":
        lines.append(text("milestones.sheet.not_stated", language))
    return "\n".join(lines)


def deadline_words(task: Milestone, language: str) -> str:
    """The deadline as printed; where none is printed, that."""
    if task.deadline_printed:
        return task.deadline_printed
    return text(f"milestones.undated.{task.recurrence}", language)


def status_words(language: str) -> dict[str, str]:
    """Status → what the drop-down says."""
    return {status: text(f"milestones.status.{status}", language) for status in STATUSES}


def _write_heading(sheet: Worksheet, head: str, language: str) -> None:
    for column, (name, width) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(HEADING_ROW, column)
        style.put_text(cell, text(f"milestones.sheet.{name}", language))
        cell.font, cell.fill = style.font(bold=True, color="FFFFFF"), style.fill(style.HEAD["plain"])
        if name in FIELDS:
            cell.fill = style.fill(style.HEAD["required" if name == "status" else "optional"])
        cell.alignment, cell.border = style.align("center"), style.BOX
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.row_dimensions[HEADING_ROW].height = 28
    style.titles(sheet, text("milestones.sheet.title", language), head, text("milestones.sheet.hint", language))


def _write_promise(sheet: Worksheet, row: int, task: Milestone, period: Period, language: str) -> None:
    """What the plan says: not for filling in."""
    said = (task_words(task, period, language), "、".join(task.clauses), deadline_words(task, language))
    for column, words in enumerate(said, start=1):
        cell = sheet.cell(row, column)
        style.put_text(cell, words)
        cell.font, cell.border = style.font(color=style.INK if column == 1 else style.MUTED), style.BOX
        cell.alignment = style.align(indent=1) if column == 1 else style.align("center")
    widths = [width for _, width in COLUMNS]
    style.fit_row(sheet, row, list(zip(said, widths, strict=False)), least=26)


def _write_inputs(sheet: Worksheet, row: int, last: MilestoneStatus | None, language: str) -> None:
    known = (
        {"status": status_words(language)[last.status], "evidence": last.evidence, "note": last.note} if last else {}
    )
    for field, letter in FIELDS.items():
        cell = sheet[f"{letter}{row}"]
        cell.font, cell.border, cell.protection = style.font(), style.BOX, style.UNLOCKED
        cell.alignment = style.align("center" if field in ("status", "date") else "left")
        cell.fill = style.fill(style.TINT["carried" if last else "required" if field == "status" else "optional"])
        cell.number_format = "yyyy-mm-dd" if field == "date" else "@"
        if field == "date":
            cell.value = last.done_on if last else None
        elif said := known.get(field):
            style.put_text(cell, said)


def _ask_for_evidence(sheet: Worksheet, row: int, task: Milestone, language: str) -> None:
    """What the plan takes as evidence, told when the cell is chosen."""
    rule = DataValidation(allow_blank=True)
    rule.promptTitle = text("milestones.sheet.evidence", language)[:32]
    rule.prompt = text("milestones.sheet.ask_evidence", language, evidence=task.evidence.by(language))[:255]
    rule.showInputMessage = True
    rule.add(f"{FIELDS['evidence']}{row}")
    sheet.add_data_validation(rule)


def _validate(sheet: Worksheet, first: int, last: int, language: str) -> None:
    words = ",".join(status_words(language).values())
    choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, errorStyle="stop")
    choice.error = text("template.prompt.wrong_choice", language)
    choice.prompt = text("milestones.sheet.ask_status", language)
    day = DataValidation(type="date", operator="between", formula1="DATE(1950,1,1)", formula2="DATE(2099,12,31)")
    day.errorStyle, day.allow_blank = "warning", True
    day.error, day.prompt = (
        text("template.prompt.wrong_date", language),
        text("milestones.sheet.ask_date", language),
    )
    for rule, field in ((choice, "status"), (day, "date")):
        rule.errorTitle = text("template.prompt.wrong_title", language)
        rule.promptTitle = text(f"milestones.sheet.{field}", language)[:32]
        rule.showErrorMessage = rule.showInputMessage = True
        rule.add(f"{FIELDS[field]}{first}:{FIELDS[field]}{last}")
        sheet.add_data_validation(rule)
