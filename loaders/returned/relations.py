"""How the parts of a workbook hang together: each part's relations, and the attribute that names one."""

import posixpath
from dataclasses import dataclass

from loaders.returned.xml import Tag, escape, scan

LOOSE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'


@dataclass(frozen=True)
class Relation:
    id: str
    kind: str
    """The last word of its type: worksheet, comments, vmlDrawing …"""
    part: str
    """The part it leads to; '' for one outside the file."""


def rels_of(part: str) -> str:
    return posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")


def read_relations(raw: bytes, part: str) -> list[Relation]:
    """The relations of `part`, from the part that lists them."""
    return [_relation(tag, posixpath.dirname(part)) for tag in scan(raw, {"Relationship"})]


def _relation(tag: Tag, folder: str) -> Relation:
    outside = tag.attributes.get("TargetMode") == "External"
    target = posixpath.normpath(posixpath.join("/" + folder, tag.attributes.get("Target", ""))).lstrip("/")
    kind = tag.attributes.get("Type", "").rpartition("/")[2]
    return Relation(tag.attributes.get("Id", ""), kind, "" if outside else target)


def prefix_of(tag: Tag, namespace: str) -> str | None:
    """The prefix an element binds to a namespace, or None."""
    bound = (key for key, value in tag.attributes.items() if value == namespace and key.startswith("xmlns:"))
    return next((key.removeprefix("xmlns:") for key in bound), None)


def relation_attribute(root: Tag, namespace: str, named: str) -> bytes:
    """`r:id="rId3"` with the prefix the part uses, bound on the spot where it uses none."""
    prefix = prefix_of(root, namespace)
    bind = "" if prefix else f' xmlns:r="{namespace}"'
    return f'{bind} {prefix or "r"}:id="'.encode() + escape(named) + b'"'
