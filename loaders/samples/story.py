"""The invented story of a plan (`data/samples/<plan>.toml`): numbers per unit and quarter, and who sent what when."""

import tomllib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from metrics.period import Period, periods
from metrics.plan import Plan

SAMPLES = Path(__file__).resolve().parent.parent.parent / "data" / "samples"
LAST = Period(2025, 3)


@dataclass(frozen=True)
class Sending:
    """One workbook on its way. `first_try`: what was wrong with it, when the quarter was sent twice.

    `otherwise`: an entry of `[[waiting]]`, which says what this one has otherwise than the story.
    """

    unit: str
    period: Period
    at: datetime
    first_try: Mapping[str, Any] | None = None
    second: bool = False
    otherwise: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    plan: Plan
    told: Mapping[str, Any]

    @cached_property
    def quarters(self) -> list[Period]:
        """The quarters the numbers stand for: all from the first, or those the story names."""
        if "quarters" in self.told:
            return [Period.parse(quarter) for quarter in self.told["quarters"]]
        return periods(Period.parse(self.told["first"]), LAST)

    def series(self, *path: str) -> Sequence[Any]:
        """The list at `path`, or none."""
        found: Any = self.told
        for step in path:
            found = found.get(step, {})
        return found or ()

    def at(self, period: Period, *path: str) -> Any:
        """The entry of one quarter, None where the story says nothing."""
        numbers = self.series(*path)
        index = self.quarters.index(period) if period in self.quarters else len(numbers)
        return numbers[index] if index < len(numbers) else None

    def sendings(self) -> list[Sending]:
        """Every workbook in the order of its arrival."""
        sent = [sending for unit in self.plan.reporting_units() for sending in self._of_unit(unit)]
        return sorted(sent, key=lambda sending: (sending.at, sending.unit))

    def waiting(self) -> list[Sending]:
        """Workbooks that are sent and not published, in the order the story tells them."""
        return [
            Sending(entry["unit"], Period.parse(entry["period"]), entry["at"], otherwise=entry)
            for entry in self.told.get("waiting", [])
        ]

    def _of_unit(self, unit: str) -> list[Sending]:
        silent = self.told.get("silent", {}).get(unit, [])
        late = self.told.get("late", {}).get(unit, {})
        again = {entry["period"]: entry for entry in self.told.get("again", []) if entry["unit"] == unit}
        sent = []
        for period in (period for period in self._quarters_of(unit) if str(period) not in silent):
            entry = again.get(str(period))
            sent.append(Sending(unit, period, late.get(str(period), self._in_time(unit, period)), first_try=entry))
            if entry:
                sent.append(Sending(unit, period, entry["at"], second=True))
        return sent

    def _quarters_of(self, unit: str) -> list[Period]:
        """Every quarter in which the unit stands, or those that the story's `sends` names."""
        if not any(self.plan.indicators_of(unit)):
            return self._quarters_of_tasks(unit)
        sends = self.told.get("sends", {})
        named = sends.get(unit, sends.get("others")) if sends else None
        standing = [period for period in self.quarters if self.plan.units[unit].stands_on(period.end)]
        return [period for period in standing if named is None or str(period) in named]

    def _quarters_of_tasks(self, unit: str) -> list[Period]:
        """Who owes tasks only sends a workbook when there is news of one."""
        told = [entry[0] for units in self.told.get("tasks", {}).values() for entry in units.get(unit, [])]
        return [period for period in self.quarters if str(period) in told]

    def tasks(self, unit: str, period: Period) -> dict[str, dict[str, Any]]:
        """What the unit says of each of its tasks for a quarter: the last entry up to it.

        A yearly task starts each year with a blank line.
        """
        yearly = {task.milestone for task in self.plan.milestones if task.recurrence == "annual"}
        said = {}
        for milestone, units in self.told.get("tasks", {}).items():
            for quarter, *entry in units.get(unit, []):
                told = Period.parse(quarter)
                if told <= period and (milestone not in yearly or told.year == period.year):
                    said[milestone] = dict(zip(("status", "date", "evidence"), entry, strict=False))
        return said

    def _in_time(self, unit: str, period: Period) -> datetime:
        """A working moment before the due date, the same in every run."""
        spread = zlib.crc32(f"{self.plan.plan} {unit} {period}".encode())
        day = period.end + timedelta(days=3 + spread % 11)
        return datetime(day.year, day.month, day.day, 9 + spread // 11 % 8, spread // 97 % 60)


def read_stories(plans: Mapping[str, Plan], folder: Path = SAMPLES) -> list[Story]:
    """The stories of the plans that have one."""
    found = {name: folder / f"{name}.toml" for name in plans}
    return [
        Story(plans[name], tomllib.loads(file.read_text(encoding="utf-8")))
        for name, file in found.items()
        if file.exists()
    ]
