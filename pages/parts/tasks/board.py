"""The board: who answers for how many tasks in which state, by the quarter of their deadline."""

from locales.formats import quarter
from metrics.milestones import Tally, tallies
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.html import escape
from pages.parts.tasks.tasks import Tasks, legend, state_lamp

Cells = dict[str | None, list[Tally]]


def board(tasks: Tasks) -> str:
    rows: dict[str, Cells] = {}
    for tally in tallies(tasks.states):
        rows.setdefault(tally.unit, {}).setdefault(tally.quarter, []).append(tally)
    every = {when for cells in rows.values() for when in cells}
    quarters = sorted(every, key=lambda when: (when is None, when))
    heads = [say("milestones.page.who"), *(_heading(when) for when in quarters)]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(_line(tasks, unit, rows[unit], quarters) for unit in tasks.units() if unit in rows)
    caption = escape(say("milestones.page.board"))
    return (
        f'<div class="scroll"><table class="board"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{legend(tasks.states['state'])}"
    )


def _heading(when: str | None) -> str:
    return say("milestones.page.undated") if when is None else quarter(when, language())


def _line(tasks: Tasks, unit: str, cells: Cells, quarters: list[str | None]) -> str:
    name = escape(tasks.plan.units[unit].label(language(), short=True))
    link = f'<a class="figure" target="_self" href="{escape(href("milestones", owner=unit))}">{name}</a>'
    drawn = "".join(
        f'<td data-quarter="{escape(_heading(when))}"{"" if when in cells else " class=nothing"}>'
        f"{''.join(_chip(tally) for tally in cells.get(when, []))}</td>"
        for when in quarters
    )
    return f'<tr><th scope="row">{link}</th>{drawn}</tr>'


def _chip(tally: Tally) -> str:
    words = say("milestones.page.counted", state=say(f"milestones.state.{tally.state}"), number=tally.number)
    return state_lamp(tally.state, words)
