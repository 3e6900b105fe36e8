"""The progress table as people read it: the columns of the spreadsheet and of the printed document."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from charts.values import tag_words
from exports.cards.figures import Figure, figures
from locales import text
from locales.formats import UNKNOWN, YI, day, percent, quarter, signed
from metrics.plan import Indicator
from metrics.result import Result

Form = Literal["text", "amount", "percent", "points", "date"]
Cell = str | Decimal | date | None


@dataclass(frozen=True)
class Column:
    """`value` is exact for a spreadsheet (money in 亿元), `shown` the words for paper."""

    name: str
    form: Form
    value: Callable[[Figure], Cell]
    shown: Callable[[Figure], str]
    width: float


def _in_measure(column: str) -> Callable[[Figure], Cell]:
    def value(figure: Figure) -> Cell:
        exact: Decimal | None = figure[column]
        if exact is None:
            return None
        return exact / YI if figure.indicator.money and not figure.is_ratio and not counts_units(figure) else exact

    return value


def heading(result: Result, language: str) -> str:
    """What tables, slides and pages of the same figures are called."""
    names = {"plan": result.plan.short.by(language), "quarter": quarter(result.as_of, language)}
    return text("table.title", language, **names)


def counts_units(figure: Figure) -> bool:
    """Whether the figure counts units that pass (a floor's city row), not what the units count."""
    return figure.indicator.kind in ("floor", "milestone") and figure["passing_units"] is not None


def _amount(name: str, width: float = 12) -> Column:
    def shown(figure: Figure) -> str:
        return figure.between(figure[name])

    return Column(name, "amount", _in_measure(name), shown, width)


def measure(figure: Figure) -> str:
    return text("table.units", figure.language) if counts_units(figure) else figure.measure


def status(figure: Figure) -> str:
    """`◆ 滞后`, with what makes it uncertain."""
    words = f"{figure.style.shape} {figure.word}"
    return text("table.provisional", figure.language, status=words) if figure["provisional"] else words


def remarks(figure: Figure) -> str:
    """The tags in words, without those the document says once for all rows."""
    once = ["assumed_baseline", "assumed_path"]
    if figure["actual"] is not None:
        once.append("not_applicable")  # of a city: some unit's, which its own row says
    tags = [tag for tag in figure["tags"] or () if tag not in once and not str(tag).startswith("part:")]
    return text("cards.semicolon", figure.language).join(tag_words(tags, figure.language))


def deadline(figure: Figure) -> str:
    return UNKNOWN if figure["deadline"] is None else day(figure["deadline"], figure.language)


COLUMNS = (
    Column("unit", "text", lambda f: f.short, lambda f: f.short, 12),
    Column("measure", "text", measure, measure, 8),
    _amount("actual"),
    _amount("target"),
    Column("deadline", "date", lambda f: f["deadline"], deadline, 13),
    Column("attainment", "percent", lambda f: f["attainment"], lambda f: percent(f["attainment"]), 10),
    _amount("expected"),
    Column("lead", "points", lambda f: f["lead"], lambda f: signed(f["lead"]), 15),
    _amount("gap"),
    Column("status", "text", status, status, 20),
    _amount("pace_required", 11),
    Column("remarks", "text", remarks, remarks, 48),
)


@dataclass(frozen=True)
class Block:
    """One indicator: the city's row, then its units."""

    indicator: Indicator
    city: Figure
    units: tuple[Figure, ...]

    @property
    def rows(self) -> tuple[Figure, ...]:
        return (self.city, *self.units)


def blocks(result: Result, indicator: str | None, language: str) -> list[Block]:
    """In the plan's order. A lone department that reports the city's figure is not repeated."""
    chosen = [indicator] if indicator else list(result.plan.indicators)
    found = []
    for name in chosen:
        city, units = figures(result, name, language)
        found.append(Block(result.plan.indicators[name], city, tuple(units) if len(units) > 1 else ()))
    return found
