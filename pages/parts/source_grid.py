"""The sent sheet as a small grid: column letters, row numbers, and the cell in question marked."""

import streamlit as st

from loaders.problem import Refused, message
from loaders.sandbox import read_file
from loaders.source import SourceCell, SourceRow, SourceRows, source_rows
from loaders.workbook import Workbook
from pages.parts.context import database, language, say
from pages.parts.html import draw, escape


@st.cache_resource(max_entries=24, show_spinner=False)
def _workbook(sha256: str, file_name: str) -> Workbook | Refused:
    """The kept original, read again; its fingerprint is the key, so it can never be stale."""
    return read_file(database().read_original(sha256), file_name)


def source_grid(sha256: str, file_name: str, sheet: str, cell: str) -> None:
    try:
        found = _workbook(sha256, file_name)
    except (OSError, ValueError):
        # Lost or altered: the figures stand, but nobody may take the file for their source any more.
        st.error(say("detail.origin.altered"))
        return
    if isinstance(found, Refused):
        st.warning(message(found.problem(), language()))
        return
    draw(grid_markup(source_rows(found, sheet, cell), cell))


def grid_markup(found: SourceRows, cell: str) -> str:
    heads = "".join(f'<th scope="col">{letter}</th>' for _, letter in found.columns)
    lines = "".join(_line(row) for row in found.rows)
    caption = escape(say("detail.origin.grid", sheet=found.sheet, cell=cell))
    return (
        f'<div class="scroll"><table class="sheet"><caption>{caption}</caption>'
        f"<thead><tr><th></th>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def _line(row: SourceRow) -> str:
    kind = ' class="heading"' if row.heading else ""
    return f'<tr{kind}><th scope="row">{row.row}</th>{"".join(_cell(cell) for cell in row.cells.values())}</tr>'


def _cell(cell: SourceCell) -> str:
    marks = " ".join(name for name, on in (("number", cell.number), ("marked", cell.marked)) if on)
    kind = f' class="{marks}"' if marks else ""
    span = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return f"<td{kind}{span}><div>{escape(cell.text)}</div></td>"
