"""What publishing would change in the city's figures: counted before anything is sent."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from loaders.verdict import Verdict
from metrics.changes import changes
from metrics.period import Period
from metrics.plan import Plan
from metrics.tally import Tally, tally
from pages.parts.context import chosen
from pages.parts.sources import database, every_plan
from store import results
from store.rehearsal import rehearse


@dataclass(frozen=True)
class Effect:
    """What publishing changes in the city's figures of one plan. `rows` as in `metrics.changes`."""

    plan: str
    as_of: Period
    rows: list[dict[str, object]]
    before: Tally
    after: Tally


def rehearsed(ready: Sequence[Verdict]) -> list[Effect]:
    """The city's figures before and after, per plan; kept by the visit until something changes."""
    typed = [(verdict.sha256, verdict.draft.mends if verdict.draft else ()) for verdict in ready]
    key = repr((database().data_version(), chosen().unit_set, typed))
    if st.session_state.get("effects_key") != key:
        named = dict.fromkeys(verdict.plan for verdict in ready if verdict.plan)
        plans = every_plan()
        st.session_state["effects"] = [_effect(plans[name], [v for v in ready if v.plan == name]) for name in named]
        st.session_state["effects_key"] = key
    found: list[Effect] = st.session_state["effects"]
    return found


def _effect(plan: Plan, verdicts: Sequence[Verdict]) -> Effect:
    drafts = [verdict.draft for verdict in verdicts if verdict.draft is not None]
    as_of = max(draft.period for draft in drafts)
    unit_set = _unit_set(plan, [draft.unit for draft in drafts])
    before = results.result(database(), plan, as_of, unit_set=unit_set)
    after = rehearse(database(), plan, drafts, as_of, unit_set)
    rows = changes(before.progress, after.progress, plan.area).to_dict("records")
    found = [{str(name): value for name, value in row.items()} for row in rows]
    return Effect(plan.plan, as_of, found, tally(before.completeness), tally(after.completeness))


def _unit_set(plan: Plan, units: Sequence[str]) -> str:
    """The chosen unit set, unless a sender stands outside it: then one that has them."""
    counties = {unit for units_of in plan.unit_sets.values() for unit in units_of} & set(units)
    wanted = chosen().unit_set if chosen().plan.plan == plan.plan else plan.unit_set
    options = sorted(plan.unit_sets, key=lambda name: (name != wanted, len(plan.unit_sets[name])))
    return next((name for name in options if counties <= set(plan.unit_sets[name])), wanted)
