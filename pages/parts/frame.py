"""What surrounds every page: the look, the choices, the error boundary."""

import logging
import secrets
from typing import Protocol

import streamlit as st

from charts.theme import FONT, theme
from pages.parts import header
from pages.parts.context import chosen, say
from pages.parts.empty import no_access, nothing_to_see
from pages.parts.html import dark, draw, escape, look
from pages.parts.replay import replay_marks
from pages.parts.sources import plans
from pages.parts.visitor import forget, must_change_password
from store.people import NotAllowed

log = logging.getLogger("dashboard")


class Page(Protocol):
    @property
    def url_path(self) -> str: ...

    def run(self) -> None: ...


def show(page: Page) -> None:
    """Draw the page in its frame. A fault shows a sentence with a code; the log has the rest."""
    look()
    st.logo(_wordmark(), size="large")
    try:
        if must_change_password():
            header.bare_bar()
        elif not plans():
            header.bare_bar()
            nothing_to_see()
            st.stop()
        else:
            header.bar()
            replay_marks(chosen(), page.url_path)
        page.run()
    except NotAllowed as refused:
        no_access(say("accounts.no_access.act", role=say(f"accounts.role.{refused.person.role}")))
        st.stop()
    except Exception:
        # The one place that catches everything: a reader must never meet a traceback.
        incident = secrets.token_hex(3).upper()
        log.exception("incident %s", incident)
        draw(
            f'<div class="empty" role="alert"><h2>{escape(say("pages.fault.title"))}</h2>'
            f"<p>{escape(say('pages.fault.words', incident=incident))}</p></div>"
        )
        st.stop()
    finally:
        forget()


def _wordmark() -> str:
    """Three steps up to a line, and the name."""
    colours, name = theme(dark()), say("pages.app.title")
    width = 36 + sum(16 if letter > "⺀" else 9 for letter in name)
    steps = "".join(f'<rect x="{x}" y="{y}" width="5" height="{25 - y}"/>' for x, y in ((1, 16), (9, 11), (17, 6)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="28" viewBox="0 0 {width} 28">'
        f'<g fill="{colours.accent}">{steps}</g>'
        f'<path d="M0 3h24" stroke="{colours.ink}" stroke-width="1.5" stroke-dasharray="3 2"/>'
        f'<text x="32" y="20" font-size="16" font-weight="600" font-family="{FONT}" fill="{colours.ink}">'
        f"{escape(name)}</text></svg>"
    )
