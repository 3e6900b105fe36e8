"""Choosing one thing on a page, kept in the address."""

from collections.abc import Callable, Sequence

import streamlit as st

from metrics.plan import Plan
from pages.parts.context import language, recall, remember, say


def pick(name: str, options: Sequence[str], default: str, label: str, shown: Callable[[str], str]) -> str:
    """A select box that always shows what the address says, and writes there what is chosen."""
    value, key = recall(name, options, default), f"pick_{name}"
    st.session_state[key] = value
    st.selectbox(
        label,
        options,
        format_func=shown,
        key=key,
        filter_mode="contains",
        on_change=lambda: remember(name, st.session_state[key]),
    )
    return value


def pick_indicator(plan: Plan) -> str:
    names = {name: indicator.name.by(language()) for name, indicator in plan.indicators.items()}
    return pick("indicator", list(names), next(iter(names)), say("detail.pick.indicator"), names.__getitem__)


def pick_unit(plan: Plan, units: Sequence[str], label: str, default: str | None = None) -> str:
    first = default if default in units else units[0]
    return pick("unit", units, str(first), label, lambda unit: plan.units[unit].label(language()))
