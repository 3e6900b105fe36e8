"""The first sheet: what the unit owes, by when, how, what the colours mean, what the figures mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from loaders.template import styles as style
from locales import formats, text
from metrics.calendar import Term
from metrics.plan import Indicator, Plan
from metrics.text import Text

STEPS = ("first", "second")
STEPS_WITHOUT_LISTS = ("figures",)
TINTS = ("required", "optional", "check", "carried")
RULES = ("zero", "flow", "money", "code", "date", "empty")
RULES_WITHOUT_LISTS = ("zero", "flow", "money")
WIDTHS = {"A": 3, "B": 30, "C": 62, "D": 40}


@dataclass(frozen=True)
class Owed:
    """One sheet to fill in."""

    sheet: str
    content: str
    carried: str


def write_guide(
    sheet: Worksheet,
    plan: Plan,
    head: str,
    term: Term,
    owed: Sequence[Owed],
    indicators: Sequence[Indicator],
    language: str,
    *,
    tasks: bool = False,
) -> None:
    """`tasks`: whether there is a sheet of tasks; a department may owe nothing else."""
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    _write_title(sheet, plan, head, language)
    row = _write_owed(sheet, 5, owed, language)
    lists = any(indicator.counts for indicator in indicators)
    steps = (STEPS if lists else STEPS_WITHOUT_LISTS) if indicators else ()
    due = "due" if term.closed_from is None else "due_closing"
    steps = (due, *steps, *(("tasks",) if tasks else ()), "third")
    row = _write_lines(sheet, row, "how", "how", steps, language, **_days(term, language))
    row = _write_colours(sheet, row, TINTS if lists else TINTS[:2], language)
    if not indicators:
        return
    row = _write_lines(sheet, row, "rules", "rule", RULES if lists else RULES_WITHOUT_LISTS, language)
    _write_definitions(sheet, row, plan, indicators, language)


def _put(
    sheet: Worksheet,
    at: str,
    words: str,
    *,
    size: float = 10,
    bold: bool = False,
    color: str = style.INK,
    indent: int = 0,
) -> None:
    cell = sheet[at]
    style.put_text(cell, words)
    cell.font, cell.alignment = style.font(size, bold=bold, color=color), style.align(indent=indent)


def _write_title(sheet: Worksheet, plan: Plan, head: str, language: str) -> None:
    title = plan.title.by(language)
    _put(sheet, "B1", title, size=16, bold=True, color=style.TEAL)
    status = f" · {text('template.draft', language)}" if plan.status == "draft" else ""
    _put(sheet, "B2", text("template.title", language) + status, size=12, bold=True)
    _put(sheet, "B3", head, size=10.5)
    for row, height in ((1, 36), (2, 24), (3, 22)):
        sheet[f"B{row}"].alignment = style.align(wrap=False)
        sheet.row_dimensions[row].height = height


def _section(sheet: Worksheet, row: int, name: str, language: str) -> int:
    _put(sheet, f"B{row}", text(f"template.section.{name}", language), size=11.5, bold=True, color=style.TEAL)
    sheet.row_dimensions[row].height = 26
    return row + 1


def _table_row(sheet: Worksheet, row: int, cells: Sequence[str], *, heading: bool = False, least: float = 24) -> None:
    for letter, words in zip("BCD", cells, strict=True):
        _put(sheet, f"{letter}{row}", words, bold=heading, color="FFFFFF" if heading else style.INK, indent=1)
        sheet[f"{letter}{row}"].border = style.BOX
        if heading:
            sheet[f"{letter}{row}"].fill = style.fill(style.HEAD["plain"])
    style.fit_row(sheet, row, [(w, WIDTHS[letter]) for letter, w in zip("BCD", cells, strict=True)], least=least)


def _write_owed(sheet: Worksheet, row: int, owed: Sequence[Owed], language: str) -> int:
    row = _section(sheet, row, "what", language)
    _table_row(
        sheet, row, [text(f"template.what.{key}", language) for key in ("sheet", "content", "carried")], heading=True
    )
    if not owed:
        row += 1
        _table_row(sheet, row, [formats.UNKNOWN, text("template.what.nothing", language), formats.UNKNOWN])
    for one in owed:
        row += 1
        _table_row(sheet, row, [one.sheet, one.content, one.carried])
        link = sheet[f"B{row}"]
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{one.sheet}'!A1")
        link.font = style.font(color=style.TEAL, bold=True, underline="single")
    return row + 2


def _days(term: Term, language: str) -> dict[str, str]:
    closed = "" if term.closed_from is None else formats.day(term.closed_from, language)
    return {"due": formats.day(term.due, language), "closed": closed}


def _write_lines(
    sheet: Worksheet, row: int, title: str, section: str, keys: Sequence[str], language: str, **values: str
) -> int:
    row = _section(sheet, row, title, language)
    for number, key in enumerate(keys, start=1):
        words = f"{number}. " + text(f"template.{section}.{key}", language, **values)
        sheet.merge_cells(f"B{row}:D{row}")
        _put(sheet, f"B{row}", words)
        style.fit_row(sheet, row, [(words, sum(WIDTHS.values()) - 6)], least=22)
        row += 1
    return row + 1


def _write_colours(sheet: Worksheet, row: int, tints: Sequence[str], language: str) -> int:
    row = _section(sheet, row, "colours", language)
    swatches = [(tint, style.TINT[tint]) for tint in tints]
    if len(tints) == len(TINTS):
        swatches.append(("heading", style.HEAD["required"]))
    for name, color in swatches:
        sheet[f"B{row}"].fill, sheet[f"B{row}"].border = style.fill(color), style.BOX
        _put(sheet, f"C{row}", text(f"template.colour.{name}", language), indent=1)
        sheet.row_dimensions[row].height = 21
        row += 1
    return row + 1


def _write_definitions(sheet: Worksheet, row: int, plan: Plan, indicators: Sequence[Indicator], language: str) -> None:
    row = _section(sheet, row, "definition", language)
    if definition := _definition(plan, language):
        sheet.merge_cells(f"B{row}:D{row}")
        _put(sheet, f"B{row}", definition, color=style.MUTED)
        style.fit_row(sheet, row, [(definition, sum(WIDTHS.values()) - 6)], least=22)
        row += 1
    names = [text(f"template.definition.{key}", language) for key in ("indicator", "definition", "target")]
    _table_row(sheet, row, names, heading=True)
    for indicator in indicators:
        row += 1
        meaning = [indicator.definition.by(language)] if indicator.definition else []
        meaning += [caveat.by(language) for caveat in indicator.caveats]
        _table_row(sheet, row, [indicator.name.by(language), "\n".join(meaning), _promise(plan, indicator, language)])


def _definition(plan: Plan, language: str) -> str:
    """What the plan's own words mean, where its data say so."""
    found = plan.meta.get("definition")
    if isinstance(found, Text):
        return found.by(language)
    return str(found.get("en" if language == "en" else "zh", "")) if isinstance(found, dict) else ""


def _promise(plan: Plan, indicator: Indicator, language: str) -> str:
    """The printed targets of the whole area, in the plan's own words, each said once."""
    mine = [t for t in plan.targets if t.indicator == indicator.indicator and t.unit == plan.area and t.printed]
    said = [t.printed + (f" · {formats.day(t.deadline, language)}" if t.deadline else "") for t in mine]
    return "\n".join(dict.fromkeys(said)) or text("template.definition.no_target", language)
