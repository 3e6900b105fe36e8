"""Any figure of a submission in the sheet it was sent in."""

import streamlit as st

from locales.formats import moment
from metrics.contents import Place
from metrics.plan import Plan
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.people import called
from pages.parts.review.head import fingerprint
from pages.parts.review.words import place_name
from pages.parts.source_grid import source_grid
from store.examine import Examined

PICKED = "review-cell"


def cell(plan: Plan, found: Examined) -> None:
    """Read from the kept original only when somebody picks a figure; the address says which."""
    places: list[Place] = [one.place for one in found.beside]
    title = escape(say("review.section.cell"))
    draw(f'<h2 id="cell">{title}</h2>')
    fingerprint(found.submission.sha256)
    names = [".".join(place) for place in places]
    asked = st.query_params.get("cell")
    st.session_state[PICKED] = places[names.index(asked)] if asked in names else None
    chosen = st.selectbox(
        say("review.cell.pick"),
        places,
        index=None,
        format_func=lambda place: place_name(plan, place),
        key=PICKED,
        filter_mode="contains",
        width=420,
        on_change=_keep,
    )
    if chosen is None:
        return
    stated, sent = found.now.figures[chosen], found.submission
    mended = [mend for mend in sent.mends if (mend.sheet, mend.cell) == (stated.sheet, stated.cell)]
    for mend in mended:
        words = say(
            "review.cell.mended", found=mend.found, typed=mend.typed, who=called(mend.who), moment=moment(mend.at)
        )
        draw(f'<p class="note">{escape(words)}</p>')
    first = stated.cell.partition(":")[0]
    source_grid(sent.sha256, sent.file_name, stated.sheet, first, sent.mends)


def _keep() -> None:
    place: Place | None = st.session_state[PICKED]
    if place is None:
        st.query_params.pop("cell", None)
    else:
        st.query_params["cell"] = ".".join(place)
