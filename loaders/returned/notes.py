"""Notes on cells: the comments part and the drawing of their boxes, other people's notes kept."""

import re
from collections.abc import Mapping, Sequence
from itertools import count
from xml.parsers import expat

from loaders.looks import FACE, lines
from loaders.returned.xml import Splices, Tag, Unmarkable, escape, grouped, only, scan
from loaders.workbook import address, position

_WIDE = 34
"""Letters in a line of a note's box."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
VML_BINDS = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_TYPE = (
    f'<v:shapetype {VML_BINDS} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BETWEEN = "\n———\n"
_NUMBER = re.compile(rb"_x0000_s(\d+)")


def empty_comments(namespace: str) -> bytes:
    return f'{_HEAD}<comments xmlns="{namespace}"><authors></authors><commentList></commentList></comments>'.encode()


def empty_drawing() -> bytes:
    return (
        f'<xml {VML_BINDS}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'.encode()
    )


def without_notes(raw: bytes, marks: Sequence[str]) -> tuple[bytes, set[str]]:
    """The comments without what we once wrote, and the cells that have no note left."""
    change, gone = Splices(raw), set()
    tags = scan(raw, {"comment", "r", "t"})
    for comment, inside in grouped(tags, "comment"):
        texts = [tag for tag in inside if tag.name == "t" and "rPh" not in tag.within]
        said = [_text(raw, tag) for tag in texts]
        whole = "".join(said)
        at = min((found for mark in marks if (found := whole.find(mark)) >= 0), default=-1)
        if at < 0:
            continue
        kept = whole[:at].removesuffix(_BETWEEN).rstrip()
        if not kept:
            change.replace(comment.start, comment.end, b"")
            gone.add(comment.attributes.get("ref", ""))
            continue
        left = len(kept)
        for tag, words in zip(texts, said, strict=True):
            if len(words) > left and not tag.closed:
                change.replace(tag.head, tag.tail, escape(words[:left]))
            left = max(0, left - len(words))
    return change.done(), gone


def with_notes(raw: bytes, notes: Mapping[str, str], author: str) -> tuple[bytes, set[str]]:
    """The comments with ours added, and the cells that had one already (theirs stands first)."""
    tags = scan(raw, {"comments", "authors", "author", "commentList", "comment", "text", "r", "t"})
    authors, listed = only(tags, "authors"), only(tags, "commentList")
    if authors is None or listed is None or authors.closed or listed.closed:
        raise Unmarkable("no list of comments")
    change, m = Splices(raw), listed.prefix
    number = sum(tag.name == "author" for tag in tags)
    change.insert(authors.tail, f"<{m}author>".encode() + escape(author) + f"</{m}author>".encode())
    theirs = {comment.attributes.get("ref", ""): inside for comment, inside in grouped(tags, "comment")}
    both = set()
    for where, words in notes.items():
        inside = theirs.get(where, [])
        text = next((tag for tag in inside if tag.name == "text"), None)
        if text is not None and not text.closed:
            both.add(where)
            _add_below(change, raw, inside, text, _run(_BETWEEN + words, m))
        elif where not in theirs:
            head = f'<{m}comment ref="{where}" authorId="{number}"><{m}text>'
            change.insert(listed.tail, head.encode() + _run(words, m) + f"</{m}text></{m}comment>".encode())
    return change.done(), both


def _add_below(change: Splices, raw: bytes, inside: list[Tag], text: Tag, run: bytes) -> None:
    """After the last run; a bare text becomes a run first, for a text and runs do not mix well."""
    bare = [tag for tag in inside if tag.name == "t" and tag.within[-1:] == ("text",)]
    runs = [tag for tag in inside if tag.name == "r" and tag.within[-1:] == ("text",)]
    for tag in bare:
        m = tag.prefix
        change.replace(tag.start, tag.end, f"<{m}r>".encode() + raw[tag.start : tag.end] + f"</{m}r>".encode() + run)
        return
    change.insert(runs[-1].end if runs else text.head, run)


def _run(words: str, m: str) -> bytes:
    look = f'<{m}rPr><{m}sz val="9"/><{m}color rgb="FFA82A16"/><{m}rFont val="{FACE}"/></{m}rPr>'
    said = escape(words)
    return f'<{m}r>{look}<{m}t xml:space="preserve">'.encode() + said + f"</{m}t></{m}r>".encode()


def _text(raw: bytes, tag: Tag) -> str:
    """What an element says, with its references resolved."""
    if tag.closed:
        return ""
    collected: list[str] = []
    parser = expat.ParserCreate("UTF-8")
    parser.CharacterDataHandler = collected.append
    parser.Parse(b"<t>" + raw[tag.head : tag.tail] + b"</t>", True)
    return "".join(collected)


def without_boxes(raw: bytes, cells: set[str]) -> bytes:
    """The drawing without the boxes of notes that are gone."""
    change = Splices(raw)
    try:
        tags = scan(raw, {"shape", "Row", "Column"})
    except Unmarkable:
        return raw  # old drawings are not always well-formed; an empty box harms nobody
    for shape, inside in grouped(tags, "shape"):
        spot = {tag.name: raw[tag.head : tag.tail].strip() for tag in inside}
        known = {"Row", "Column"} <= spot.keys() and all(value.isdigit() for value in spot.values())
        if known and address(int(spot["Row"]) + 1, int(spot["Column"]) + 1) in cells:
            change.replace(shape.start, shape.end, b"")
    return change.done()


def with_boxes(raw: bytes, notes: Mapping[str, str]) -> bytes:
    """The drawing with a hidden box for each note, added before its end and nothing else touched."""
    end = raw.rfind(b"</xml>")
    if end < 0:
        raise Unmarkable("no drawing")
    known = [int(found) for found in _NUMBER.findall(raw) if len(found) < 9]
    numbers = count(max([1024, *known]) + 1)
    kind = "" if b'id="_x0000_t202"' in raw or b"id='_x0000_t202'" in raw else _SHAPE_TYPE
    boxes = kind + "".join(_box(next(numbers), where, words) for where, words in notes.items())
    return raw[:end] + boxes.encode() + raw[end:]


def _box(number: int, where: str, words: str) -> str:
    row, column = (part - 1 for part in position(where))
    deep = 1 + lines(words, _WIDE)
    corners = (column + 1, 12, max(row - 1, 0), 8, column + 4, 12, max(row - 1, 0) + deep, 8)
    return (
        f'<v:shape {VML_BINDS} id="_x0000_s{number}" type="#_x0000_t202" fillcolor="#fff6e8" o:insetmode="auto" '
        f'style="position:absolute;margin-left:80pt;margin-top:2pt;width:220pt;height:{deep * 17}pt;'
        'z-index:1;visibility:hidden"><v:fill color2="#fff6e8"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{', '.join(map(str, corners))}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
