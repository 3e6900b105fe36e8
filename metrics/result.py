"""What one page or export shows: the tables of one plan at one `as_of` as known at one moment."""

from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from metrics.period import Period
from metrics.plan import Plan, Unit


@dataclass(frozen=True)
class Result:
    """Built once by `store.results.result`; pages, charts and exports only select from it.

    `progress` is THE table (see `metrics.progress.progress`). `history` has one row per
    indicator × unit × quarter from the plan's start to `as_of`: indicator, unit, period (text),
    actual, expected, attainment, lead, status, provisional. `completeness` has one row per
    reporting unit (see `metrics.completeness.completeness`).
    """

    plan: Plan
    as_of: Period
    known_at: datetime | None
    unit_set: str
    progress: pd.DataFrame = field(hash=False, compare=False)
    history: pd.DataFrame = field(hash=False, compare=False)
    completeness: pd.DataFrame = field(hash=False, compare=False)
    sample: bool = False
    data_version: int = 0
    files: dict[str, str] = field(default_factory=dict, hash=False, compare=False)
    """Unit → name of the workbook in force for `as_of`."""

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units of the chosen set that stand at `as_of`, in the plan's order."""
        return tuple(self.plan.units[unit] for unit in self.plan.units_of(self.unit_set, self.as_of))
