"""Who has sent what, quarter by quarter: units down, quarters across."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import styled, theme, tone
from locales import text
from locales.formats import quarter
from metrics.plan import Plan

LOOKS = {"received": "on_track", "late": "watch", "missing": "critical", "not_expected": "not_applicable"}
"""Each state borrows the look of a status, so that colour and shape have one home."""

MARKS = {"received": "✓", "late": "▲", "missing": "▼", "not_expected": "／"}


def state_words(state: str, language: str) -> str:
    return f"{MARKS[state]} {text(f'received.{state}', language)}"


def completeness_figure(sent: pd.DataFrame, plan: Plan, language: str, dark: bool = False) -> go.Figure:
    """`sent` is `metrics.completeness` of several quarters, with their `period`."""
    states, colours = list(LOOKS), theme(dark)
    grid = sent.pivot(index="unit", columns="period", values="state")
    grid = grid.loc[list(dict.fromkeys(sent["unit"]))[::-1]]
    shades = [tone(LOOKS[state], dark) for state in states]
    scale = [(edge / len(states), shade.tint) for place, shade in enumerate(shades) for edge in (place, place + 1)]
    figure = go.Figure(
        go.Heatmap(
            x=[_short(period, language) for period in grid.columns],
            y=[plan.units[unit].label(language, short=True) for unit in grid.index],
            z=[[states.index(state) + 0.5 for state in row] for row in grid.to_numpy()],
            zmin=0,
            zmax=len(states),
            colorscale=scale,
            showscale=False,
            xgap=3,
            ygap=3,
            text=[[MARKS[state] for state in row] for row in grid.to_numpy()],
            texttemplate="%{text}",
            textfont={"color": colours.ink, "size": 14},
            customdata=[[state_words(state, language) for state in row] for row in grid.to_numpy()],
            hovertemplate="%{y} %{x}<br>%{customdata}<extra></extra>",
        )
    )
    styled(figure, dark, height=52 + 30 * len(grid))
    figure.update_xaxes(side="top", type="category", showgrid=False, ticks="")
    figure.update_yaxes(showgrid=False, tickfont={"color": colours.ink, "size": 13}, ticksuffix=" ")
    return figure


def completeness_table(sent: pd.DataFrame, plan: Plan, language: str) -> pd.DataFrame:
    """The same matrix in words, the latest quarter first."""
    grid = sent.pivot(index="unit", columns="period", values="state").loc[list(dict.fromkeys(sent["unit"]))]
    grid = grid[list(grid.columns)[::-1]].map(lambda state: state_words(state, language))
    grid.columns = [_short(period, language) for period in grid.columns]
    names = [plan.units[unit].label(language, short=True) for unit in grid.index]
    grid.insert(0, text("detail.column.unit", language), names)
    return grid.reset_index(drop=True)


def _short(period: object, language: str) -> str:
    return quarter(period, language)
