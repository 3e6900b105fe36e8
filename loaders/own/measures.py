"""Which unit of measure a figure is written in: its row, its heading, or the sheet's corner."""

import re
from dataclasses import dataclass

from loaders.numbers import MONEY_UNITS
from loaders.workbook import Cell

_FOREIGN = re.compile(r"美元|美金|USD|欧元|EUR|港元|港币|日元", re.IGNORECASE)


@dataclass(frozen=True)
class Measure:
    """`unit` to read with; `code` is what to say about it ('' nothing), an error when `wrong`."""

    unit: str
    code: str = ""
    wrong: bool = False
    written: str = ""


def money_measure(printed: str, near: str, corner: dict[str, Cell]) -> Measure:
    """The unit of an amount whose template unit is `printed`.

    `near` stands in the heading or row and beats the corner; both present and different is
    sent back, because one of them was forgotten when the table was copied.
    """
    if _FOREIGN.search(near) or (not near and any(_FOREIGN.search(word) for word in corner)):
        return Measure(printed, "foreign_currency", True, near)
    in_corner = [word for word in corner if word in MONEY_UNITS]
    if near in MONEY_UNITS:
        if len(in_corner) == 1 and in_corner[0] != near:
            return Measure(printed, "measures_disagree", True, f"{near} / {in_corner[0]}")
        return Measure(near, "unit_converted" if near != printed else "", written=near)
    if len(in_corner) == 1:
        return Measure(in_corner[0], "unit_converted" if in_corner[0] != printed else "", written=in_corner[0])
    if len(in_corner) > 1:
        return Measure(printed, "measures_disagree", True, " / ".join(in_corner))
    return Measure(printed)


def count_measure(printed: str, near: str) -> Measure:
    """Counts are read as they stand; a heading in 万 or % names something else than the count."""
    if near and near != printed and (near[0] in "万千百亿" or "%" in near or near in MONEY_UNITS):
        return Measure(printed, "measure_differs", True, near)
    return Measure(printed)
