"""Cells into figures and roster rows: canonical values, and a problem for each that has none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from loaders.credit_code import credit_code
from loaders.dates import day
from loaders.found import Found, Input, Table
from loaders.names import choice, clean_text, yes_no
from loaders.numbers import money, number, percent, whether_mixed
from loaders.own.titles import is_note, is_total, squeeze
from loaders.reading import Reading
from loaders.tasks import read_statuses
from loaders.workbook import Cell, Sheet, address
from metrics.plan import Field
from store.submissions import Figure, MilestoneStatus, RosterRow

_EXAMPLE = re.compile(r"[(（【\[]?(?:填写)?(?:示例行?|样例|例|example)(?:[)）】\]:：].*)?")
"""示例, and 示例：某某店; a name that merely begins with the word is a name."""


@dataclass
class Values:
    """`blank`: inputs left empty; `said`: inputs whose cell holds a number, — or a word for unknown."""

    figures: list[Figure] = field(default_factory=list)
    rows: list[RosterRow] = field(default_factory=list)
    milestones: list[MilestoneStatus] = field(default_factory=list)
    blank: list[Input] = field(default_factory=list)
    inputs: dict[tuple[str, str], Input] = field(default_factory=dict)


def read_values(found: Found) -> Values:
    """All figures and rows of a submission; problems are added to `found`."""
    values = Values()
    for one in found.inputs:
        _read_input(one, values, found)
    for table in found.tables:
        _read_table(table, values, found)
    values.milestones = read_statuses(found)
    return values


def _read_input(one: Input, values: Values, found: Found) -> None:
    reading = _figure_reading(one)
    _say(reading, one.sheet, one.cell, one.address, found)
    if reading.severity == "error" or reading.missing == "unknown":
        return
    if reading.missing == "blank":
        values.blank.append(one)
        return
    key = (one.indicator.indicator, one.part)
    shown = one.cell.as_shown if one.cell else ""
    figure = Figure(*key, reading.value, one.sheet.name, one.address, shown)
    earlier = next((f for f in values.figures if (f.indicator, f.part) == key), None)
    if earlier is None:
        values.figures.append(figure)
        values.inputs[key] = one
    elif earlier.number != figure.number:
        name = {"zh": one.indicator.name.zh, "en": one.indicator.name.en}
        other = {"other_sheet": earlier.sheet, "other_cell": earlier.cell}
        found.say("error", "figure_twice", figure.sheet, figure.cell, shown, name=name, **other)


def _figure_reading(one: Input) -> Reading:
    if one.indicator.money:
        return money(one.cell, one.unit)
    if one.unit == "%":
        return percent(one.cell)
    return number(one.cell, one.unit)


def _read_table(table: Table, values: Values, found: Found) -> None:
    before = len(values.rows)
    _say_mixed(table, found)
    for row in table.rows:
        cells = _cells(table, row, found)
        filled = [cell for cell in cells.values() if cell is not None]
        if any(_EXAMPLE.fullmatch(squeeze(cell.value).lower()) for cell in filled):
            found.say("notice", "example_row", table.sheet.name, address(row, filled[0].column))
            continue
        if not _is_data(table.sheet, row, filled):
            continue
        if (read := _read_row(table, row, cells, found)) is not None:
            values.rows.append(read)
    _say_hidden(table, {row.row for row in values.rows[before:]}, found)


def _say_mixed(table: Table, found: Found) -> None:
    """Percentages with and without the sign in one column: nobody can tell 0.8 from 80."""
    for one in table.roster.fields:
        if one.measure == "%" and one.field in table.columns:
            cells = [cell for row in table.rows if (cell := table.sheet.at(row, table.columns[one.field])) is not None]
            if mixed := whether_mixed(cells):
                formatted, plain = ("、".join(cell.address for cell in part[:10]) for part in mixed)
                found.say(
                    "error", "percent_mixed", table.sheet.name, mixed[1][0].address, formatted=formatted, plain=plain
                )


def _is_data(sheet: Sheet, row: int, filled: list[Cell]) -> bool:
    first = next(iter(sheet.rows.get(row, {}).values()), None)
    if first is not None and first.kind == "text" and (is_total(first.value) or is_note(first.value)):
        return False
    return any(cell.kind != "text" or clean_text(cell).value for cell in filled)


def _cells(table: Table, row: int, found: Found) -> dict[str, Cell | None]:
    """The cells of a row; a text merged over several rows counts for each, a number does not."""
    cells: dict[str, Cell | None] = {}
    for one in table.roster.fields:
        column = table.columns.get(one.field)
        if column is None:
            continue
        corner = table.sheet.covered.get((row, column))
        if corner is None:
            cells[one.field] = table.sheet.at(row, column)
        elif corner[0] != row and one.type in ("text", "choice", "yesno"):
            cells[one.field] = table.sheet.at(*corner)
        elif corner[0] != row and table.sheet.at(*corner) is not None:
            where = address(row, column)
            found.say("error", "merged_value", table.sheet.name, where, other_cell=address(*corner))
    return cells


def _read_row(table: Table, row: int, cells: dict[str, Cell | None], found: Found) -> RosterRow | None:
    read: dict[str, str] = {}
    where: dict[str, str] = {}
    for one in table.roster.fields:
        cell = cells.get(one.field)
        reading = _field_reading(one, cell, table.units.get(one.field, one.measure))
        place = cell.address if cell else address(row, table.columns.get(one.field, 1))
        _say(reading, table.sheet, cell, place, found)
        if reading.value is not None:
            read[one.field], where[one.field] = _canonical(reading.value), place
        elif one.required and one.field in cells and reading.severity != "error":
            found.say("error", "required_blank", table.sheet.name, place, field=_named(one))
    return RosterRow(table.roster.roster, row, read, table.sheet.name, where) if read else None


def _field_reading(one: Field, cell: Cell | None, unit: str) -> Reading:
    if one.type == "date":
        return day(cell)
    if one.type == "money":
        return money(cell, unit or "元")
    if one.type == "number":
        return percent(cell) if one.measure == "%" else number(cell, one.measure)
    if one.type == "choice":
        return choice(cell, one)
    if one.type == "yesno":
        return yes_no(cell)
    return credit_code(cell) if one.type == "uscc" else clean_text(cell)


def _canonical(value: object) -> str:
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(value)


def _named(one: Field) -> dict[str, str]:
    return {"zh": one.name.zh, "en": one.name.en}


def _say(reading: Reading, sheet: Sheet, cell: Cell | None, place: str, found: Found) -> None:
    shown = cell.as_shown if cell else ""
    if reading.severity:
        found.say(reading.severity, reading.code, sheet.name, place, shown, **reading.values)
    if cell is not None and cell.kind != "uncached" and cell.formula in ("external", "volatile"):
        found.say("notice", f"formula_{cell.formula}", sheet.name, place, shown)


def _say_hidden(table: Table, rows: set[int], found: Found) -> None:
    """Hidden rows and columns are read and mentioned: a filter may have been forgotten."""
    hidden = sorted(rows & table.sheet.hidden_rows)
    if hidden:
        found.say("notice", "rows_hidden", table.sheet.name, rows=_ranges(hidden))
    columns = [column for column in table.columns.values() if column in table.sheet.hidden_columns]
    if columns and rows:
        letters = "、".join(address(1, column)[:-1] for column in sorted(columns))
        found.say("notice", "columns_hidden", table.sheet.name, columns=letters)


def _ranges(numbers: Iterable[int]) -> str:
    """1, 2, 3, 7 → `1–3、7`."""
    spans: list[list[int]] = []
    for one in numbers:
        if spans and one == spans[-1][1] + 1:
            spans[-1][1] = one
        else:
            spans.append([one, one])
    return "、".join(f"{a}–{b}" if a != b else str(a) for a, b in spans)
