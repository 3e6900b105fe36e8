"""The styles part: tinted twins of the styles of marked cells, and the styles of our own list."""

from collections.abc import Mapping

from loaders.formats.number_format import style_of
from loaders.looks import FACE, INK, LINE, MUTED, RED, TEAL
from loaders.returned.marks import TINTS
from loaders.returned.xml import Splices, Tag, Unmarkable, only, scan, with_attributes

_LINK = "1F5FA8"
_FONTS = {
    "title": (16, TEAL, True, False),
    "head": (10, "FFFFFF", True, False),
    "text": (10, INK, False, False),
    "bold": (10.5, INK, True, False),
    "muted": (9.5, MUTED, False, False),
    "link": (10, _LINK, False, True),
    "warn": (10.5, RED, True, False),
}
_LOOKS: Mapping[str, tuple[str, str, bool, str]] = {
    # name: font, fill, box, alignment
    "title": ("title", "", False, 'vertical="center"'),
    "line": ("bold", "", False, 'vertical="center"'),
    "hint": ("muted", "", False, 'vertical="center" wrapText="1"'),
    "why": ("warn", "", False, 'vertical="center" wrapText="1"'),
    "head": ("head", "FF44515F", True, 'horizontal="center" vertical="center" wrapText="1"'),
    "number": ("muted", "", True, 'horizontal="center" vertical="center"'),
    "error": ("text", TINTS["error"], True, 'horizontal="center" vertical="center" wrapText="1"'),
    "notice": ("text", TINTS["notice"], True, 'horizontal="center" vertical="center" wrapText="1"'),
    "done": ("text", TINTS["done"], True, 'horizontal="center" vertical="center" wrapText="1"'),
    "text": ("text", "", True, 'horizontal="left" vertical="center" wrapText="1" indent="1"'),
    "rule": ("muted", "", True, 'horizontal="left" vertical="center" wrapText="1" indent="1"'),
    "link": ("link", "", True, 'horizontal="center" vertical="center"'),
    "link_wrapped": ("link", "", True, 'horizontal="center" vertical="center" wrapText="1"'),
}
_PARTS = ("fonts", "fills", "borders", "cellXfs")


class Styles:
    """Counts what is there, remembers what is to be added, writes both at the end."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        tags = scan(raw, {"styleSheet", *_PARTS, "fill", "patternFill", "fgColor", "font", "border", "xf", "numFmt"})
        self._parts = {name: _part(tags, name) for name in _PARTS}
        self._counts = {
            "fonts": _count(tags, "font", "fonts"),
            "fills": _count(tags, "fill", "fills"),
            "borders": _count(tags, "border", "borders"),
        }
        self._xfs = [raw[tag.start : tag.end] for tag in tags if tag.name == "xf" and tag.within[-1:] == ("cellXfs",)]
        if not self._xfs:
            raise Unmarkable("no cell styles")
        self._codes = {
            int(t.attributes["numFmtId"]): t.attributes.get("formatCode", "") for t in tags if t.name == "numFmt"
        }
        self._known = len(self._xfs)
        self._added: dict[str, list[bytes]] = {name: [] for name in _PARTS}
        self._ours: dict[object, int] = {}
        self._tint_fills = _tint_fills(tags)

    @property
    def tints(self) -> frozenset[int]:
        """Styles of the file that carry a tint of an earlier return."""
        fills = {str(number) for number in self._tint_fills}
        found = (at for at, xf in enumerate(self._xfs[: self._known]) if _attribute(xf, "fillId") in fills)
        return frozenset(found) if fills else frozenset()

    def tinted(self, style: int, level: str) -> int:
        return self._twin(style, self._fill(TINTS[level]))

    def untinted(self, style: int, like: int | None) -> int:
        """The style with the fill it had: that of the witness, or none."""
        fill = _attribute(self._xfs[like], "fillId") if like is not None and like < self._known else "0"
        return self._twin(style, int(fill or 0))

    def is_number(self, style: int) -> bool:
        """Whether a number in a cell of this style shows as a plain number: no date, percentage or text."""
        form = _attribute(self._xfs[style if style < len(self._xfs) else 0], "numFmtId") or "0"
        return style_of(int(form), self._codes) == "general"

    def _twin(self, style: int, fill: int) -> int:
        style = style if style < len(self._xfs) else 0
        key = ("twin", style, fill)
        if key not in self._ours:
            xf = self._xfs[style]
            head = xf.index(b">") + 1
            self._ours[key] = self._add_xf(with_attributes(xf[:head], fillId=str(fill), applyFill="1") + xf[head:])
        return self._ours[key]

    def look(self, name: str) -> int:
        """The number of one of the list's own styles."""
        if ("look", name) not in self._ours:
            font, fill, box, alignment = _LOOKS[name]
            mark = self._parts["cellXfs"].prefix
            words = (
                f'<{mark}xf numFmtId="0" fontId="{self._font(font)}" fillId="{self._fill(fill) if fill else 0}" '
                f'borderId="{self._box() if box else 0}" xfId="0" applyFont="1" applyFill="1" applyBorder="1" '
                f'applyAlignment="1"><{mark}alignment {alignment}/></{mark}xf>'
            )
            self._ours["look", name] = self._add_xf(words.encode())
        return self._ours["look", name]

    def _font(self, name: str) -> int:
        size, color, bold, underline = _FONTS[name]
        m = self._parts["fonts"].prefix
        words = (
            f"<{m}font>{f'<{m}b/>' if bold else ''}{f'<{m}u/>' if underline else ''}"
            f'<{m}sz val="{size}"/><{m}color rgb="FF{color}"/><{m}name val="{FACE}"/></{m}font>'
        )
        return self._add("fonts", words)

    def _fill(self, color: str) -> int:
        m = self._parts["fills"].prefix
        words = (
            f'<{m}fill><{m}patternFill patternType="solid"><{m}fgColor rgb="{color}"/>'
            f'<{m}bgColor indexed="64"/></{m}patternFill></{m}fill>'
        )
        return self._add("fills", words)

    def _box(self) -> int:
        m = self._parts["borders"].prefix
        sides = "".join(
            f'<{m}{side} style="thin"><{m}color rgb="FF{LINE}"/></{m}{side}>'
            for side in ("left", "right", "top", "bottom")
        )
        return self._add("borders", f"<{m}border>{sides}<{m}diagonal/></{m}border>")

    def _add(self, part: str, words: str) -> int:
        if (part, words) not in self._ours:
            self._ours[part, words] = self._counts[part] + len(self._added[part])
            self._added[part].append(words.encode())
        return self._ours[part, words]

    def _add_xf(self, xf: bytes) -> int:
        self._xfs.append(xf)
        self._added["cellXfs"].append(xf)
        return len(self._xfs) - 1

    def done(self) -> bytes:
        change = Splices(self._raw)
        counts = {**self._counts, "cellXfs": self._known}
        for name, part in self._parts.items():
            if added := self._added[name]:
                total = str(counts[name] + len(added))
                change.replace(part.start, part.head, with_attributes(self._raw[part.start : part.head], count=total))
                change.insert(part.tail, b"".join(added))
        return change.done()


def _part(tags: list[Tag], name: str) -> Tag:
    part = only(tags, name, "styleSheet")
    if part is None or part.closed:
        raise Unmarkable(f"no {name}")
    return part


def _count(tags: list[Tag], name: str, within: str) -> int:
    return sum(tag.name == name and tag.within[-2:] == ("styleSheet", within) for tag in tags)


def _tint_fills(tags: list[Tag]) -> set[int]:
    """The numbers of fills in one of our tints."""
    found, number = set(), -1
    for tag in tags:
        if tag.name == "fill" and tag.within[-1:] == ("fills",):
            number += 1
        elif tag.within[-3:] == ("fills", "fill", "patternFill") and _is_tint(tag):
            found.add(number)
    return found


def _is_tint(tag: Tag) -> bool:
    return tag.name == "fgColor" and tag.attributes.get("rgb", "").upper() in TINTS.values()


def _attribute(xf: bytes, name: str) -> str:
    return scan(xf, {"xf"})[0].attributes.get(name, "")
