"""上报 Submit: template → upload → verdict → what changes in the city's figures → done."""

import streamlit as st

from loaders.found import Form
from locales.formats import moment, quarter
from metrics.period import Period
from metrics.plan import Plan
from pages.parts import desk as work
from pages.parts.context import chosen, database, href, language, open_periods, say
from pages.parts.detail import detail_look
from pages.parts.html import draw, escape
from pages.parts.pick import pick, pick_unit
from pages.parts.template_offer import template_offer
from pages.parts.verdicts import effect_card, verdict_card
from store.submissions import list_submissions


def step(number: int, name: str, words: str = "") -> None:
    note = f'<p class="note">{escape(words)}</p>' if words else ""
    draw(f'<div class="step"><b>{number}</b><h2>{escape(say(f"detail.submit.step_{name}"))}</h2></div>{note}')


def choose(plan: Plan) -> tuple[str, Period]:
    left, right = st.columns(2)
    with right:
        quarters = [str(period) for period in reversed(open_periods(plan))]
        label = say("detail.pick.submitting_period")
        period = Period.parse(pick("quarter", quarters, str(chosen().as_of), label, lambda q: quarter(q, language())))
    with left:
        unit = pick_unit(plan, plan.reporting_units(period), say("detail.pick.submitting_unit"), named=True)
    return unit, period


def offer(plan: Plan, unit: str, period: Period) -> None:
    step(1, "template", say("detail.submit.step_template_words", unit=plan.units[unit].label(language())))
    template_offer(plan, unit, period)
    standing = list_submissions(database(), plan, unit)
    standing = standing[(standing["period"] == str(period)) & standing["superseded_at"].isna()]
    if not standing.empty:
        row = standing.iloc[0]
        words = say("detail.submit.standing", file=row["file_name"], moment=moment(row["published_at"]))
        draw(f'<p class="note">{escape(words)}</p>')


def receive(plan: Plan, unit: str, period: Period) -> None:
    step(2, "upload", say("detail.submit.step_upload_words", megabytes=work.MEGABYTES))
    several = st.checkbox(say("detail.submit.several"), key="several", help=say("detail.submit.several_help"))
    form = Form(plan=plan.plan) if several else Form(plan.plan, unit, period)
    uploaded = st.file_uploader(
        say("detail.submit.uploader"),
        type=work.KINDS,
        accept_multiple_files=True,
        max_upload_size=work.MEGABYTES,
        key=f"upload-{work.desk().round}",
    )
    if len(uploaded) > work.FILES:
        st.error(say("detail.submit.too_many", number=work.FILES))
    elif uploaded:
        with st.spinner(say("detail.submit.reading")):
            work.take(uploaded, form, say("detail.submit.web"))
        st.rerun()


def judge() -> None:
    here = work.desk()
    step(3, "check")
    for index, verdict in enumerate(here.verdicts):
        verdict_card(verdict, str(index))
    if here.ready:
        step(4, "effect", say("detail.submit.effect_words"))
        for effect in work.rehearsed():
            effect_card(effect)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if here.ready:
            st.text_input(say("detail.submit.who"), placeholder=say("detail.submit.who_hint"), key="who", width=220)
            st.button(
                say("detail.submit.publish", number=len(here.ready)),
                type="primary",
                key="publish",
                on_click=publish,
            )
        st.button(
            say("detail.submit.discard" if here.ready else "detail.submit.clear"), key="discard", on_click=work.clear
        )


def publish() -> None:
    """Read at the click: the name may have been typed in the same breath."""
    work.publish(str(st.session_state.get("who", "")).strip() or say("detail.submit.web"))


def done(plan: Plan) -> None:
    here = work.desk()
    step(5, "done", say("detail.submit.done_words", number=len(here.published)))
    for index, verdict in enumerate(here.published):
        verdict_card(verdict, str(index))
    for effect in here.effects:
        effect_card(effect)
    words, address = escape(say("detail.submit.see_overview")), escape(href("overview"))
    draw(f'<p><a class="action" target="_self" href="{address}">{words}</a></p>')
    st.button(say("detail.submit.again"), key="again", on_click=work.clear)


detail_look()
plan = chosen().plan
draw(f"<h1>{escape(say('detail.submit.title'))}</h1>")
unit, period = choose(plan)
offer(plan, unit, period)
receive(plan, unit, period)
if work.desk().published:
    done(plan)
elif work.desk().verdicts:
    judge()
