"""Seals an Office file: the stamp as document properties, the exact figures as a part of their own.

An Office file is a zip. Two parts are added that Word, Excel, PowerPoint and WPS keep when the file is
edited: `docProps/custom.xml` with the short stamp, and a custom XML part with every exact figure and
every text that shows one, so that the self-check can say what was changed by hand.
"""

import base64
import io
import json
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import Protocol
from xml.sax.saxutils import escape

from exports.fields import records
from exports.shown import shown
from exports.stamp import stamp
from locales import DEFAULT
from metrics.result import Result

PROPERTIES = "docProps/custom.xml"
FIGURES = "customXml/item1.xml"
NAMESPACE = "urn:progress-dashboard:figures"
TYPES, LINKS = "[Content_Types].xml", "_rels/.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
DATED = (1980, 1, 1, 0, 0, 0)
CORE, MOMENT = "docProps/core.xml", re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
"""No clock in a file: the same figures give the same bytes."""


class Write(Protocol):
    """`indicator` narrows a table to one indicator and chooses a card's; `card` chooses the picture."""

    def __call__(
        self, result: Result, indicator: str | None = None, *, card: str | None = None, language: str = DEFAULT
    ) -> bytes: ...


def sealed(write: Write) -> Write:
    """`write`, with its bytes sealed."""

    def sealing(
        result: Result, indicator: str | None = None, *, card: str | None = None, language: str = DEFAULT
    ) -> bytes:
        return seal(write(result, indicator, card=card, language=language), result, indicator, language)

    return sealing


def seal(
    data: bytes, result: Result, indicator: str | None, language: str, edits: Sequence[tuple[str, str]] = ()
) -> bytes:
    """`edits`: paragraphs that a person changed before the export, each as computed and as edited."""
    facts = stamp(result, indicator, language)
    if edits:
        facts["edited"] = str(len(edits))
    inside: dict[str, object] = {"stamp": facts, "records": records(result, indicator), "shown": shown(data)}
    if edits:
        inside["edits"] = [list(edit) for edit in edits]
    when = f"{result.as_of.end}T00:00:00Z".encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == TYPES:
                content = _before(content, "</Types>", _types())
            elif member.filename == LINKS:
                content = _before(content, "</Relationships>", _links())
            elif member.filename.endswith(".xlsx"):
                content = _undated(content, when)
            elif member.filename == CORE:
                content = MOMENT.sub(when, content)
            _put(target, member.filename, content)
        _put(target, PROPERTIES, _properties(facts).encode())
        _put(target, FIGURES, _figures(inside).encode())
    return stream.getvalue()


def _undated(data: bytes, when: bytes) -> bytes:
    """The workbook behind a native chart bears the moment it was written; not here."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            _put(target, name, MOMENT.sub(when, content) if name == CORE else content)
    return stream.getvalue()


def _put(target: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, DATED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    target.writestr(entry, content)


def _before(content: bytes, end: str, more: str) -> bytes:
    head, found, tail = content.decode().rpartition(end)
    if not found:
        raise ValueError(f"not an Office file: {end} is missing")
    return (head + more + found + tail).encode()


def _types() -> str:
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    return (
        f'<Override PartName="/{PROPERTIES}" ContentType="{kind}"/>'
        f'<Override PartName="/{FIGURES}" ContentType="application/xml"/>'
    )


def _links() -> str:
    return "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for name, kind, target in (
            ("rIdSeal", "custom-properties", PROPERTIES),
            ("rIdFigures", "customXml", FIGURES),
        )
    )


def _properties(facts: dict[str, str]) -> str:
    rows = "".join(
        f'<property fmtid="{PROPERTY_SET}" pid="{n}" name="{escape(name)}"><vt:lpwstr>{escape(value)}</vt:lpwstr>'
        "</property>"
        for n, (name, value) in enumerate(facts.items(), 2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">{rows}</Properties>'
    )


def _figures(inside: dict[str, object]) -> str:
    packed = zlib.compress(json.dumps(inside, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return f'<figures xmlns="{NAMESPACE}">{base64.b64encode(packed).decode()}</figures>'
