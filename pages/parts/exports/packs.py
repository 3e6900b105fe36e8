"""成套材料: make a meeting's pack, follow its making, look at every page, keep it, hand it out again.

A pack is kept among the originals under its fingerprint, and so are the pictures of its pages; the audit
says who made it, when and from which data. The same choices on the same data give the pack that is there
already.
"""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

from exports.brief.wording import Wording
from exports.jobs import JobFailed, look, make_pack
from exports.pack import FORMATS, file_name
from metrics.result import Result
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.exports.brief_editor import saved_wording
from pages.parts.exports.packs_list import entries, packs_list
from pages.parts.exports.pages_shown import packed
from pages.parts.html import draw, escape
from pages.parts.sources import database
from pages.parts.taken import place
from pages.parts.visitor import visitor
from store.audit import record
from store.originals import save_original
from store.people import GUEST, require, signature

ACTION = "pack"
DRAWING = 0.7
"""Where the bar stands once all files are made and their pages are being drawn."""


def packs_part(result: Result) -> None:
    """Choose formats, make, look, download; below, the packs that were made."""
    draw(f'<h2 id="packs">{escape(say("packs.title"))}</h2><p class="note">{escape(say("packs.words"))}</p>')
    formats = st.pills(
        say("packs.formats"), FORMATS, selection_mode="multi", default=FORMATS, key="pack-formats",
        format_func=lambda form: say(f"packs.format.{form}"),
    )  # fmt: skip
    typed = ""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if visitor() == GUEST:
            typed = st.text_input(say("packs.who"), key="pack-who", placeholder=say("packs.who_hint"), width=220)
        pressed = st.button(say("packs.make"), type="primary", disabled=not formats, icon=":material/folder_zip:")
    if pressed:
        chosen = tuple(form for form in FORMATS if form in formats)
        edited, entry = saved_wording(result) if "docx" in chosen else (None, 0)
        key = _key(result, chosen, entry)
        made = _made_before(key) or _make(result, chosen, edited, key, typed)
        st.session_state["pack-made"] = st.session_state["pack-seen"] = made
    packs_list(result)


def _key(result: Result, formats: tuple[str, ...], edit: int) -> dict[str, Any]:
    """What tells one pack from another: everything its files are made of."""
    return {**place(result), "formats": list(formats), "edit": edit}


def _made_before(wanted: dict[str, Any]) -> str | None:
    same = [made for made in entries() if all(made.get(name, 0) == value for name, value in wanted.items())]
    return str(same[0]["sha256"]) if same else None


def _make(
    result: Result, formats: tuple[str, ...], edited: Wording | None, key: dict[str, Any], typed: str
) -> str | None:
    """The fingerprint of the kept zip; None with a sentence on the page when it could not be made."""
    require(database(), "export")
    bar = st.progress(0.0, say("packs.begin"))
    names: list[str] = []

    def heard(line: dict[str, Any]) -> None:
        if "file" in line:
            names.append(line["file"])
            said = say("packs.progress", file=line["file"], done=line["done"], of=line["of"])
            bar.progress(DRAWING * line["done"] / line["of"], said)

    with tempfile.TemporaryDirectory() as folder:
        try:
            make_pack(result, formats, language(), Path(folder), heard, edited=edited)
        except JobFailed as fault:
            bar.empty()
            st.error(say("packs.failed", reason=str(fault) or say("packs.no_reason")))
            return None
        # In the order of the pack: slides and brief first, the manifest not shown.
        files = {name: (Path(folder) / name).read_bytes() for name in names}
        data, count = packed(Path(folder)), len(list(Path(folder).iterdir()))
    bar.progress(DRAWING, say("preview.looking"))
    seen = _drawn(files)
    bar.empty()
    name = file_name(result, say("packs.content"), "zip", language())
    fingerprint = save_original(database(), data)
    detail = key | {
        "sha256": fingerprint,
        "name": name,
        "files": count,
        "bytes": len(data),
        "pages": save_original(database(), seen) if seen else None,
    }
    record(database(), datetime.now(), signature(visitor(), typed), ACTION, detail)
    return fingerprint


def _drawn(files: dict[str, bytes]) -> bytes | None:
    """The pages as kept; a pack whose pages could not be drawn in time is a pack all the same."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            look(files, Path(folder))
        except JobFailed as fault:
            st.warning(say("preview.failed", reason=str(fault) or say("preview.no_reason")))
            return None
        return packed(Path(folder))
