"""The annex as printed: its rows by quarter, each cell its actions and where they stand."""

import re

from locales.formats import listing, quarter
from metrics.plan import Milestone
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import escape
from pages.parts.tasks.tasks import Row, Tasks, at_issue, state_lamp, unit_lamp


def annex(tasks: Tasks) -> str:
    """Nothing where the plan prints no such table, or the one looked at has no row in it."""
    rows: dict[int, dict[str, Row]] = {}
    for row in tasks.joint:
        milestone = tasks.milestones[row["milestone"]]
        if milestone.row is not None and milestone.quarter is not None:
            rows.setdefault(milestone.row, {})[str(milestone.quarter)] = row
    if not rows:
        return ""
    quarters = sorted({when for cells in rows.values() for when in cells})
    head = "".join(f'<th scope="col">{escape(quarter(when, language()))}</th>' for when in quarters)
    head = f'<th scope="col">{escape(say("milestones.page.row"))}</th>{head}'
    body = "".join(_line(tasks, number, cells, quarters) for number, cells in sorted(rows.items()))
    caption = escape(say("milestones.page.annex"))
    return (
        f'<div class="scroll"><table class="annex"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _line(tasks: Tasks, number: int, cells: dict[str, Row], quarters: list[str]) -> str:
    first = tasks.milestones[next(iter(cells.values()))["milestone"]]
    target = f'<span class="note">{escape(first.row_target.by(language()))}</span>' if first.row_target else ""
    named = (
        f"<b>{number}. {escape(_row_name(first))}</b>{target}"
        f'<span class="note">{escape(listing(first.owners, language()))}</span>'
    )
    drawn = "".join(
        f'<td data-quarter="{escape(quarter(when, language()))}">{_cell(tasks, cells[when])}</td>'
        if when in cells
        else '<td class="nothing"></td>'
        for when in quarters
    )
    return f'<tr><th scope="row">{named}</th>{drawn}</tr>'


def _row_name(milestone: Milestone) -> str:
    """体制机制建设·一季度 without its quarter."""
    if language() == "en":
        return re.sub(r" Q[1-4]$", "", milestone.name.en)
    return milestone.name.zh.rpartition("·")[0] or milestone.name.zh


def _cell(tasks: Tasks, row: Row) -> str:
    milestone = tasks.milestones[row["milestone"]]
    actions = "".join(f"<li>{escape(action.by(language()))}</li>" for action in milestone.actions)
    marks = at_issue(tasks.plan, row)
    return f'<ul>{actions}</ul><p class="states">{_states(tasks, row)}{marks}</p>'


def _states(tasks: Tasks, row: Row) -> str:
    """One lamp when one unit answers or all stand alike in everything, else one for each by name."""
    mine = tasks.by_task[row["milestone"], row["year"]]
    if len(mine) == 1:
        return unit_lamp(tasks, mine[0])
    whole = state_lamp(row["state"])
    each = "".join(
        f'<span class="by"><span class="note">{escape(tasks.plan.units[one["unit"]].label(language(), short=True))}'
        f"</span>{unit_lamp(tasks, one)}</span>"
        for one in mine
    )
    return f"<b>{whole}</b>{each}"
