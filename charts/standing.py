"""How many of some figures are as they should be: the one count behind headlines and score columns."""

from dataclasses import dataclass

import pandas as pd

from locales.formats import is_unknown

GOOD = ("achieved", "on_track")
BAD = ("watch", "behind", "critical", "missed")


@dataclass(frozen=True)
class Standing:
    """`judged` figures have a target whose time has come or runs; `good + bad == judged`."""

    good: int
    bad: int

    @property
    def judged(self) -> int:
        return self.good + self.bad

    @property
    def share(self) -> float:
        """0 to 100; nothing judged stands last."""
        return 100 * self.good / self.judged if self.judged else -1.0


def standing(rows: pd.DataFrame) -> Standing:
    return Standing(int(rows["status"].isin(GOOD).sum()), int(rows["status"].isin(BAD).sum()))


def seen_status(row: pd.Series) -> str:
    """The status beside a unit's own figure: without a target, a dash still says why it is one."""
    if row["status"] != "no_target" or not is_unknown(row["actual"]):
        return str(row["status"])
    return "not_applicable" if "not_applicable" in row["tags"] else "no_report"
