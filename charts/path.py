"""One indicator over time: the actual line against the assumed path, the targets, the forecast.

No plan prints a path between its targets; the dashed line is always named an assumption.
"""

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import Theme, styled, theme
from charts.values import (
    by,
    drawn,
    each,
    faded,
    measured,
    measured_goal,
    promised,
    quarter_end,
    row_of,
    rows_of,
    status_words,
    without_blanks,
    written,
)
from locales import text
from locales.formats import is_unknown, percent, quarter, signed
from metrics.plan import RATIOS, Indicator, Target
from metrics.result import Result
from metrics.trajectory import path_points

FEW = 6
"""Counts so small that an axis would divide them: there is no half firm."""


def path_figure(
    result: Result, indicator: str, language: str, dark: bool = False, unit: str | None = None
) -> go.Figure:
    """The city's figure, or one unit's, quarter by quarter to `as_of` and on to the last deadline."""
    said, unit = result.plan.indicators[indicator], unit or result.plan.area
    colours = theme(dark)
    past = rows_of(result.history, indicator=indicator, unit=unit)
    figure = go.Figure()
    for trace in (
        *_forecast(result, said, unit, language, colours),
        *_assumed(result, said, unit, language, colours),
        *_actual(past, said, language, colours),
        *_targets(result, said, unit, language, colours),
    ):
        figure.add_trace(trace)
    styled(figure, dark, height=340)
    figure.update_xaxes(
        type="date", tick0="2020-12-31", dtick="M12", tickformat=text("detail.chart.year_end_format", language)
    )
    figure.update_yaxes(rangemode="tozero", title=None)
    _undated(figure, result, said, unit, language, colours)
    if said.kind not in RATIOS and not said.money and _highest(figure) <= FEW:
        figure.update_yaxes(dtick=1)
    return figure


def _highest(figure: go.Figure) -> float:
    return max((y for trace in figure.data for y in trace.y if y is not None), default=0)


def _undated(figure: go.Figure, result: Result, said: Indicator, unit: str, language: str, colours: Theme) -> None:
    """A target the plan sets no date for is a level to reach, not a point in time."""
    row = row_of(result.progress, indicator=said.indicator, unit=unit)
    if row is None or is_unknown(row["target"]) or not is_unknown(row["deadline"]) or said.kind == "floor":
        return
    shown = measured_goal(row["target"], said, language, row["comparison"])
    figure.add_hline(
        y=drawn(row["target"], said),
        line={"color": colours.accent, "width": 1.5, "dash": "dot"},
        annotation={"text": text("detail.chart.undated", language, target=shown), "font": {"color": colours.ink}},
        annotation_position="top left",
    )


def path_table(result: Result, indicator: str, language: str, unit: str | None = None) -> pd.DataFrame:
    """The same rows as words, the latest quarter first."""
    said, unit = result.plan.indicators[indicator], unit or result.plan.area
    past = rows_of(result.history, indicator=indicator, unit=unit)
    rows = [
        {
            text("detail.column.period", language): quarter(row.period, language),
            text("detail.column.actual", language): written(row.actual, said),
            text("detail.column.expected", language): written(row.expected, said),
            text("detail.column.attainment", language): percent(row.attainment),
            text("detail.column.lead", language): signed(row.lead),
            text("detail.column.status", language): status_words(row.status, row.provisional, language),
        }
        for row in each(past.iloc[::-1])
    ]
    return without_blanks(pd.DataFrame(rows))


def _by_year(past: pd.DataFrame, kind: str) -> list[pd.DataFrame]:
    """An annual figure starts again each January, so its line is broken there."""
    if kind != "annual":
        return [past]
    return [year for _, year in past.groupby(past["period"].str[:4])]


def _actual(past: pd.DataFrame, said: Indicator, language: str, colours: Theme) -> list[go.Scatter]:
    traces = []
    for index, rows in enumerate(_by_year(past, said.kind)):
        provisional = [bool(flag) and not is_unknown(flag) for flag in rows["provisional"]]
        traces.append(
            go.Scatter(
                x=[quarter_end(period) for period in rows["period"]],
                y=[drawn(value, said) for value in rows["actual"]],
                mode="lines+markers",
                name=text("detail.chart.actual", language),
                legendgroup="actual",
                showlegend=index == 0,
                line={"color": colours.ink, "width": 2.5},
                marker={
                    "size": 8,
                    "color": [colours.card if flag else colours.ink for flag in provisional],
                    "line": {"color": colours.ink, "width": 2},
                },
                customdata=[
                    [quarter(row.period, language), measured(row.actual, said, language)] for row in each(rows)
                ],
                hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
            )
        )
    return traces


def _assumed(result: Result, said: Indicator, unit: str, language: str, colours: Theme) -> list[go.Scatter]:
    """The path's corners; where one day has two values (a yearly count starts again) the line is broken."""
    corners = path_points(result.plan, said, unit)
    if not corners:
        return []
    days: list[date | None] = []
    values: list[float | None] = []
    for day, value in corners:
        if days and day == days[-1]:
            days.append(None)
            values.append(None)
        days.append(day)
        values.append(drawn(value, said))
    return [
        go.Scatter(
            x=days,
            y=values,
            mode="lines",
            name=text("detail.chart.assumed_path", language),
            line={"color": colours.path, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
        )
    ]


def _targets(result: Result, said: Indicator, unit: str, language: str, colours: Theme) -> list[go.Scatter]:
    dated: list[tuple[date, Target]] = [
        (target.deadline, target)
        for target in result.plan.targets
        if target.indicator == said.indicator and target.unit == unit and target.deadline and target.value is not None
    ]
    if not dated:
        return []
    everyone = _all_units(result, said, unit)
    return [
        go.Scatter(
            x=[deadline for deadline, _ in dated],
            y=[drawn(target.value if everyone is None else everyone, said) for _, target in dated],
            mode="markers+text",
            name=text("detail.chart.target", language),
            marker={"symbol": "diamond", "size": 11, "color": colours.accent},
            text=[
                text("detail.chart.each", language, target=shown) if everyone is not None else shown
                for shown in (promised(target, said, language) for _, target in dated)
            ],
            textposition="top left",
            textfont={"color": colours.ink, "size": 13},
            cliponaxis=False,
            customdata=[by(deadline, language) for deadline, _ in dated],
            hovertemplate="%{customdata}<br>%{text}<extra></extra>",
        )
    ]


def _all_units(result: Result, said: Indicator, unit: str) -> Any:
    """The city's line of a minimum counts units that pass, so its target is all of them."""
    if said.kind not in ("floor", "milestone") or unit != result.plan.area:
        return None
    row = row_of(result.progress, indicator=said.indicator, unit=unit)
    return None if row is None else row["target"]


def _forecast(result: Result, said: Indicator, unit: str, language: str, colours: Theme) -> list[go.Scatter]:
    row = row_of(result.progress, indicator=said.indicator, unit=unit)
    if row is None or is_unknown(row["forecast_low"]) or is_unknown(row["deadline"]) or is_unknown(row["actual"]):
        return []
    start, end = result.as_of.end, pd.Timestamp(row["deadline"]).date()
    if end <= start:
        return []
    now, low, high = (drawn(row[name], said) for name in ("actual", "forecast_low", "forecast_high"))
    return [
        go.Scatter(
            x=[start, end, end, start],
            y=[now, low, high, now],
            fill="toself",
            mode="lines",
            name=text("detail.chart.forecast", language),
            line={"width": 1, "color": colours.accent, "dash": "dot"},
            fillcolor=faded(colours.accent),
            hoverinfo="skip",
        )
    ]
