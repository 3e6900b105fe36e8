"""Lines over the quarters an office can edit: what was reached, and the assumed path dashed."""

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from charts.palette import GRID, MUTED, TEAL
from exports.deck.frame import colour
from exports.deck.native import C, Place, add, bare_axes, legend, paint

FEW = 4
"""So many points of a line all bear their figure."""
MOST_LARGE = 8
"""More quarters stand beside each other in smaller letters, so that none is turned or lies on the next."""


def path_lines(
    slide: Any,
    place: Place,
    quarters: Sequence[tuple[str, float | None, float | None]],
    names: tuple[str, str],
    form: str,
    told: str,
) -> None:
    """What was reached, solid; what was assumed, dashed. A quarter without a figure is a gap, never zero."""
    pathed = any(expected is not None for _, _, expected in quarters)
    data = CategoryChartData(number_format=form)
    data.categories = [quarter for quarter, _, _ in quarters]
    data.add_series(names[0], [actual for _, actual, _ in quarters])
    if pathed:
        data.add_series(names[1], [expected for _, _, expected in quarters])
    chart = add(slide, XL_CHART_TYPE.LINE_MARKERS, place, data, told=told, name=names[0])
    bare_axes(chart, size=11 if len(quarters) <= MOST_LARGE else 9)
    show_scale(chart)
    actual = chart.plots[0].series[0]
    draw_line(actual, TEAL, 2.75)
    actual.marker.style, actual.marker.size = XL_MARKER_STYLE.CIRCLE, 7
    paint(actual.marker.format.fill, TEAL)
    label_ends(actual, [shown for _, shown, _ in quarters], below=lags(quarters[-1]))
    if pathed:
        expected = chart.plots[0].series[1]
        draw_line(expected, MUTED, 1.75)
        expected.format.line.dash_style = MSO_LINE.DASH
        expected.marker.style = XL_MARKER_STYLE.NONE
        legend(chart)


def lags(quarter: tuple[str, float | None, float | None]) -> bool:
    _, actual, expected = quarter
    return actual is not None and expected is not None and actual < expected


def label_ends(series: Any, shown: Sequence[float | None], *, below: bool) -> None:
    """The first and the last figure, on the side away from the path; all of a few."""
    known = [n for n, value in enumerate(shown) if value is not None]
    for n in known if len(known) <= FEW else {known[0], known[-1]}:
        words = series.points[n].data_label
        words.position = XL_LABEL_POSITION.BELOW if below and shown[n] else XL_LABEL_POSITION.ABOVE
        words.font.size, words.font.bold, words.font.color.rgb = Pt(12), True, colour(TEAL)
        element = words._dLbl
        for tag in ("c:showLegendKey", "c:showVal", "c:showCatName", "c:showSerName", "c:showPercent"):
            found = element.find(tag.replace("c:", C))
            if found is not None:
                found.set("val", "1" if tag == "c:showVal" else "0")


def show_scale(chart: Any) -> None:
    values = chart.value_axis
    values.visible = True
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = colour(GRID)
    values.format.line.fill.background()
    values.tick_labels.font.size, values.tick_labels.font.color.rgb = Pt(10), colour(MUTED)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "#,##0", False


def draw_line(series: Any, value: str, width: float) -> None:
    series.smooth = False
    series.format.line.color.rgb = colour(value)
    series.format.line.width = Pt(width)
