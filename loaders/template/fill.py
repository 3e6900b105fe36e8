"""Fill a template as a person would, guided by nothing but its `_meta`: for samples and tests."""

import io
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date
from decimal import Decimal

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from loaders.template import styles as style
from loaders.template.figures import YI
from loaders.template.form import as_bytes
from loaders.template.meta import META_SHEET, Layout, read_meta
from loaders.template.rosters import field_words
from loaders.template.tasks import status_words
from metrics.plan import Plan

NOT_APPLICABLE = "—"


Tasks = Mapping[str, Mapping[str, str | date | None]]
"""Milestone → status (canonical, else as typed), date, evidence, note."""


def fill_template(
    template: bytes,
    plan: Plan,
    figures: Mapping[tuple[str, str], Decimal | int | str | None],
    rosters: Mapping[str, Sequence[Mapping[str, str]]],
    tasks: Tasks | None = None,
) -> bytes:
    """Write figures (money in yuan, None as 不适用, text as typed) and rosters (canonical rows).

    A roster or a task that is named replaces what was carried over; others stay. Raises KeyError
    for a figure, roster or task the template does not ask for.
    """
    workbook = load_workbook(io.BytesIO(template))
    layout = read_meta(workbook[META_SHEET].iter_rows(values_only=True))
    fill_workbook(workbook, layout, plan, figures, rosters, tasks)
    return as_bytes(workbook)


def fill_workbook(
    workbook: Workbook,
    layout: Layout,
    plan: Plan,
    figures: Mapping[tuple[str, str], Decimal | int | str | None],
    rosters: Mapping[str, Sequence[Mapping[str, str]]],
    tasks: Tasks | None = None,
) -> None:
    """`fill_template` on an open workbook."""
    places = {what: place for place, what in layout.figures.items()}
    for what, number in figures.items():
        sheet, cell = places[what]
        _put_number(workbook[sheet][cell], number, money=plan.indicators[what[0]].money)
    sheets = {layout.roster_of(sheet): sheet for sheet in layout.columns}
    for roster, rows in rosters.items():
        _put_rows(workbook[sheets[roster]], layout, plan, roster, rows)
    spots = {what: place for place, what in layout.tasks.items()}
    for milestone, said in (tasks or {}).items():
        for field in ("status", "date", "evidence", "note"):
            sheet, cell = spots[milestone, field]
            _put_said(workbook[sheet][cell], said.get(field), layout.keys.get("language", "zh_CN"))


def _put_said(cell: Cell, value: str | date | None, language: str) -> None:
    if isinstance(value, str):
        style.put_text(cell, status_words(language).get(value, value))
    else:
        cell.value = value


def _put_number(cell: Cell, number: Decimal | int | str | None, *, money: bool) -> None:
    if number is None or isinstance(number, str):
        style.put_text(cell, NOT_APPLICABLE if number is None else number)
    else:
        cell.value = Decimal(number) / YI if money else number


def _put_rows(sheet: Worksheet, layout: Layout, plan: Plan, roster: str, rows: Sequence[Mapping[str, str]]) -> None:
    first = layout.first_row_of(sheet.title)
    fields = {field.field: field for field in plan.rosters[roster].fields}
    language = layout.keys.get("language", "zh_CN")
    for letter, name in layout.columns[sheet.title].items():
        field, words = fields[name], field_words(fields[name], language)
        for at in range(first, sheet.max_row + 1):
            sheet[f"{letter}{at}"].value = None
        for at, values in enumerate(rows, start=first):
            cell = sheet[f"{letter}{at}"]
            if not cell.has_style:
                cell._style = copy(sheet.column_dimensions[letter]._style)
            if value := values.get(name):
                style.put_field(cell, field, value, words)
