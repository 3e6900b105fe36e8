"""A composite's parts side by side: every bar must reach the line; they are never one sum."""

from html import escape

import pandas as pd
import plotly.graph_objects as go

from charts.palette import STATUS
from charts.theme import styled, theme, tone
from charts.values import by, goal, measured, row_of, status_words
from locales import text
from locales.formats import is_unknown, percent
from metrics.plan import Indicator
from metrics.result import Result

END = 135
"""Percent of the target at which the axis ends; a bar beyond it is cut, its label says the rest."""


def part_rows(result: Result, composite: Indicator) -> list[tuple[Indicator, pd.Series]]:
    """The city rows of the parts, in the plan's order."""
    found = []
    for name in composite.parts:
        row = row_of(result.progress, indicator=name, unit=result.plan.area)
        if row is not None:
            found.append((result.plan.indicators[name], row))
    return found


def parts_figure(result: Result, indicator: str, language: str, dark: bool = False) -> go.Figure:
    rows, colours = part_rows(result, result.plan.indicators[indicator])[::-1], theme(dark)
    figure = go.Figure(
        go.Bar(
            x=[0.0 if is_unknown(row["attainment"]) else min(float(row["attainment"]), END) for _, row in rows],
            y=list(range(len(rows))),
            orientation="h",
            width=0.3,
            marker={"color": [tone(str(row["status"]), dark).fill for _, row in rows]},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    figure.add_vline(
        x=100,
        line={"color": colours.ink, "width": 2},
        annotation={"text": text("detail.chart.target", language), "font": {"color": colours.ink}},
        annotation_position="top",
    )
    styled(figure, dark, height=70 + 84 * max(len(rows), 1))
    for place, (said, row) in enumerate(rows):
        figure.add_annotation(
            x=0, y=place + 0.18, text=_above(said, row, language), showarrow=False, align="left",
            xanchor="left", yanchor="bottom", font={"color": colours.ink, "size": 13},
        )  # fmt: skip
    figure.update_xaxes(range=[0, END], tickvals=[0, 50, 100], ticktext=["0", "50%", "100%"], showgrid=False)
    figure.update_yaxes(range=[-0.3, len(rows) - 0.15], showticklabels=False, showgrid=False, zeroline=False)
    return figure


def parts_table(result: Result, indicator: str, language: str) -> pd.DataFrame:
    rows = [
        {
            text("detail.column.indicator", language): said.name.by(language),
            text("detail.column.actual", language): measured(row["actual"], said, language),
            text("detail.column.target", language): goal(row["target"], said, row["comparison"]),
            text("detail.column.deadline", language): by(row["deadline"], language),
            text("detail.column.attainment", language): percent(row["attainment"]),
            text("detail.column.status", language): status_words(row["status"], row["provisional"], language),
        }
        for said, row in part_rows(result, result.plan.indicators[indicator])
    ]
    return pd.DataFrame(rows)


def _above(said: Indicator, row: pd.Series, language: str) -> str:
    """Name, figure and verdict above the bar, where a phone has room for them beside nothing else."""
    shape, word = STATUS[row["status"]].shape, text(f"status.{row['status']}", language)
    figures = f"{measured(row['actual'], said, language)}  {percent(row['attainment'])}  {shape} {word}"
    return f"<b>{escape(said.name.by(language))}</b><br>{escape(figures)}"
