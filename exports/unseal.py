"""What a sealed file says about itself: its stamp, its exact figures, its texts as they were written.

The file may have been through any hands. The stamp is read from the document properties, which every
office program keeps; the figures from a part of their own, which some drop.
"""

import base64
import binascii
import io
import json
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from exports.seal import FIGURES, NAMESPACE, PROPERTIES
from exports.shown import Shown

MOST = 16 * 1024 * 1024
"""Bytes of unpacked figures: ten times the largest plan's."""


@dataclass(frozen=True)
class Sealed:
    stamp: dict[str, str]
    records: list[dict[str, Any]] | None
    shown: Shown | None
    edits: tuple[tuple[str, str], ...] = ()
    """Paragraphs a person changed before the export: as computed, as edited."""


def unseal(data: bytes) -> Sealed | None:
    """None when the file is none of ours, or its stamp has been lost."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = _figures(archive)
            stamp = inside["stamp"] if inside else _properties(archive)
    except (zipfile.BadZipFile, ElementTree.ParseError, OSError, ValueError, KeyError):
        return None
    if not stamp or not {"plan", "as_of", "code"} <= stamp.keys():
        return None
    words = {str(name): str(value) for name, value in stamp.items()}
    if not inside:
        return Sealed(words, None, None)
    edits = tuple((before, after) for before, after in inside.get("edits", ()))
    return Sealed(words, inside["records"], inside["shown"], edits)


def _properties(archive: zipfile.ZipFile) -> dict[str, str]:
    if PROPERTIES not in archive.namelist():
        return {}
    root = ElementTree.fromstring(archive.read(PROPERTIES))
    return {str(entry.get("name")): "".join(entry.itertext()).strip() for entry in root}


def _figures(archive: zipfile.ZipFile) -> dict[str, Any] | None:
    """Word gives the part another number when it saves; the namespace tells it."""
    folder = FIGURES.partition("/")[0] + "/"
    for name in archive.namelist():
        if name.startswith(folder) and name.endswith(".xml"):
            root = ElementTree.fromstring(archive.read(name))
            if root.tag == f"{{{NAMESPACE}}}figures":
                return _unpacked(root.text or "")
    return None


def _unpacked(packed: str) -> dict[str, Any] | None:
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(base64.b64decode(packed), MOST)
        found = json.loads(plain) if unpacking.eof else None
    except (binascii.Error, zlib.error, ValueError):
        return None
    return found if _is_whole(found) else None


def _is_whole(found: object) -> bool:
    """Whether it has the shape that the seal gives it; anything else counts as lost."""
    if not isinstance(found, dict) or not isinstance(found.get("stamp"), dict):
        return False
    rows, shown, edits = found.get("records"), found.get("shown"), found.get("edits", [])
    return (
        isinstance(rows, list)
        and all(isinstance(row, dict) and {"indicator", "unit"} <= row.keys() for row in rows)
        and isinstance(shown, list)
        and all(_are_texts(text, 3) for text in shown)
        and isinstance(edits, list)
        and all(_are_texts(edit, 2) for edit in edits)
    )


def _are_texts(found: object, count: int) -> bool:
    return isinstance(found, list) and len(found) == count and all(isinstance(text, str) for text in found)
