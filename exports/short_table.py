"""The progress table narrow enough for a slide or an upright page: seven columns, figures with their measure."""

from dataclasses import dataclass

from charts.palette import STATUS
from exports.cards.figures import Figure
from exports.cards.titles import until
from exports.table import counts_units, measure, status
from locales import text
from locales.formats import UNKNOWN, day, percent, signed

HEADS = ("actual", "target", "deadline", "attainment", "lead", "status")
NUMBERS, LEAD = (1, 2, 4, 5), 5
"""Columns that hold numbers, and that of the lead, counted from the name's column."""


@dataclass(frozen=True)
class Line:
    """One figure in words; `style` colours its status."""

    words: tuple[str, ...]
    status: str
    lit: bool

    @property
    def ink(self) -> str:
        return STATUS[self.status].text

    @property
    def tint(self) -> str:
        return STATUS[self.status].tint


def heads(language: str, *, units: bool = False) -> tuple[str, ...]:
    first = text("table.unit" if units else "table.indicator", language)
    return (first, *(text(f"table.{name}", language) for name in HEADS))


def in_measure(figure: Figure, column: str) -> str:
    """`126家`, `5地`, `9.6亿元`; an unknown figure bare."""
    shown = figure.between(figure[column])
    if shown == UNKNOWN:
        return shown
    apart = figure.language == "en" and measure(figure) != "%"
    return f"{shown} {measure(figure)}" if apart else shown + measure(figure)


def deadline(figure: Figure) -> str:
    """`2026年底`; in English the day, which is the shorter."""
    if figure["deadline"] is None or figure.language == "en":
        return day(figure["deadline"], figure.language)
    return until(figure["deadline"], figure.language)


def line(figure: Figure, *, units: bool = False) -> Line:
    name = figure.short if units else figure.indicator.name.by(figure.language)
    words = (
        name,
        in_measure(figure, "actual"),
        in_measure(figure, "target"),
        deadline(figure),
        percent(figure["attainment"]),
        signed(figure["lead"]),
        status(figure),
    )
    lit = figure["target"] is not None or figure["actual"] is None or counts_units(figure)
    return Line(words, figure.status, lit)
