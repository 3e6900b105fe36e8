"""自检: an exported file comes back, and the page says which of its figures no longer hold."""

from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from exports.findings import Finding, message
from exports.jobs import JobFailed, check_file, read_stamp
from loaders.formats.guard import check_zip
from loaders.problem import Refused
from loaders.problem import message as refusal
from locales.formats import quarter
from metrics.period import Period
from metrics.result import Result
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.sources import database, plans
from store.results import result as look_up

KINDS = ["xlsx", "docx", "pptx"]
LISTED = 60


@dataclass(frozen=True)
class Checked:
    """What is said of one file: whose it is, and what was found in it."""

    name: str
    of: str
    found: list[str]


def self_check_part() -> None:
    draw(f'<h2 id="check">{escape(say("self_check.title"))}</h2><p class="note">{escape(say("self_check.words"))}</p>')
    given = st.file_uploader(say("self_check.drop"), type=KINDS, key="self-check", label_visibility="collapsed")
    if given is None:
        return
    with st.spinner(say("self_check.wait")):
        checked = _check(given)
    _tell(checked)


def _check(given: UploadedFile) -> Checked:
    """The zip is measured before anything reads it; what reads it is another process."""
    data = given.getvalue()
    try:
        check_zip(data)
        stamp = read_stamp(data)
        against = _figures_of(stamp) if stamp else None
        if stamp is None or against is None:
            return Checked(given.name, "", [message(Finding("unknown", found=given.name), language())])
        found = check_file(data, given.name, against, language())
    except Refused as fault:
        return Checked(given.name, "", [refusal(fault.problem(), language())])
    except JobFailed:
        return Checked(given.name, "", [say("self_check.failed")])
    return Checked(given.name, _whose(stamp, against), [message(finding, language()) for finding in found])


def _figures_of(stamp: dict[str, str]) -> Result | None:
    """The file's own plan, quarter and units, as the data is now."""
    plan = plans().get(stamp["plan"])
    try:
        period = Period.parse(stamp["as_of"])
    except ValueError:
        return None
    if plan is None or not Period.of(plan.start) <= period <= Period.of(plan.end):
        return None
    unit_set = stamp.get("unit_set")
    return look_up(database(), plan, period, None, unit_set if unit_set in plan.unit_sets else None)


def _whose(stamp: dict[str, str], against: Result) -> str:
    when = quarter(against.as_of, language())
    return say("self_check.of", plan=against.plan.short.by(language()), quarter=when, code=stamp["code"])


def _tell(checked: Checked) -> None:
    name = escape(checked.name)
    if not checked.found:
        draw(
            f'<p class="lamp is-achieved" role="status">★ {escape(say("self_check.clean", name=checked.name))}</p>'
            f'<p class="note">{escape(checked.of)}</p>'
        )
        return
    rows = "".join(f"<li>{escape(words)}</li>" for words in checked.found[:LISTED])
    rest = len(checked.found) - LISTED
    more = f'<p class="note">{escape(say("self_check.more", count=rest))}</p>' if rest > 0 else ""
    count = escape(say("self_check.count", count=len(checked.found)))
    head = f"<p><b>{name}</b> {escape(checked.of)}</p><p>{count}</p>"
    draw(f'<div role="status">{head}<ul class="findings">{rows}</ul>{more}</div>')
