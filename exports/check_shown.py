"""Which texts of a document or a deck show other figures than when they were written."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher

from exports.check_places import places
from exports.findings import Finding, Kind
from exports.shown import Shown, shown

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
ALIKE = 0.6
LONGEST = 120

Text = tuple[str, str, str]


def edited_texts(sealed: Shown, data: bytes, language: str) -> Iterator[Finding]:
    """Texts are compared part by part; one that only moved, or changed no figure, is no finding."""
    then, now = Counter(_settled(sealed)), Counter(_settled(shown(data)))
    place = places(data, language)
    removed, added = list((then - now).elements()), list((now - then).elements())
    for part in dict.fromkeys((kind, number) for kind, number, _ in [*removed, *added]):
        for before, after in _pairs([t[2] for t in removed if t[:2] == part], [t[2] for t in added if t[:2] == part]):
            if not after:
                yield Finding("gone", place=place(*part, ""), exact=short(before))
            elif numbers(before) != numbers(after):
                kind: Kind = "edited" if before else "added"
                yield Finding(kind, place=place(*part, after), found=short(after), exact=short(before))


def _settled(texts: Shown) -> list[Text]:
    """A chart's value may be written again with more or fewer decimals: 49.0, 49, 49.000000000000007."""
    return [(kind, number, _rounded(words) if kind == "chart" else words) for kind, number, words in texts]


def _rounded(words: str) -> str:
    try:
        return f"{float(words):.10g}"
    except ValueError:
        return words


def numbers(words: str) -> list[Decimal]:
    return [Decimal(found.replace(",", "")) for found in NUMBER.findall(words)]


def _pairs(removed: list[str], added: list[str]) -> Iterator[tuple[str, str]]:
    """What became of each text: the like of it, in order where as many came as went."""
    if len(removed) == len(added):
        yield from zip(removed, added, strict=True)
        return
    left = list(added)
    for before in removed:
        likely = max(left, key=lambda after: _likeness(before, after), default="")
        found = likely if likely and _likeness(before, likely) >= ALIKE else ""
        if found:
            left.remove(found)
        yield before, found
    for after in left:
        yield "", after


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, NUMBER.sub("0", one), NUMBER.sub("0", other)).ratio()


def short(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
