"""A line the size of a word: actual by quarter, the assumed path dashed, a dot in the status colour.

Plain SVG and no Plotly: a dozen of them on a page must cost nothing.
"""

import base64
from collections.abc import Sequence

import pandas as pd

from charts.theme import theme, tone

WIDTH, HEIGHT, EDGE = 100.0, 32.0, 3.0

Points = Sequence[float | None]


def sparkline(rows: pd.DataFrame, status: str, dark: bool = False) -> str:
    """A `data:` address of the picture. `rows` are history rows of one indicator and unit in order of time."""
    actual, expected = _numbers(rows["actual"]), _numbers(rows["expected"])
    return "data:image/svg+xml;base64," + base64.b64encode(_svg(actual, expected, status, dark).encode()).decode()


def _numbers(column: pd.Series) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in column]


def _svg(actual: Points, expected: Points, status: str, dark: bool) -> str:
    colours = theme(dark)
    known = [value for value in (*actual, *expected) if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])

    def place(index: int, value: float) -> str:
        x = EDGE + (WIDTH - 2 * EDGE) * index / max(len(actual) - 1, 1)
        y = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - low) / ((high - low) or 1)
        return f"{x:.1f} {y:.1f}"

    def line(values: Points) -> str:
        """Gaps stay gaps: a missing quarter is not bridged."""
        steps, pen = [], "M"
        for index, value in enumerate(values):
            if value is None:
                pen = "M"
            else:
                steps.append(pen + place(index, value))
                pen = "L"
        return " ".join(steps)

    last = next(((i, v) for i, v in reversed(list(enumerate(actual))) if v is not None), None)
    dot = f'<path d="M{place(*last)}h0" stroke="{tone(status, dark).fill}" stroke-width="7"/>' if last else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" preserveAspectRatio="none">'
        "<style>path{fill:none;stroke-linecap:round;stroke-linejoin:round;vector-effect:non-scaling-stroke}</style>"
        f'<path d="{line(expected)}" stroke="{colours.path}" stroke-width="1.2" stroke-dasharray="3 3"/>'
        f'<path d="{line(actual)}" stroke="{colours.ink}" stroke-width="1.6"/>{dot}</svg>'
    )
