"""Names of units and headings: folded for comparing, kept as typed for storing."""

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

from loaders.reading import BLANK, Reading, error, fold, unreadable
from loaders.workbook import Cell
from metrics.plan import Field, Plan, Unit

_BRACKETED = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]")
_PUNCTUATION = re.compile(r"[\s*＊:：、，,。.;；/／|_\-—–~·“”\"'‘’《》<>!?？]+")
_YES = frozenset({"是", "有", "√", "✓", "✔", "对", "y", "yes", "true", "1", "已", "☑"})
_NO = frozenset({"否", "无", "×", "x", "✗", "✘", "不是", "没有", "n", "no", "false", "0", "未", "☐"})


def fold_name(text: str) -> str:
    """A company's or place's name for comparing: （） as (), no spaces, one letter case."""
    return re.sub(r"\s+", "", fold(text)).casefold()


@lru_cache(maxsize=20_000)
def fold_heading(text: str) -> str:
    """A heading without line breaks, spaces, units in brackets, marks and punctuation."""
    return (
        _PUNCTUATION.sub("", _BRACKETED.sub("", fold(text))).casefold() or _PUNCTUATION.sub("", fold(text)).casefold()
    )


def clean_text(cell: Cell | None) -> Reading:
    """Text as typed, without outer spaces and odd blanks."""
    if cell is None:
        return BLANK
    if reason := unreadable(cell):
        return reason
    text = re.sub(r"[ \t\r\n]+", " ", cell.as_shown if cell.kind == "bool" else fold_spaces(cell.value)).strip()
    return Reading(text) if text not in ("", "/", "—", "——") else BLANK


def fold_spaces(text: str) -> str:
    return text.replace(" ", " ").replace("　", " ").replace("​", "").replace("﻿", "")


def yes_no(cell: Cell | None) -> Reading:
    if cell is None:
        return BLANK
    if reason := unreadable(cell):
        return reason
    word = fold_name(cell.value)
    if not word or word in ("/", "-", "—", "——"):
        return BLANK
    if word in _YES:
        return Reading("yes")
    return Reading("no") if word in _NO else error("not_yes_or_no")


def choice(cell: Cell | None, field: Field) -> Reading:
    """The value of the choice a cell names, in either language."""
    if cell is None:
        return BLANK
    if reason := unreadable(cell):
        return reason
    word = fold_name(cell.value)
    if word in ("", "/", "-", "—", "——", "无") and not any(word == fold_name(c.name.zh) for c in field.choices):
        return BLANK
    for option in field.choices:
        if word in (fold_name(option.value), fold_name(option.name.zh), fold_name(option.name.en)):
            return Reading(option.value)
    return error(
        "unknown_choice",
        choices={"zh": "、".join(o.name.zh for o in field.choices), "en": ", ".join(o.name.en for o in field.choices)},
    )


def region(text: str, units: Iterable[Unit], parents: dict[str, Unit] | None = None) -> Reading:
    """The unit a name, old name, short name or code means; an unknown one gets the nearest."""
    word = unit_word(text)
    everyone = list(units)
    found = [unit for unit in everyone if word in calls(unit, parents or {})]
    if len(found) == 1:
        return Reading(found[0].unit)
    if found and len({(unit.name, unit.parent) for unit in found}) == 1:
        return Reading(found[-1].unit)  # one place before and after a reform: the quarter tells which
    if found:
        return error("unit_ambiguous", names="、".join(unit.name for unit in found))
    names = {name: unit.name for unit in everyone for name in calls(unit, parents or {})}
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.5)
    if near:
        return error("unit_unknown_near", nearest=names[near[0]])
    return error("unit_unknown")


def unit_word(text: str) -> str:
    """A unit's name or code for comparing; a code may have become a number on its way."""
    return re.sub(r"\.0$", "", fold_name(text))


def calls(unit: Unit, parents: dict[str, Unit]) -> set[str]:
    """Everything a unit is called, also with its city's and province's name before it."""
    plain = {fold_name(name) for name in (unit.name, unit.short, unit.name_en, unit.unit, *unit.aliases) if name}
    if unit.code:
        plain |= {unit.code, unit.code.ljust(12, "0")}
    parent = parents.get(unit.parent or "")
    if parent is not None:
        above = {fold_name(parent.name), fold_name(parent.short)}
        plain |= {f"{city}{name}" for city in above for name in plain if not name[:1].isdigit()}
    return plain | {f"浙江省{name}" for name in plain if parent is not None and not name[:1].isdigit()}


def unit_in_title(text: str, plan: Plan) -> set[str]:
    """Units whose name stands in a line of text; a longer name hides the shorter one inside it."""
    line = fold_name(text)
    hits: dict[str, set[str]] = {}
    for unit in (plan.units[name] for name in plan.reporting_units()):
        for name in {fold_name(name) for name in (unit.name, unit.short, *unit.aliases) if name}:
            if len(name) >= 2 and not name.isascii() and name in line:
                hits.setdefault(name, set()).add(unit.unit)
    longest = {name for name in hits if not any(name != other and name in other for other in hits)}
    named = set().union(*(hits[name] for name in longest))
    # 海宁市商务局 is Haining's own bureau: the city's 市商务局 is meant only where no county is named.
    return {unit for unit in named if plan.units[unit].kind != "department"} or named
