"""The progress table as a workbook: readable sheet, native chart, and the exact fields behind both."""

import io
from datetime import datetime, time
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from charts.palette import GRID, INK, MUTED, STATUS
from exports.cards.figures import Figure
from exports.cards.frame import decided, grounds
from exports.carried import mark_words
from exports.fields import FIELDS, records
from exports.table import COLUMNS, Block, blocks, heading
from exports.xlsx_cells import FORMATS, font, print_across, write
from exports.xlsx_chart import fill_chart
from locales import DEFAULT, spoken, text
from metrics.result import Result

HEAD_ROW = 4
THIN = Side(style="thin", color=GRID[1:])


def write_xlsx(
    result: Result, indicator: str | None = None, *, card: str | None = None, language: str = DEFAULT
) -> bytes:
    """One indicator or all of them. Figures are numbers, texts are never formulas."""
    language = spoken(language, result.plan.area_unit().name)
    book = Workbook()
    found = blocks(result, indicator, language)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = text("xlsx.progress", language)
    fill_progress(sheet, result, found, language)
    fill_chart(book.create_sheet(text("xlsx.chart", language)), result, found, language)
    fill_fields(book.create_sheet(text("xlsx.fields", language)), result, indicator, language)
    book.properties.title = heading(result, language)
    book.properties.creator = result.plan.area_unit().label(language)
    book.properties.created = book.properties.modified = datetime.combine(result.as_of.end, time())
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


SIDES = {
    "date": Alignment(vertical="center", horizontal="center"),
    "text": Alignment(vertical="center", horizontal="left", indent=1),
}
"""Numbers stand at the right; words keep a distance from the number beside them."""


def fill_progress(sheet: Worksheet, result: Result, found: list[Block], language: str) -> None:
    title = write(sheet, 1, 1, heading(result, language))
    title.font = font(bold=True, size=16)
    marks = mark_words(result, language)
    behind = decided(result, [block.indicator.indicator for block in found], language)
    said = text("cards.dot", language).join([grounds(result, language), *behind])
    write(sheet, 2, 1, said).font = font(colour=MUTED, size=10)
    note = write(sheet, 3, 1, text("cards.dot", language).join([*marks, text("cards.path_note", language)]))
    note.font = font(colour=STATUS["missed"].text if result.sample else MUTED, bold=result.sample, size=10)
    heads = [text("table.indicator", language), *(text(f"table.{column.name}", language) for column in COLUMNS)]
    for n, head in enumerate(heads, 1):
        cell = write(sheet, HEAD_ROW, n, head)
        cell.font = font(bold=True, colour="#FFFFFF", size=10)
        cell.fill = PatternFill("solid", fgColor=INK[1:])
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(n)].width = 26 if n == 1 else COLUMNS[n - 2].width
    sheet.row_dimensions[HEAD_ROW].height = 34
    row = HEAD_ROW
    for block in found:
        for figure in block.rows:
            row += 1
            fill_row(sheet, row, block, figure)
    lay_out(sheet, f"A{HEAD_ROW}:{get_column_letter(len(heads))}{row}", result, language)


def fill_row(sheet: Worksheet, row: int, block: Block, figure: Figure) -> None:
    """One figure: the city's row is bold, the status bears its colour."""
    is_city = figure is block.city
    first = write(sheet, row, 1, block.indicator.name.by(figure.language))
    first.font = font(bold=is_city)
    cells = [first]
    for n, column in enumerate(COLUMNS, 2):
        cell = write(sheet, row, n, column.value(figure))
        cell.font = font(bold=is_city)
        cells.append(cell)
        if column.form == "amount":
            cell.number_format = number_format(figure, cell.value)
        elif column.form in FORMATS:
            cell.number_format = FORMATS[column.form]
        if column.name == "status" and (figure["target"] is not None or figure["actual"] is None):
            cell.font = font(bold=True, colour=figure.style.text)
            cell.fill = PatternFill("solid", fgColor=figure.style.tint[1:])
        cell.alignment = SIDES.get(column.form, Alignment(vertical="center"))
    sheet.row_dimensions[row].height = 18
    first.alignment = Alignment(vertical="center")
    for cell in cells:
        cell.border = Border(bottom=THIN, top=Side(style="thin", color=MUTED[1:]) if is_city else THIN)
    if not is_city:
        first.font = font(colour=MUTED)


def number_format(figure: Figure, value: object) -> str:
    """As many decimals as the figure has, at most two: nothing that is there is hidden."""
    if figure.is_ratio:
        return "#,##0.0"
    exact = Decimal(str(value)) if value is not None else Decimal(0)
    if figure.indicator.money:
        return "#,##0.0" if exact == round(exact, 1) else "#,##0.00"
    return "#,##0" if exact == exact.to_integral_value() else "#,##0.0"


def lay_out(sheet: Worksheet, table: str, result: Result, language: str) -> None:
    """Frozen headings and a filter on screen; on paper the headings on every page."""
    sheet.freeze_panes = f"C{HEAD_ROW + 1}"
    sheet.auto_filter.ref = table
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    print_across(sheet, result, language)


def fill_fields(sheet: Worksheet, result: Result, indicator: str | None, language: str) -> None:
    """The exact fields, as in JSON: money in yuan, names as the contract has them."""
    for n, name in enumerate(FIELDS, 1):
        write(sheet, 1, n, name).font = font(bold=True)
        sheet.column_dimensions[get_column_letter(n)].width = 16
    for row, record in enumerate(records(result, indicator), 2):
        for n, name in enumerate(FIELDS, 1):
            value = record[name]
            write(sheet, row, n, "|".join(value) if isinstance(value, list) else value)
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    print_across(sheet, result, language)
