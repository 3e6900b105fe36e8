"""How much a heading looks like what is asked for: by its words, and by what stands under it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import TypeVar

from loaders.headings import field_names
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
_SENTENCE = 7
"""What is so many times as long as a name, and does not hold it, is no other spelling of it."""


@dataclass(frozen=True)
class Column:
    """What a column's heading may be called, and the first values below it."""

    words: tuple[str, ...]
    cells: Sequence[Cell]

    @cached_property
    def shares(self) -> dict[str, float]:
        """Field type → the share of the values that are of its kind; empty without values."""
        if not self.cells:
            return {}
        return {kind: sum(map(fits, self.cells)) / len(self.cells) for kind, fits in _KINDS.items()}


def alike(word: str, names: Iterable[str]) -> float:
    """From 0 to 1: the best of the names. A name inside a longer word counts by its share of it."""
    return max((_alike(word, name) for name in names if name), default=0.0)


@lru_cache(maxsize=20_000)  # the lists of a plan have most of their names in common
def _alike(word: str, name: str) -> float:
    short, long = sorted((word, name), key=len)
    if len(short) >= 2 and short in long:
        return 0.5 + 0.5 * len(short) / len(long)
    if len(long) > _SENTENCE * len(short) or set(short).isdisjoint(long):
        return 0.0
    return SequenceMatcher(None, word, name, autojunk=False).ratio()


def scored(columns: Mapping[int, Column], fields: Sequence[Field]) -> dict[tuple[int, str], float]:
    """(column, field) → how much the one looks like the other."""
    names = {field.field: field_names(field) for field in fields}
    return {
        (at, field.field): _field_alike(column, field, names[field.field])
        for at, column in columns.items()
        for field in fields
    }


def _field_alike(column: Column, field: Field, names: Iterable[str]) -> float:
    """A column's words against a field's names, moved by what kind of values stand in it."""
    score = max((alike(word, names) for word in column.words), default=0.0)
    score += _OF_REQUIRED if field.required and score >= _OF_REQUIRED else 0.0
    share = column.shares.get(field.type)
    if share is None:
        return score
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
