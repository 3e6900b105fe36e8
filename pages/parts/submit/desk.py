"""The submit page's desk: files taken in, judged, rehearsed, sent or put away.

What lies on it is kept in the database; a visit only remembers what it drew last. Bytes leave
Streamlit's upload store at once (it keeps them for the whole visit otherwise).
"""

import contextlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from loaders.desk import put_away
from loaders.desk import take as take_in
from loaders.found import Form
from loaders.problem import Refused
from loaders.sandbox import read_file
from loaders.uploads import Upload, answers_of, judge_again, on_desk, open_uploads, uploads
from loaders.verdict import Answers, Verdict
from loaders.workbook import Workbook
from metrics.period import Period
from metrics.plan import Plan
from pages.parts.context import say
from pages.parts.sources import database, every_plan
from pages.parts.visitor import visitor
from store.database import chosen_url
from store.originals import read_original
from store.review import life

MEGABYTES = 20
FILES = 30
KINDS = ["xlsx", "xlsm", "xls", "et", "csv"]
LATEST = "files"
"""In the address: the attempts of the files uploaded last, so that a refresh shows them all again."""


class Judged(NamedTuple):
    """An upload with its verdict as of now. `before`: the file sent for the same duty before it;
    `sent_back`: a reviewer returned this very file."""

    upload: Upload
    verdict: Verdict
    opened: Workbook | None
    before: Upload | None
    sent_back: bool = False


def take(uploaded: Sequence[UploadedFile], form: Form) -> None:
    """Judge and keep the files one by one, telling how far it has come."""
    files = [(file.getvalue(), file.name) for file in uploaded]
    _free(uploaded)
    st.session_state["round"] = st.session_state.get("round", 0) + 1
    bar = st.progress(0.0, say("detail.submit.reading"))
    numbers = []
    last: dict[object, str] = {}
    for number, verdict in take_in(database(), every_plan(), files, form, now=datetime.now()):
        numbers.append(str(number))
        _tell_replaced(verdict, last)
        done = len(numbers) / len(files)
        bar.progress(done, say("submit.progress", done=len(numbers), of=len(files), file=files[len(numbers) - 1][1]))
    bar.empty()
    st.session_state.pop("sent", None)
    st.query_params[LATEST] = "-".join(numbers)


def _tell_replaced(verdict: Verdict, last: dict[object, str]) -> None:
    """Of two files for one quarter the later counts; whoever meant both hears it. `last`: duty → file."""
    if verdict.draft is None:
        return
    duty = (verdict.plan, verdict.unit, verdict.period)
    if duty in last:
        st.session_state["submit_said"] = say("submit.one_counts", first=last[duty], second=verdict.file)
    last[duty] = verdict.file


def _free(uploaded: Sequence[UploadedFile]) -> None:
    """Private to Streamlit, and the only way to get the memory back before the visit ends."""
    context = get_script_run_ctx()
    if context is not None:
        for file in uploaded:
            context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def lying(plan: Plan, unit: str, period: Period) -> tuple[list[Judged], list[Upload]]:
    """What lies open: to be looked at (this duty's file, and those uploaded last), and all else of the visitor's."""
    latest = set(st.query_params.get(LATEST, "").split("-"))
    mine = open_uploads(database())
    shown = on_desk(uploads(database(), plan, unit, period))
    shown += [one for one in mine if str(one.attempt) in latest and one.attempt not in {s.attempt for s in shown}]
    rest = [one for one in mine if one.attempt not in {s.attempt for s in shown}]
    return [judged(one) for one in shown], rest


def judged(upload: Upload) -> Judged:
    form = upload.form
    every = [upload]
    if form.plan and form.unit and form.period:
        every = uploads(database(), every_plan()[form.plan], form.unit, form.period)
    earlier = [one for one in every if one.attempt < upload.attempt and one.sha256 != upload.sha256 and not one.stray]
    before = earlier[0] if earlier and not upload.stray else None
    if before is not None and before.submission is not None and _last_step(before.submission) == "published":
        before = None  # what was published is another round
    opened = _opened(upload.sha256, upload.file_name)
    answers = answers_of(every)
    typed = repr((upload.mends, sorted(answers.items(), key=str)))
    verdict = _verdict(chosen_url(), database().data_version(), visitor().name, upload.attempt, typed, upload, answers)
    once = [one.submission for one in every if one.sha256 == upload.sha256 and one.submission is not None]
    sent_back = bool(once) and upload.open and _last_step(once[0]) == "returned"
    return Judged(upload, verdict, None if isinstance(opened, Refused) else opened, before, sent_back)


def _last_step(submission: int) -> str:
    steps = list(life(database(), submission)["step"])
    return str(steps[-1]) if steps else ""


@st.cache_resource(max_entries=32, show_spinner=False)
def _opened(sha256: str, file_name: str) -> Workbook | Refused:
    """The kept original, read again; its fingerprint is the key, so it can never be stale."""
    return read_file(read_original(database(), sha256), file_name)


@st.cache_resource(max_entries=128, show_spinner=False)
def _verdict(url: str, version: int, who: str, attempt: int, typed: str, _upload: Upload, _answers: Answers) -> Verdict:
    """Judged again only when the data, a mend or an answer has changed."""
    opened = _opened(_upload.sha256, _upload.file_name)
    return judge_again(database(), every_plan(), _upload, opened, _answers, now=datetime.now())


def put_off(upload: Upload) -> None:
    with contextlib.suppress(KeyError):  # sent in another tab meanwhile
        put_away(database(), upload.attempt, now=datetime.now())
