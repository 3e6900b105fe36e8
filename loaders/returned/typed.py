"""What was typed in the browser, put into the cells of the file that goes back."""

import re
from typing import NamedTuple

from loaders.returned.xml import Unmarkable, escape, with_attributes

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.\d{0,5}[1-9])?")
"""A number that Excel shows as it was typed: not 007, 1.50 or a long code."""
_CELL = re.compile(rb"<([^\s/>]*:)?c[\s/>]")
_FORMULA = re.compile(rb"<(?:[^\s/>]*:)?f(?:\s[^>]*)?>")


class Typed(NamedTuple):
    """`number`: whether the cell's format lets a number stand there as a number."""

    words: str
    number: bool


def end_of(raw: bytes, at: int, head: int) -> int:
    """Where the cell ends that begins at `at` and whose start tag ends at `head`."""
    if raw.endswith(b"/>", at, head):
        return head
    close = b"</" + _prefix(raw[at:head]) + b"c>"
    end = raw.find(close, head)
    if end < 0:
        raise Unmarkable("no end of a cell")
    return end + len(close)


def has_formula(cell: bytes) -> bool:
    """Whether the cell calculates; raises `Unmarkable` where other cells live on its formula."""
    found = _FORMULA.search(cell)
    if found is not None and re.search(rb"\sref\s*=", found[0]):
        raise Unmarkable("a formula of many cells")
    return found is not None


def cell_with(tag: bytes, typed: Typed) -> bytes:
    """The cell of a start tag, holding what was typed; text is never a formula, whatever it starts with."""
    m, words = _prefix(tag), typed.words
    number = typed.number and _NUMBER.fullmatch(words) is not None
    kind = None if number or not words else "inlineStr"
    head = with_attributes(tag, t=kind, cm=None, vm=None).removesuffix(b"/>").removesuffix(b">")
    if not words:
        return head + b"/>"
    if number:
        inside = b"<" + m + b"v>" + words.encode() + b"</" + m + b"v>"
    else:
        said = b"<" + m + b't xml:space="preserve">' + escape(words) + b"</" + m + b"t>"
        inside = b"<" + m + b"is>" + said + b"</" + m + b"is>"
    return head + b">" + inside + b"</" + m + b"c>"


def _prefix(tag: bytes) -> bytes:
    found = _CELL.match(tag)
    if found is None:
        raise Unmarkable("no cell")
    return found[1] or b""
