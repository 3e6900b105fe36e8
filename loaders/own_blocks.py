"""Turn the tables of a county's own sheet into inputs, rosters and totals to check."""

import difflib
from collections.abc import Iterable

from loaders.filled import unit_both
from loaders.found import Found, Input, Table, Total, figure_measure
from loaders.headings import Heading, Match, match_fields, match_names, row_label
from loaders.measures import Measure, count_measure, money_measure
from loaders.names import fold_heading, region
from loaders.own_sheets import MEASURE_WORDS, Block, figure_names, is_value_heading, reporters, told_period, unit_of
from loaders.problem import Severity
from loaders.titles import Titles, heading_measure, is_of_which, is_total
from loaders.workbook import Cell, Sheet
from metrics.plan import Indicator

_ROW_NUMBER = frozenset({"序号", "编号", "no", "№"})
_NEAR_ENOUGH = 0.8


def read_block(block: Block, found: Found, titles: Titles) -> None:
    {"roster": _roster, "units": _units, "indicators": _indicators}[block.kind](block, found, titles)


# ── rosters ──────────────────────────────────────────────────────────────────────────────────


def _roster(block: Block, found: Found, titles: Titles) -> None:
    assert block.roster is not None
    match = match_fields(block.heads, block.roster)
    units: dict[str, str] = {}
    for field in block.roster.fields:
        name = {"zh": field.name.zh, "en": field.name.en}
        if field.field in match.twice:
            columns = [block.heads[column].cells[-1].address for column in match.twice[field.field]]
            found.say("error", "columns_alike", block.sheet.name, columns[0], field=name, cells="、".join(columns))
        elif field.field in match.columns:
            heading = block.heads[match.columns[field.field]]
            if field.type == "money":
                measure = money_measure(field.measure or "万元", heading.measure, titles.measures)
                _say_measure(measure, block.sheet, heading.cells[-1], field.measure, found)
                units[field.field] = measure.unit
        elif field.required:
            found.say("error", "column_missing", block.sheet.name, field=name)
    _say_loose(block, match, {f.field: {"zh": f.name.zh, "en": f.name.en} for f in block.roster.fields}, found)
    _say_extra(block, match, found)
    rows = [row for row in block.rows if not _is_total_row(block.sheet, row) and _any(block.sheet, row, match)]
    found.tables.append(Table(block.roster, block.sheet, match.columns, rows, units))
    for field in block.roster.fields:
        if field.type in ("number", "money") and field.field in match.columns:
            _totals(block, [match.columns[field.field]], found, rounded=field.type == "money")


def _any(sheet: Sheet, row: int, match: Match) -> bool:
    return any(sheet.at(row, column) is not None for column in match.columns.values())


def _say_loose(block: Block, match: Match, names: dict[str, dict[str, str]], found: Found) -> None:
    for name, column in match.loose.items():
        cell = block.heads[column].cells[-1]
        found.say("notice", "heading_matched", block.sheet.name, cell.address, cell.value, field=names.get(name, name))


def _say_extra(block: Block, match: Match, found: Found) -> None:
    used = set(match.columns.values()) | {column for columns in match.twice.values() for column in columns}
    extra = [
        heading.cells[-1]
        for column, heading in block.heads.items()
        if column not in used and not _ROW_NUMBER & set(heading.words)
    ]
    if extra:
        names = "、".join(cell.value.replace("\n", "") for cell in extra)
        found.say("notice", "columns_ignored", block.sheet.name, extra[0].address, columns=names)


# ── units down, indicators across ────────────────────────────────────────────────────────────


def _units(block: Block, found: Found, titles: Titles) -> None:
    rows: dict[str, list[int]] = {}
    for row in block.rows:
        cell = block.sheet.at(row, block.label_column)
        if cell is None or is_total(cell.value) or is_of_which(cell.value):
            continue
        unit = unit_of(cell, found.plan)
        if unit is None:
            _unknown_unit(cell, block, found)
        else:
            rows.setdefault(unit, []).append(row)
    mine = rows.pop(found.unit, [])
    if len(mine) != 1:
        code = "unit_row_missing" if not mine else "unit_row_twice"
        found.say("error", code, block.sheet.name, unit=unit_both(found.plan, found.unit))
        return
    if rows:
        names = [unit_both(found.plan, unit) for unit in rows]
        others = {"zh": "、".join(name["zh"] for name in names), "en": ", ".join(name["en"] for name in names)}
        found.say("notice", "other_units_ignored", block.sheet.name, units=others)
    wanted = figure_names(found.plan)
    match = match_names(block.heads, wanted)
    for key, column in [*match.columns.items(), *_by_period(block, match, found)]:
        indicator, part = _figure(found, key)
        heading = block.heads[column]
        if _heading_fits(heading, block.sheet, found):
            _add(found, block.sheet, mine[0], column, indicator, part, heading.measure, titles)
    names_of = {key: {"zh": _figure(found, key)[0].name.zh, "en": _figure(found, key)[0].name.en} for key in wanted}
    _say_loose(block, match, names_of, found)
    for key, column in match.columns.items():
        _totals(block, [column], found, rounded=_figure(found, key)[0].money)


def _unknown_unit(cell: Cell, block: Block, found: Found) -> None:
    reading = region(cell.value, reporters(found.plan), found.plan.units)
    found.say("error", reading.code, block.sheet.name, cell.address, cell.value, **reading.values)


def _by_period(block: Block, match: Match, found: Found) -> Iterable[tuple[str, int]]:
    """Where several columns carry one indicator, the one of this quarter."""
    for key, columns in match.twice.items():
        fitting = [column for column in columns if _is_this_quarter(block.heads[column], found)]
        if len(fitting) == 1:
            yield key, fitting[0]
        else:
            cells = [block.heads[column].cells[-1].address for column in columns]
            indicator = _figure(found, key)[0]
            name = {"zh": indicator.name.zh, "en": indicator.name.en}
            found.say("error", "columns_alike", block.sheet.name, cells[0], field=name, cells="、".join(cells))


# ── indicators down, one column of values ────────────────────────────────────────────────────


def _indicators(block: Block, found: Found, titles: Titles) -> None:
    column = _value_column(block, found)
    if column is None:
        return
    measures = [c for c, heading in block.heads.items() if MEASURE_WORDS & set(heading.words)]
    wanted = figure_names(found.plan)
    rows: dict[str, list[int]] = {}
    for row in block.rows:
        if key := _row_figure(block, row, column, wanted, found):
            rows.setdefault(key, []).append(row)
        else:
            _unknown_row(block, row, column, wanted, found)
    for key, places in rows.items():
        indicator, part = _figure(found, key)
        for row in places:
            beside = block.sheet.spread(row, measures[0]) if measures else None
            label = block.sheet.spread(row, block.label_column)
            near = (beside.value if beside else "") or heading_measure(label.value if label else "")
            _add(found, block.sheet, row, column, indicator, part, near or block.heads[column].measure, titles)


def _row_figure(block: Block, row: int, column: int, wanted: dict[str, set[str]], found: Found) -> str | None:
    """The figure a row is about. A share needs the name of its part in the row."""
    texts = {
        row_label(cell.value)
        for left in range(1, column)
        if (cell := block.sheet.spread(row, left)) is not None and cell.kind == "text"
    }
    hits = [key for key, names in wanted.items() if names & texts]
    by_part = [key for key in hits if not key.endswith("/value")]
    if by_part:
        return by_part[0]
    return hits[0] if hits else None


def _unknown_row(block: Block, row: int, column: int, wanted: dict[str, set[str]], found: Found) -> None:
    label, value = block.sheet.spread(row, block.label_column), block.sheet.at(row, column)
    if label is None or value is None or is_total(label.value):
        return
    shares = {fold_heading(i.name.zh): i for i in found.plan.indicators.values() if i.kind == "share"}
    word = row_label(label.value)
    if word in shares:
        found.say("error", "share_needs_parts", block.sheet.name, value.address, value.as_shown)
        return
    names = {name: key for key, names in wanted.items() for name in names}
    near = difflib.get_close_matches(word, names, n=1, cutoff=_NEAR_ENOUGH)
    if near:
        indicator = _figure(found, names[near[0]])[0]
        nearest = {"zh": indicator.name.zh, "en": indicator.name.en}
        found.say("error", "indicator_unknown_near", block.sheet.name, label.address, label.value, nearest=nearest)
    else:
        found.say("notice", "indicator_unknown", block.sheet.name, label.address, label.value)


def _value_column(block: Block, found: Found) -> int | None:
    """The column of this quarter's values; says why there is none."""
    candidates = {c: h for c, h in block.heads.items() if c > block.label_column and is_value_heading(h)}
    year = found.period.year
    for fitting in (
        [column for column, heading in candidates.items() if _is_this_quarter(heading, found)],
        [c for c, heading in candidates.items() if told_period(heading, year) is None and not _has_date(heading)],
    ):
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            cells = "、".join(candidates[column].cells[-1].address for column in fitting)
            first = candidates[fitting[0]].cells[-1].address
            found.say("error", "value_columns_alike", block.sheet.name, first, cells=cells)
            return None
    for heading in candidates.values():
        if not _heading_fits(heading, block.sheet, found):
            return None
    return None


def _heading_fits(heading: Heading, sheet: Sheet, found: Found) -> bool:
    """Whether a heading is of this quarter; a cumulative or another quarter's is sent back."""
    if day := next((cell for cell in heading.cells if cell.kind == "date"), None):
        found.say("error", "heading_is_date", sheet.name, day.address, day.as_shown)
        return False
    told = told_period(heading, found.period.year)
    if told is None or (told.period == found.period and not told.cumulative):
        return True
    place = (sheet.name, told.cell.address, told.cell.value)
    if told.cumulative:
        found.say("error", "cumulative_heading", *place, period=str(found.period))
    else:
        found.say("error", "period_differs", *place, file=str(told.period), form=str(found.period))
    return False


def _is_this_quarter(heading: Heading, found: Found) -> bool:
    told = told_period(heading, found.period.year)
    return told is not None and told.period == found.period and not told.cumulative


def _has_date(heading: Heading) -> bool:
    return any(cell.kind == "date" for cell in heading.cells)


# ── shared ───────────────────────────────────────────────────────────────────────────────────


def _figure(found: Found, key: str) -> tuple[Indicator, str]:
    name, _, part = key.rpartition("/")
    return found.plan.indicators[name], part


def _add(
    found: Found, sheet: Sheet, row: int, column: int, indicator: Indicator, part: str, near: str, titles: Titles
) -> None:
    printed = figure_measure(indicator)
    measure = (
        money_measure(printed, near, titles.measures)
        if indicator.money
        else count_measure(printed, near if part == "value" else "")
    )
    found.inputs.append(Input(indicator, part, sheet, row, column, measure.unit))
    _say_measure(measure, sheet, sheet.at(row, column), printed, found)


def _say_measure(measure: Measure, sheet: Sheet, cell: Cell | None, printed: str, found: Found) -> None:
    if measure.code:
        severity: Severity = "error" if measure.wrong else "notice"
        where = cell.address if cell else ""
        found.say(
            severity,
            measure.code,
            sheet.name,
            where,
            cell.as_shown if cell else "",
            written=measure.written,
            printed=printed,
        )


def _is_total_row(sheet: Sheet, row: int) -> bool:
    first = list(sheet.rows.get(row, {}).values())[:3]
    return any(cell.kind == "text" and is_total(cell.value) for cell in first)


def _totals(block: Block, columns: list[int], found: Found, *, rounded: bool) -> None:
    """Each 合计 with what it adds up: 小计 the rows since the last one, 合计 all plain rows."""
    sheet = block.sheet
    labels = {row: _first_text(sheet, row) for row in block.rows}
    totals = [row for row in block.rows if _is_total_row(sheet, row)]
    plain = [row for row in block.rows if row not in totals and not is_of_which(labels[row])]
    for column in columns:
        since = 0
        for row in totals:
            cell = sheet.at(row, column)
            is_part = "小计" in labels[row].replace(" ", "").replace("　", "")
            above = [r for r in plain if (r > since if is_part else True) and r < row]
            parts = above or [r for r in plain if r > row]
            since = row if is_part else since
            cells = tuple(found_cell for r in parts if (found_cell := sheet.at(r, column)) is not None)
            if cell is not None and cells:
                found.totals.append(Total(sheet, cell, cells, rounded))


def _first_text(sheet: Sheet, row: int) -> str:
    return next((cell.value for cell in sheet.rows[row].values() if cell.kind == "text"), "")
