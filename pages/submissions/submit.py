"""上报 Submit: what is owed → template → upload → mend and answer → send; each step kept at once."""

import streamlit as st

from loaders.found import Form
from loaders.uploads import Upload
from locales.formats import moment, quarter
from metrics.period import Period
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import chosen, href, say
from pages.parts.detail import detail_look
from pages.parts.html import draw, escape
from pages.parts.pick import pick, pick_unit
from pages.parts.sources import every_plan, open_periods
from pages.parts.submit import desk as work
from pages.parts.submit.duty import duty_part
from pages.parts.submit.mapping_form import remembered_mapping
from pages.parts.submit.owed import owed_part
from pages.parts.submit.sending import ready, sending_part, sent_part
from pages.parts.submit.template_offer import template_offer
from pages.parts.submit.verdicts import verdict_card
from pages.parts.visitor import visitor
from store.people import may


def step(number: int, name: str, words: str = "") -> None:
    note = f'<p class="note">{escape(words)}</p>' if words else ""
    draw(f'<div class="step"><b>{number}</b><h2>{escape(say(f"detail.submit.step_{name}"))}</h2></div>{note}')


def choose(plan: Plan) -> tuple[str, Period] | None:
    """Unit and quarter; None for whoever may send for none of the plan's units."""
    left, right = st.columns(2)
    with right:
        quarters = [str(period) for period in reversed(open_periods(plan))]
        label = say("detail.pick.submitting_period")
        period = Period.parse(pick("quarter", quarters, str(chosen().as_of), label, lambda q: quarter(q, language())))
    units = [unit for unit in plan.reporting_units(period) if may(visitor(), "send", unit)]
    if not units:
        return None
    with left:
        unit = pick_unit(plan, units, say("detail.pick.submitting_unit"), named=True)
    return unit, period


def receive(plan: Plan, unit: str, period: Period) -> None:
    step(2, "upload", say("detail.submit.step_upload_words", megabytes=work.MEGABYTES))
    own = visitor().limited
    label = say("submit.several_own" if own else "detail.submit.several")
    several = st.checkbox(label, key="several", help=say("detail.submit.several_help"))
    form = Form(None, unit if own else None, None) if several else Form(plan.plan, unit, period)
    uploaded = st.file_uploader(
        say("detail.submit.uploader"),
        type=work.KINDS,
        accept_multiple_files=True,
        max_upload_size=work.MEGABYTES,
        key=f"upload-{st.session_state.get('round', 0)}",
    )
    if len(uploaded) > work.FILES:
        st.error(say("detail.submit.too_many", number=work.FILES))
    elif uploaded:
        work.take(uploaded, form)
        st.rerun()


def others(rest: list[Upload]) -> None:
    """What else of the visitor's lies open, a link each."""
    if not rest:
        return
    lines = []
    for upload in rest[:20]:
        plan, form = every_plan().get(upload.form.plan or ""), upload.form
        where = " · ".join(
            [plan.short.by(language()), plan.units[form.unit].label(language()), quarter(form.period, language())]
            if plan and form.unit in plan.units and form.period
            else [say("detail.submit.not_recognised")]
        )
        duty = {"plan": form.plan, "period": str(form.period), "quarter": str(form.period), "unit": form.unit}
        address = href("submit", **{**(duty if plan and form.period else {}), work.LATEST: str(upload.attempt)})
        words = f"{upload.file_name} · {where} · {moment(upload.received_at)}"
        lines.append(f'<li><a class="more" target="_self" href="{escape(address)}">{escape(words)}</a></li>')
    title = escape(say("submit.others", number=len(rest)))
    draw(f'<details class="others"><summary>{title}</summary><ul>{"".join(lines)}</ul></details>')


def main(plan: Plan) -> None:
    picked = choose(plan)
    if picked is None:
        draw(f'<p class="empty">{escape(say("submit.nothing_to_send"))}</p>')
        return
    unit, period = picked
    if said := st.session_state.pop("submit_said", None):
        st.warning(said)
    desk, rest = work.lying(plan, unit, period)
    duty_part(plan, unit, period)
    owed_part(unit, plan, period, busy=bool(desk))
    step(1, "template", say("detail.submit.step_template_words", unit=plan.units[unit].label(language())))
    template_offer(plan, unit, period)
    remembered_mapping(plan, unit)
    receive(plan, unit, period)
    page = f"{plan.plan} {unit} {period}"
    sent_part(page)
    if desk:
        step(3, "check")
        for one in desk:
            verdict_card(one)
    if ready(desk):
        publishes = may(visitor(), "review")
        step(4, "effect", say("detail.submit.effect_words" if publishes else "submit.effect_words"))
        sending_part(desk, page)
    others(rest)


detail_look("submit")
draw(f"<h1>{escape(say('detail.submit.title'))}</h1>")
if chosen().known_at:
    draw(f'<p class="empty">{escape(say("submit.not_in_the_past"))}</p>')
else:
    main(chosen().plan)
