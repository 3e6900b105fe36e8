"""Headings of a county's own table: several merged rows become one path of words per column."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from loaders.meanings import NONE, NOTHING, Meanings, roster_target
from loaders.names import fold_heading
from loaders.reading import fold
from loaders.workbook import Cell, Sheet
from metrics.plan import Field, Indicator, Roster

MOST_ROWS = 3
_NUMBERED = re.compile(r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?[.、．)）]\s*|其中[:：]?|#)+")


@dataclass(frozen=True)
class Heading:
    """One column's heading: its cells from the top down, a merged one only once."""

    column: int
    cells: tuple[Cell, ...]

    @property
    def key(self) -> str:
        """What it is remembered by: its levels from the top down."""
        return "/".join(fold_heading(cell.value) for cell in self.cells if cell.kind == "text")

    @property
    def words(self) -> tuple[str, ...]:
        """What it may be called: each level alone, and all of them joined."""
        levels = [fold_heading(cell.value) for cell in self.cells if cell.kind == "text"]
        return tuple(dict.fromkeys([*reversed(levels), "".join(levels)]))

    @property
    def measure(self) -> str:
        return next((m for cell in reversed(self.cells) if (m := heading_measure(cell.value))), "")


def headings(sheet: Sheet, first: int, last: int) -> dict[int, Heading]:
    """The headings made of rows `first` to `last`, by column."""
    found = {}
    for column in range(1, min(sheet.last_column, 400) + 1):
        cells = [cell for row in range(first, last + 1) if (cell := sheet.spread(row, column)) is not None]
        if cells:
            found[column] = Heading(column, tuple(dict.fromkeys(cells)))
    return found


@dataclass(frozen=True)
class Match:
    """Names → columns. `loose` were matched only in part; `twice` by two columns."""

    columns: dict[str, int]
    loose: dict[str, int]
    twice: dict[str, tuple[int, ...]]

    def __len__(self) -> int:
        return len(self.columns)


def match_fields(found: dict[int, Heading], roster: Roster, meant: Meanings = NONE) -> Match:
    """Which column is which field: as told, by name, then alias, else the only heading that contains one."""
    own = {field.field: {fold_heading(field.name.zh), fold_heading(field.name.en)} for field in roster.fields}
    aliases = {field.field: field_names(field) for field in roster.fields}
    return match_names(found, own, aliases, meant.columns(found, roster_target(roster.roster, "")))


def match_names(
    found: dict[int, Heading],
    wanted: dict[str, set[str]],
    aliases: dict[str, set[str]] | None = None,
    meant: Mapping[int, str] | None = None,
) -> Match:
    """Names → columns. `meant`: columns whose name the unit told; the others are not guessed at again."""
    columns: dict[str, int] = {}
    twice: dict[str, tuple[int, ...]] = {}
    told: dict[str, list[int]] = {}
    for column, name in (meant or {}).items():
        told.setdefault(name if name in wanted else NOTHING, []).append(column)
    taken = {column for hits in told.values() for column in hits}
    told.pop(NOTHING, None)
    columns |= {name: hits[0] for name, hits in told.items() if len(hits) == 1}
    twice |= {name: tuple(hits) for name, hits in told.items() if len(hits) > 1}
    for names_of in [wanted, aliases or {}]:
        for name, names in names_of.items():
            if name in columns or name in twice:
                continue
            hits = [c for c, heading in found.items() if c not in taken and names & set(heading.words)]
            if len(hits) == 1:
                columns[name] = hits[0]
            elif hits:
                twice[name] = tuple(hits)
        taken |= set(columns.values()) | {column for hits in twice.values() for column in hits}
    wanted = aliases or wanted
    loose: dict[str, int] = {}
    for name, names in wanted.items():
        if name in columns or name in twice:
            continue
        hits = [c for c, heading in found.items() if c not in taken and _contains(heading, names)]
        if len(hits) == 1:
            loose[name] = hits[0]
    single = {name: column for name, column in loose.items() if list(loose.values()).count(column) == 1}
    return Match(columns | single, single, twice)


def heading_measure(text: str) -> str:
    """The unit in a heading's brackets: `零售额（万元）` → 万元."""
    found = re.findall(r"[(\[（【]([^)\]）】]+)[)\]）】]", fold(text))
    return re.sub(r"^(?:单位[:：]|计量单位[:：])", "", re.sub(r"\s+", "", found[-1])) if found else ""


def field_names(field: Field) -> set[str]:
    return {fold_heading(name) for name in (field.name.zh, field.name.en, field.field, *field.aliases)}


def indicator_names(indicator: Indicator, part: str) -> set[str]:
    """What a figure's row or column may be called."""
    names = [indicator.name]
    if part == "numerator" and indicator.numerator_name:
        names = [indicator.numerator_name]
    elif part == "denominator" and indicator.denominator_name:
        names = [indicator.denominator_name]
    plain = {fold_heading(name) for text in names for name in (text.zh, text.en)}
    return plain if part != "value" else plain | {fold_heading(indicator.indicator)}


def row_label(text: str) -> str:
    """A row's label without its number, 其中 and marks."""
    return fold_heading(_NUMBERED.sub("", text.strip()))


def _contains(heading: Heading, names: set[str]) -> bool:
    return any(len(name) >= 3 and name in word for name in names for word in heading.words)
