"""How many have sent their submission, from the rows of `metrics.completeness` or `metrics.dues`."""

from dataclasses import dataclass

import pandas as pd

from metrics.completeness import RECEIVED


@dataclass(frozen=True)
class Tally:
    """Of the `expected` units: how many are `received` (late ones too), and by name who was `late`, whose
    submission is `waiting` for review, and who is `missing` for whatever other reason."""

    expected: int
    received: int
    late: tuple[str, ...]
    waiting: tuple[str, ...]
    missing: tuple[str, ...]


def tally(completeness: pd.DataFrame) -> Tally:
    owed = completeness[completeness["expected"].astype(bool)]
    received, waiting = owed["state"].isin(RECEIVED), owed["state"] == "waiting"
    late = tuple(owed[owed["state"] == "late"]["unit"])
    missing = tuple(owed[~received & ~waiting]["unit"])
    return Tally(len(owed), int(received.sum()), late, tuple(owed[waiting]["unit"]), missing)
