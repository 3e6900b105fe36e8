"""A row of the progress table as a reader meets it: the same words and colours on every card.

Cards never format a number or choose a colour themselves; they ask here. Positions on an axis are
floats (a picture has no more); everything written is text made from the exact numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from charts.palette import STATUS, StatusStyle
from charts.standing import BAD, GOOD
from charts.values import measure_of, measured, measured_goal, rows_of, written
from locales import spoken, text
from locales.formats import is_unknown, listing, number, percent, quarter
from metrics.plan import RATIOS, Indicator
from metrics.result import Result

LAMPS = (*GOOD, *BAD)
SCHEDULED = ("on_track", "watch", "behind", "critical", "missed")
BEHIND_SCHEDULE = ("watch", "behind", "critical")
LAGGING = ("behind", "critical", "missed")
WORST_FIRST = ("missed", "critical", "behind", "watch", "on_track", "achieved")
CALM = "#5D7288"
"""Fill of a bar that is no verdict, dark enough for white words on it."""


class CardError(Exception):
    """This card has nothing to show for this indicator; the message is for the reader."""


@dataclass(frozen=True)
class Figure:
    """One indicator of one unit (or of the city) at `as_of`."""

    unit: str
    name: str
    short: str
    indicator: Indicator
    values: dict[str, Any]
    language: str

    def __getitem__(self, column: str) -> Any:
        """The value of a progress column; None for unknown."""
        return self.values[column]

    @property
    def status(self) -> str:
        """The status as shown: without a value the reason for that comes before a missing target."""
        status = str(self.values["status"])
        if self.values["actual"] is None and status not in ("no_report", "not_applicable"):
            return "not_applicable" if "not_applicable" in (self.values["tags"] or ()) else "no_report"
        return status

    @property
    def style(self) -> StatusStyle:
        return STATUS[self.status]

    @property
    def fill(self) -> str:
        return self.style.fill if self.status in LAMPS else CALM

    @property
    def word(self) -> str:
        return text(f"status.{self.status}", self.language)

    @property
    def is_ratio(self) -> bool:
        return self.indicator.kind in RATIOS

    @property
    def measure(self) -> str:
        return measure_of(self.indicator, self.language)

    def written(self, value: Decimal | None) -> str:
        """A figure of this indicator without its unit of measure."""
        return written(value, self.indicator)

    def measured(self, value: Decimal | None) -> str:
        """A figure with its unit of measure: `126家`, `40.0%`, `1,295.9亿元`."""
        return measured(value, self.indicator, self.language)

    @property
    def target(self) -> str:
        """The target as the plan prints its number, with its measure: `1000亿元`, `80%`."""
        return measured_goal(self["target"], self.indicator, self.language)

    def between(self, value: Decimal | None) -> str:
        """A value of the path or a pace, which may lie between whole numbers: then one decimal."""
        if value is None or self.indicator.money or self.is_ratio or value == value.to_integral_value():
            return self.written(value)
        return number(value, 1)

    @property
    def actual(self) -> str:
        return self.measured(self["actual"])

    @property
    def attainment(self) -> str:
        return percent(self["attainment"])

    @property
    def lead(self) -> str:
        """`快 4.2`, `慢 0.9`, `持平`: the difference to the schedule in percentage points."""
        lead = self["lead"]
        if lead is None:
            return ""
        direction = "level" if lead == 0 else "ahead" if lead > 0 else "behind"
        return text(f"cards.lead_{direction}", self.language, points=number(abs(lead), 1))

    @property
    def verdict(self) -> str:
        """What stands beside the lamp: the lead where the schedule decides, else the status word."""
        scheduled = self.status in ("on_track", *BEHIND_SCHEDULE)
        return self.lead if scheduled and self.lead else self.word

    def quarters(self, tag: str, language: str) -> str:
        """The quarters named by `stale:2025Q2` or `missing:2025Q2`, in words."""
        tags = [str(found).partition(":") for found in self["tags"] or ()]
        named = [quarter(detail, language) for name, _, detail in tags if name == tag]
        if len(named) > 3:
            return text("cards.quarters_many", language, first=named[0], last=named[-1], count=len(named))
        return listing(named, language)

    @property
    def stale(self) -> str:
        """`沿用2025年二季度` when an older level stands in."""
        carried = self.quarters("stale", self.language)
        return text("cards.carried", self.language, quarter=carried) if carried else ""

    @property
    def label(self) -> dict[str, str]:
        return {"shape": self.style.shape, "text": self.verdict, "colour": self.style.text}


def _known(value: object) -> object:
    return value if isinstance(value, list | tuple) or not is_unknown(value) else None


def figures(result: Result, indicator: str, language: str) -> tuple[Figure, list[Figure]]:
    """The city's figure and those of its units, in the plan's order."""
    plan, chosen = result.plan, result.plan.indicators[indicator]
    language = spoken(language, plan.area_unit().name)
    found = []
    table = rows_of(result.progress, indicator=indicator)
    for values in table.to_dict("records"):
        unit = plan.units[str(values["unit"])]
        known = {str(column): _known(value) for column, value in values.items()}
        is_city = unit.unit == plan.area
        names = (unit.label(language), text("cards.city", language) if is_city else unit.label(language, short=True))
        found.append(Figure(unit.unit, *names, chosen, known, language))
    city = [figure for figure in found if figure.unit == plan.area]
    if not city:
        raise CardError(f"{plan.plan}: no figure of {indicator} at {result.as_of}")
    return city[0], [figure for figure in found if figure.unit != plan.area]


def own_targets(units: Iterable[Figure]) -> bool:
    """Whether the plan gives units targets of their own; without one there is no lamp."""
    return any(figure["target"] is not None for figure in units)


def by_lead(units: Iterable[Figure]) -> list[Figure]:
    """Best first by lead, then attainment, then value; without a report last."""

    def order(figure: Figure) -> tuple[bool, Decimal, Decimal, Decimal]:
        lowest = Decimal("-Infinity")
        keys = [-(lowest if figure[column] is None else figure[column]) for column in ("lead", "attainment", "actual")]
        return (figure["actual"] is None, keys[0], keys[1], keys[2])

    return sorted(units, key=order)


def fraction(value: Decimal | None, of: Decimal | None) -> float | None:
    """Where a value lies on an axis that ends at `of`."""
    return None if value is None or not of else float(value / of)
