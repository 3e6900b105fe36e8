"""Steps that lead from one level to the next: bars that float, and thin lines between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from charts.theme import Theme


@dataclass(frozen=True)
class Step:
    """`start` and `length` in the axis's measure; `words` stand at its end."""

    name: str
    start: float
    length: float
    colour: str
    words: str


def step_bars(steps: Sequence[Step], colours: Theme, width: float) -> go.Bar:
    return go.Bar(
        x=[step.name for step in steps],
        y=[step.length for step in steps],
        base=[step.start for step in steps],
        width=width,
        marker={"color": [step.colour for step in steps]},
        text=[step.words for step in steps],
        textposition="outside",
        textfont={"color": colours.ink, "size": 13},
        cliponaxis=False,
        constraintext="none",
        hoverinfo="skip",
        showlegend=False,
    )


def joints(levels: Sequence[float], colours: Theme, clear: float, dash: str = "solid") -> list[dict[str, Any]]:
    """A line at each level to the next step; `clear` is how far from a step's middle it begins."""
    line = {"color": colours.muted, "width": 1, "dash": dash}
    return [
        {"type": "line", "x0": at + clear, "x1": at + 1 - clear, "y0": level, "y1": level, "line": line}
        for at, level in enumerate(levels)
    ]
