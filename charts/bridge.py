"""From what was said first to what stands now: a step for each unit that revised.

First and now are marks, not bars: they stand at their height, so that the axis need not begin at
zero and a step of two among a hundred can be seen. The length of a step is what it changed.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.steps import Step, joints, step_bars
from charts.theme import Theme, styled, theme
from charts.values import drawn, gained, measured, written
from locales import text
from locales.formats import moment, quarter
from metrics.bridge import Bridge
from metrics.plan import Indicator, Plan

ROOM = 0.3
"""Share of the drawn span left free above and below, for the labels."""


def bridge_figure(plan: Plan, bridge: Bridge, language: str, dark: bool = False) -> go.Figure:
    said, colours = plan.indicators[bridge.indicator], theme(dark)
    levels = _levels(bridge)
    names = [unit_name(plan, unit, language) for unit, _ in bridge.by_unit()]
    ends = [text(f"bridge.{name}", language) for name in ("first", "now")]
    steps = [
        Step(
            name,
            _height(start, bridge, said),
            _height(change, bridge, said),
            colours.path if change >= 0 else colours.bar,
            _gained(change, bridge, said),
        )
        for name, start, (_, change) in zip(names, levels, bridge.by_unit(), strict=False)
    ]
    figure = go.Figure(step_bars(steps, colours, 0.5))
    figure.add_trace(_marks(ends, bridge, said, colours))
    order = [ends[0], *names, ends[1]]
    heights = [_height(level, bridge, said) for level in levels]
    figure.update_layout(shapes=joints(heights, colours, 0.25, "dot"))
    styled(figure, dark, height=300)
    tilted = -40 if language == "en" or len(order) > 7 else 0
    figure.update_xaxes(
        categoryorder="array", categoryarray=order, range=[-0.6, len(order) - 0.4], showgrid=False,
        tickangle=tilted, tickfont={"color": colours.ink, "size": 13},
    )  # fmt: skip
    figure.update_yaxes(
        showgrid=False,
        showticklabels=False,
        zeroline=False,
        range=_range([*heights, _height(bridge.now or Decimal(0), bridge, said)]),
    )
    return figure


def bridge_table(plan: Plan, bridge: Bridge, language: str) -> pd.DataFrame:
    """One row per revision: whose, of which quarter, when, from what to what, and what that changed."""
    said = plan.indicators[bridge.indicator]
    rows = [
        {
            "unit": unit_name(plan, revision.unit, language),
            "period": quarter(revision.period, language),
            "at": moment(revision.at),
            "before": written(revision.own_before, said),
            "after": written(revision.own_after, said),
            "change": _gained(revision.change, bridge, said),
        }
        for revision in bridge.revisions
    ]
    table = pd.DataFrame(rows, columns=["unit", "period", "at", "before", "after", "change"])
    return table.rename(columns={name: text(f"bridge.column.{name}", language) for name in table.columns})


def bridge_words(plan: Plan, bridge: Bridge, language: str) -> str:
    """`首报 145家，修订 +2家，现为 147家。`"""
    said = plan.indicators[bridge.indicator]
    change = sum((step for _, step in bridge.by_unit()), Decimal(0))
    words = {
        "first": level_words(bridge.first, bridge, said, language),
        "now": level_words(bridge.now, bridge, said, language),
        "change": _gained(change, bridge, said),
        "number": len(bridge.revisions),
    }
    return text("bridge.summary" if bridge.revisions else "bridge.none", language, **words)


def level_words(value: Any, bridge: Bridge, said: Indicator, language: str) -> str:
    if bridge.counts_units and value is not None:
        return text("bridge.passing", language, number=f"{value:f}")
    return measured(value, said, language)


def unit_name(plan: Plan, unit: str, language: str) -> str:
    return plan.units[unit].label(language, short=True) if unit else text("bridge.others", language)


def _levels(bridge: Bridge) -> list[Decimal]:
    """The first figure, and the level after each unit's revisions."""
    levels = [bridge.first or Decimal(0)]
    for _, change in bridge.by_unit():
        levels.append(levels[-1] + change)
    return levels


def _height(value: Decimal, bridge: Bridge, said: Indicator) -> float:
    return float(value) if bridge.counts_units else drawn(value, said) or 0.0


def _gained(change: Decimal, bridge: Bridge, said: Indicator) -> str:
    if bridge.counts_units:
        return f"{change:+f}".replace("-", "−") if change else "0"
    return gained(change, said)


def _marks(names: Sequence[str], bridge: Bridge, said: Indicator, colours: Theme) -> go.Scatter:
    levels = [bridge.first or Decimal(0), bridge.now or Decimal(0)]
    return go.Scatter(
        x=list(names),
        y=[_height(level, bridge, said) for level in levels],
        mode="markers+text",
        marker={"symbol": "line-ew", "size": 44, "line": {"color": colours.ink, "width": 3}},
        text=[f"<b>{f'{level:f}' if bridge.counts_units else written(level, said)}</b>" for level in levels],
        textposition="top center",
        textfont={"color": colours.ink, "size": 14},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def _range(heights: Sequence[float]) -> list[float]:
    room = ((max(heights) - min(heights)) or 1.0) * ROOM
    return [min(heights) - room, max(heights) + room]
