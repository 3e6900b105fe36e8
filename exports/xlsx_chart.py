"""The workbook's native chart, on a sheet beside the figures it is drawn from."""

from decimal import Decimal

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.worksheet.worksheet import Worksheet

from charts.palette import AMBER, TEAL
from exports.cards.figures import Figure
from exports.table import COLUMNS, Block
from exports.xlsx_cells import FORMATS, font, print_across, write
from locales import text
from metrics.result import Result
from metrics.rounding import percent


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
            share = percent(Decimal(figure["expected"]), Decimal(figure["target"]))
            write(sheet, row, 3, share).number_format = FORMATS["percent"]
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
