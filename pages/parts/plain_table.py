"""A small table as plain markup: it prints, it can be read aloud, and its cells may be links."""

import re

import pandas as pd

from pages.parts.html import escape

LONG = 16
_REMARK = re.compile("（| \\(")
_FIGURE = re.compile(r"[+−]?[\d,.]+( / [\d,.]+)?%?|—|")

Links = dict[str, list[str | None]]
"""For a column, the address each of its cells leads to."""


def plain_table(frame: pd.DataFrame, caption: str, links: Links | None = None) -> str:
    """Columns of figures stand to the right. `caption` is read aloud, not shown."""
    figures = {name for name in frame.columns if _is_figures([str(value) for value in frame[name]])}
    head = "".join(f'<th scope="col"{_side(name in figures)}>{escape(str(name))}</th>' for name in frame.columns)
    lines = []
    for index in range(len(frame)):
        cells = []
        for name in frame.columns:
            shown = escape(str(frame[name].iloc[index]))
            address = (links or {}).get(str(name), [None] * len(frame))[index]
            if address:
                shown = f'<a class="figure" target="_self" href="{escape(address)}">{shown}</a>'
            cells.append(f"<td{_kind(str(frame[name].iloc[index]), name in figures)}>{shown}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    body = f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody>"
    return f'<div class="scroll"><table class="plain"><caption>{escape(caption)}</caption>{body}</table></div>'


def _is_figures(shown: list[str]) -> bool:
    return all(_FIGURE.fullmatch(value) for value in shown) and any(
        value[-1:].isdigit() or "%" in value for value in shown
    )


def _kind(shown: str, figure: bool) -> str:
    """Short cells stay on one line; a sentence, or a word with a remark behind it, may wrap."""
    if figure:
        return _side(figure)
    if len(shown) > LONG:
        return ' class="words"'
    return ' class="remarked"' if _REMARK.search(shown) else ""


def _side(figure: bool) -> str:
    return ' class="number"' if figure else ""
