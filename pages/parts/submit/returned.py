"""The returned workbook 退回件 behind a button: made only when somebody asks for it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from loaders.returned import returned_name, write_returned
from loaders.uploads import Upload
from loaders.verdict import told
from locales.formats import quarter
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.sources import database, every_plan
from pages.parts.submit.desk import Judged
from pages.parts.submit.template_offer import XLSX
from store.database import Database
from store.originals import read_original


def returned_button(judged: Judged, why: str = "") -> None:
    """The sender's own file with what is wrong now, and what was mended and answered since; `why`: the reviewer's."""
    upload = judged.upload
    st.download_button(
        say("submit.returned_file"),
        data=partial(_returned, database(), every_plan(), upload, _standing(judged), why, language()),
        file_name=returned_name(upload.file_name, language()),
        mime=XLSX,
        key=f"returned-{upload.attempt}",
        on_click="ignore",
        icon=":material/assignment_return:",
    )


def _standing(judged: Judged) -> list[dict[str, Any]]:
    """The problems of now, with their answers; of a file that stands already those of its arrival."""
    verdict = judged.verdict
    if verdict.duplicate:
        return judged.upload.problems
    notices = verdict.draft.notices if verdict.draft else [told(problem) for problem in verdict.notices]
    return [*(told(problem) for problem in verdict.errors), *notices]


def _returned(
    acting: Database,
    plans: Mapping[str, Plan],
    upload: Upload,
    problems: Sequence[Mapping[str, Any]],
    why: str,
    spoken: str,
) -> bytes:
    """Made outside of the page's run: whose database and which language was asked before."""
    form = upload.form
    plan = plans.get(form.plan or "")
    return write_returned(
        read_original(acting, upload.sha256),
        upload.file_name,
        _spoken(problems, spoken),
        upload.mends,
        plan=plan.title.by(spoken) if plan else "",
        unit=plan.units[form.unit].label(spoken) if plan and form.unit in plan.units else "",
        period=quarter(form.period, spoken) if form.period else "",
        why=why,
        language=spoken,
    )


def _spoken(problems: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    name = "message_en" if language == "en" else "message"
    return [{**problem, "message": problem.get(name, problem["message"])} for problem in problems]
