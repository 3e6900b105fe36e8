"""How many have sent their submission, from the rows of `metrics.completeness` or `metrics.dues`."""

from dataclasses import dataclass

import pandas as pd

from metrics.completeness import RECEIVED


@dataclass(frozen=True)
class Tally:
    """`missing` (not received, for whatever reason) and `late` name units; `received` counts late ones too."""

    expected: int
    received: int
    late: tuple[str, ...]
    missing: tuple[str, ...]


def tally(completeness: pd.DataFrame) -> Tally:
    owed = completeness[completeness["expected"].astype(bool)]
    received = owed["state"].isin(RECEIVED)
    late = tuple(owed[owed["state"] == "late"]["unit"])
    return Tally(len(owed), int(received.sum()), late, tuple(owed[~received]["unit"]))
