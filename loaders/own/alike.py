"""How much a heading looks like what is asked for: by its words, and by what stands under it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from loaders.headings import Heading, field_names
from loaders.names import fold_name
from loaders.workbook import Cell
from metrics.plan import Field

_CODE = re.compile(r"[0-9A-Za-z]{2}\d{6}[0-9A-Za-z]{10}")
_YES_NO = frozenset({"是", "否", "有", "无", "√", "×", "y", "n"})
_DATE = re.compile(r"\d{4}\s*[-年/.]\s*\d{1,2}")
_KINDS: dict[str, Callable[[Cell], bool]] = {
    "uscc": lambda cell: bool(_CODE.fullmatch(fold_name(cell.value))),
    "date": lambda cell: cell.kind == "date" or bool(_DATE.match(cell.value)),
    "yesno": lambda cell: fold_name(cell.value) in _YES_NO,
    "number": lambda cell: cell.kind == "number",
    "money": lambda cell: cell.kind == "number",
}
Name = TypeVar("Name")
_OF_REQUIRED = 0.08
"""Of two fields as much alike, the one that must be there is meant."""


def alike(word: str, names: Iterable[str]) -> float:
    """From 0 to 1: the best of the names. A name inside a longer word counts by its share of it."""
    return max((_alike(word, name) for name in names if name), default=0.0)


def _alike(word: str, name: str) -> float:
    short, long = sorted((word, name), key=len)
    if len(short) >= 2 and short in long:
        return 0.5 + 0.5 * len(short) / len(long)
    return SequenceMatcher(None, word, name, autojunk=False).ratio()


def field_alike(heading: Heading, cells: Sequence[Cell], field: Field) -> float:
    """A column's words against a field's names, moved by what kind of values stand in it."""
    score = max((alike(word, field_names(field)) for word in heading.words), default=0.0)
    score += _OF_REQUIRED if field.required and score >= _OF_REQUIRED else 0.0
    fits = _KINDS.get(field.type)
    if fits is None or not cells:
        return score
    share = sum(fits(cell) for cell in cells) / len(cells)
    if field.type == "uscc" and share >= 0.6:
        return max(score, 0.95)
    return min(1.0, score + 0.25) if share >= 0.6 else score - 0.3 if share <= 0.2 else score


def assigned(scores: Mapping[tuple[int, Name], float], least: float) -> dict[int, tuple[Name, float]]:
    """Columns and names paired, the most alike first, each at most once."""
    found: dict[int, tuple[Name, float]] = {}
    taken: set[Name] = set()
    for (column, name), score in sorted(scores.items(), key=lambda one: -one[1]):
        if score >= least and column not in found and name not in taken:
            found[column] = (name, score)
            taken.add(name)
    return found
