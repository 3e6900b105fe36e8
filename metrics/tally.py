"""How many have sent their submission, from the rows of `metrics.completeness`."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Tally:
    """`missing` and `late` name units; `received` counts late ones too."""

    expected: int
    received: int
    late: tuple[str, ...]
    missing: tuple[str, ...]


def tally(completeness: pd.DataFrame) -> Tally:
    owed = completeness[completeness["expected"].astype(bool)]
    missing = tuple(owed[owed["state"] == "missing"]["unit"])
    late = tuple(owed[owed["state"] == "late"]["unit"])
    return Tally(len(owed), len(owed) - len(missing), late, missing)
