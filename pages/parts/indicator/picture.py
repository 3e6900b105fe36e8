"""A picture with its table next to it; below one another on a phone."""

from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from metrics.result import Result
from pages.parts.html import draw, escape
from pages.parts.plain_table import Links, plain_table
from pages.parts.sources import result_key

PLAIN = {"displayModeBar": False, "scrollZoom": False, "responsive": True}


Made = TypeVar("Made")


def _name(make: FunctionType) -> str:
    return f"{make.__module__}.{make.__qualname__}"


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs={Result: result_key, FunctionType: _name})
def made(make: Callable[..., Made], result: Result, *what: object) -> Made:
    """`make(result, …)`, made once for all visitors until the data change; nobody may alter it."""
    return make(result, *what)


def picture(
    title: str,
    figure: Any,
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
