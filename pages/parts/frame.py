"""What surrounds every page: the look, the choices, the error boundary."""

import logging
import secrets
from typing import Protocol

import streamlit as st

from pages.parts import header
from pages.parts.context import say
from pages.parts.html import draw, escape, look

log = logging.getLogger("dashboard")


class Page(Protocol):
    def run(self) -> None: ...


def show(page: Page) -> None:
    """Draw the page in its frame. A fault shows a sentence with a code; the log has the rest."""
    look()
    try:
        header.bar()
        page.run()
    except Exception:
        # The one place that catches everything: a reader must never meet a traceback.
        incident = secrets.token_hex(3).upper()
        log.exception("incident %s", incident)
        draw(
            f'<div class="empty" role="alert"><h2>{escape(say("pages.fault.title"))}</h2>'
            f"<p>{escape(say('pages.fault.words', incident=incident))}</p></div>"
        )
        st.stop()
