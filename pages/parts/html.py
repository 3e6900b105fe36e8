"""Drawing our own markup: escape what comes from outside, one style sheet for all pages."""

import json
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from charts.theme import css_variables
from locales import catalogue
from pages.parts.address import language
from pages.parts.visitor import current_visit

HERE = Path(__file__).parent

__all__ = ["dark", "draw", "escape", "figure_link", "look"]


def dark() -> bool:
    return st.context.theme.type == "dark"


def draw(markup: str) -> None:
    """Put markup on the page. Everything that is not our own words must have been escaped."""
    st.html(markup)


def figure_link(shown: str, address: str, label: str = "") -> str:
    """A number that leads to where it comes from. `shown` and `label` are plain text."""
    name = f' aria-label="{escape(label)}"' if label else ""
    return f'<a class="figure" target="_self" href="{escape(address)}"{name}>{escape(shown)}</a>'


@cache
def _file(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def look() -> None:
    """The style sheet, and the words Streamlit has in English only."""
    st.html(f"<style>{css_variables(dark())}{_file('style.css')}</style>")
    english, chinese = catalogue("en"), catalogue("zh_CN")
    words = {english[key]: chinese[key] for key in english if key.startswith("streamlit.")}
    settings = {
        "language": language(),
        "words": words if language() == "zh_CN" else {},
        "signed_in": current_visit() is not None,
    }
    script = _file("browser.js").replace("SETTINGS", json.dumps(settings, ensure_ascii=False))
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
