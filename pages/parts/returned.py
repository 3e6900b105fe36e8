"""The returned workbook 退回件 behind a button: made only when somebody asks for it."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from loaders.returned import returned_name, write_returned
from loaders.uploads import Upload
from locales.formats import quarter
from pages.parts.context import database, every_plan, language, say
from pages.parts.template_offer import XLSX


def returned_button(upload: Upload, why: str = "") -> None:
    """The sender's own file with its problems as they were on arrival; `why`: the reviewer's reason."""
    st.download_button(
        say("submit.returned_file"),
        data=lambda: _returned(upload, why),
        file_name=returned_name(upload.file_name, language()),
        mime=XLSX,
        key=f"returned-{upload.attempt}",
        on_click="ignore",
        icon=":material/assignment_return:",
    )


def _returned(upload: Upload, why: str) -> bytes:
    form = upload.form
    plan = every_plan().get(form.plan or "")
    return write_returned(
        database().read_original(upload.sha256),
        upload.file_name,
        _spoken(upload.problems),
        plan=plan.title.by(language()) if plan else "",
        unit=plan.units[form.unit].label(language()) if plan and form.unit in plan.units else "",
        period=quarter(form.period, language()) if form.period else "",
        why=why,
        language=language(),
    )


def _spoken(problems: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    name = "message_en" if language() == "en" else "message"
    return [{**problem, "message": problem.get(name, problem["message"])} for problem in problems]
