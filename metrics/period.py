"""Calendar quarters. A period is a quarter; `as_of` is always a quarter's end."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self


@dataclass(frozen=True, order=True)
class Period:
    """A calendar quarter, ordered in time; `str()` gives `2025Q3`."""

    year: int
    quarter: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2025Q3`. Raises ValueError for anything else."""
        match = re.fullmatch(r"(\d{4})Q([1-4])", text.strip().upper())
        if match is None:
            raise ValueError(f"not a quarter: {text!r} (expected for example 2025Q3)")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def start(self) -> date:
        return date(self.year, self.quarter * 3 - 2, 1)

    @property
    def end(self) -> date:
        return (self + 1).start - timedelta(days=1)

    def __add__(self, quarters: int) -> "Period":
        index = self.year * 4 + self.quarter - 1 + quarters
        return Period(index // 4, index % 4 + 1)

    def __sub__(self, earlier: "Period") -> int:
        """Quarters from `earlier` to this one."""
        return (self.year * 4 + self.quarter) - (earlier.year * 4 + earlier.quarter)

    def __str__(self) -> str:
        return f"{self.year}Q{self.quarter}"


def periods(first: Period, last: Period) -> list[Period]:
    """All quarters from `first` to `last`, both included (empty when `last` is earlier)."""
    return [first + n for n in range(last - first + 1)]
