"""What became of each file on the desk, and the one thing to do next."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from charts.palette import STATUS
from loaders.compare import Compared, Told, compare
from loaders.mends import mendable
from loaders.own.mapping import UNSURE
from loaders.problem import Problem, message
from loaders.uploads import Upload, unanswered
from loaders.verdict import Verdict, told
from locales.formats import UNKNOWN, moment, quarter
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.people import called
from pages.parts.plain_table import plain_table
from pages.parts.sources import every_plan
from pages.parts.submit.desk import Judged, put_off
from pages.parts.submit.fault_lines import fault_lines
from pages.parts.submit.mapping_form import mapping_form
from pages.parts.submit.returned import returned_button

SHOWN = 200
LAMPS = {"accepted": "on_track", "accepted_with_notices": "watch", "rejected": "critical"}


def verdict_card(judged: Judged) -> None:
    """One file on the desk: its verdict, what to mend and answer, what was only noticed."""
    upload, verdict = judged.upload, judged.verdict
    with st.container(border=True, key=f"verdict-{upload.attempt}"):
        draw(_line(judged))
        _ways(judged)
        if verdict.proposal:
            mapping_form(verdict.proposal, str(upload.attempt))
        compared = _compared(judged)
        if compared:
            draw(_since(judged.before, compared))
        fault_lines(judged, compared)
        read = [problem for problem in verdict.notices if problem not in verdict.asking]
        if read:
            draw(_read_as(verdict, read))


def _ways(judged: Judged) -> None:
    """The returned workbook where something is to be done in a file that opens, and the way to be rid of it."""
    upload = judged.upload
    with st.container(horizontal=True, vertical_alignment="center"):
        if judged.opened is not None and any(_counts(told) and told["sheet"] for told in upload.problems):
            returned_button(judged)
        st.button(
            say("submit.put_away"), key=f"away-{upload.attempt}", on_click=partial(put_off, upload), type="tertiary"
        )


def _line(judged: Judged) -> str:
    upload, verdict = judged.upload, judged.verdict
    word, lamp = _word(verdict)
    shape = STATUS[lamp].shape
    came = say("submit.came", moment=moment(upload.received_at), who=called(upload.who))
    notes = "".join(f'<span class="note">{escape(words)}</span>' for words in (_recognised(upload, verdict), came))
    return (
        f'<div class="result-line is-{lamp}"><span class="file">{escape(verdict.file)}</span>'
        f'<span class="lamp filled"><span class="shape" aria-hidden="true">{shape}</span>{escape(word)}</span>'
        f"{notes}</div>" + f'<p class="what-now">{escape(_what_now(judged))}</p>'
    )


def _word(verdict: Verdict) -> tuple[str, str]:
    if verdict.duplicate:
        return say("detail.submit.unchanged"), "watch"
    if verdict.accepted and unanswered(verdict):
        return say("submit.to_answer"), "watch"
    return say(f"detail.submit.{verdict.verdict}"), LAMPS[verdict.verdict]


def _what_now(judged: Judged) -> str:
    """The one thing to do next, in a sentence."""
    verdict = judged.verdict
    if verdict.duplicate:
        return message(verdict.problems[0], language())
    if judged.upload.stray:
        return say("submit.now_another_file")
    if verdict.proposal and all(problem.code in UNSURE for problem in verdict.errors):
        return say("submit.now_name", number=len(verdict.proposal.questions))
    if verdict.errors:
        here = verdict.proposal or (judged.opened is not None and mendable(judged.opened, verdict.errors))
        return say("submit.now_mend" if here else "submit.now_in_the_file", number=len(verdict.errors))
    if open_ones := unanswered(verdict):
        return say("submit.now_answer", number=open_ones)
    return say("submit.now_reason" if judged.sent_back else "submit.now_send")


def _recognised(upload: Upload, verdict: Verdict) -> str:
    if verdict.plan is None or verdict.unit is None or verdict.period is None:
        return say("detail.submit.not_recognised")
    plan = every_plan()[verdict.plan]
    who, when = plan.units[verdict.unit].label(language()), quarter(verdict.period, language())
    return say("detail.submit.recognised", plan=plan.short.by(language()), unit=who, quarter=when)


def _compared(judged: Judged) -> Compared | None:
    """Against the file before, errors and asking notices only; None where one of both could not be read.

    What was wrong on a sheet that this file has not is not mended: nothing is said of it.
    """
    if judged.before is None or judged.opened is None or judged.verdict.draft is None or judged.verdict.duplicate:
        return None
    before = [problem for problem in judged.before.problems if _counts(problem)]
    if not any(problem["sheet"] for problem in before):
        return None
    after = [told(problem) for problem in judged.verdict.problems]
    found = compare(before, [problem for problem in after if _counts(problem)])
    here = {sheet.name for sheet in judged.opened.sheets}
    return replace(found, closed=[one for one in found.closed if not one["sheet"] or one["sheet"] in here])


def _counts(problem: Told) -> bool:
    return problem["severity"] == "error" or bool(problem.get("asks"))


def _since(before: Upload | None, compared: Compared) -> str:
    assert before is not None
    words = say(
        "submit.since", file=before.file_name, moment=moment(before.received_at),
        closed=len(compared.closed), still=len(compared.still), new=len(compared.new),
    )  # fmt: skip
    if not compared.closed:
        return f'<p class="since">{escape(words)}</p>'
    lines = "".join(f"<li>{escape(_told(problem))}</li>" for problem in compared.closed[:SHOWN])
    return f'<details class="since"><summary>{escape(words)}</summary><ul>{lines}</ul></details>'


def _told(problem: Told) -> str:
    words = problem["message_en"] if language() == "en" else problem["message"]
    where = " ".join(str(problem[name]) for name in ("sheet", "cell") if problem[name])
    return f"{where} {words}".strip()


def _read_as(verdict: Verdict, read: Sequence[Problem]) -> str:
    """Notices that need nothing done: how something was read. Sending confirms them."""
    shown = pd.DataFrame([_problem(problem) for problem in read[:SHOWN]])
    shown.columns = [say(f"detail.column.{name}") for name in shown.columns]
    table = plain_table(shown, say("detail.submit.problems_caption", file=verdict.file))
    more = len(read) - SHOWN
    rest = f'<p class="note">{escape(say("submit.more", number=more))}</p>' if more > 0 else ""
    title = escape(say("submit.read_as", number=len(read)))
    return f'<details class="read-as"><summary>{title}</summary>{table}{rest}</details>'


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "sheet": problem.sheet or say("detail.submit.whole_file"),
        "cell": problem.cell or UNKNOWN,
        "found": problem.found or UNKNOWN,
        "to_do": message(problem, language()),
    }
