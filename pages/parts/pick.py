"""Choosing one thing on a page, kept in the address."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from metrics.plan import Indicator, Plan
from pages.parts.address import language, remember
from pages.parts.context import chosen, say


def pick(
    name: str,
    options: Sequence[str],
    default: str,
    label: str,
    shown: Callable[[str], str],
    forgets: Sequence[str] = (),
    named: bool = False,
) -> str:
    """A select box that always shows what the address says, and writes there what is chosen.

    `forgets` names narrower choices that a new choice makes meaningless. With `named` the address
    tells the choice even before anybody chose, so that a copied link shows its reader the same.
    """
    said, key = st.query_params.get(name), f"pick_{name}"
    value = said if said in options else default
    if named or said not in (None, value):
        remember(name, value)
    st.session_state[key] = value
    st.selectbox(
        label,
        options,
        format_func=shown,
        key=key,
        filter_mode="contains",
        on_change=partial(_keep, name, key, forgets),
    )
    return value


def _keep(name: str, key: str, forgets: Sequence[str]) -> None:
    remember(name, st.session_state[key])
    for narrower in forgets:
        remember(narrower, None)


def pick_indicator(plan: Plan, default: str | None = None, among: Sequence[str] | None = None) -> str:
    """Of all indicators, or of those in `among`."""
    every = {name: indicator.name.by(language()) for name, indicator in plan.indicators.items()}
    names = every if among is None else {name: words for name, words in every.items() if name in among}
    forgets = ("unit", "from", "quarter")
    first = default or next(iter(names))
    return pick("indicator", list(names), first, say("detail.pick.indicator"), names.__getitem__, forgets, named=True)


def pick_within(plan: Plan, indicator: Indicator, unit_set: str) -> str:
    """The whole city, or one of those who report the indicator."""
    units = [
        plan.area,
        *(unit for unit in plan.reporters_of(indicator, unit_set, chosen().as_of) if indicator.kind != "composite"),
    ]
    return pick_unit(plan, units, say("detail.pick.unit"), forgets=("from", "quarter"))


def pick_unit(plan: Plan, units: Sequence[str], label: str, forgets: Sequence[str] = (), *, named: bool = False) -> str:
    def shown(unit: str) -> str:
        return say("detail.chart.city") if unit == plan.area else plan.units[unit].label(language())

    return pick("unit", units, units[0], label, shown, forgets, named)
