"""The chosen duty: until when, how far it has come, and what can be done about it."""

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
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.origin_file import download_original
from pages.parts.people import called
from pages.parts.sources import database
from pages.parts.submit.desk import judged
from pages.parts.submit.owed import state_words
from pages.parts.submit.returned import returned_button
from store.duties import Duty, duty_of
from store.review import AlreadyDecided, list_steps, withdraw_submission
from store.submissions import list_submissions

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
        _last_time(plan, unit, period, steps)
        if len(steps):
            draw(_course(steps))


def _lamp(duty: Duty) -> str:
    status = LAMPS[duty.state]
    shape = STATUS[status].shape
    mark = f'<span class="shape" aria-hidden="true">{shape}</span>{escape(state_words(duty))}'
    return f'<span class="lamp filled is-{status}">{mark}</span>'


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
    words = say("submit.waiting", file=sent["file_name"], moment=moment(sent["at"]), who=called(sent["who"]))
    draw(f"<p>{escape(words)}</p>")
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
            "submit.decided", step=say(f"submit.step.{first.step}"), who=called(first.who), moment=moment(first.at)
        )
        return
    if upload is not None:
        take_again(database(), upload, now=now)


def _returned(steps: pd.DataFrame, every: list[Upload]) -> None:
    """The reason first, then both ways to put it right."""
    back = _last(steps, "returned")
    words = say("submit.sent_back", who=called(back["who"]), moment=moment(back["at"]), why=back["why"])
    draw(f'<p class="banner partial is-watch" role="status">{escape(words)}</p>')
    upload = _upload_of(every, int(back["submission"]))
    if upload is None:
        return
    with st.container(horizontal=True):
        returned_button(judged(upload), str(back["why"]))
        if not every[0].open:
            st.button(say("submit.go_on"), key="go-on", icon=":material/edit:", on_click=_go_on, args=(upload,))


def _go_on(upload: Upload) -> None:
    take_again(database(), upload, now=datetime.now())


def _last_time(plan: Plan, unit: str, period: Period, steps: pd.DataFrame) -> None:
    """What is in force for this quarter; before there is anything, what was sent the time before."""
    standing = _last(steps, "published")
    if standing is not None:
        words = say("detail.submit.standing", file=standing["file_name"], moment=moment(standing["at"]))
    else:
        sent = list_submissions(database(), plan, unit)
        earlier = sent[(sent["period"] < str(period)) & sent["superseded_at"].isna()].sort_values("period")
        if earlier.empty:
            return
        standing = earlier.iloc[-1]
        when = quarter(Period.parse(standing["period"]), language())
        words = say(
            "submit.last_time", quarter=when, file=standing["file_name"], moment=moment(standing["published_at"])
        )
    draw(f'<p class="note">{escape(words)}</p>')
    download_original(str(standing["sha256"]), str(standing["file_name"]), "standing-file")


def _course(steps: pd.DataFrame) -> str:
    """Every step of the quarter, newest first."""
    lines = []
    for row in steps.to_dict("records"):
        step, at = say(f"submit.step.{row['step']}"), moment(row["at"])
        words = say("submit.course_line", moment=at, who=called(row["who"]), step=step, file=row["file_name"])
        why = f" {say('submit.because', why=row['why'])}" if row["why"] else ""
        lines.append(f"<li>{escape(words + why)}</li>")
    title = escape(say("submit.course", number=len(lines)))
    return f'<details class="history"><summary>{title}</summary><ol>{"".join(lines)}</ol></details>'
