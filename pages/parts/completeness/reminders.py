"""催报: exactly those who still owe, as words to paste and as e-mails, and who was reminded when."""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta

import pandas as pd
import streamlit as st

from exports.reminders import MailServer, mail_server, reminder_mails, reminder_text, send_mails
from locales.formats import moment, quarter
from metrics.dues import owing
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.completeness.addresses import address_book
from pages.parts.completeness.sent_lines import names
from pages.parts.context import chosen, say
from pages.parts.html import draw, escape
from pages.parts.people import called
from pages.parts.sources import database
from store.addresses import list_addresses, list_reminders, record_reminder
from store.people import may

TOLD = "reminders-told"
PAUSE = timedelta(minutes=2)
"""Nobody is mailed twice within it."""


def reminders(plan: Plan, rows: pd.DataFrame) -> None:
    """`rows`: `metrics.dues` of the chosen quarter."""
    if not may(database().person, "remind"):
        return
    draw(f"<h2>{escape(say('remind.title'))}</h2>")
    if chosen().known_at is not None:
        draw(f'<p class="note">{escape(say("remind.not_in_the_past"))}</p>')
        return
    for kind, words in st.session_state.pop(TOLD, ()):
        (st.error if kind == "error" else st.success)(words)
    owed = owing(rows)
    if owed.empty:
        draw(f'<p class="empty small">{escape(_when("remind.nobody"))}</p>')
    else:
        _offer(plan, owed)
    address_book(plan)
    _history(plan)


def _when(key: str) -> str:
    return say(key, quarter=quarter(chosen().as_of, language()))


def _offer(plan: Plan, owed: pd.DataFrame) -> None:
    units = [str(unit) for unit in owed["unit"]]
    draw(f"<p>{escape(say('remind.words', names=names(plan, units)))} {escape(say('remind.copy'))}</p>")
    st.code(reminder_text(plan, owed, language()), language=None, wrap_lines=True)
    known = list_addresses(database())
    reachable = [unit for unit in units if unit in known]
    server, fault = _server()
    with st.container(horizontal=True, key="remind-acts"):
        st.button(
            say("remind.note_sent"), key="remind-noted", icon=":material/check:", on_click=_note, args=(plan, units)
        )
        if server and reachable:
            pressed = st.button(
                say("remind.send_mail", number=len(reachable)),
                key="remind-mail",
                type="primary",
                icon=":material/mail:",
            )
            if pressed:
                _send(plan, owed, known, server)
    if server is None:
        draw(f'<p class="note">{escape(fault)}</p>')
    elif len(reachable) < len(units):
        without = [unit for unit in units if unit not in known]
        draw(f'<p class="note">{escape(say("remind.no_address", names=names(plan, without)))}</p>')


def _server() -> tuple[MailServer | None, str]:
    """The configured server, or why there is none."""
    try:
        return mail_server(os.environ), say("remind.no_server")
    except (ValueError, OSError) as fault:
        return None, str(fault)


def _note(plan: Plan, units: Sequence[str]) -> None:
    """Somebody pasted the words: keep that it was done."""
    record_reminder(database(), plan, chosen().as_of, "text", units, now=datetime.now())
    st.session_state[TOLD] = [("done", say("remind.noted"))]


def _send(plan: Plan, owed: pd.DataFrame, known: dict[str, list[str]], server: MailServer) -> None:
    now = datetime.now()
    fresh = owed[~owed["unit"].isin(_just_mailed(plan, now))]
    mails = reminder_mails(plan, fresh, known, language())
    if not mails:  # a second click, or a second reviewer
        st.session_state[TOLD] = [("done", say("remind.just_now"))]
        st.rerun()
    with st.spinner(say("remind.send_mail", number=len(mails))):
        outcomes = send_mails(server, mails)
    reached = [outcome.mail.unit for outcome in outcomes if outcome.why is None]
    failed = [outcome for outcome in outcomes if outcome.why is not None]
    lost = [outcome.mail.unit for outcome in failed]
    record_reminder(database(), plan, chosen().as_of, "mail", reached, failed=lost, now=now)
    told = [("done", say("remind.mailed", sent=len(reached)))] if reached else []
    for outcome in failed:
        name = plan.units[outcome.mail.unit].label(language())
        told.append(("error", say("remind.failed", unit=name, why=outcome.why)))
    st.session_state[TOLD] = told
    st.rerun()


def _just_mailed(plan: Plan, now: datetime) -> set[str]:
    """Units that a mail went to a moment ago."""
    entries = list_reminders(database(), plan, chosen().as_of)
    recent = entries[(entries["way"] == "mail") & (entries["done_at"] > now - PAUSE)]
    return {str(unit) for units in recent["units"] for unit in units}


def _history(plan: Plan) -> None:
    entries = list_reminders(database(), plan, chosen().as_of)
    if entries.empty:
        return
    items = "".join(_entry(plan, row) for row in entries.to_dict("records"))
    title = escape(say("remind.history", number=len(entries)))
    draw(f'<details class="history"><summary>{title}</summary><ol>{items}</ol></details>')


def _entry(plan: Plan, row: dict[object, object]) -> str:
    units = [unit for unit in row["units"] if unit in plan.units]  # type: ignore[attr-defined]
    words = say("remind.entry", way=say(f"remind.by_{row['way']}"), names=names(plan, units))
    when = escape(moment(row["done_at"]))  # type: ignore[arg-type]
    return f"<li><time>{when}</time> {escape(called(str(row['who'])))} <b>{escape(words)}</b></li>"
