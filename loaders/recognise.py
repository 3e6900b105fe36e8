"""What a workbook is: our template by its `_meta`, or a county's own sheet by its words."""

from loaders.filled import differences, is_copy, is_template, read_filled, unit_both
from loaders.found import Form, Found, Unrecognised
from loaders.meanings import NONE, Remembered, together
from loaders.own import Block, find_blocks, read_block
from loaders.own.titles import Titles, read_titles, says_whose
from loaders.problem import Problem
from loaders.reform import of_its_time, out_of_time
from loaders.returned.marks import without_list
from loaders.workbook import MAX_ROW, Cell, Sheet, Workbook, address
from locales.formats import quarter
from metrics.period import Period
from metrics.plan import Plan


def recognise(
    workbook: Workbook, plans: dict[str, Plan], form: Form, file_name: str = "", remembered: Remembered | None = None
) -> Found:
    """Find where everything is; raises `Unrecognised` when the file is nobody's submission.

    `remembered`: what units told us they mean by headings of their own.
    """
    workbook = without_list(workbook)
    if is_template(workbook):
        found = read_filled(workbook, plans, form)
    else:
        found = _own(workbook, plans, form, file_name, remembered or {})
    _say_marks(workbook, found)
    _say_covered(found)
    return found


def _say_marks(workbook: Workbook, found: Found) -> None:
    for mark in sorted(workbook.marks):
        found.say("notice", f"has_{mark}")


def _say_covered(found: Found) -> None:
    """Values hidden under merged cells are nobody's: not read, and mentioned."""
    sheets = {id(sheet): sheet for sheet in [*(i.sheet for i in found.inputs), *(t.sheet for t in found.tables)]}
    for sheet in sheets.values():
        hidden = [address(*place) for place in sheet.covered if place in sheet.cells]
        if hidden:
            found.say("notice", "values_under_merge", sheet.name, hidden[0], cells="、".join(hidden[:10]))


def _own(workbook: Workbook, plans: dict[str, Plan], form: Form, file_name: str, remembered: Remembered) -> Found:
    sheets = [sheet for sheet in workbook.sheets if sheet.state == "visible" and sheet.cells]
    if not sheets:
        raise Unrecognised(Problem("error", "file_empty"), plan=form.plan, unit=form.unit, period=form.period)
    plan, blocks = _choose_plan(sheets, plans, form, remembered)
    titles = {sheet.name: _titles(sheet, blocks[sheet.name], plan) for sheet in sheets}
    with_tables = {name: one for name, one in titles.items() if blocks[name]}
    everything = _together([with_tables, titles], file_name, workbook, plan)
    period = _choose_period(everything, plan, form)
    unit = _choose_unit(everything, plan, form, period)
    if fault := out_of_time(plan, unit, period):
        raise Unrecognised(fault, plan=plan.plan, unit=unit, period=period)
    found = Found(plan, unit, period, meanings=remembered.get((plan.plan, unit), NONE))
    if form.unit is None and any(told == plan.plan for told, _ in remembered):
        blocks = {sheet.name: find_blocks(sheet, plan, found.meanings) for sheet in sheets}
    _compare(with_tables, found, plans)
    seen: list[Sheet] = []
    for sheet in sheets:
        original = next((earlier for earlier in seen if is_copy(sheet.name, earlier.name)), None)
        if any(_same(sheet, earlier) for earlier in seen):
            continue
        if original is not None:
            found.say("error", "sheet_copy_differs", sheet.name, original=original.name)
        elif blocks[sheet.name]:
            seen.append(sheet)
            for block in blocks[sheet.name]:
                read_block(block, found, titles[sheet.name])
        else:
            found.say("notice", "sheet_ignored", sheet.name)
    for sheet in workbook.sheets:
        if sheet.state != "visible" and sheet.cells:
            found.say("notice", "sheet_hidden", sheet.name)
    return found


def _choose_plan(
    sheets: list[Sheet], plans: dict[str, Plan], form: Form, remembered: Remembered
) -> tuple[Plan, dict[str, list[Block]]]:
    """The plan of the form, or the one whose indicators and rosters the sheets name most."""
    offered = [plans[form.plan]] if form.plan else list(plans.values())
    scored = []
    for plan in offered:
        meanings = together(
            told for (of_plan, unit), told in remembered.items() if of_plan == plan.plan and form.unit in (None, unit)
        )
        blocks = {sheet.name: find_blocks(sheet, plan, meanings) for sheet in sheets}
        scored.append((sum(block.score for found in blocks.values() for block in found), plan, blocks))
    scored.sort(key=lambda one: one[0], reverse=True)
    best, plan, blocks = scored[0]
    if best == 0:
        raise Unrecognised(Problem("error", "no_table"), plan=form.plan, unit=form.unit, period=form.period)
    if len(scored) > 1 and scored[1][0] == best:
        raise Unrecognised(Problem("error", "plan_unclear"), unit=form.unit, period=form.period)
    return plan, blocks


def _titles(sheet: Sheet, blocks: list[Block], plan: Plan) -> Titles:
    """The lines above the first table; below it, notes may name anybody, so only lines that say whose it is."""
    first = min((block.first for block in blocks), default=MAX_ROW)
    inside = {row for block in blocks for row in (*range(block.first, block.last + 1), *block.rows)}
    around = [r for r in sheet.rows if r < first or (r not in inside and says_whose(sheet.rows[r].values()))]
    return read_titles(sheet, around, plan)


def _together(told: list[dict[str, Titles]], file_name: str, workbook: Workbook, plan: Plan) -> Titles:
    """What the sheets with tables say; where they are silent the others, then the names of sheets and file."""
    names = [*(sheet.name for sheet in workbook.sheets), file_name]
    line = Sheet("", cells={(n, 1): Cell(n, 1, "text", name) for n, name in enumerate(names, start=1)})
    every = Titles()
    for group in [*(list(one.values()) for one in told), [read_titles(line, list(line.rows), plan)]]:
        every.units = every.units or {unit: cell for one in group for unit, cell in one.units.items()}
        every.periods = every.periods or {period: cell for one in group for period, cell in one.periods.items()}
    return every


def _choose_period(titles: Titles, plan: Plan, form: Form) -> Period:
    if form.period:
        return form.period
    periods = list(titles.periods)
    if len(periods) != 1:
        code = "period_unclear_title" if periods else "period_missing"
        told = {"zh": "、".join(map(quarter, periods)), "en": ", ".join(quarter(p, "en") for p in periods)}
        raise Unrecognised(Problem("error", code, values={"periods": told}), plan=plan.plan, unit=form.unit)
    return periods[0]


def _choose_unit(titles: Titles, plan: Plan, form: Form, period: Period) -> str:
    if form.unit:
        if form.unit not in plan.reporting_units():
            values: dict[str, object] = {"plan": {"zh": plan.short.zh, "en": plan.short.en}}
            fault = Problem("error", "unit_not_reporting", found=form.unit, values=values)
            raise Unrecognised(fault, plan=plan.plan, period=period)
        return form.unit
    owing = set(plan.reporting_units())
    units = list(dict.fromkeys(of_its_time(plan, unit, period) for unit in titles.units if unit in owing))
    counties = [unit for unit in units if plan.units[unit].kind != "department"]
    chosen = counties if counties else units
    if len(chosen) != 1:
        names = [unit_both(plan, unit) for unit in chosen]
        listed = {"zh": "、".join(name["zh"] for name in names), "en": ", ".join(name["en"] for name in names)}
        code = "unit_unclear_title" if chosen else "unit_missing"
        raise Unrecognised(Problem("error", code, values={"units": listed}), plan=plan.plan, period=period)
    return chosen[0]


def _compare(titles: dict[str, Titles], found: Found, plans: dict[str, Plan]) -> None:
    """Titles that name another unit or quarter than the form, a cumulative period, or nothing known."""
    for sheet, one in titles.items():
        for cell, reading in one.faults:
            found.say("error", reading.code, sheet, cell.address, cell.as_shown, **reading.values)
        named = {of_its_time(found.plan, unit, found.period): cell for unit, cell in one.units.items()}
        counties = {u: cell for u, cell in named.items() if found.plan.units[u].kind != "department"}
        if counties and found.unit not in named and found.plan.units[found.unit].kind != "department":
            unit, cell = next(iter(counties.items()))
            found.problems += differences(
                found.plan, unit, found.period, Form(unit=found.unit), plans, sheet, cell.address
            )
        if one.periods and (found.period not in one.periods):
            period, (cell, _) = next(iter(one.periods.items()))
            found.problems += differences(
                found.plan, found.unit, period, Form(period=found.period), plans, sheet, cell.address
            )
        elif one.periods and all(cumulative for _, cumulative in one.periods.values()):
            cell, _ = one.periods[found.period]
            found.say("error", "cumulative_heading", sheet, cell.address, cell.value, period=found.period)


def _same(sheet: Sheet, earlier: Sheet) -> bool:
    return {p: c.value for p, c in sheet.cells.items()} == {p: c.value for p, c in earlier.cells.items()}
