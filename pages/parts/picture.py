"""A picture with its table next to it; below one another on a phone."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.parts.html import draw, escape
from pages.parts.plain_table import Links, plain_table

PLAIN = {"displayModeBar": False, "scrollZoom": False, "responsive": True}


def picture(
    title: str,
    figure: go.Figure,
    rows: pd.DataFrame,
    caption: str,
    key: str,
    links: Links | None = None,
    note: str = "",
) -> None:
    with st.container(border=True, key=f"picture-{key}"):
        words = f'<p class="note">{escape(note)}</p>' if note else ""
        draw(f"<h2>{escape(title)}</h2>{words}")
        left, right = st.columns(2, gap="medium")
        with left:
            st.plotly_chart(figure, theme=None, config=PLAIN, key=f"plot-{key}", alt=caption)
        with right:
            draw(plain_table(rows, caption, links))
