"""What a page looks at: database, plans, and the choices kept in the address.

Plan, quarter, unit set, known-at and language are chosen once for all pages. They live in the
address, so that a link shows its reader the same figures. Streamlit drops the query when a page
is picked from the menu; the session remembers the choices and writes them back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

import streamlit as st

from loaders.plans import decided_versions
from locales import text
from metrics.period import Period, periods
from metrics.plan import Plan
from metrics.result import Result
from pages.parts.opened import open_once as _open
from pages.parts.visitor import visitor
from store import results
from store.actuals import latest_period
from store.database import Database, chosen_url
from store.people import GUEST, Person, seen_plan, sees_plan

WHOLE = {"province": "全省", "county": "全区"}
"""What a plan's whole area is called, by the kind of its unit; a city's is 全市."""
LANGUAGES = {"zh": "zh_CN", "en": "en"}


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


Versions = dict[str, tuple[Plan, ...]]


def eyes() -> Person:
    """Whose sight something cached is for, and so part of its key: all who see the same share it."""
    person = visitor()
    return replace(person, name="", label="") if person.limited else GUEST


def plans() -> dict[str, Plan]:
    """Every plan's version in force as far as the visitor sees it, read as the task force had decided
    at the moment looked at."""
    return {name: found[-1] for name, found in versions().items()}


def every_plan() -> dict[str, Plan]:
    """The same whole, for reading workbooks: which are told apart by all units there are."""
    return {name: found[-1] for name, found in _every_version().items()}


def whole(plan: Plan) -> Plan:
    """The same version with everything in it, for what is counted for everybody and narrowed afterwards."""
    return next(found for found in _every_version()[plan.plan] if found.version == plan.version)


def versions() -> Versions:
    """All versions of every plan the visitor sees. A broken plan stops here with file, key and fault."""
    person = visitor()
    seen = {name: found for name, found in _every_version().items() if sees_plan(found[-1], person)}
    return {name: tuple(seen_plan(version, person) for version in found) for name, found in seen.items()}


def _every_version() -> Versions:
    return _versions(chosen_url(), database().data_version(), known_at())


@st.cache_resource(max_entries=64, show_spinner=False)
def _versions(url: str, data: int, moment: datetime | None) -> Versions:
    return decided_versions(_open(url), moment)


def database() -> Database:
    """The database, acting for the visitor: what it gives and takes is what the visitor may."""
    return _open(chosen_url()).acting_as(visitor())


def recall(name: str, options: Sequence[str], default: str) -> str:
    """A choice by its name in the address, else as last made in this session, else `default`."""
    wanted = (st.query_params.get(name), st.session_state.get(f"chosen_{name}"))
    value = next((w for w in wanted if w in options), default)
    remember(name, value)
    return value


def remember(name: str, value: str | None) -> None:
    """Keep a choice in the address and in the session; None forgets it."""
    st.session_state[f"chosen_{name}"] = value
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def language() -> str:
    """`zh_CN` or `en`. Only English shows in the address: Chinese is what everybody starts with."""
    code = st.query_params.get("lang") or st.session_state.get("chosen_lang")
    code = code if code in LANGUAGES else "zh"
    st.session_state["chosen_lang"] = code
    if code == "en" and "lang" not in st.query_params:
        st.query_params["lang"] = code
    return LANGUAGES[code]


def say(key: str, /, **values: object) -> str:
    """The phrase for `key` in the language of this visit; 全市 is 全省 or 全区 where the plan is theirs."""
    words = text(key, language(), **values)
    choice: Chosen | None = st.session_state.get("chosen_now")
    return words.replace("全市", WHOLE.get(choice.plan.area_unit().kind, "全市")) if choice else words


def newest_period(plan: Plan) -> Period | None:
    """The last quarter anybody reported for a plan."""
    return _newest(chosen_url(), plan.plan, database().data_version())


@st.cache_resource(max_entries=64, show_spinner=False)
def _newest(url: str, plan: str, version: int) -> Period | None:
    return latest_period(_open(url), _versions(url, version, None)[plan][-1])


def open_periods(plan: Plan) -> list[Period]:
    """Quarters one can look at: from the plan's first to the last that has ended or was reported."""
    ended = Period.of(date.today()) + -1
    reported = newest_period(plan)
    last = min(max(ended, reported or ended), Period.of(plan.end))
    return periods(Period.of(plan.start), max(last, Period.of(plan.start)))


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


def known_at() -> datetime | None:
    """Only submissions published by this moment count. An unreadable moment counts as none."""
    said = st.query_params.get("known") or st.session_state.get("chosen_known")
    try:
        moment = datetime.fromisoformat(said) if said else None
    except ValueError:
        moment = None
    moment = moment.replace(tzinfo=None) if moment else None
    remember("known", spelled(moment) if moment else None)
    return moment


def spelled(moment: datetime) -> str:
    """A moment for the address: to the minute, or as exactly as a submission was published."""
    return moment.isoformat(timespec="auto" if moment.second or moment.microsecond else "minutes")


def current_result() -> Result | None:
    """The figures of the chosen plan and quarter; None while nobody has reported anything."""
    choice = chosen()
    return result_of(choice.plan, choice.as_of, choice.unit_set)


def result_of(plan: Plan, as_of: Period, unit_set: str) -> Result | None:
    """The figures of any plan and quarter as known at the moment looked at."""
    if newest_period(plan) is None:
        return None
    known, version = known_at(), database().data_version()
    moment = known.isoformat() if known else None
    return _result(chosen_url(), plan.plan, plan.version, str(as_of), moment, unit_set, version, eyes())


@st.cache_resource(max_entries=64, show_spinner=False)
def _result(
    url: str, plan: str, text_version: str, as_of: str, moment: str | None, unit_set: str, version: int, person: Person
) -> Result:
    """Shared by all sessions and never changed by them; the address, the version and who looks are the key."""
    known = datetime.fromisoformat(moment) if moment else None
    read = next(found for found in _versions(url, version, known)[plan] if found.version == text_version)
    return results.result(_open(url).acting_as(person), read, Period.parse(as_of), known, unit_set)


def result_key(result: Result) -> tuple[object, ...]:
    """What tells two results apart, for caches of what is drawn from one: also how far each was narrowed.

    Told by the result alone: downloads are made where nobody can be asked who looks.
    """
    return (
        chosen_url(),
        result.plan.plan,
        result.plan.version,
        str(result.as_of),
        str(result.known_at),
        result.unit_set,
        result.data_version,
        tuple(result.plan.unit_sets.items()),
        tuple(result.plan.indicators),
        tuple(result.completeness["unit"]),
    )


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
