"""版本对照: which version of a plan's text is in force, and what changed between two of them."""

import pandas as pd
import streamlit as st

from charts.values import measured, rows_of, status_words
from locales.formats import day, quarter
from metrics.plan import Plan
from metrics.revision import changed_indicators, revision
from pages.parts.address import language
from pages.parts.changes import changes_table
from pages.parts.context import chosen, current_result, href, say
from pages.parts.detail import detail_look
from pages.parts.html import draw, escape
from pages.parts.lamp import badge
from pages.parts.pick import pick
from pages.parts.plain_table import Links, plain_table
from pages.parts.sources import database, versions
from store.results import figures


def name_of(plan: Plan) -> str:
    return say("decisions.version_name", version=plan.version, status=say(f"decisions.status_{plan.status}"))


def shelf(every: tuple[Plan, ...]) -> None:
    """All versions, the one in force marked, each a link to the dashboard as it is under it."""
    items = ""
    for plan in reversed(every):
        mark = badge(say("decisions.in_force"), "current") if plan is every[-1] else ""
        since = plan.in_force_from
        words = say("decisions.since", day=day(since, language())) if since else say("decisions.from_the_start")
        address = escape(href("overview", plan=plan.plan, version=plan.version))
        link = f'<a class="more" target="_self" href="{address}">{escape(say("decisions.see_version"))}</a>'
        items += f'<li><b>{escape(name_of(plan))}</b> {mark} <span class="note">{escape(words)}</span> {link}</li>'
    draw(f'<ul class="options">{items}</ul>')


def compared_figures(old: Plan, new: Plan, names: list[str]) -> pd.DataFrame:
    """The city's figures of what changed, under each version's own rules and targets."""
    tables = [
        figures(database(), plan, names, chosen().as_of, chosen().known_at, chosen().unit_set) for plan in (old, new)
    ]
    rows = []
    for name in names:
        row = {say("decisions.indicator"): new.indicators[name].name.by(language())}
        for plan, table in zip((old, new), tables, strict=True):
            city = rows_of(table, indicator=name, unit=plan.area).iloc[0]
            value = measured(city["actual"], plan.indicators[name], language())
            row[plan.version] = f"{value} {status_words(city['status'], city['provisional'], language())}"
        rows.append(row)
    return pd.DataFrame(rows)


def compare(old: Plan, new: Plan) -> None:
    changes = revision(old, new)
    draw(
        f"<h1>{escape(say('decisions.revision_headline', number=len(changes), old=old.version, new=new.version))}</h1>"
    )
    if not changes:
        return
    draw(plain_table(changes_table(old, new, changes), say("decisions.changes_caption")))
    both = [name for name in changed_indicators(changes) if name in old.indicators and name in new.indicators]
    if both and current_result() is not None:
        when = quarter(chosen().as_of, language())
        draw(f"<h2>{escape(say('decisions.both_figures', quarter=when))}</h2>")
        links: Links = {
            plan.version: [href("indicator", indicator=name, version=plan.version, anchor="origin") for name in both]
            for plan in (old, new)
        }
        draw(plain_table(compared_figures(old, new, both), say("decisions.figures_caption"), links))


detail_look()
every = versions()[chosen().plan.plan]
if len(every) == 1:
    draw(f"<h1>{escape(say('decisions.one_version', version=name_of(every[0])))}</h1>")
    draw(f'<p class="note">{escape(say("decisions.one_version_words"))}</p>')
    st.stop()

shelf(every)
by_name = {plan.version: plan for plan in every}
words = {version: name_of(plan) for version, plan in by_name.items()}
left, right = st.columns(2)
with left:
    old = pick("old", list(by_name), every[-2].version, say("decisions.old"), words.__getitem__)
with right:
    new = pick("new", list(by_name), every[-1].version, say("decisions.new"), words.__getitem__)
compare(by_name[old], by_name[new])
