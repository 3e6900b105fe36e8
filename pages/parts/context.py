"""What a page looks at: plan, quarter, unit set, known-at and language, chosen once for all pages."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

import streamlit as st

from locales import text
from metrics.period import Period
from metrics.plan import Plan
from metrics.result import Result
from pages.parts.address import known_at, language, recall, remember, spelled
from pages.parts.sources import newest_period, open_periods, plans, result_of, versions

WHOLE = {"province": "全省", "county": "全区"}
"""What a plan's whole area is called, by the kind of its unit; a city's is 全市."""


@dataclass(frozen=True)
class Chosen:
    """The choices of this visit. `known_at` None means everything known today."""

    plan: Plan
    as_of: Period
    unit_set: str
    known_at: datetime | None
    language: str
    versioned: bool = False
    """The plan's text has several versions, so that links must name theirs."""


def settle() -> Chosen:
    """Read the choices once at the start of a run; `chosen` hands them out for the rest of it."""
    st.session_state["chosen_now"] = choice = _read_choices()
    return choice


def chosen() -> Chosen:
    return st.session_state.get("chosen_now") or settle()


def _read_choices() -> Chosen:
    every = plans()
    plan = _chosen_version(every[recall("plan", list(every), _first_plan(every))])
    quarters = [str(period) for period in open_periods(plan)]
    newest = newest_period(plan)
    # A plan that has ended opens at its last reported quarter: its last one, once that is reported.
    as_of = recall("period", quarters, min(str(newest), quarters[-1]) if newest else quarters[-1])
    unit_set = recall("units", list(plan.unit_sets), plan.unit_set)
    versioned = len(versions()[plan.plan]) > 1
    return Chosen(plan, Period.parse(as_of), unit_set, known_at(), language(), versioned)


def _chosen_version(plan: Plan) -> Plan:
    """The version named in the address, so that old links keep their figures; else the one in force."""
    every = {version.version: version for version in versions()[plan.plan]}
    if len(every) == 1:
        remember("version", None)
        return plan
    return every[recall("version", list(every), plan.version)]


def _first_plan(every: dict[str, Plan]) -> str:
    """Before anybody chose: the plan reported last; of several, the one that runs longest.

    In an empty database the plans' own order decides.
    """

    def rank(plan: Plan) -> tuple[str, date]:
        return str(newest_period(plan)), plan.end

    reported = [plan for plan in every.values() if newest_period(plan)]
    return max(reported, key=rank, default=next(iter(every.values()))).plan


def say(key: str, /, **values: object) -> str:
    """The phrase for `key` in the language of this visit; 全市 is 全省 or 全区 where the plan is theirs."""
    words = text(key, language(), **values)
    choice: Chosen | None = st.session_state.get("chosen_now")
    return words.replace("全市", WHOLE.get(choice.plan.area_unit().kind, "全市")) if choice else words


def current_result() -> Result | None:
    """The figures of the chosen plan and quarter; None while nobody has reported anything."""
    choice = chosen()
    return result_of(choice.plan, choice.as_of, choice.unit_set)


def href(page: str, **extra: str | None) -> str:
    """The address of a page with the choices of this visit, for example `/indicator?…&indicator=stores`."""
    choice = chosen()
    query = {"plan": choice.plan.plan, "period": str(choice.as_of), "units": choice.unit_set}
    if choice.versioned:
        query["version"] = choice.plan.version
    if choice.known_at:
        query["known"] = spelled(choice.known_at)
    if choice.language == "en":
        query["lang"] = "en"
    anchor = extra.pop("anchor", None)
    query |= {name: value for name, value in extra.items() if value is not None}
    path = "" if page == "overview" else page  # the first page of the menu has no address of its own
    return f"/{path}?{urlencode(query)}" + (f"#{anchor}" if anchor else "")
