"""The sheet of typed figures: one row per number the unit types, grouped as the plan groups them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from loaders.template import styles as style
from loaders.template.meta import Layout
from locales import formats, text
from metrics.period import Period
from metrics.plan import ADDED, Indicator, Plan

COLUMNS = (
    ("indicator", 34),
    ("entry", 30),
    ("measure", 11),
    ("definition", 48),
    ("last", 14),
    ("value", 16),
    ("note", 26),
)
HEADING_ROW = 4
VALUE = "F"
YI = 10**8


@dataclass(frozen=True)
class Entry:
    """One number to type. `roster` is the sheet it is counted from, when it is a cross-check."""

    indicator: Indicator
    part: str
    asks: str
    roster: str | None


def owed_indicators(plan: Plan, unit: str, period: Period) -> list[Indicator]:
    """What the unit still types: a yearly task is no longer asked for after its last year."""

    def over(indicator: Indicator) -> bool:
        deadlines = [t.deadline for t in plan.targets if t.indicator == indicator.indicator]
        last = max((d for d in deadlines if d is not None), default=None)
        return indicator.kind == "annual" and last is not None and last < period.start

    return [indicator for indicator in plan.indicators_of(unit) if not over(indicator)]


def entries(plan: Plan, unit: str, period: Period, language: str) -> Iterator[Entry]:
    for indicator in owed_indicators(plan, unit, period):
        for part in indicator.typed_parts:
            rule = indicator.counts.get(part)
            roster = plan.rosters[rule.roster].name.by(language) if rule else None
            yield Entry(indicator, part, _asks(indicator, part, period, language), roster)


def _asks(indicator: Indicator, part: str, period: Period, language: str) -> str:
    names = {"numerator": indicator.numerator_name, "denominator": indicator.denominator_name}
    if name := names.get(part):
        return name.by(language)
    if indicator.kind in ("stock", "floor", "share"):
        return text("template.figures.level", language, day=formats.day(period.end, language))
    if indicator.kind == "cadence" and indicator.count and indicator.count.every:
        return text(f"template.figures.{indicator.count.every}", language)
    return text("template.figures.flow", language, months=text(f"template.figures.quarter_{period.quarter}", language))


def write_figures(
    sheet: Worksheet,
    layout: Layout,
    asked: list[Entry],
    last_figures: Mapping[tuple[str, str], Decimal],
    head: str,
    language: str,
) -> None:
    _write_heading(sheet, head, language)
    row, group = HEADING_ROW, None
    grouped = any(entry.indicator.group for entry in asked)
    for entry in _by_group(asked):
        named = (
            entry.indicator.group.by(language) if entry.indicator.group else text("template.figures.other", language)
        )
        if grouped and named != group:
            row, group = row + 1, named
            _write_group(sheet, row, named)
        row += 1
        _write_entry(sheet, row, entry, last_figures.get((entry.indicator.indicator, entry.part)), language)
        layout.figures[sheet.title, f"{VALUE}{row}"] = (entry.indicator.indicator, entry.part)
    _write_sign_off(sheet, row + 2, language)
    sheet.freeze_panes = f"B{HEADING_ROW + 1}"


def _by_group(asked: list[Entry]) -> list[Entry]:
    """Groups in the order of their first indicator; an indicator's parts stay together."""
    groups = list(dict.fromkeys(entry.indicator.group for entry in asked))
    return sorted(asked, key=lambda entry: groups.index(entry.indicator.group))


def _write_heading(sheet: Worksheet, head: str, language: str) -> None:
    for column, (name, width) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(HEADING_ROW, column)
        style.put_text(cell, text(f"template.figures.{name}", language))
        cell.font, cell.fill = style.font(bold=True, color="FFFFFF"), style.fill(style.HEAD["plain"])
        cell.alignment, cell.border = style.align("center"), style.BOX
        sheet.column_dimensions[cell.column_letter].width = width
    sheet[f"{VALUE}{HEADING_ROW}"].fill = style.fill(style.HEAD["required"])
    style.titles(sheet, text("template.figures.title", language), head, text("template.figures.hint", language))
    sheet.row_dimensions[HEADING_ROW].height = 28


def _write_group(sheet: Worksheet, row: int, name: str) -> None:
    style.put_text(sheet.cell(row, 1), name)
    for column in range(1, len(COLUMNS) + 1):
        sheet.cell(row, column).fill = style.fill(style.TINT["group"])
        sheet.cell(row, column).font = style.font(bold=True)
        sheet.cell(row, column).alignment = style.align(wrap=False)
    sheet.row_dimensions[row].height = 22


def _write_entry(sheet: Worksheet, row: int, entry: Entry, last: Decimal | None, language: str) -> None:
    indicator = entry.indicator
    definition = _meaning(entry, language)
    measure = entry_measure(entry, language)
    for column, words in enumerate((indicator.name.by(language), entry.asks, measure, definition), start=1):
        cell = sheet.cell(row, column)
        style.put_text(cell, words)
        cell.font = style.font(
            color=style.MUTED if column == 4 else style.INK, bold=column == 1, size=9 if column == 4 else 10
        )
        cell.alignment = style.align("center") if column == 3 else style.align(indent=1)
    widths = dict(COLUMNS)
    style.fit_row(
        sheet,
        row,
        [
            (indicator.name.by(language), widths["indicator"] * 0.94),
            (entry.asks, widths["entry"]),
            (definition, widths["definition"]),
        ],
        least=32,
    )
    _write_numbers(sheet, row, entry, last)
    _validate(sheet, sheet[f"{VALUE}{row}"], entry, measure, language)
    for column in range(1, len(COLUMNS) + 1):
        sheet.cell(row, column).border = style.BOX


def _meaning(entry: Entry, language: str) -> str:
    lines = [text("template.figures.check", language, roster=entry.roster)] if entry.roster else []
    if entry.indicator.definition and entry.part != "denominator":
        lines.append(entry.indicator.definition.by(language))
    return "\n".join(lines)


def entry_measure(entry: Entry, language: str) -> str:
    """Shares are typed as two counts or two amounts; their own names say of what."""
    if entry.indicator.kind == "share" and not entry.indicator.money:
        return text(f"template.figures.{'count' if entry.roster else 'same_measure'}", language)
    return entry.indicator.measure.by(language)


def _write_numbers(sheet: Worksheet, row: int, entry: Entry, last: Decimal | None) -> None:
    indicator = entry.indicator
    shape = style.number_format(money=indicator.money, decimals=0 if indicator.kind == "share" else indicator.decimals)
    before, value, note = sheet[f"E{row}"], sheet[f"{VALUE}{row}"], sheet[f"G{row}"]
    if last is not None:
        before.value = last / YI if indicator.money else last
    before.number_format = value.number_format = shape
    before.font, value.font = style.font(color=style.MUTED), style.font(11, bold=True)
    before.alignment = value.alignment = style.align("right", wrap=False, indent=1)
    value.fill = style.fill(style.TINT["check" if entry.roster else "required"])
    note.fill, note.number_format = style.fill(style.TINT["optional"]), "@"
    note.font, note.alignment = style.font(), style.align()
    value.protection = note.protection = style.UNLOCKED


def _validate(sheet: Worksheet, cell: Cell, entry: Entry, measure: str, language: str) -> None:
    """A number or —; only amounts that were added may be negative."""
    at = cell.coordinate
    may_fall = entry.indicator.money and entry.indicator.kind in ADDED
    number = f"ISNUMBER({at})" if may_fall else f"AND(ISNUMBER({at}),{at}>=0)"
    rule = DataValidation(type="custom", formula1=f'OR({at}="—",{number})', allow_blank=True, errorStyle="stop")
    rule.errorTitle = text("template.prompt.wrong_title", language)
    rule.error = text("template.prompt.wrong_number", language)
    rule.promptTitle = entry.indicator.name.by(language)[:32]
    key = "template.prompt.check" if entry.roster else "template.prompt.number"
    rule.prompt = text(key, language, roster=entry.roster, measure=measure)[:255]
    rule.showErrorMessage = rule.showInputMessage = True
    rule.add(at)
    sheet.add_data_validation(rule)


def _write_sign_off(sheet: Worksheet, row: int, language: str) -> None:
    for column, name in zip("ABDG", ("filler", "reviewer", "phone", "filled_on"), strict=True):
        style.put_text(sheet[f"{column}{row}"], text(f"template.figures.{name}", language))
        sheet[f"{column}{row}"].font = style.font(color=style.MUTED)
        sheet[f"{column}{row}"].alignment = style.align(wrap=False)
        sheet[f"{column}{row}"].protection = style.UNLOCKED
    sheet.row_dimensions[row].height = 26
