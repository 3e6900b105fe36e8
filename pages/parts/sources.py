"""Where a page gets what it shows: the database, the plans and the results, as far as the visitor sees them."""

from dataclasses import replace
from datetime import date, datetime

import streamlit as st

from loaders.plans import decided_versions
from metrics.period import Period, periods
from metrics.plan import Plan
from metrics.result import Result
from pages.parts.address import known_at
from pages.parts.opened import open_once as _open
from pages.parts.visitor import visitor
from store import results
from store.actuals import latest_period
from store.database import Database, chosen_url
from store.people import GUEST, Person, seen_plan, sees_plan

Versions = dict[str, tuple[Plan, ...]]


def database() -> Database:
    """The database, acting for the visitor: what it gives and takes is what the visitor may."""
    return _open(chosen_url()).acting_as(visitor())


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
