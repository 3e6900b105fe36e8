"""Headings of a county's own table: several merged rows become one path of words per column."""

import re
from dataclasses import dataclass

from loaders.names import fold_heading
from loaders.reading import fold
from loaders.workbook import Cell, Sheet
from metrics.plan import Field, Indicator

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
