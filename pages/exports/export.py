"""出图 Export: choose content → look at every page → download as picture, document or table."""

from functools import partial

import streamlit as st

from exports import CARDS, EXPORTS, PAPERS, CardError, card_data, default_indicator, write_brief
from exports.brief.wording import Wording
from exports.cards import SHAPES, WHOLE_PLAN
from metrics.result import Result
from pages.parts.address import language
from pages.parts.context import current_result, say
from pages.parts.detail import detail_look
from pages.parts.empty import nothing_here, nothing_reported
from pages.parts.exports.brief_editor import editor, saved_wording
from pages.parts.exports.packs import packs_part
from pages.parts.exports.pages_shown import show_file
from pages.parts.exports.self_check import self_check_part
from pages.parts.html import draw, escape
from pages.parts.pick import pick, pick_indicator
from pages.parts.sources import database, result_key
from pages.parts.table import progress_table
from pages.parts.taken import file_name, offer
from store.people import require

BRIEF, TABLE = "brief", "table"
TABLE_FORMS = ("xlsx", "csv", "json", "pdf", "pptx", "html")
LOOKED_AT = ("pdf", "xlsx", "pptx")


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={Result: result_key})
def written(result: Result, form: str, indicator: str | None, card: str | None, speech: str) -> bytes:
    return EXPORTS[form](result, indicator, card=card, language=speech)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs={Result: result_key})
def brief(result: Result, edited: Wording | None, speech: str) -> bytes:
    return write_brief(result, edited, speech)


@st.cache_data(max_entries=512, show_spinner=False, hash_funcs={Result: result_key})
def why_not(result: Result, card: str, indicator: str, speech: str) -> str:
    """Why the indicator cannot fill the card, in its own words; empty where it can."""
    try:
        card_data(result, card, indicator, speech)
    except CardError as fault:
        return str(fault)
    return ""


def choose_indicator(result: Result, card: str) -> str:
    """Of those that can fill the card; and the one that a link names, which is told why it cannot."""
    plan = result.plan
    able = [name for name in plan.indicators if not why_not(result, card, name, language())]
    usual = default_indicator(result)
    first = usual if usual in able else (able or [usual])[0]
    return pick_indicator(plan, first, [*able, st.query_params.get("indicator") or first])


def card_page(result: Result, card: str, indicator: str) -> None:
    """The preview is the picture itself: what is seen is what is sent."""
    name = result.plan.indicators[indicator].name.by(language())
    if reason := why_not(result, card, indicator, language()):
        nothing_here(say("detail.export.cannot", reason=reason))
        return
    shape = SHAPES[card][0]
    if len(SHAPES[card]) > 1:
        label = say("detail.export.shape")
        shape = st.segmented_control(
            label, SHAPES[card], default=shape, key=f"shape-{card}", format_func=lambda s: say(f"detail.export.{s}")
        ) or SHAPES[card][0]  # fmt: skip
    drawn = card if shape == SHAPES[card][0] else f"{card}@{shape}"
    of = say(f"detail.card.{card}")
    content = of if card in WHOLE_PLAN else say("detail.export.content_of", card=of, name=name)
    making = {form: partial(written, result, form, indicator, drawn, language()) for form in ("png", "pdf")}
    offer(result, content, making)
    with st.spinner(say("detail.export.prepare")):
        picture = written(result, "png", indicator, drawn, language())
    left, right = (st.container(), st.container()) if shape == "wall" else st.columns(2, gap="medium")
    with left:
        st.image(picture, width="stretch", alt=content)
    with right:
        indicators = tuple(result.plan.indicators) if card in WHOLE_PLAN else (indicator,)
        progress_table(result, indicators, (result.plan.area, *result.plan.units_of(result.unit_set)))


def table_page(result: Result) -> None:
    content = say("detail.export.table")
    offer(result, content, {form: partial(written, result, form, None, None, language()) for form in TABLE_FORMS})
    draw(f'<p class="note">{escape(say("detail.export.table_words"))}</p>')
    form = st.pills(say("preview.make"), LOOKED_AT, format_func=str.upper, key="look-at")
    if form:
        show_file({f"{file_name(result, content)}.{form}": written(result, form, None, None, language())}, form)
    progress_table(result, tuple(result.plan.indicators), (result.plan.area,))


def brief_page(result: Result) -> None:
    """The text, then the download and its pages as they will be printed."""
    editor(result)
    edited, _ = saved_wording(result)
    content = say("brief_editor.content")
    making = partial(brief, result, edited, language())
    offer(result, content, {"docx": making})
    if st.toggle(say("preview.make"), key="look-at-brief"):
        show_file({f"{file_name(result, content)}.docx": making()}, BRIEF)


def paper_page(result: Result, paper: str) -> None:
    content = say(f"pack.card.{paper}")
    making = partial(written, result, "pdf", None, paper, language())
    offer(result, content, {"pdf": making})
    show_file({f"{file_name(result, content)}.pdf": making()}, paper)


require(database(), "export")
detail_look("export")
draw(f"<h1>{escape(say('detail.export.title'))}</h1>")
result = current_result()
if result is None:
    nothing_reported()
    st.stop()
left, right = st.columns(2)
with left:
    content = pick(
        "content",
        [*CARDS, BRIEF, *PAPERS, TABLE],
        next(iter(CARDS)),
        say("detail.export.content"),
        lambda c: say(f"detail.export.{c}"),
        named=True,
    )
with right:
    # A scorecard, a paper and the table show every indicator.
    whole = content not in CARDS or content in WHOLE_PLAN
    indicator = "" if whole else choose_indicator(result, content)
if content == TABLE:
    table_page(result)
elif content == BRIEF:
    brief_page(result)
elif content in PAPERS:
    paper_page(result, content)
else:
    card_page(result, content, indicator or default_indicator(result))
packs_part(result)
self_check_part()
