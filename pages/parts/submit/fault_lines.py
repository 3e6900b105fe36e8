"""The editable table under a verdict: what is wrong in which cell, mended or answered on the spot.

Each cell and answer is kept the moment it is typed; the workbook is then judged again.
"""

import contextlib
from datetime import datetime
from functools import partial
from zlib import crc32

import streamlit as st

from loaders.compare import Compared
from loaders.desk import answer, mend
from loaders.faults import Line, lines
from loaders.own.mapping import UNSURE
from loaders.problem import Problem, message, place
from loaders.uploads import Upload
from loaders.verdict import as_json, notice_key
from locales.formats import moment
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.people import called
from pages.parts.sources import database
from pages.parts.submit.desk import Judged

LOOKS = {"error": "critical", "notice": "watch", "answered": "on_track", "healed": "on_track"}
SHOWN = 30
"""More are mended faster in the file itself; the returned workbook lists them all."""


def fault_lines(judged: Judged, compared: Compared | None) -> None:
    """All errors and all notices that ask, a line each; further ones are counted."""
    upload, verdict = judged.upload, judged.verdict
    rows = verdict.draft.roster_rows if verdict.draft else ()
    found = lines(judged.opened, upload.problems, verdict.problems, upload.mends, rows)
    if not found:
        return
    with st.container(key=f"faults-{upload.attempt}", gap=None):
        for number, line in enumerate(found[:SHOWN]):
            with st.container(key=f"fault-{upload.attempt}-{number}", gap=None):
                _line(judged, line, compared)
    if len(found) > SHOWN:
        draw(f'<p class="note">{escape(say("submit.more", number=len(found) - SHOWN))}</p>')


def _line(judged: Judged, line: Line, compared: Compared | None) -> None:
    upload = judged.upload
    told, typed = st.columns([3, 2], gap="medium")
    with told:
        draw(_told(judged, line, compared))
    with typed:
        where = place(Problem("error", "", line.sheet, line.cell), language())
        asked = () if line.errors else line.asking  # a number that is wrong anyhow wants no reason
        for problem in asked:
            _answer(judged, problem, where)
        if line.mendable:
            _cell(upload, line, say("submit.mend_instead" if asked else "submit.mend", place=where), shown=bool(asked))
        elif line.errors and line.sheet:
            told = {problem.code for problem in line.errors} <= UNSURE and judged.verdict.proposal
            draw(f'<p class="note">{escape(say("mapping.above" if told else "submit.in_the_file"))}</p>')


def _cell(upload: Upload, line: Line, label: str, *, shown: bool) -> None:
    key = f"mend-{upload.attempt}-{line.sheet}-{line.cell}"
    st.session_state.setdefault(key, line.mend.typed if line.mend else line.stood)
    st.text_input(
        label,
        key=key,
        max_chars=300,
        placeholder=say("submit.mend_hint"),
        label_visibility="visible" if shown else "collapsed",
        on_change=partial(_mend, upload, line, key),
    )


def _answer(judged: Judged, problem: Problem, where: str) -> None:
    given = _given(judged, problem)
    # Other numbers are another notice, whose answer must not look given already.
    key = f"answer-{judged.upload.attempt}-{crc32(notice_key(problem).encode())}"
    st.session_state.setdefault(key, str(given.get("answer", "")))
    st.text_input(
        say("submit.answer", place=where),
        key=key,
        max_chars=500,
        placeholder=say("submit.answer_hint"),
        on_change=partial(_keep_answer, judged.upload, problem, key),
    )


def _given(judged: Judged, problem: Problem) -> dict[str, object]:
    """The stored notice, with its answer where it has one: perhaps from an earlier file."""
    notices = judged.verdict.draft.notices if judged.verdict.draft else ()
    told = as_json(problem)
    return next((n for n in notices if all(n.get(name) == value for name, value in told.items())), {})


def _kind(judged: Judged, line: Line) -> str:
    if line.errors:
        return "error"
    if line.asking:
        return "answered" if all(_given(judged, problem).get("answer") for problem in line.asking) else "notice"
    return "healed"


def _told(judged: Judged, line: Line, compared: Compared | None) -> str:
    """What is wrong, where, and what stands there; or that it has been put right."""
    kind = _kind(judged, line)
    where = place(Problem("error", "", line.sheet, line.cell), language()) or say("detail.submit.whole_file")
    parts = [f'<span class="mark">{escape(say(f"submit.mark_{kind}"))}</span> <b>{escape(where)}</b>']
    told = [line.row_name, say("submit.stood", found=line.stood) if line.stood else ""]
    parts += [f'<span class="note">{escape(words)}</span>' for words in told if words]
    if compared and line.problems and (name := _standing(line, compared)):
        parts.append(f'<span class="badge">{escape(say(f"submit.{name}"))}</span>')
    said = "".join(f"<p>{escape(message(problem, language()))}</p>" for problem in line.problems)
    return f'<div class="fault is-{LOOKS[kind]}"><p>{" ".join(parts)}</p>{said}{_mended(line)}</div>'


def _mended(line: Line) -> str:
    if line.mend is None:
        return ""
    words = say(
        "submit.mended" if line.mend.typed else "submit.cleared",
        typed=line.mend.typed, who=called(line.mend.who), moment=moment(line.mend.at),
    )  # fmt: skip
    return f'<p class="note">{escape(words)}</p>'


def _standing(line: Line, compared: Compared) -> str | None:
    """`new` or `still`, against the file sent before."""
    here = {(problem.code, problem.sheet or None, problem.cell or None) for problem in line.problems}
    for name, group in (("new", compared.new), ("still", compared.still)):
        if any((told["code"], told["sheet"], told["cell"]) in here for told in group):
            return name
    return None


def _mend(upload: Upload, line: Line, key: str) -> None:
    with contextlib.suppress(KeyError):  # sent in another tab: the page says so as it is drawn again
        typed = str(st.session_state[key])
        mend(database(), upload.attempt, line.sheet, line.cell, line.stood, typed, now=datetime.now())


def _keep_answer(upload: Upload, problem: Problem, key: str) -> None:
    with contextlib.suppress(KeyError):
        answer(database(), upload.attempt, problem, str(st.session_state[key]), now=datetime.now())
