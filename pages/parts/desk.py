"""The submit page's desk: files taken in, judged, rehearsed, and published or put away.

Bytes leave Streamlit's upload store at once (it keeps them for the whole visit otherwise) and leave
the desk when they are published or discarded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from loaders.found import Form
from loaders.intake import Verdict, load_many
from metrics.changes import changes
from metrics.period import Period
from metrics.plan import Plan
from metrics.tally import Tally, tally
from pages.parts.context import chosen, database, plans
from store import results
from store.rehearsal import rehearse

MEGABYTES = 20
FILES = 30
KINDS = ["xlsx", "xlsm", "xls", "et", "csv"]


@dataclass
class Desk:
    """What lies on the desk of this visit. `round` renews the upload field after each taking."""

    round: int = 0
    form: Form = field(default_factory=Form)
    files: list[tuple[bytes, str]] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    published: list[Verdict] = field(default_factory=list)
    effects: "list[Effect]" = field(default_factory=list)

    @property
    def ready(self) -> list[tuple[tuple[bytes, str], Verdict]]:
        """Files that would change something."""
        pairs = zip(self.files, self.verdicts, strict=True)
        return [(held, verdict) for held, verdict in pairs if verdict.accepted and not verdict.duplicate]


@dataclass(frozen=True)
class Effect:
    """What publishing changes in the city's figures of one plan. `rows` as in `metrics.changes`."""

    plan: str
    as_of: Period
    rows: list[dict[str, object]]
    before: Tally
    after: Tally


def desk() -> Desk:
    if "desk" not in st.session_state:
        st.session_state["desk"] = Desk()
    found: Desk = st.session_state["desk"]
    return found


def take(uploaded: Sequence[UploadedFile], form: Form, who: str) -> None:
    """Judge the files; nothing is saved but the trace of those that are rejected."""
    here = desk()
    here.files = [(file.getvalue(), file.name) for file in uploaded]
    here.form, here.published, here.effects = form, [], []
    _free(uploaded)
    here.round += 1
    here.verdicts = list(_load(here.files, form, who, save=False))
    rejected = [held for held, verdict in zip(here.files, here.verdicts, strict=True) if not verdict.accepted]
    list(_load(rejected, form, who, save=True))


def publish(who: str) -> None:
    """Load again for good: whoever published in between is taken into account."""
    here = desk()
    effects = rehearsed()
    here.published = list(_load([held for held, _ in here.ready], here.form, who, save=True))
    here.effects, here.files, here.verdicts = effects, [], []


def clear() -> None:
    here = desk()
    st.session_state["desk"] = Desk(round=here.round + 1)


def _load(files: Sequence[tuple[bytes, str]], form: Form, who: str, *, save: bool) -> list[Verdict]:
    return list(load_many(database(), plans(), files, now=datetime.now(), who=who, form=form, save=save))


def _free(uploaded: Sequence[UploadedFile]) -> None:
    """Private to Streamlit, and the only way to get the memory back before the visit ends."""
    context = get_script_run_ctx()
    if context is not None:
        for file in uploaded:
            context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def rehearsed() -> "list[Effect]":
    """The city's figures before and after, per plan; kept until the data change."""
    ready = [verdict for _, verdict in desk().ready]
    key = (database().data_version(), chosen().unit_set, tuple(verdict.sha256 for verdict in ready))
    if st.session_state.get("effects_key") != key:
        named = dict.fromkeys(verdict.plan for verdict in ready if verdict.plan)
        st.session_state["effects"] = [_effect(plans()[name], [v for v in ready if v.plan == name]) for name in named]
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
