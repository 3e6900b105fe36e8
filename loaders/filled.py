"""Our own template, filled in: `_meta` says where each input is, and the labels must agree.

A row or column that somebody inserted would shift every figure to its neighbour's indicator, so
an address counts only while its label stands beside it; else the label is looked for.
"""

from difflib import SequenceMatcher

from loaders.found import Form, Found, Input, Table, Unrecognised, figure_measure
from loaders.names import fold_heading, fold_name
from loaders.problem import Problem
from loaders.reform import out_of_time
from loaders.tasks import find_tasks
from loaders.template.meta import META_SHEET, TEMPLATE_VERSION, Layout, read_meta
from loaders.workbook import Sheet, Workbook, address, column_number, position
from locales import LANGUAGES, text
from metrics.period import Period
from metrics.plan import Field, Indicator, Plan, Roster

_NEARLY = 0.5
_COPY = ("(2)", "（2）", "副本", "copy")


def is_template(workbook: Workbook) -> bool:
    return workbook.sheet(META_SHEET) is not None


def read_filled(workbook: Workbook, plans: dict[str, Plan], form: Form) -> Found:
    """Find the inputs of a filled template; raises `Unrecognised` when it is another's form."""
    layout = _layout(workbook)
    found = _identity(layout, plans, form)
    for (sheet_name, where), (indicator_name, part) in layout.figures.items():
        indicator = found.plan.indicators.get(indicator_name)
        if indicator is None:
            found.say("notice", "indicator_gone", sheet_name, where, indicator=indicator_name)
        elif (sheet := _sheet(workbook, sheet_name, found)) is not None:
            _add_input(found, sheet, position(where), indicator, part)
    for sheet_name, columns in layout.columns.items():
        roster = found.plan.rosters.get(layout.keys.get(f"roster:{sheet_name}", ""))
        if roster is not None and (sheet := _sheet(workbook, sheet_name, found)) is not None:
            fields = {name: column_number(letters) for letters, name in columns.items()}
            _add_table(found, sheet, roster, fields, layout.first_row_of(sheet_name))
    find_tasks(workbook, layout, found)
    _look_at_other_sheets(workbook, layout, found)
    _name_renamed(found)
    return found


def _layout(workbook: Workbook) -> Layout:
    meta = workbook.sheet(META_SHEET)
    assert meta is not None
    width = range(1, 5)
    rows = [[cell.value if (cell := meta.at(row, column)) else None for column in width] for row in meta.rows]
    try:
        layout = read_meta(rows)
        for _, where in (*layout.figures, *layout.tasks):
            position(where)
        for sheet in layout.columns:
            layout.first_row_of(sheet)
    except (IndexError, KeyError, ValueError) as fault:
        raise Unrecognised(Problem("error", "template_broken", META_SHEET)) from fault
    return layout


def _identity(layout: Layout, plans: dict[str, Plan], form: Form) -> Found:
    """Plan, unit and period of the template, compared with the form."""
    keys = layout.keys
    plan = plans.get(keys.get("plan", ""))
    unit = keys.get("unit", "")
    try:
        period = Period.parse(keys.get("period", ""))
    except ValueError as fault:
        raise Unrecognised(Problem("error", "template_broken", META_SHEET), plan=keys.get("plan")) from fault
    if plan is None:
        raise Unrecognised(Problem("error", "plan_unknown", META_SHEET, found=keys.get("plan", "")), period=period)
    if unit not in plan.reporting_units():
        fault_unit = Problem("error", "unit_not_reporting", META_SHEET, found=unit, values={"plan": _both(plan)})
        raise Unrecognised(fault_unit, plan=plan.plan, period=period)
    if gone := out_of_time(plan, unit, period, META_SHEET):
        raise Unrecognised(gone, plan=plan.plan, unit=unit, period=period)
    differs = differences(plan, unit, period, form, plans)
    if differs:
        raise Unrecognised(*differs, plan=plan.plan, unit=unit, period=period)
    found = Found(plan, unit, period, keys.get("template_version"), keys.get("plan_version"))
    if found.template_version != TEMPLATE_VERSION or found.plan_version != plan.version:
        found.say("notice", "template_old")
    return found


def differences(
    plan: Plan, unit: str, period: Period, form: Form, plans: dict[str, Plan], sheet: str = "", cell: str = ""
) -> list[Problem]:
    """Where the file and the form disagree on plan, unit or period."""
    problems = []
    if form.plan and form.plan != plan.plan:
        values: dict[str, object] = {"file": _both(plan), "form": _both(plans[form.plan])}
        problems.append(Problem("error", "plan_differs", sheet, cell, values=values))
    if form.unit and form.unit != unit:
        values = {"file": unit_both(plan, unit), "form": unit_both(plan, form.unit)}
        problems.append(Problem("error", "unit_differs", sheet, cell, found=unit, values=values))
    if form.period and form.period != period:
        values = {"file": period, "form": form.period}
        problems.append(Problem("error", "period_differs", sheet, cell, found=str(period), values=values))
    return problems


def _both(plan: Plan) -> dict[str, str]:
    return {"zh": plan.short.zh, "en": plan.short.en}


def unit_both(plan: Plan, unit: str) -> dict[str, str]:
    known = plan.units.get(unit)
    return {"zh": known.name, "en": known.name_en} if known else {"zh": unit, "en": unit}


def _sheet(workbook: Workbook, name: str, found: Found) -> Sheet | None:
    sheet = workbook.sheet(name) or next((s for s in workbook.sheets if fold_name(s.name) == fold_name(name)), None)
    if sheet is None and not any(p.code == "sheet_missing" and p.sheet == name for p in found.problems):
        found.say("error", "sheet_missing", name)
    return sheet


def _add_input(found: Found, sheet: Sheet, place: tuple[int, int], indicator: Indicator, part: str) -> None:
    row, column = place
    if not _labelled(sheet, row, column, indicator, part):
        rows = [r for r in sheet.rows if _labelled(sheet, r, column, indicator, part)]
        if len(rows) != 1:
            name = {"zh": indicator.name.zh, "en": indicator.name.en}
            found.say(
                "error", "layout_changed", sheet.name, Input(indicator, part, sheet, row, column, "").address, name=name
            )
            return
        row = rows[0]
    one = Input(indicator, part, sheet, row, column, figure_measure(indicator))
    found.inputs.append(one)
    _compare_measure(one, found)


def _compare_measure(one: Input, found: Found) -> None:
    """A figure whose printed unit somebody changed is in that unit, and nobody may guess which was meant."""
    heads = {fold_heading(text("template.figures.measure", language)) for language in LANGUAGES}
    above = (cells for row, cells in one.sheet.rows.items() if row < one.row)
    columns = (column for cells in above for column, cell in cells.items() if fold_heading(cell.value) in heads)
    column = next(columns, None)
    written = one.sheet.at(one.row, column) if column else None
    if written is None or one.cell is None:
        return
    measure, words = one.indicator.measure, ("count", "same_measure")
    printed = {text(f"template.figures.{word}", language) for word in words for language in LANGUAGES}
    if fold_heading(written.value) not in {fold_heading(word) for word in (measure.zh, measure.en, *printed)}:
        told = {"zh": measure.zh, "en": measure.en}
        place = (one.sheet.name, written.address, written.value)
        found.say("error", "measure_differs", *place, written=written.value, printed=told)


def _labelled(sheet: Sheet, row: int, column: int, indicator: Indicator, part: str) -> bool:
    """Whether the indicator's name (and for a share the part's) stands to the left in the row."""
    seen = {
        fold_heading(cell.value)
        for left in range(1, column)
        if (cell := sheet.spread(row, left)) is not None and cell.kind == "text"
    }
    if not any(fold_heading(name) in seen for name in (indicator.name.zh, indicator.name.en)):
        return False
    part_name = {"numerator": indicator.numerator_name, "denominator": indicator.denominator_name}.get(part)
    return part_name is None or any(fold_heading(name) in seen for name in (part_name.zh, part_name.en))


def _add_table(found: Found, sheet: Sheet, roster: Roster, columns: dict[str, int], first_row: int) -> None:
    heading = _heading_row(sheet, roster, first_row)
    if heading is None:
        found.say("error", "layout_changed", sheet.name, name={"zh": roster.name.zh, "en": roster.name.en})
        return
    placed: dict[str, int] = {}
    for field in roster.fields:
        column = _column_of(sheet, heading, field, columns.get(field.field))
        if column is not None:
            placed[field.field] = column
            if column != columns.get(field.field, column):
                name = {"zh": field.name.zh, "en": field.name.en}
                found.say("notice", "column_moved", sheet.name, address(heading, column), field=name)
        elif field.required or field.field in columns:
            found.say("error", "column_missing", sheet.name, field={"zh": field.name.zh, "en": field.name.en})
    rows = [row for row in sheet.rows if row > heading and any(sheet.at(row, column) for column in placed.values())]
    found.tables.append(Table(roster, sheet, placed, rows))


def _heading_row(sheet: Sheet, roster: Roster, first_row: int) -> int | None:
    """The row above the first with most of the fields' names (rows may have been inserted)."""

    def score(row: int) -> int:
        return sum(_column_of(sheet, row, field, None) is not None for field in roster.fields)

    nearest = first_row - 1
    if score(nearest) * 2 >= len(roster.fields):
        return nearest
    best = max((row for row in list(sheet.rows)[:40]), key=score, default=None)
    return best if best is not None and score(best) * 2 >= len(roster.fields) else None


def _column_of(sheet: Sheet, heading: int, field: Field, expected: int | None) -> int | None:
    names = {fold_heading(name) for name in (field.name.zh, field.name.en, *field.aliases)}
    if expected is not None and (cell := sheet.spread(heading, expected)) and fold_heading(cell.value) in names:
        return expected
    columns = [column for column, cell in sheet.rows.get(heading, {}).items() if fold_heading(cell.value) in names]
    return columns[0] if len(columns) == 1 else None


def _look_at_other_sheets(workbook: Workbook, layout: Layout, found: Found) -> None:
    """Sheets that are not the template's: copies are dangerous, the rest is only mentioned."""
    ours = {sheet for sheet, _ in (*layout.figures, *layout.tasks)} | set(layout.columns)
    for sheet in workbook.sheets:
        if sheet.name in ours or sheet.name == META_SHEET or not sheet.cells:
            continue
        original = next((workbook.sheet(name) for name in ours if is_copy(sheet.name, name)), None)
        if original is not None and _values(original) != _values(sheet):
            found.say("error", "sheet_copy_differs", sheet.name, original=original.name)
        elif original is None and not _is_guide(sheet, layout):
            found.say("notice", "sheet_ignored" if sheet.state == "visible" else "sheet_hidden", sheet.name)


def _name_renamed(found: Found) -> None:
    """A missing sheet and a strange one of nearly its name are one: the sender hears what to call it."""
    strange = [problem for problem in found.problems if problem.code == "sheet_ignored"]
    for at, problem in enumerate(found.problems):
        if problem.code != "sheet_missing":
            continue
        near = max(strange, key=lambda one: _alike(one.sheet, problem.sheet), default=None)
        if near is not None and _alike(near.sheet, problem.sheet) >= _NEARLY:
            found.problems[at] = Problem("error", "sheet_renamed", near.sheet, values={"name": problem.sheet})
    renamed = {problem.sheet for problem in found.problems if problem.code == "sheet_renamed"}
    found.problems = [p for p in found.problems if p.code != "sheet_ignored" or p.sheet not in renamed]


def _alike(name: str, other: str) -> float:
    return SequenceMatcher(None, fold_name(name), fold_name(other)).ratio()


def is_copy(name: str, original: str) -> bool:
    rest = name.removeprefix(original) if name.startswith(original) else ""
    return bool(rest) and (rest.strip().casefold() in _COPY or rest.strip(" ()（）").isdigit())


def _is_guide(sheet: Sheet, layout: Layout) -> bool:
    """Guide and list sheets come with the template."""
    return sheet.state == "veryHidden" or sheet.name in layout.keys.get("other_sheets", "").split("|")


def _values(sheet: Sheet) -> dict[tuple[int, int], str]:
    return {place: cell.value for place, cell in sheet.cells.items()}
