"""The style of the pages that look at one thing closely."""

from functools import cache
from pathlib import Path

import streamlit as st


@cache
def _sheet(name: str) -> str:
    return (Path(__file__).parent / f"{name}.css").read_text(encoding="utf-8")


def detail_look(*own: str) -> None:
    """`own` names further sheets that only one page needs."""
    st.html(f"<style>{''.join(map(_sheet, ('detail', *own)))}</style>")
