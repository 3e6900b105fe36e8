"""One sent file: whose version it is, what became of it and by whom, its fingerprint, the file itself."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import streamlit as st

from locales.formats import UNKNOWN, listing, moment
from pages.parts.address import language
from pages.parts.context import chosen, say
from pages.parts.html import draw, escape
from pages.parts.lamp import badge
from pages.parts.people import called
from pages.parts.sources import database
from store.audit import record
from store.originals import may_open, read_original
from store.provenance import Version
from store.submissions import Mend


def sent_file(version: Version, mends: Sequence[Mend] = (), key: str = "original") -> None:
    """One submission stands for a unit and quarter, so all its figures come from one file.

    `key` tells the places apart where a page shows the same file twice.
    """
    marks = badge(say("origin.version", number=version.number)) + badge(say(f"origin.state.{version.state}"))
    life = "".join(f"<li>{line}</li>" for line in _life(version, mends))
    draw(
        f'<div class="origin"><p><b>{escape(version.file_name)}</b> {marks}</p><ol class="life">{life}</ol>'
        f'<p class="note">{escape(say("detail.origin.fingerprint"))} <code>{escape(version.sha256)}</code></p></div>'
    )
    download_original(version.sha256, version.file_name, f"{key}-{version.submission}")


def _life(version: Version, mends: Sequence[Mend]) -> Iterator[str]:
    """Received, mended, answered, sent, decided, in order of time: each with when and by whom."""
    lines = [(version.received_at, _step(say("origin.step.received"), version.received_at))]
    if mends:
        at, done = max(mend.at for mend in mends), say("origin.mended_cells", number=len(mends))
        lines.append((at, _step(done, at, *(mend.who for mend in mends))))
    if answers := [notice for notice in version.notices if notice.get("answer")]:
        at = max(datetime.fromisoformat(str(notice["answered_at"])) for notice in answers)
        done = say("origin.answered", number=len(answers))
        lines.append((at, _step(done, at, *(str(notice["answered_by"]) for notice in answers))))
    lines += [
        (step.at, _step(say(f"origin.step.{step.step}"), step.at, step.who, why=step.why)) for step in version.steps
    ]
    yield from (line for _, line in sorted(lines, key=lambda one: one[0]))


def _step(done: str, at: datetime, *people: str, why: str | None = None) -> str:
    """Markup: what was done, when, by whom, and why where a reason was asked for."""
    who = listing(dict.fromkeys(called(name) for name in people), language())
    reason = f'<span class="note">{escape(say("origin.because", why=why))}</span>' if why else ""
    return f"<b>{escape(done)}</b> {escape(moment(at))} {escape(who)}{reason}"


def download_original(sha256: str, file_name: str, key: str) -> None:
    """The bytes as they were sent; read only when somebody asks for them, and who did is kept."""
    acting = database()
    if not may_open(acting, sha256):
        return
    plan = chosen().plan.plan

    def handed_out() -> bytes:
        content = read_original(acting, sha256)
        record(acting, datetime.now(), acting.person.name, "download", _told(plan, file_name, sha256))
        return content

    st.download_button(
        say("detail.origin.download", file=file_name),
        data=handed_out,
        file_name=file_name,
        mime="application/octet-stream",
        key=key,
        on_click="ignore",
        icon=":material/download:",
    )


def _told(plan: str, file_name: str, sha256: str) -> dict[str, object]:
    return {"plan": plan, "file": file_name, "sha256": sha256}


def mend_words(mend: Mend) -> str:
    """`原表为 1x，张三 2026-10-12 09:30 在网页上改为 12`."""
    return say(
        "origin.mend", found=mend.found or say("origin.blank"), typed=mend.typed or UNKNOWN, who=called(mend.who),
        at=moment(mend.at),
    )  # fmt: skip
