"""成套材料: make a meeting's pack, follow its making, keep it, hand it out again.

A pack is kept among the originals under its fingerprint; the audit says who made it, when and from
which data. The same choices on the same data give the pack that is there already.
"""

import io
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

from exports.jobs import JobFailed, make_pack
from exports.pack import FORMATS, file_name
from exports.stamp import code
from locales.formats import moment, quarter
from metrics.period import Period
from metrics.result import Result
from pages.parts.context import database, language, plans, say
from pages.parts.html import draw, escape
from store.audit import list_entries, record

ACTION = "pack"
LISTED = 10


def packs_part(result: Result) -> None:
    """Choose formats, make, download; below, the packs that were made."""
    draw(f'<h2 id="packs">{escape(say("packs.title"))}</h2><p class="note">{escape(say("packs.words"))}</p>')
    formats = st.pills(
        say("packs.formats"), FORMATS, selection_mode="multi", default=FORMATS, key="pack-formats",
        format_func=lambda form: say(f"packs.format.{form}"),
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = st.text_input(say("packs.who"), key="pack-who", placeholder=say("packs.who_hint"), width=220)
        pressed = st.button(say("packs.make"), type="primary", disabled=not formats, icon=":material/folder_zip:")
    if pressed:
        chosen = tuple(form for form in FORMATS if form in formats)
        st.session_state["pack-made"] = _made_before(result, chosen) or _make(result, chosen, who.strip())
    _list(result)


def _key(result: Result, formats: tuple[str, ...]) -> dict[str, Any]:
    """What tells one pack from another: everything its files are made of."""
    return {
        "plan": result.plan.plan,
        "plan_version": result.plan.version,
        "as_of": str(result.as_of),
        "known_at": result.known_at.isoformat() if result.known_at else None,
        "unit_set": result.unit_set,
        "formats": list(formats),
        "language": language(),
        "data_version": result.data_version,
        "code": code(result),
    }


def _made_before(result: Result, formats: tuple[str, ...]) -> str | None:
    wanted = _key(result, formats)
    same = [made for made in _entries() if all(made[name] == value for name, value in wanted.items())]
    return str(same[0]["sha256"]) if same else None


def _make(result: Result, formats: tuple[str, ...], who: str) -> str | None:
    """The fingerprint of the kept zip; None with a sentence on the page when it could not be made."""
    bar = st.progress(0.0, say("packs.begin"))

    def heard(line: dict[str, Any]) -> None:
        if "file" in line:
            said = say("packs.progress", file=line["file"], done=line["done"], of=line["of"])
            bar.progress(line["done"] / line["of"], said)

    with tempfile.TemporaryDirectory() as folder:
        try:
            make_pack(result, formats, language(), Path(folder), heard)
        except JobFailed as fault:
            bar.empty()
            st.error(say("packs.failed", reason=str(fault) or say("packs.no_reason")))
            return None
        data, count = _zip(Path(folder))
    bar.empty()
    fingerprint = database().save_original(data)
    name = file_name(result, say("packs.content"), "zip", language())
    detail = _key(result, formats) | {"sha256": fingerprint, "name": name, "files": count, "bytes": len(data)}
    record(database(), datetime.now(), who or say("packs.web"), ACTION, detail)
    return fingerprint


def _zip(folder: Path) -> tuple[bytes, int]:
    """What is in it is packed already, so the zip only holds it together."""
    files = sorted(folder.iterdir())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as target:
        for file in files:
            target.write(file, file.name)
    return stream.getvalue(), len(files)


def _entries() -> list[dict[str, Any]]:
    """Every pack that was made, newest first, with who made it and when."""
    entries = list_entries(database(), action=ACTION)
    rows = zip(entries["done_at"], entries["who"], entries["detail"], strict=True)
    return [{"at": at, "who": who, **detail} for at, who, detail in rows]


def _list(result: Result) -> None:
    made = _entries()[:LISTED]
    if not made:
        return
    draw(f"<h3>{escape(say('packs.finished'))}</h3>")
    for n, entry in enumerate(made):
        with st.container(horizontal=True, vertical_alignment="center", key=f"pack-row-{n}"):
            draw(_row(entry, result))
            st.download_button(
                say("packs.download"),
                data=lambda sha=str(entry["sha256"]): database().read_original(sha),
                file_name=str(entry["name"]),
                mime="application/zip",
                key=f"pack-{n}",
                on_click="ignore",
                icon=":material/download:",
                type="primary" if entry["sha256"] == st.session_state.get("pack-made") else "secondary",
            )


def _row(entry: dict[str, Any], result: Result) -> str:
    plan = plans().get(entry["plan"])
    named = plan.short.by(language()) if plan else str(entry["plan"])
    title = say("packs.row", plan=named, quarter=quarter(Period.parse(entry["as_of"]), language()))
    facts = say(
        "packs.facts", who=entry["who"], at=moment(entry["at"]), files=entry["files"],
        megabytes=f"{entry['bytes'] / 1e6:.1f}", version=entry["data_version"], code=entry["code"],
    )  # fmt: skip
    old = entry["data_version"] != result.data_version
    note = f' <span class="badge">{escape(say("packs.old"))}</span>' if old else ""
    return f'<div><b>{escape(title)}</b>{note}<br><span class="note">{escape(facts)}</span></div>'
