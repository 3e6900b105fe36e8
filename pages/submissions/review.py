"""审核 Review: what waits, how it differs, what to ask, what it would change; publish or send back."""

import streamlit as st

from metrics.period import Period
from metrics.plan import Plan
from pages.parts.address import known_at
from pages.parts.context import chosen, href, say
from pages.parts.detail import detail_look
from pages.parts.empty import nothing_here
from pages.parts.html import draw, escape
from pages.parts.opened import open_once
from pages.parts.origin_file import download_original
from pages.parts.review.cell import cell
from pages.parts.review.decide import decide, tell
from pages.parts.review.effect import effect
from pages.parts.review.figures import figures_table
from pages.parts.review.head import fingerprint, forerunners, head, position, story, summary
from pages.parts.review.lists import lists
from pages.parts.review.queue import address, decided_list, queue_table, unit_name, what_for
from pages.parts.review.said import doubts, mends, notices
from pages.parts.sources import database, every_plan
from store.database import chosen_url
from store.examine import Examined, examine
from store.people import require
from store.queue import Waiting, find_submission, queue
from store.review import life, list_steps
from store.submission_rows import list_mends


@st.cache_resource(max_entries=32, show_spinner=False)
def examined(url: str, number: int, data_version: int, moment: str, unit_set: str, _plan: Plan) -> Examined:
    """Shared by all reviewers: a submission never changes, and what it is held against bears a version."""
    return examine(open_once(url), _plan, number, unit_set)


def set_with(plan: Plan, unit: str) -> str:
    """The chosen range of units, or where the sender stands outside it one that has it."""
    wanted = chosen().unit_set if chosen().plan.plan == plan.plan else plan.unit_set
    names = sorted(plan.unit_sets, key=lambda name: (name != wanted, len(plan.unit_sets[name])))
    return next((name for name in names if unit in plan.unit_sets[name]), wanted)


def way_back(waiting: list[Waiting], number: int) -> None:
    place, after = position(waiting, number)
    parts = [f'<a target="_self" href="{escape(href("review"))}">{escape(say("review.back", number=len(waiting)))}</a>']
    if place is not None:
        parts.append(f'<span class="note">{escape(say("review.place", place=place, number=len(waiting)))}</span>')
    if after is not None:
        link = escape(address(after.submission, after.plan, after.period))
        words = escape(say("review.next", unit=unit_name(every_plan()[after.plan], after.unit)))
        parts.append(f'<a target="_self" href="{link}">{words}</a>')
    draw(f'<nav class="way">{"".join(parts)}</nav>')


def undecided(plan: Plan, one: Waiting) -> None:
    head(plan, one)
    forerunners(list_steps(database(), plan, one.unit, one.period), one.submission)
    with st.spinner(say("review.looking")):
        moment = str(known_at() or "")
        version, units = database().data_version(), set_with(plan, one.unit)
        found = examined(chosen_url(), one.submission, version, moment, units, plan)
    summary(one, found)
    doubts(plan, found)
    notices(one.notices)
    mends(found.submission.mends)
    figures_table(plan, found)
    lists(plan, found)
    effect(plan, found)
    cell(plan, found)
    decide(plan, one)


def decided(number: int, waiting: list[Waiting]) -> None:
    """What became of it; whoever comes second reads here who was first."""
    found = find_submission(database(), number)
    if found is None or found["plan"] not in every_plan():
        nothing_here(say("review.gone", number=number))
        return
    plan = every_plan()[found["plan"]]
    whose, what = escape(unit_name(plan, found["unit"])), escape(what_for(plan, Period.parse(found["period"])))
    draw(f'<div class="submission"><p class="whose"><b>{whose}</b><span>{what}</span></p></div>')
    download_original(found["sha256"], found["file_name"], "original")
    fingerprint(found["sha256"])
    steps = life(database(), number)
    story(steps)
    for newer in waiting:
        if (newer.plan, newer.unit, str(newer.period)) == (found["plan"], found["unit"], found["period"]):
            link = escape(address(newer.submission, newer.plan, newer.period))
            draw(f'<p><a class="action" target="_self" href="{link}">{escape(say("review.newer"))}</a></p>')
    mends(list_mends(database(), number))
    if "published" not in list(steps["step"]):
        return
    there = {"plan": plan.plan, "period": found["period"]}
    words, link = escape(say("review.decide.see_overview")), escape(href("overview", **there))
    draw(f'<p><a class="action" target="_self" href="{link}">{words}</a></p>')


def asked() -> int | None:
    """The submission named in the address; anything that is no such number leads to the queue."""
    said = st.query_params.get("submission", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None


require(database(), "review")
detail_look("review")
draw(f"<h1>{escape(say('review.title'))}</h1>")
waiting = queue(database(), every_plan())
number = asked()
if number is not None:
    way_back(waiting, number)
    tell("success", "warning")
    here = next((one for one in waiting if one.submission == number), None)
    undecided(every_plan()[here.plan], here) if here else decided(number, waiting)
else:
    draw(f'<p class="note">{escape(say("review.words"))}</p>')
    queue_table(waiting)
    decided_list()
