"""每页预览: every page of a file as a picture on the page, drawn outside the web process where that takes long."""

import io
import json
import struct
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from exports.jobs import JobFailed, look
from exports.preview import INDEX, OFFICE, office_program
from pages.parts.context import say
from pages.parts.html import draw, escape

ACROSS, UPRIGHT = 2, 3
"""Pages beside each other: slides and wide sheets (a single one has the whole width), upright paper."""


@dataclass(frozen=True)
class Shown:
    """One file and its pages, each a PNG."""

    file: str
    pages: tuple[bytes, ...]


@st.cache_data(max_entries=24, show_spinner=False)
def drawn(files: Mapping[str, bytes]) -> list[Shown]:
    """Raises JobFailed; what cannot be shown on this machine is left out."""
    with tempfile.TemporaryDirectory() as folder:
        look(files, Path(folder))
        return read_pages(packed(Path(folder)))


def packed(folder: Path) -> bytes:
    """The pages and their index as one zip: how they are kept."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as target:
        for file in sorted(folder.iterdir()):
            target.write(file, file.name)
    return stream.getvalue()


def read_pages(data: bytes) -> list[Shown]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        index = json.loads(archive.read(INDEX))
        return [Shown(entry["file"], tuple(map(archive.read, entry["pages"]))) for entry in index]


def show_file(files: Mapping[str, bytes], key: str) -> None:
    """Draw the pages of freshly made files at once."""
    try:
        with st.spinner(say("preview.wait")):
            found = drawn(files)
    except JobFailed as fault:
        st.error(say("preview.failed", reason=str(fault) or say("preview.no_reason")))
        return
    show(found, key)
    _unseen(list(files), found)


def show(found: Sequence[Shown], key: str) -> None:
    """All pages of one of the files, chosen by name where there are several."""
    if not found:
        return
    names = [shown.file for shown in found]
    name = names[0]
    if len(names) > 1:
        name = st.selectbox(say("preview.file"), names, key=f"seen-{key}") or names[0]
    pages = next(shown.pages for shown in found if shown.file == name)
    beside = min(len(pages), ACROSS) if pages and _is_wide(pages[0]) else UPRIGHT
    with st.container(key=f"pages-{key}"):
        for first in range(0, len(pages), beside):
            for column, n in zip(st.columns(beside), range(first, min(first + beside, len(pages))), strict=False):
                with column:
                    words = say("preview.of", content=name, page=n + 1)
                    st.image(pages[n], width="stretch", caption=say("preview.page", page=n + 1), alt=words)


def _is_wide(png: bytes) -> bool:
    width, height = struct.unpack(">II", png[16:24])
    return bool(width > height)


def _unseen(names: Sequence[str], found: Sequence[Shown]) -> None:
    """Say so where the machine has nothing to show office files with."""
    missing = {name for name in names if name.rpartition(".")[2] in OFFICE} - {shown.file for shown in found}
    if missing and office_program() is None:
        draw(f'<p class="note">{escape(say("preview.none"))}</p>')
