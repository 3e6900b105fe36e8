"""出图 Export: choose content → preview → download as picture, document or table."""

from functools import partial

import streamlit as st

from exports import CARDS, EXPORTS, cards_of, default_indicator
from locales.formats import quarter
from metrics.result import Result
from pages.parts.context import chosen, current_result, language, result_key, say
from pages.parts.detail import detail_look
from pages.parts.empty import nothing_here, nothing_reported
from pages.parts.html import draw, escape
from pages.parts.packs import packs_part
from pages.parts.pick import pick, pick_indicator
from pages.parts.self_check import self_check_part
from pages.parts.table import progress_table

MIME = {
    "png": "image/png",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "csv": "text/csv",
    "json": "application/json",
}
WIDE = ("scorecard", "waterfall")
TABLE = "table"


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={Result: result_key})
def written(result: Result, form: str, indicator: str | None, card: str | None, speech: str) -> bytes:
    return EXPORTS[form](result, indicator, card=card, language=speech)


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs={Result: result_key})
def fillable(result: Result, indicator: str, speech: str) -> list[str]:
    return cards_of(result, indicator, speech)


def offer(result: Result, forms: tuple[str, ...], indicator: str | None, card: str | None, content: str) -> None:
    """A button a format; a file is made when its button is pressed."""
    plan, when = result.plan.short.by(language()), quarter(result.as_of, language())
    name = say("detail.export.file_name", plan=plan, quarter=when, content=content)
    name = say("detail.export.sample_name", name=name) if result.sample else name
    with st.container(horizontal=True, key="downloads"):
        for form in forms:
            st.download_button(
                say("detail.export.download", format=form.upper()),
                data=partial(written, result, form, indicator, card, language()),
                file_name=f"{name}.{form}",
                mime=MIME[form],
                key=f"download-{form}",
                on_click="ignore",
                icon=":material/download:",
                type="primary" if form == forms[0] else "secondary",
            )


def card_page(result: Result, card: str, indicator: str) -> None:
    """The preview is the picture itself: what is seen is what is sent."""
    name = result.plan.indicators[indicator].name.by(language())
    if card not in fillable(result, indicator, language()):
        nothing_here(say("detail.export.not_this", card=say(f"detail.card.{card}"), name=name))
        return
    content = say("detail.export.content_of", card=say(f"detail.card.{card}"), name=name)
    offer(result, ("png", "pdf"), indicator, card, content)
    with st.spinner(say("detail.export.prepare")):
        picture = written(result, "png", indicator, card, language())
    left, right = (st.container(), st.container()) if card in WIDE else st.columns(2, gap="medium")
    with left:
        st.image(picture, width="stretch", alt=content)
    with right:
        indicators = tuple(result.plan.indicators) if card == "scorecard" else (indicator,)
        progress_table(result, indicators, (result.plan.area, *result.plan.units_of(result.unit_set)))


def table_page(result: Result) -> None:
    content = say("detail.export.table")
    offer(result, ("xlsx", "csv", "json", "pdf", "pptx", "docx", "html"), None, None, content)
    draw(f'<p class="note">{escape(say("detail.export.table_words"))}</p>')
    progress_table(result, tuple(result.plan.indicators), (result.plan.area,))


detail_look()
draw(f"<h1>{escape(say('detail.export.title'))}</h1>")
result = current_result()
if result is None:
    nothing_reported()
    st.stop()
left, right = st.columns(2)
with left:
    content = pick(
        "content",
        [*CARDS, TABLE],
        next(iter(CARDS)),
        say("detail.export.content"),
        lambda c: say(f"detail.export.{c}"),
        named=True,
    )
with right:
    # A scorecard and the table show every indicator.
    indicator = "" if content in ("scorecard", TABLE) else pick_indicator(chosen().plan, default_indicator(result))
if content == TABLE:
    table_page(result)
else:
    card_page(result, content, indicator or default_indicator(result))
packs_part(result)
self_check_part()
