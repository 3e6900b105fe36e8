"""Light and dark: one look for every figure, sparkline and card.

`palette` holds the light tones; the dark ones are mixed from them here, so that a status keeps its
hue in both.
"""

from dataclasses import dataclass

import plotly.graph_objects as go

from charts import palette
from charts.palette import StatusStyle

FONT = "'PingFang SC','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC',sans-serif"


@dataclass(frozen=True)
class Theme:
    """`ink` for text, `muted` for captions, `line` for borders, `track` for empty bars, `city` for the city's tile."""

    ink: str
    muted: str
    line: str
    grid: str
    paper: str
    card: str
    track: str
    accent: str
    path: str
    """The assumed path: always dashed, never a status colour."""
    wash: str
    """The faint ground of banners and of cells without a status."""
    link: str
    button: str
    city: str
    hatch: str
    bar: str
    """Quiet bars of figures without a status."""


LIGHT = Theme(
    palette.INK,
    palette.MUTED,
    line="#DFE3E8",
    grid=palette.GRID,
    paper=palette.PAPER,
    card="#FFFFFF",
    track="#E9ECF0",
    accent=palette.TEAL,
    path="#6B7785",
    wash="#F5F7F9",
    link="#0F5B54",
    button=palette.TEAL,
    city=palette.INK,
    hatch="rgba(255,255,255,.55)",
    bar="#B9C2CC",
)
DARK = Theme(
    "#E8ECF1",
    "#A9B4C0",
    line="#313B47",
    grid="#2A333E",
    paper="#12181F",
    card="#19212A",
    track="#2C3641",
    accent="#4DB3A8",
    path="#8E9AA8",
    wash="#1A222B",
    link="#7CCBC2",
    button=palette.TEAL,
    city="#2B3643",
    hatch="rgba(0,0,0,.35)",
    bar="#56636F",
)


def theme(dark: bool = False) -> Theme:
    return DARK if dark else LIGHT


def mixed(colour: str, other: str, share: float) -> str:
    """`share` of `colour`, the rest of `other`, both `#RRGGBB`."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def tone(status: str, dark: bool = False) -> StatusStyle:
    """Colour and shape of a status on light or on dark paper."""
    style = palette.LOOKS[status]
    if not dark:
        return style
    return StatusStyle(
        style.shape,
        fill=mixed(style.fill, "#FFFFFF", 0.86),
        on_fill=style.on_fill,
        tint=mixed(style.fill, DARK.card, 0.30),
        text=mixed(style.fill, "#FFFFFF", 0.42),
    )


def css_variables(dark: bool = False) -> str:
    """The theme as CSS: `--ink` …, and `.is-<status>` (`.is-task-<state>`) setting `--fill --on-fill --tint --tone`."""
    base = "".join(f"--{name}:{value};" for name, value in vars(theme(dark)).items())
    statuses = (
        f".is-{status}{{--fill:{style.fill};--on-fill:{style.on_fill};--tint:{style.tint};--tone:{style.text}}}"
        for status, style in ((name, tone(name, dark)) for name in palette.LOOKS)
    )
    return f":root{{{base}}}" + "".join(statuses)


def styled(figure: go.Figure, dark: bool = False, height: int = 300) -> go.Figure:
    """The house look: system fonts, no frame, quiet grid, tight margins, legend above."""
    colours = theme(dark)
    axis = {
        "gridcolor": colours.grid,
        "linecolor": colours.line,
        "zerolinecolor": colours.line,
        "tickfont": {"color": colours.muted, "size": 12},
        "title": {"font": {"color": colours.muted, "size": 12}},
        "automargin": True,
    }
    figure.update_layout(
        font={"family": FONT, "size": 13, "color": colours.ink},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 8, "t": 32, "b": 8},
        height=height,
        hoverlabel={"font": {"family": FONT}, "bgcolor": colours.card, "bordercolor": colours.line},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"color": colours.muted}},
    )
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    return figure
