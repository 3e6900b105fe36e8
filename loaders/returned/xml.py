"""Places in the bytes of a part, so that a change is a splice and every other byte stays as it came.

Parsing a part into a tree and writing it again would rewrite what we never looked at (and a tree of
a large sheet takes a gigabyte); here memory follows the places we change.
"""

import re
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(rb"\s+([^\s=/>]+)\s*=\s*(\"[^\"]*\"|'[^']*')")


class Unmarkable(Exception):
    """A part is not built as the standard says, so it is not touched: the values are copied instead."""


class _Enough(Exception):
    pass


@dataclass
class Tag:
    """An element: `start` to `head` is its start tag, `tail` to `end` its end tag."""

    name: str
    prefix: str
    attributes: dict[str, str]
    start: int
    head: int
    tail: int
    end: int
    within: tuple[str, ...] = ()

    @property
    def closed(self) -> bool:
        """`<row/>`: no end tag to put anything before."""
        return self.tail == self.head == self.end


@dataclass
class Splices:
    """Changes to one part, kept until all places are known."""

    raw: bytes
    changes: list[tuple[int, int, bytes]] = field(default_factory=list)

    def insert(self, at: int, content: bytes) -> None:
        self.changes.append((at, at, content))

    def replace(self, start: int, end: int, content: bytes) -> None:
        self.changes.append((start, end, content))

    def done(self) -> bytes:
        pieces, at = [], 0
        for start, end, content in sorted(self.changes, key=lambda change: change[:2]):
            pieces += [self.raw[at:start], content]
            at = end
        return b"".join([*pieces, self.raw[at:]])


def walk(
    raw: bytes,
    start: Callable[[str, dict[str, str], int], None],
    end: Callable[[str, int], None] = lambda name, at: None,
) -> None:
    """Call `start(name, attributes, byte)` and `end(name, byte)` with names as written (`x:row`)."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(name, attributes, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda name: end(name, parser.CurrentByteIndex)
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as fault:
        raise Unmarkable(str(fault)) from fault


def head_end(raw: bytes, start: int) -> int:
    """Where the start tag that begins at `start` ends; a `>` inside an attribute does not end it."""
    found = _TAG.match(raw, start)
    if found is None:
        raise Unmarkable("no tag")
    return found.end()


def scan(raw: bytes, names: Collection[str], *, until: str = "") -> list[Tag]:
    """All elements with one of these local names, in the order they begin; `until` ends the look."""
    found: list[Tag] = []
    path: list[str] = []
    opened: list[Tag | None] = []

    def start(name: str, attributes: dict[str, str], at: int) -> None:
        prefix, _, local = name.rpartition(":")
        if local == until:
            raise _Enough
        tag = None
        if local in names:
            head = head_end(raw, at)
            tag = Tag(local, prefix and prefix + ":", attributes, at, head, head, head, tuple(path))
            found.append(tag)
        path.append(local)
        opened.append(tag)

    def end(name: str, at: int) -> None:
        path.pop()
        tag = opened.pop()
        if tag is not None and not raw.endswith(b"/>", tag.start, tag.head):
            tag.tail, tag.end = at, raw.index(b">", at) + 1

    with suppress(_Enough):
        walk(raw, start, end)
    return found


def with_attributes(tag: bytes, **changes: str | None) -> bytes:
    """A start tag with attributes set, added, or (None) taken away."""
    left, kept = dict(changes), b""
    name = re.match(rb"<[^\s/>]+", tag)
    if name is None:
        raise Unmarkable("no tag")
    for attribute in _ATTRIBUTE.finditer(tag, name.end()):
        key = attribute[1].decode("utf-8", "replace")
        if key not in left:
            kept += attribute[0]
        elif (value := left.pop(key)) is not None:
            kept += b" " + attribute[1] + b'="' + escape(value) + b'"'
    for key, value in left.items():
        if value is not None:
            kept += b" " + key.encode() + b'="' + escape(value) + b'"'
    return name[0] + kept + (b"/>" if tag.endswith(b"/>") else b">")


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escape(words: str) -> bytes:
    """Words as XML in plain ASCII, so that they fit a part in whatever encoding it declares."""
    plain = _NOT_XML.sub("", words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace('"', "&quot;").replace("\n", "&#10;").encode("ascii", "xmlcharrefreplace")


def only(tags: list[Tag], name: str, within: str | None = None) -> Tag | None:
    """The first element of a name (directly inside `within`, if told)."""
    return next((t for t in tags if t.name == name and (within is None or t.within[-1:] == (within,))), None)


def grouped(tags: list[Tag], name: str) -> list[tuple[Tag, list[Tag]]]:
    """Each element of a name with those found inside it; in one pass, for tags come in the order they begin."""
    found: list[tuple[Tag, list[Tag]]] = []
    for tag in tags:
        if tag.name == name:
            found.append((tag, []))
        elif found and tag.start < found[-1][0].end:
            found[-1][1].append(tag)
    return found
