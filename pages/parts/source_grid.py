"""The sent sheet as a small grid: column letters, row numbers, and the cell in question marked."""

from collections.abc import Sequence

import streamlit as st

from loaders.problem import Refused, message
from loaders.sandbox import read_file
from loaders.source import SourceCell, SourceRow, SourceRows, source_rows
from loaders.workbook import Workbook
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.sources import database
from store.database import Database
from store.originals import may_open, read_original
from store.people import OPERATOR
from store.submissions import Mend


@st.cache_resource(max_entries=24, show_spinner=False)
def _workbook(sha256: str, file_name: str, _database: Database) -> Workbook | Refused:
    """The kept original, read again; its fingerprint is the key, so it can never be stale.

    Shared by all visitors: whether one may open it is asked each time before.
    """
    return read_file(read_original(_database, sha256), file_name)


def source_grid(sha256: str, file_name: str, sheet: str, cell: str, mends: Sequence[Mend] = ()) -> None:
    acting = database()
    if not may_open(acting, sha256):
        draw(f'<p class="note">{escape(say("origin.own_files_only"))}</p>')
        return
    try:
        found = _workbook(sha256, file_name, acting.acting_as(OPERATOR))
    except (OSError, ValueError):
        # Lost or altered: the figures stand, but nobody may take the file for their source any more.
        st.error(say("detail.origin.altered"))
        return
    if isinstance(found, Refused):
        st.warning(message(found.problem(), language()))
        return
    draw(grid_markup(source_rows(found, sheet, cell, mends=mends), cell))


def grid_markup(found: SourceRows, cell: str) -> str:
    pinned = _pinned(found)
    heads = "".join(
        f'<th scope="col"{_kind("pinned" if column == pinned else "")}>{letter}</th>'
        for column, letter in found.columns
    )
    lines = "".join(_line(row, pinned) for row in found.rows)
    caption = escape(say("detail.origin.grid", sheet=found.sheet, cell=cell))
    return (
        f'<div class="scroll{" pin" if pinned else ""}"><table class="sheet"><caption>{caption}</caption>'
        f"<thead><tr><th></th>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def _pinned(found: SourceRows) -> int | None:
    """The one column in question, which stays in view on a phone; None where several are."""
    marked = {column for row in found.rows for column, cell in row.cells.items() if cell.marked}
    return marked.pop() if len(marked) == 1 else None


def _line(row: SourceRow, pinned: int | None) -> str:
    cells = "".join(_cell(cell, pinned=column == pinned) for column, cell in row.cells.items())
    return f'<tr{_kind("heading" if row.heading else "")}><th scope="row">{row.row}</th>{cells}</tr>'


def _kind(marks: str) -> str:
    return f' class="{marks}"' if marks else ""


def _cell(cell: SourceCell, *, pinned: bool) -> str:
    """A mended cell shows what stands in the file, struck through, and beside it what was typed."""
    mended = cell.found is not None
    pinned = pinned and cell.columns == 1 and not cell.marked
    told = (("number", cell.number), ("marked", cell.marked), ("mended", mended), ("pinned", pinned))
    kind = _kind(" ".join(name for name, on in told if on))
    span = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    stood = f"<s>{escape(cell.found or say('origin.blank'))}</s> " if mended else ""
    return f"<td{kind}{span}><div>{stood}{escape(cell.text)}</div></td>"
