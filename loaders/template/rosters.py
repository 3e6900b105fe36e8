"""One sheet per roster the unit owes: a heading, last published rows, room without end below."""

from collections.abc import Mapping, Sequence
from copy import copy

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from loaders.template import styles as style
from loaders.template.meta import META_SHEET, Layout
from locales import text
from metrics.plan import Field, Indicator, Roster

HEADING_ROW = 4
FIRST_ROW = HEADING_ROW + 1
ROOM = 2000
"""Rows below the last carried one that have drop-downs and prompts."""
RULED = 12
"""Empty rows drawn below them, so that a new list prints as a form."""
WIDTHS = {"text": 15, "date": 13, "number": 11, "money": 14, "choice": 14, "yesno": 8, "uscc": 22, "url": 26}
PAGE_WIDTH = 215
"""Characters across one landscape page while it can still be read; wider lists take two pages."""


def quarter_fields(roster: Roster, indicators: Sequence[Indicator]) -> set[str]:
    """Fields that speak of one quarter only: the amounts of rows that have no date of their own.

    They are not carried over, else last quarter's amounts would count again.
    """
    rules = [rule for i in indicators for rule in i.counts.values() if rule.roster == roster.roster]
    if not any(rule.total and not rule.since for rule in rules):
        return set()
    return {field.field for field in roster.fields if field.type == "money"}


def field_words(field: Field, language: str) -> dict[str, str]:
    """Canonical value → what the drop-down says. 是/否 in Chinese templates and English ones."""
    if field.type == "yesno":
        return {answer: text(f"template.answer.{answer}", language) for answer in ("yes", "no")}
    return {choice.value: choice.name.by(language) for choice in field.choices}


def heading(field: Field, language: str) -> str:
    """Name, * when required, and the unit of measure on a line of its own."""
    words = field.name.by(language) + (" *" if field.required else "")
    if not field.measure or field.measure in words:
        return words
    return f"{words}\n（{field.measure}）" if language != "en" else f"{words}\n({field.measure})"


def write_roster(
    sheet: Worksheet,
    layout: Layout,
    roster: Roster,
    rows: Sequence[Mapping[str, str]],
    head: str,
    hint: str,
    language: str,
) -> None:
    layout.keys[f"roster:{sheet.title}"] = roster.roster
    layout.keys[f"first_row:{sheet.title}"] = str(FIRST_ROW)
    layout.columns[sheet.title] = {}
    style.titles(sheet, roster.name.by(language), head, hint)
    most_lines = 1
    for column, field in enumerate(roster.fields, start=1):
        letter = get_column_letter(column)
        layout.columns[sheet.title][letter] = field.field
        words = field_words(field, language)
        width = _width(
            field, [str(words.get(row.get(field.field, ""), row.get(field.field, ""))) for row in rows], language
        )
        most_lines = max(most_lines, style.lines(heading(field, language), width))
        _write_column(sheet, letter, field, width, language)
        _write_carried(sheet, letter, field, [row.get(field.field) for row in rows], words)
        _validate(sheet, layout, letter, FIRST_ROW + len(rows) + ROOM, field, words, language)
    sheet.row_dimensions[HEADING_ROW].height = most_lines * style.LINE_HEIGHT + 14
    for at in range(FIRST_ROW, FIRST_ROW + len(rows) + RULED):
        sheet.row_dimensions[at].height = 21
    _keep_name_in_sight(sheet, roster)


def _keep_name_in_sight(sheet: Worksheet, roster: Roster) -> None:
    """Freeze and repeat the columns up to the first required one: the row's name."""
    named = next((n for n, field in enumerate(roster.fields, start=1) if field.required), 1)
    sheet.freeze_panes = f"{get_column_letter(named + 1)}{FIRST_ROW}"
    width = sum(sheet.column_dimensions[letter].width for letter in sheet.column_dimensions)
    if width > PAGE_WIDTH:
        sheet.page_setup.fitToWidth = -int(-width // PAGE_WIDTH)
        sheet.print_title_cols = f"A:{get_column_letter(named)}"


def _width(field: Field, values: list[str], language: str) -> float:
    """Wide enough for the heading on two lines and for what is in the column."""
    content = max((style.display_width(value) for value in values), default=0)
    title = max(style.display_width(line) for line in heading(field, language).split("\n"))
    title = title if title <= 18 else -(-title // 2)
    least = 24 if field.required and field.type == "text" else WIDTHS[field.type]
    choices = max((style.display_width(word) for word in field_words(field, language).values()), default=0)
    most = {"url": 34, "text": 36, "choice": 30}.get(field.type, 26)
    return float(min(max(least, content + 3, choices + 5, title + 3), most))


def _write_column(sheet: Worksheet, letter: str, field: Field, width: float, language: str) -> None:
    sample = sheet[f"{letter}{HEADING_ROW}"]
    sample.font, sample.border, sample.protection = style.font(), style.BOX, style.UNLOCKED
    sample.fill = style.fill(style.TINT["required" if field.required else "optional"])
    sample.alignment = style.align(_side(field), wrap=False, indent=_indent(field))
    sample.number_format = style.field_format(field)
    style.column_style(sheet, letter, sample)
    sheet.column_dimensions[letter].width = width
    style.put_text(sample, heading(field, language))
    sample.number_format = "@"
    sample.font = style.font(bold=True, color="FFFFFF")
    sample.fill = style.fill(style.HEAD["required" if field.required else "optional"])
    sample.alignment = style.align("center")
    for row in range(1, HEADING_ROW):  # the lines above the table stay white
        above = sheet[f"{letter}{row}"]
        above.fill = style.fill("FFFFFF")
        if above.value is None:
            above.number_format = "General"


def _indent(field: Field) -> int:
    return 0 if _side(field) == "center" else 1


def _side(field: Field) -> str:
    if field.type in ("number", "money"):
        return "right"
    return "center" if field.type in ("date", "yesno", "choice", "uscc") else "left"


def _write_carried(
    sheet: Worksheet, letter: str, field: Field, values: Sequence[str | None], words: Mapping[str, str]
) -> None:
    """The column's cells of the carried rows, then ruled empty ones."""
    last = FIRST_ROW + len(values)
    for at in range(last, last + RULED):
        sheet[f"{letter}{at}"]._style = copy(sheet.column_dimensions[letter]._style)
    first = sheet[f"{letter}{FIRST_ROW}"]
    if values:
        style.style_like(first, sheet[f"{letter}{last}"])
        first.fill = style.fill(style.TINT["carried"])
    for at, value in enumerate(values, start=FIRST_ROW):
        cell = sheet[f"{letter}{at}"]
        style.style_like(cell, first)
        if value:
            style.put_field(cell, field, value, words)


def _validate(
    sheet: Worksheet, layout: Layout, letter: str, last: int, field: Field, words: dict[str, str], language: str
) -> None:
    rule = _rule(layout, f"choices:{sheet.title}:{letter}", field, words, language)
    hints = [text("template.prompt.required", language)] if field.required else []
    if field.help:
        hints.append(field.help.by(language))
    key = {"choice": "choice", "yesno": "choice", "date": "date", "uscc": "code"}.get(field.type)
    if key:
        hints.append(text(f"template.prompt.{key}", language))
    if field.measure:
        hints.append(text("template.prompt.measure", language, measure=field.measure))
    if rule is None and not hints:
        return
    rule = rule or DataValidation(allow_blank=True)
    if hints:
        rule.promptTitle, rule.prompt = field.name.by(language)[:32], "".join(hints)[:255]
        rule.showInputMessage = True
    rule.add(f"{letter}{FIRST_ROW}:{letter}{last}")
    sheet.add_data_validation(rule)


def _rule(layout: Layout, key: str, field: Field, words: dict[str, str], language: str) -> DataValidation | None:
    """Drop-downs refuse other words; the other rules only warn, the loader judges."""
    if words:
        rule = DataValidation(type="list", formula1=_choices(layout, key, list(words.values())), errorStyle="stop")
        error = "choice"
    elif field.type == "date":
        rule = DataValidation(type="date", operator="between", formula1="DATE(1950,1,1)", formula2="DATE(2099,12,31)")
        rule.errorStyle, error = "warning", "date"
    elif field.type in ("number", "money"):
        rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", errorStyle="warning")
        error = "amount"
    elif field.type == "uscc":
        rule = DataValidation(type="textLength", operator="equal", formula1="18", errorStyle="warning")
        error = "code"
    else:
        return None
    rule.allow_blank, rule.showErrorMessage = True, True
    rule.errorTitle = text("template.prompt.wrong_title", language)
    rule.error = text(f"template.prompt.wrong_{error}", language)
    return rule


def _choices(layout: Layout, key: str, words: list[str]) -> str:
    """Choices inside the rule when Excel allows (255 characters, no comma), else in a row of `_meta`."""
    inline = ",".join(words)
    if len(inline) <= 250 and not any(mark in word for word in words for mark in ',"'):
        return f'"{inline}"'
    layout.keys[key] = "\n".join(words)
    row = len(layout.keys)
    return f"'{META_SHEET}'!$B${row}:${get_column_letter(len(words) + 1)}${row}"
