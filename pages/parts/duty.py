"""要报什么、何时报: the chosen duty with its due day and its course so far, and all else the unit owes."""

from datetime import date, datetime
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from charts.palette import STATUS
from loaders.desk import take_again
from loaders.uploads import Upload, uploads
from locales.formats import day, moment, quarter
from metrics.period import Period
from metrics.plan import Plan
from pages.parts.context import database, href, language, open_periods, plans, say
from pages.parts.html import draw, escape
from pages.parts.origin_file import download_original
from pages.parts.plain_table import plain_table
from pages.parts.returned import returned_button
from store.duties import Duty, duty_of, list_duties
from store.review import AlreadyDecided, list_steps, withdraw_submission

LAMPS = {
    "published": "on_track",
    "waiting": "not_due",
    "returned": "critical",
    "running": "not_scored",
    "open": "not_due",
    "grace": "watch",
    "overdue": "critical",
    "closed": "missed",
}


def duty_part(plan: Plan, unit: str, period: Period) -> None:
    """The chosen quarter: until when, how far, what can be done about it."""
    duty = duty_of(database(), plan, unit, period, date.today())
    steps = list_steps(database(), plan, unit, period)
    every = uploads(database(), plan, unit, period)
    with st.container(border=True, key="duty"):
        draw(f'<div class="duty">{_lamp(duty)}<p>{escape(_due(duty))}</p></div>')
        if duty.state == "waiting":
            _waiting(steps, every)
        elif duty.state == "returned":
            _returned(steps, every)
        _in_force(steps)
        if len(steps):
            draw(_course(steps))


def owed_part(unit: str, chosen_plan: Plan, period: Period) -> None:
    """Every other quarter and plan of the unit that is not done, what is due first on top."""
    offered = [plan for plan in plans().values() if unit in plan.units]
    until = max(open_periods(chosen_plan)[-1], period)
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
            say("submit.column.state"): [_state(duty) for duty in owed],
        }
    )
    addresses = [href("submit", plan=d.plan, period=str(d.period), quarter=str(d.period), unit=unit) for d in owed]
    links: dict[str, list[str | None]] = {say("submit.column.plan"): list(addresses)}
    title = escape(say("submit.owed", number=len(owed)))
    table = plain_table(rows, say("submit.owed_caption"), links)
    draw(f'<details class="owed" open><summary>{title}</summary>{table}</details>')


def _lamp(duty: Duty) -> str:
    status = LAMPS[duty.state]
    shape = STATUS[status].shape
    mark = f'<span class="shape" aria-hidden="true">{shape}</span>{escape(_state(duty))}'
    return f'<span class="lamp filled is-{status}">{mark}</span>'


def _state(duty: Duty) -> str:
    return say(f"submit.state.{duty.state}")


def _due(duty: Duty) -> str:
    """Until when; a day that has passed is told as long as nothing was sent."""
    due = say("submit.due", day=day(duty.term.due, language()))
    left = duty.days_left(date.today())
    if duty.done:
        return due
    if duty.state == "closed" and duty.term.closed_from:
        when = day(duty.term.closed_from, language())
        return say("calendar.refused", quarter=quarter(duty.period, language()), day=when)
    return due + (
        say("submit.left", days=left)
        if left > 0
        else say("submit.today")
        if left == 0
        else say("submit.past", days=-left)
    )


def _last(steps: pd.DataFrame, step: str) -> Any:
    found = steps[steps["step"] == step]
    return found.iloc[0] if len(found) else None


def _upload_of(every: list[Upload], submission: int) -> Upload | None:
    return next((upload for upload in every if upload.submission == submission), None)


def _waiting(steps: pd.DataFrame, every: list[Upload]) -> None:
    sent = _last(steps, "sent")
    draw(f"<p>{escape(say('submit.waiting', file=sent['file_name'], moment=moment(sent['at']), who=sent['who']))}</p>")
    upload = _upload_of(every, int(sent["submission"]))
    with st.container(horizontal=True):
        st.button(
            say("submit.withdraw"),
            key="withdraw",
            icon=":material/undo:",
            on_click=partial(_withdraw, int(sent["submission"]), upload),
        )
        download_original(str(sent["sha256"]), str(sent["file_name"]), "sent-file")


def _withdraw(submission: int, upload: Upload | None) -> None:
    """What is taken back lies on the desk again, with everything typed."""
    now = datetime.now()
    try:
        withdraw_submission(database(), submission, now=now)
    except AlreadyDecided as first:
        st.session_state["submit_said"] = say(
            "submit.decided", step=say(f"submit.step.{first.step}"), who=first.who, moment=moment(first.at)
        )
        return
    if upload is not None:
        take_again(database(), upload, now=now)


def _returned(steps: pd.DataFrame, every: list[Upload]) -> None:
    """The reason first, then both ways to put it right."""
    back = _last(steps, "returned")
    words = say("submit.sent_back", who=back["who"], moment=moment(back["at"]), why=back["why"])
    draw(f'<p class="banner partial is-watch" role="status">{escape(words)}</p>')
    upload = _upload_of(every, int(back["submission"]))
    if upload is None:
        return
    with st.container(horizontal=True):
        returned_button(upload, str(back["why"]))
        if not every[0].open:
            st.button(say("submit.go_on"), key="go-on", icon=":material/edit:", on_click=_go_on, args=(upload,))


def _go_on(upload: Upload) -> None:
    take_again(database(), upload, now=datetime.now())


def _in_force(steps: pd.DataFrame) -> None:
    standing = _last(steps, "published")
    if standing is not None:
        words = say("detail.submit.standing", file=standing["file_name"], moment=moment(standing["at"]))
        draw(f'<p class="note">{escape(words)}</p>')
        download_original(str(standing["sha256"]), str(standing["file_name"]), "standing-file")


def _course(steps: pd.DataFrame) -> str:
    """Every step of the quarter, newest first."""
    lines = []
    for row in steps.to_dict("records"):
        step, at = say(f"submit.step.{row['step']}"), moment(row["at"])
        words = say("submit.course_line", moment=at, who=row["who"], step=step, file=row["file_name"])
        why = f" {say('submit.because', why=row['why'])}" if row["why"] else ""
        lines.append(f"<li>{escape(words + why)}</li>")
    title = escape(say("submit.course", number=len(lines)))
    return f'<details class="history"><summary>{title}</summary><ol>{"".join(lines)}</ol></details>'
