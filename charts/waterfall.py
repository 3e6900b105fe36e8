"""Who makes up the city's distance: one step for each unit, the city at the end."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.steps import Step, joints, step_bars
from charts.theme import Theme, styled, theme, tone
from charts.values import drawn, each, gained, measure_of, status_words, written
from locales import text
from locales.formats import is_unknown, percent, signed
from metrics.comparison import contributions
from metrics.plan import Indicator
from metrics.result import Result


def contribution_rows(result: Result, indicator: str) -> pd.DataFrame:
    """`metrics.comparison.contributions`, or no row where there is nothing to add up."""
    rows = contributions(result.progress, indicator)
    return rows if (rows["role"] == "unit").sum() > 1 else rows.iloc[:0]


def waterfall_figure(result: Result, indicator: str, language: str, dark: bool = False) -> go.Figure:
    said, colours = result.plan.indicators[indicator], theme(dark)
    rows = contribution_rows(result, indicator)
    steps = [
        Step(
            _name(result, row, language),
            _drawn(row.start, said, row.basis),
            _drawn(row.amount, said, row.basis),
            _colour(row, colours, dark),
            _written(row.amount, said, row.basis),
        )
        for row in each(rows)
    ]
    figure = go.Figure(step_bars(steps, colours, 0.62))
    ends = [_drawn(row.end, said, row.basis) for row in each(rows)]
    figure.update_layout(shapes=joints(ends[:-1], colours, 0.31))
    styled(figure, dark, height=340)
    figure.update_xaxes(
        tickfont={"color": colours.ink, "size": 13}, showgrid=False, tickangle=-40 if language == "en" else 0
    )
    figure.update_yaxes(
        zeroline=True, zerolinecolor=colours.ink, zerolinewidth=1.5, showgrid=False, showticklabels=False
    )
    _make_room(figure, rows, said)
    return figure


def waterfall_table(result: Result, indicator: str, language: str) -> pd.DataFrame:
    said, rows = result.plan.indicators[indicator], contribution_rows(result, indicator)
    table = [
        {
            text("detail.column.unit", language): _name(result, row, language),
            text("detail.column.contribution", language): _written(row.amount, said, row.basis),
            text("detail.column.cumulative", language): _written(row.end, said, row.basis),
            text("detail.column.attainment", language): percent(row.attainment),
            text("detail.column.status", language): status_words(row.status, None, language),
        }
        for row in each(rows)
    ]
    return pd.DataFrame(table)


def basis_words(result: Result, indicator: str, language: str) -> str:
    """What the steps measure, in one sentence with the unit of measure."""
    said, rows = result.plan.indicators[indicator], contribution_rows(result, indicator)
    basis = rows["basis"].iloc[0]
    measure = "" if basis == "share" else measure_of(said, language)
    said_so = text(f"detail.contribution.{basis}", language, measure=measure)
    rest = text("detail.contribution.rest_note", language) if "rest" in set(rows["role"]) else ""
    return f"{said_so} {rest}".strip()


def _name(result: Result, row: Any, language: str) -> str:
    if row.role == "rest":
        return text("detail.contribution.rest", language)
    if row.role == "total":
        return text("detail.chart.city", language)
    return result.plan.units[row.unit].label(language, short=True)


def _drawn(value: Any, said: Indicator, basis: str) -> float:
    return float(value) if basis == "share" else drawn(value, said) or 0.0


def _written(value: Any, said: Indicator, basis: str) -> str:
    """Distances carry their sign; plain values do not."""
    if basis == "value":
        return written(value, said)
    return signed(value, 0) if basis == "share" else gained(value, said)


def _colour(row: Any, colours: Theme, dark: bool) -> str:
    if row.role == "total":
        return colours.ink
    if row.role == "rest" or row.basis == "value" or is_unknown(row.status):
        return colours.line if row.role == "rest" else colours.path
    return tone(str(row.status), dark).fill


def _make_room(figure: go.Figure, rows: pd.DataFrame, said: Indicator) -> None:
    """Labels stand outside the bars, so the axis is a little longer than they are."""
    reach = [
        _drawn(value, said, basis)
        for name in ("start", "end")
        for value, basis in zip(rows[name], rows["basis"], strict=True)
    ]
    low, high = min([0.0, *reach]), max([0.0, *reach])
    room = (high - low or 1.0) * 0.14
    figure.update_yaxes(range=[low - (room if low < 0 else 0), high + room])
