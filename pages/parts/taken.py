"""Downloads of the export page: made when their button is pressed, and each recorded in the audit."""

from collections.abc import Callable, Mapping
from datetime import datetime

import streamlit as st

from exports.pack import known_name
from exports.stamp import code
from locales.formats import quarter
from metrics.result import Result
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.sources import database
from pages.parts.visitor import visitor
from store.audit import record
from store.database import Database
from store.people import require, signature

ACTION = "export"
MIME = {
    "png": "image/png",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "csv": "text/csv",
    "json": "application/json",
    "zip": "application/zip",
}

Made = Callable[[], bytes]


def file_name(result: Result, content: str) -> str:
    """`示例 工厂店促消费计划 2025年三季度 进度总表`, without its ending."""
    plan, when = result.plan.short.by(language()), quarter(result.as_of, language())
    name = say("detail.export.file_name", plan=plan, quarter=when, content=content)
    name = say("detail.export.sample_name", name=name) if result.sample else name
    return known_name(result, name, language())


def offer(result: Result, content: str, files: Mapping[str, Made]) -> None:
    """A button a format; the file is made when its button is pressed."""
    name = file_name(result, content)
    with st.container(horizontal=True, key="downloads"):
        for n, (form, make) in enumerate(files.items()):
            st.download_button(
                say("detail.export.download", format=form.upper()),
                data=recorded(database(), make, place(result) | {"file": f"{name}.{form}"}),
                file_name=f"{name}.{form}",
                mime=MIME[form],
                key=f"download-{form}",
                on_click="ignore",
                icon=":material/download:",
                type="secondary" if n else "primary",
            )


def place(result: Result) -> dict[str, object]:
    """Which figures were taken away."""
    return {
        "plan": result.plan.plan,
        "plan_version": result.plan.version,
        "as_of": str(result.as_of),
        "known_at": result.known_at.isoformat() if result.known_at else None,
        "unit_set": result.unit_set,
        "language": str(language()),
        "data_version": result.data_version,
        "code": code(result),
    }


def recorded(acting: Database, make: Made, detail: Mapping[str, object]) -> Made:
    """`make`, entered in the audit once it has succeeded. It runs outside the page: nothing of the visit is asked."""
    who = signature(visitor())

    def take() -> bytes:
        require(acting, "export")
        data = make()
        record(acting, datetime.now(), who, ACTION, dict(detail) | {"bytes": len(data)})
        return data

    return take
