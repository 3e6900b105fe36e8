"""要报什么、何时报: every other plan and quarter that the unit still owes, a link each."""

from datetime import date

import pandas as pd

from locales.formats import day, quarter
from metrics.period import Period
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.html import draw, escape
from pages.parts.plain_table import plain_table
from pages.parts.sources import database, plans
from store.duties import Duty, list_duties


def owed_part(unit: str, chosen_plan: Plan, period: Period, *, busy: bool) -> None:
    """Every other quarter and plan of the unit that is not done, what is due first on top; folded while `busy`."""
    offered = [plan for plan in plans().values() if unit in plan.units]
    until = max(Period.of(date.today()) + -1, period)
    owed = [
        duty
        for duty in list_duties(database(), offered, unit, until, date.today())
        if not duty.done and duty.state != "running" and (duty.plan, duty.period) != (chosen_plan.plan, period)
    ]
    if not owed:
        return
    rows = pd.DataFrame(
        {
            say("submit.column.plan"): [plans()[duty.plan].short.by(language()) for duty in owed],
            say("detail.column.period"): [quarter(duty.period, language()) for duty in owed],
            say("submit.column.due"): [day(duty.term.due, language()) for duty in owed],
            say("submit.column.state"): [state_words(duty) for duty in owed],
        }
    )
    addresses = [href("submit", plan=d.plan, period=str(d.period), quarter=str(d.period), unit=unit) for d in owed]
    links: dict[str, list[str | None]] = {say("submit.column.plan"): list(addresses)}
    title = escape(say("submit.owed", number=len(owed)))
    table = plain_table(rows, say("submit.owed_caption"), links)
    draw(f'<details class="owed"{"" if busy else " open"}><summary>{title}</summary>{table}</details>')


def state_words(duty: Duty) -> str:
    return say(f"submit.state.{duty.state}")
