"""The units of one indicator side by side, each against its own target where the plan gives one.

A unit without a target of its own is drawn by value in one neutral tone: without a target there
is nothing to be ahead of or behind.
"""

from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from charts.palette import STATUS
from charts.theme import Theme, styled, theme, tone
from charts.values import drawn, each, measured, status_words, without_blanks, written
from locales import text
from locales.formats import is_unknown, number, percent, signed
from metrics.comparison import ranking
from metrics.plan import Indicator
from metrics.result import Result

ROOM = 1.75
"""The axis is this much longer than the longest bar, so that the words beside a bar fit."""


def unit_rows(result: Result, indicator: str) -> pd.DataFrame:
    """The units' rows, best first."""
    return ranking(result.progress, indicator)


def has_own_targets(result: Result, indicator: str) -> bool:
    rows = unit_rows(result, indicator)
    return not rows.empty and not rows["target"].map(is_unknown).all()


def units_figure(result: Result, indicator: str, language: str, dark: bool = False) -> go.Figure:
    said, colours = result.plan.indicators[indicator], theme(dark)
    rows = unit_rows(result, indicator).iloc[::-1]
    names = ["<br>".join(wrap(result.plan.units[unit].label(language, short=True), 16)) for unit in rows["unit"]]
    own = has_own_targets(result, indicator)
    values = [drawn(value, said) for value in rows["actual"]]
    figure = go.Figure(
        go.Bar(
            x=[value or 0 for value in values],
            y=names,
            orientation="h",
            width=0.62,
            marker={"color": [tone(status, dark).fill if own else colours.path for status in rows["status"]]},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    targets = [drawn(value, said) for value in rows["target"]]
    if own:
        figure.add_trace(_ticks(targets, names, said, language, colours))
    ends = [max(value or 0, target or 0) for value, target in zip(values, targets, strict=True)]
    words = [f" {_beside(row, said, language, own)}" for row in each(rows)]
    figure.add_trace(_words(ends, names, words, colours))
    longest = max([value for value in [*values, *targets] if value is not None], default=0) or 1
    figure.update_xaxes(range=[0, longest * ROOM], showticklabels=False, showgrid=False, zeroline=True)
    styled(figure, dark, height=56 + (44 if language == "en" else 36) * max(len(rows), 2))
    figure.update_yaxes(tickfont={"color": colours.ink, "size": 14}, ticksuffix=" ")
    return figure


def units_table(result: Result, indicator: str, language: str) -> pd.DataFrame:
    """The same rows in words; a column that says nothing of any unit is left out."""
    said = result.plan.indicators[indicator]
    rows = [
        {
            text("detail.column.rank", language): number(row.rank),
            text("detail.column.unit", language): result.plan.units[row.unit].label(language, short=True),
            text("detail.column.actual", language): written(row.actual, said),
            text("detail.column.target", language): written(row.target, said),
            text("detail.column.attainment", language): percent(row.attainment),
            text("detail.column.lead", language): signed(row.lead),
            text("detail.column.status", language): status_words(row.status, row.provisional, language),
        }
        for row in each(unit_rows(result, indicator))
    ]
    return without_blanks(pd.DataFrame(rows))


def _ticks(targets: list[float | None], names: list[str], said: Indicator, language: str, colours: Theme) -> go.Scatter:
    return go.Scatter(
        x=targets,
        y=names,
        mode="markers",
        name=text(f"detail.chart.{'minimum' if said.scope == 'each_unit' else 'own_target'}", language),
        marker={"symbol": "line-ns", "size": 22, "line": {"color": colours.ink, "width": 2.5}},
        hoverinfo="skip",
    )


def _words(ends: list[float], names: list[str], words: list[str], colours: Theme) -> go.Scatter:
    """Figures and status stand clear of the bar and of its target's tick."""
    return go.Scatter(
        x=ends,
        y=names,
        mode="text",
        text=words,
        textposition="middle right",
        textfont={"color": colours.ink, "size": 13},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def _beside(row: object, said: Indicator, language: str, own: bool) -> str:
    actual, target, status = (getattr(row, name) for name in ("actual", "target", "status"))
    if is_unknown(actual):
        return text(f"status.{status if status in ('no_report', 'not_applicable') else 'no_report'}", language)
    if not own or is_unknown(target):
        return measured(actual, said, language)
    words = f"{STATUS[str(status)].shape} {text(f'status.{status}', language)}"
    if language == "en":  # its measures are long; the table next to the picture names them
        return f"{written(actual, said)} / {written(target, said)}<br> {words}"
    return f"{written(actual, said)} / {measured(target, said, language)}  {words}"
