"""Charts an office can edit: bars with a target dash, progress bars, lines with the assumed path dashed.

The figures in a chart's workbook are the figures as written, rounded once by `locales.formats`.
"""

import copy
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Pt

from charts.palette import AMBER, GRID, INK, LINE
from exports.cards.figures import Figure
from exports.carried import plain
from exports.deck.frame import colour
from locales.formats import UNKNOWN, percent

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
Place = tuple[float, float, float, float]


def as_written(shown: str) -> float | None:
    """The number a reader sees, as a number."""
    if shown in ("", UNKNOWN):
        return None
    return float(Decimal(shown.replace(",", "").replace("−", "-").removesuffix("%")))


def number_format(figure: Figure) -> str:
    """As `locales.formats.amount` writes: nothing that is there is hidden."""
    if figure.is_ratio:
        return "0.0"
    if figure.indicator.money:
        return "#,##0.0#"
    decimals = figure.indicator.decimals
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def add(slide: Any, kind: Any, place: Place, data: CategoryChartData, *, told: str, name: str) -> Any:
    frame = slide.shapes.add_chart(kind, *(Emu(round(edge)) for edge in place), data)
    frame.name = plain(name)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(told))
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = Pt(12), colour(INK)
    chart.has_title = chart.has_legend = False
    return chart


def label(series: Any, form: str, *, ink: str = INK, position: Any = XL_LABEL_POSITION.OUTSIDE_END) -> None:
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = form, False
    labels.font.size, labels.font.bold, labels.font.color.rgb = Pt(12), True, colour(ink)
    if position is not None:
        labels.position = position


def bare_axes(chart: Any, *, size: float = 12) -> None:
    """Every bar bears its number; the value axis would only repeat it. Bars start at zero."""
    values, categories = chart.value_axis, chart.category_axis
    values.visible = False
    values.has_major_gridlines = False
    values.minimum_scale = 0
    categories.format.line.color.rgb = colour(LINE)
    categories.has_major_gridlines = False
    categories.tick_labels.font.size = Pt(size)
    every = valued("c:tickLblSkip", "1")
    categories._element.find(f"{C}noMultiLvlLbl").addprevious(every)
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def legend(chart: Any) -> None:
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(11)


def paint(fill: Any, value: str) -> None:
    fill.solid()
    fill.fore_color.rgb = colour(value)


def progress_bars(slide: Any, place: Place, cities: Sequence[Figure], names: tuple[str, str], told: str) -> None:
    """Attainment up to 100 in the status's colour, what remains in grey; the number is the true one."""
    data = CategoryChartData(number_format="0.0")
    data.categories = [plain(city.indicator.name.by(city.language)) for city in cities]
    shown = [as_written(percent(city["attainment"])) or 0.0 for city in cities]
    data.add_series(names[0], [min(value, 100.0) for value in shown])
    data.add_series(names[1], [round(max(100.0 - value, 0.0), 1) for value in shown])
    chart = add(slide, XL_CHART_TYPE.BAR_STACKED, place, data, told=told, name=names[0])
    bare_axes(chart)
    chart.category_axis.reverse_order = True
    chart.value_axis.maximum_scale = 115
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    done, rest = plot.series
    paint(rest.format.fill, GRID)
    label(rest, "0.0", position=XL_LABEL_POSITION.INSIDE_BASE)
    for n, city in enumerate(cities):
        paint(done.points[n].format.fill, city.fill)
        words = rest.points[n].data_label
        words.has_text_frame = True
        words.text_frame.text = f"{city.attainment} {city.style.shape}{city.word}"
        run = words.text_frame.paragraphs[0].runs[0]
        run.font.size, run.font.bold, run.font.color.rgb = Pt(11), True, colour(city.style.text)
        words.position = XL_LABEL_POSITION.INSIDE_BASE


def unit_bars(slide: Any, place: Place, units: Sequence[Figure], names: tuple[str, str | None], told: str) -> None:
    """One column a unit; where a unit has a target of its own, a dash at its height."""
    data = CategoryChartData(number_format=number_format(units[0]))
    data.categories = [plain(named(unit)) for unit in units]
    data.add_series(names[0], [as_written(unit.written(unit["actual"])) for unit in units])
    if names[1]:
        data.add_series(names[1], [as_written(unit.written(unit["target"])) for unit in units])
    chart = add(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, place, data, told=told, name=names[0])
    bare_axes(chart, size=12 if len(units) <= 8 else 10)
    chart.plots[0].gap_width = 60
    bars = chart.plots[0].series[0]
    for n, unit in enumerate(units):
        paint(bars.points[n].format.fill, unit.fill)
    paint(bars.format.fill, units[0].fill)
    label(bars, number_format(units[0]))
    if names[1]:
        dash_second_series(chart)
        legend(chart)


def named(unit: Figure) -> str:
    """A unit without a figure leaves a gap; its name says why."""
    return unit.short if unit["actual"] is not None else f"{unit.short}\n{unit.word}"


def dash_second_series(chart: Any) -> None:
    """The library cannot combine charts: the target's series moves into a line chart on the same axes."""
    plot = chart._chartSpace.find(f".//{C}barChart")
    moved = plot.findall(f"{C}ser")[1]
    plot.remove(moved)
    for found in moved.findall(f"{C}invertIfNegative"):
        moved.remove(found)
    lines = OxmlElement("c:lineChart")
    for tag, value in (("c:grouping", "standard"), ("c:varyColors", "0")):
        lines.append(valued(tag, value))
    lines.append(moved)
    lines.append(valued("c:marker", "1"))
    for axis in plot.findall(f"{C}axId"):
        lines.append(copy.deepcopy(axis))
    plot.addnext(lines)
    series = chart.plots[1].series[0]
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.DASH, 22
    paint(series.marker.format.fill, INK)
    series.marker.format.line.color.rgb = colour(INK)
    series.smooth = False


def valued(tag: str, value: str) -> Any:
    element = OxmlElement(tag)
    element.set("val", value)
    return element


def status_bars(slide: Any, place: Place, counts: Sequence[tuple[str, int, str]], name: str, told: str) -> None:
    """How many indicators have which status: word and shape, count, colour."""
    data = CategoryChartData(number_format="0")
    data.categories = [words for words, _, _ in counts]
    data.add_series(name, [count for _, count, _ in counts])
    chart = add(slide, XL_CHART_TYPE.BAR_CLUSTERED, place, data, told=told, name=name)
    bare_axes(chart, size=14 if len(counts[0][0]) < 6 else 11)
    chart.category_axis.reverse_order = True
    chart.plots[0].gap_width = 50
    bars = chart.plots[0].series[0]
    paint(bars.format.fill, AMBER)
    for n, (_, _, fill) in enumerate(counts):
        paint(bars.points[n].format.fill, fill)
    label(bars, "0")
