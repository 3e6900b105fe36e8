"""The style of the pages that look at one thing closely."""

from functools import cache
from pathlib import Path

import streamlit as st


@cache
def _sheet() -> str:
    return (Path(__file__).parent / "detail.css").read_text(encoding="utf-8")


def detail_look() -> None:
    st.html(f"<style>{_sheet()}</style>")
