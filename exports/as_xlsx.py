"""The progress table as a workbook: readable sheet, native chart, and the exact fields behind both."""

import io
from datetime import datetime, time
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from charts.palette import AMBER, GRID, INK, MUTED, STATUS, TEAL
from exports.cards.figures import Figure
from exports.cards.frame import decided, grounds
from exports.carried import mark_words
from exports.fields import FIELDS, records
from exports.table import COLUMNS, Block, blocks
from locales import DEFAULT, spoken, text
from locales.formats import quarter
from metrics.result import Result

HEAD_ROW = 4
FORMATS = {"percent": '0.0"%"', "points": "+0.0;-0.0;0.0", "date": "yyyy-mm-dd"}
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


def font(*, bold: bool = False, size: int = 11, colour: str = INK) -> Font:
    """By name only: the reader's machine has the typeface."""
    return Font(name="微软雅黑", bold=bold, size=size, color=colour[1:])


def heading(result: Result, language: str) -> str:
    names = {"plan": result.plan.short.by(language), "quarter": quarter(result.as_of, language)}
    return text("table.title", language, **names)


SIDES = {
    "date": Alignment(vertical="center", horizontal="center"),
    "text": Alignment(vertical="center", horizontal="left", indent=1),
}
"""Numbers stand at the right; words keep a distance from the number beside them."""


def write(sheet: Worksheet, row: int, column: int, value: object) -> XlsxCell:
    """A text stays a text: `=1+1` in a name must not be run by the reader's spreadsheet."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, XlsxCell)
    if isinstance(value, str):
        cell.value = value
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value
    return cell


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


def print_across(sheet: Worksheet, result: Result, language: str) -> None:
    """A4 across, as wide as the page; the foot numbers pages and says what marks the data."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = text("xlsx.page", language, page="&P", pages="&N")
    sheet.oddFooter.left.text = text("cards.dot", language).join(mark_words(result, language))


def chart_rows(found: list[Block]) -> tuple[str, list[Figure]]:
    """What is charted: of one indicator its units, of many the city's attainment."""
    if len(found) == 1 and found[0].units:
        units = [unit for unit in found[0].units if unit["actual"] is not None]
        reached = all(unit["attainment"] is not None for unit in units)
        column = "attainment" if reached and units else "actual"
        return column, sorted(units, key=lambda unit: -unit[column])
    cities = [block.city for block in found if block.city["attainment"] is not None]
    return "attainment", cities


def fill_chart(sheet: Worksheet, result: Result, found: list[Block], language: str) -> None:
    """The chart and, beside it, the figures it is drawn from."""
    column, figures = chart_rows(found)
    by_unit = len(found) == 1 and bool(found[0].units)
    shown = next(c for c in COLUMNS if c.name == column)
    scheduled = column == "attainment" and any(f["expected"] is not None and not f.is_ratio for f in figures)
    heads = ["unit" if by_unit else "indicator", column, *(["expected_share"] if scheduled else [])]
    for n, head in enumerate(heads, 1):
        write(sheet, 1, n, text(f"table.{head}", language)).font = font(bold=True)
    for row, figure in enumerate(figures, 2):
        write(sheet, row, 1, figure.short if by_unit else figure.indicator.name.by(language))
        write(sheet, row, 2, shown.value(figure)).number_format = FORMATS.get(shown.form, "#,##0.##")
        if scheduled and figure["expected"] is not None and not figure.is_ratio:
            share = Decimal(100) * Decimal(figure["expected"]) / Decimal(figure["target"])
            write(sheet, row, 3, round(share, 1)).number_format = FORMATS["percent"]
    sheet.column_dimensions["A"].width = 28
    print_across(sheet, result, language)
    sheet.page_setup.fitToHeight = 1
    if figures:
        title = found[0].indicator.name.by(language) if by_unit else text("xlsx.city_attainment", language)
        sheet.add_chart(bar_chart(sheet, len(figures), len(heads), title), "E2")


def bar_chart(sheet: Worksheet, rows: int, columns: int, title: str) -> BarChart:
    chart = BarChart()
    chart.type, chart.title, chart.gapWidth = "bar", title, 40
    chart.add_data(Reference(sheet, min_col=2, max_col=columns, min_row=1, max_row=rows + 1), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=rows + 1))
    for series, colour in zip(chart.series, (TEAL, AMBER), strict=False):
        series.graphicalProperties.solidFill = colour[1:]
    chart.series[0].dLbls = DataLabelList()
    chart.series[0].dLbls.showVal = True
    for name in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(chart.series[0].dLbls, name, False)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.scaling.min = 0
    chart.y_axis.majorGridlines = None
    chart.legend.position = "b"
    chart.width, chart.height = 24, max(8, 1.4 * rows + 3)
    return chart


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
