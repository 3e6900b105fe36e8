"""What is late, due, done or without a date: one list per state, open where something is asked for."""

import re
from itertools import groupby

from locales.formats import UNKNOWN, day, quarter
from metrics.milestones import FINISHED, STATES
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import escape
from pages.parts.tasks.tasks import (
    Row,
    Tasks,
    at_issue,
    deadline,
    origin_address,
    owners,
    state_lamp,
    state_words,
    task_name,
    unit_lamp,
)

OPEN = ("late", "due", "no_report")
FEW = 12
"""So few tasks need no folding."""
ADDRESS = re.compile(r"https?://\S+")


def lists(tasks: Tasks) -> str:
    """All states that occur; those that ask for something are unfolded."""
    return "".join(
        _list(tasks, state, [row for row in tasks.joint if row["state"] == state])
        for state in STATES
        if any(row["state"] == state for row in tasks.joint)
    )


def _list(tasks: Tasks, state: str, rows: list[Row]) -> str:
    """Dated tasks first, in the order of their deadlines."""
    rows = sorted(rows, key=lambda row: str(row["deadline"] or "9999"))
    columns = ["task", "owner", "deadline", "state", "done_on", "evidence"]
    if state not in FINISHED:
        columns = columns[:4]
    head = "".join(f'<th scope="col">{escape(say(f"milestones.column.{name}"))}</th>' for name in columns)
    body = "".join(_line(tasks, row, columns) for row in rows)
    title = say("milestones.page.of_state", state=say(f"milestones.state.{state}"), number=len(rows))
    note = say(f"milestones.about.{state}")
    look = "plain tasks finished" if state in FINISHED else "plain tasks"
    return (
        f'<details class="task-list" id="{state}"{" open" if state in OPEN or len(tasks.joint) <= FEW else ""}>'
        f'<summary>{state_lamp(state, title)}<span class="note">{escape(note)}</span></summary>'
        f'<div class="scroll"><table class="{look}"><caption>{escape(title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )


def _line(tasks: Tasks, row: Row, columns: list[str]) -> str:
    milestone = tasks.milestones[row["milestone"]]
    mine = tasks.by_task[row["milestone"], row["year"]]
    name = f"<b>{escape(task_name(milestone, row['year']))}</b>" + at_issue(tasks.plan, row)
    remarks = [*milestone.clauses] + ([milestone.note.by(language())] if milestone.note else [])
    cells = {
        "task": f'{name}<span class="note">{escape(" · ".join(remarks))}</span>',
        "owner": escape(owners(tasks.plan, milestone)),
        "deadline": escape(deadline(milestone, row)),
        "state": _states(tasks, row, mine),
        "done_on": escape(day(row["done_on"], language())),
        "evidence": _evidence(mine),
    }
    return f"<tr>{''.join(f'<td class={name}>{cells[name]}</td>' for name in columns)}</tr>"


def _states(tasks: Tasks, row: Row, mine: list[Row]) -> str:
    """One unit's lamp, or how many have done it and who stands where."""
    if len(mine) == 1:
        return unit_lamp(tasks, mine[0]) + _carried(mine[0])
    count = say("milestones.page.done_of", done=row["units_done"], expected=row["units_expected"])
    order = sorted(mine, key=lambda one: (STATES.index(one["state"]), state_words(one)))
    groups = "".join(
        f'<p class="group">{state_lamp(state, words)} {_names(tasks, list(rows))}</p>'
        for (state, words), rows in groupby(order, key=lambda one: (one["state"], state_words(one)))
    )
    return f'<p class="note">{escape(count)}</p>{groups}'


def _carried(row: Row) -> str:
    """The quarter an older status was sent for."""
    if not row["tags"]:
        return ""
    key = "last_said" if row["state"] == "no_report" else "carried"
    said = say(f"milestones.status.{row['status']}")
    words = say(f"milestones.page.{key}", quarter=quarter(row["value_period"], language()), status=said)
    return f'<span class="note">{escape(words)}</span>'


def _names(tasks: Tasks, rows: list[Row]) -> str:
    """Names of units, each leading to the cell its status was read from."""
    named = []
    for row in rows:
        name = escape(tasks.plan.units[row["unit"]].label(language(), short=True))
        link = f'<a class="figure" target="_self" href="{escape(origin_address(tasks, row))}">{name}</a>'
        named.append(link if row["status"] else name)
    return (", " if language() == "en" else "、").join(named)


def _evidence(mine: list[Row]) -> str:
    """What was given as evidence; an address becomes a link, nothing else does."""
    given = [str(row["evidence"]) for row in mine if row["evidence"]]
    return "<br>".join(evidence_markup(words) for words in dict.fromkeys(given)) or UNKNOWN


def evidence_markup(words: str) -> str:
    if ADDRESS.fullmatch(words):
        return f'<a class="figure" target="_blank" rel="noopener noreferrer" href="{escape(words)}">{escape(words)}</a>'
    return escape(words)
