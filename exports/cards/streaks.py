"""The tile grid's title: who has been behind schedule, and since when."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from exports.cards.figures import Figure
from exports.cards.titles import NAMES_SHOWN
from locales import text
from locales.formats import listing


def streak_clause(figures: Sequence[Figure], past: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Who has been behind schedule for two quarters or more on end, and whether the gap widens."""
    runs = {figure.unit: _behind_run(past.get(figure.unit, [])) for figure in figures}
    late = [figure for figure in figures if len(runs[figure.unit]) >= 2]
    if not late:
        return ""
    late.sort(key=lambda figure: runs[figure.unit][-1])
    shortest = min(len(runs[figure.unit]) for figure in late)
    widening = all(_falling(runs[figure.unit][-3:]) for figure in late)
    key = "titles.streak_widening" if widening else "titles.streak"
    form = "one" if len(late) == 1 else "few" if len(late) <= NAMES_SHOWN else "many"
    if len(late) == len(figures) > 1:
        form = "all"
    names = listing((f.short for f in late[: NAMES_SHOWN if form == "few" else 2]), late[0].language)
    return text(f"{key}_{form}", late[0].language, names=names, count=len(late), quarters=shortest)


def _behind_run(records: Sequence[Mapping[str, Any]]) -> list[Decimal]:
    """The leads of the last quarters in a row that were below the schedule."""
    run: list[Decimal] = []
    for record in reversed(records):
        if record["lead"] is None or record["lead"] >= 0:
            break
        run.append(record["lead"])
    return run[::-1]


def _falling(leads: Sequence[Decimal]) -> bool:
    return all(later < earlier for earlier, later in pairwise(leads))
