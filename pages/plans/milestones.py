"""任务 Milestones: what is late, due, done or without a date, by department and quarter; never a percentage."""

import streamlit as st

from locales.formats import day, listing
from metrics.milestones import FINISHED, milestone_states
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import chosen, href, say
from pages.parts.detail import detail_look
from pages.parts.empty import nothing_here
from pages.parts.html import draw, escape
from pages.parts.pick import pick
from pages.parts.sources import database
from pages.parts.tasks.annex import annex
from pages.parts.tasks.board import board
from pages.parts.tasks.lists import lists
from pages.parts.tasks.origin import asked, task_origin
from pages.parts.tasks.tasks import Row, Tasks
from store.milestones import statuses

ALL = "all"


def headline(rows: list[Row]) -> str:
    """Counts by state, what is zero left out."""
    states = [row["state"] for row in rows]
    done = sum(state in FINISHED for state in states)
    silent = sum(row["state"] == "no_report" and row["when"] in ("overdue", "due") for row in rows)
    counts = {"late": states.count("late"), "due": states.count("due"), "silent": silent}
    said = [say(f"milestones.headline.{name}", number=number) for name, number in counts.items() if number]
    first = say("milestones.headline.done", tasks=len(rows), done=done)
    return first + say("milestones.headline.joiner") + listing(said, language()) if said else first


def choose_owner(plan: Plan, tasks: Tasks) -> str | None:
    def shown(name: str) -> str:
        return say("milestones.page.everybody") if name == ALL else plan.units[name].label(language())

    forgets = ("task", "by", "year")
    picked = pick("owner", [ALL, *tasks.units()], ALL, say("milestones.page.owner"), shown, forgets)
    return None if picked == ALL else picked


def title(rows: list[Row]) -> None:
    when = say("milestones.page.until", day=day(chosen().as_of.end, language()))
    draw(f"<h1>{escape(headline(rows))}</h1>")
    draw(f'<p class="note">{escape(when)} {escape(say("milestones.page.no_percentage"))}</p>')


def invite(tasks: Tasks) -> None:
    """Nobody has said anything yet: the plan's tasks still show, and where to begin."""
    if tasks.every["status"].notna().any():
        return
    link = f'<a target="_self" href="{escape(href("submit"))}">{escape(say("pages.empty.submit"))}</a>'
    draw(f'<p class="banner partial"><span>{escape(say("milestones.page.nothing_said"))}</span>{link}</p>')


detail_look("tasks")
choice = chosen()
plan = choice.plan
if not plan.milestones:
    nothing_here(say("milestones.page.no_tasks"))
    st.stop()
found = statuses(database(), plan, choice.known_at)
every = milestone_states(plan, found, choice.as_of, unit_set=choice.unit_set)
heading = st.container()
tasks = Tasks(plan, every, choose_owner(plan, Tasks(plan, every, None)))
with heading:
    title(tasks.joint)
invite(tasks)
if (row := asked(tasks)) is not None:
    task_origin(tasks, row)
if table := annex(tasks):
    draw(f"<h2>{escape(say('milestones.page.annex'))}</h2>{table}")
draw(f"<h2>{escape(say('milestones.page.lists'))}</h2>{lists(tasks)}")
draw(f"<h2>{escape(say('milestones.page.board'))}</h2>{board(tasks)}")
