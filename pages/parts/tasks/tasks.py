"""What the task page looks at, and the lamp of a task: shape, word and colour together."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from charts.palette import TASK
from locales.formats import UNKNOWN, day, listing
from metrics.milestones import STATES, together
from metrics.plan import Milestone, Plan
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.html import escape

Row = dict[str, Any]


@dataclass(frozen=True)
class Tasks:
    """The states of a plan's tasks; `owner` is the unit or department looked at, None for all."""

    plan: Plan
    every: pd.DataFrame
    owner: str | None

    @cached_property
    def states(self) -> pd.DataFrame:
        return self.every if self.owner is None else self.every[self.every["unit"] == self.owner]

    @cached_property
    def joint(self) -> list[Row]:
        """One row per task: what the states of its units come to."""
        return records(together(self.states))

    @cached_property
    def by_task(self) -> dict[tuple[str, int | None], list[Row]]:
        """The rows of each task's units, by milestone and year."""
        found: dict[tuple[str, int | None], list[Row]] = {}
        for row in records(self.states):
            found.setdefault((row["milestone"], row["year"]), []).append(row)
        return found

    @cached_property
    def milestones(self) -> dict[str, Milestone]:
        return {milestone.milestone: milestone for milestone in self.plan.milestones}

    def units(self) -> tuple[str, ...]:
        """Everyone who answers for a task, departments first: they are asked before the localities."""
        present = list(dict.fromkeys(self.every["unit"]))
        order = list(self.plan.reporting_units())
        departments = [unit for unit in order if unit in present and self.plan.units[unit].kind == "department"]
        return (*departments, *(unit for unit in order if unit in present and unit not in departments))


def records(frame: pd.DataFrame) -> list[Row]:
    return [
        {str(name): None if value is None or value != value else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def state_lamp(state: str, words: str = "", address: str = "", label: str = "") -> str:
    """★ 已完成; `words` instead of the state's own, `address` where a click leads to."""
    shown = escape(words or say(f"milestones.state.{state}"))
    mark = f'<span class="shape" aria-hidden="true">{TASK[state].shape}</span>{shown}'
    named = f' title="{escape(label)}" aria-label="{escape(label)}"' if label else ""
    if address:
        return f'<a class="lamp is-task-{state}" target="_self" href="{escape(address)}"{named}>{mark}</a>'
    return f'<span class="lamp is-task-{state}"{named}>{mark}</span>'


def unit_lamp(tasks: Tasks, row: Row) -> str:
    """The state of one unit, leading to the cell it was read from."""
    words = state_words(row)
    if not row["status"]:
        return state_lamp(row["state"], words)
    name = tasks.plan.units[row["unit"]].label(language(), short=True)
    return state_lamp(row["state"], words, origin_address(tasks, row), say("milestones.page.origin_of", unit=name))


def origin_address(tasks: Tasks, row: Row) -> str:
    year = None if row["year"] is None else str(row["year"])
    return href("milestones", owner=tasks.owner, task=row["milestone"], by=row["unit"], year=year, anchor="origin")


def state_words(row: Row) -> str:
    """The state, with what the unit itself says where the task goes on."""
    state, status = str(row["state"]), row["status"]
    word = say(f"milestones.state.{state}")
    if state in ("late", "due", "upcoming", "no_deadline") and status:
        said = say(f"milestones.status.{status}")
        return said if state == "no_deadline" else say("milestones.page.state_and_status", state=word, status=said)
    if state == "no_report" and row["when"] in ("overdue", "due"):
        return say(f"milestones.page.unreported_{row['when']}")
    return word


def present(states: Iterable[str]) -> list[str]:
    """The states that occur, what asks for attention first."""
    every: Collection[str] = set(states)
    return [state for state in STATES if state in every]


def legend(states: Iterable[str]) -> str:
    return f'<p class="legend">{"".join(state_lamp(state) for state in present(states))}</p>'


def task_name(milestone: Milestone, year: int | None) -> str:
    name = milestone.name.by(language())
    return name if year is None else say("milestones.sheet.of_year", name=name, year=year)


def deadline(milestone: Milestone, row: Row) -> str:
    """As printed; else the day we take, marked as assumed; else that none is printed."""
    if milestone.deadline_printed and language() != "en":
        return milestone.deadline_printed
    if isinstance(row["deadline"], date):
        said = day(row["deadline"], language())
        return say("milestones.page.assumed", day=said) if row["deadline_assumed"] else said
    return say(f"milestones.undated.{milestone.recurrence}")


def owners(plan: Plan, milestone: Milestone) -> str:
    """Who is named, and that nobody is."""
    if milestone.owners:
        return listing(milestone.owners, language())
    if milestone.scope == "each_unit":
        return say("milestones.page.each_unit")
    names = (plan.units[unit].label(language(), short=True) for unit in milestone.reporters if unit in plan.units)
    return say("milestones.page.not_stated", lead=listing(names, language()) or UNKNOWN)


def at_issue(plan: Plan, row: Row) -> str:
    """The mark of a task whose quarter was all but over when the plan was issued."""
    issued = plan.meta.get("issued")
    if not row["due_at_issue"] or not isinstance(issued, date):
        return ""
    words = say("milestones.page.at_issue_words", day=day(issued, language()), days=(row["deadline"] - issued).days)
    return f'<span class="badge at-issue" title="{escape(words)}">{escape(say("milestones.page.at_issue"))}</span>'
