"""A reading of a tension laid over the plan data: dotted places get other values.

`indicators.stores.count.where` is a place in plan.toml, `money.r6.covers` one in money.toml,
`targets.stores.deadline` the cells of that indicator's rows in targets.csv
(`targets.stores.330402.deadline`: of one unit's). A list in place of a cell repeats the row, once
per value; a blank value takes the key away.
"""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from loaders.plans.rows import TargetRow
from loaders.plans.shared_checks import Fault, repeated
from loaders.plans.sources import Cells, Sources
from metrics.plan import Option, Plan, Tension


class NoSuchPlace(ValueError):
    """An option names a place the plan data do not have."""


def overlaid(sources: Sources, option: Option) -> Sources:
    """The plan data as `option` reads them. Raises NoSuchPlace."""
    head, money, targets = copy.deepcopy(sources.head), copy.deepcopy(sources.money), sources.targets
    for place, value in option.sets.items():
        root, *steps = place.split(".")
        if root == "targets":
            targets = list(_with_cells(targets, place, steps, value))
        elif root == "money":
            _put(money, place, steps, value)
        else:
            _put(head, place, [root, *steps], value)
    return replace(sources, head=head, money=money, targets=targets)


def _put(table: dict[str, Any], place: str, steps: list[str], value: object) -> None:
    *parents, last = steps
    for step in parents:
        found = table.get(step)
        if not isinstance(found, dict):
            raise NoSuchPlace(f"{place}: there is no {step}")
        table = found
    if value == "":
        table.pop(last, None)
    else:
        table[last] = value


def _with_cells(rows: Cells, place: str, steps: list[str], value: object) -> Iterator[tuple[int, dict[str, str]]]:
    indicator, *unit, column = steps if len(steps) in (2, 3) else ["", ""]
    wanted = {"indicator": indicator} | ({"unit": unit[0]} if unit else {})
    mine = [all(cells.get(name) == cell for name, cell in wanted.items()) for _, cells in rows]
    if column not in TargetRow.model_fields or not any(mine):
        raise NoSuchPlace(f"{place}: targets.csv has no such cell")
    for (line, cells), touched in zip(rows, mine, strict=True):
        for one in value if isinstance(value, list) and touched else [value]:
            yield line, cells | {column: _written(one)} if touched else cells


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def check_settings(tensions: Mapping[str, Tension]) -> Iterator[Fault]:
    """What must hold of the settings of a plan, so that decisions never fall over each other."""
    owner: dict[str, str] = {}
    for name, tension in tensions.items():
        for twice in repeated(option.value for option in tension.options):
            yield "tensions.toml", name, f"option {twice} stands twice"
        default = tension.option(tension.default)
        if tension.default is not None and default is None:
            yield "tensions.toml", name, f"default {tension.default} is not one of the options"
        if default is not None and default.sets:
            yield "tensions.toml", name, f"{default.value} is how the data are written, so it sets nothing"
        if tension.unscored and tension.default is not None:
            yield "tensions.toml", name, "unscored is for a tension without a default"
        for place in {place for option in tension.options for place in option.sets}:
            other = owner.setdefault(place, name)
            if other != name:
                yield "tensions.toml", name, f"{place} is also set by {other}"


def check_unscored(plan: Plan) -> Iterator[Fault]:
    for name, tension in plan.tensions.items():
        for indicator in tension.unscored:
            if indicator not in plan.indicators:
                yield "tensions.toml", name, f"unscored: unknown indicator {indicator}"
