"""What does not agree between the plans, and the numbers that are names."""

import streamlit as st

from loaders.plans import read_cross_plan
from locales.formats import listing
from metrics.cross_plan import CrossPlan, CrossTension
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.html import escape
from pages.parts.library.search import folded, line


@st.cache_resource(show_spinner=False)
def between_plans() -> CrossPlan:
    return read_cross_plan()


def matching(words: str) -> list[CrossTension]:
    asked = folded(words).split()
    return [tension for tension in between_plans().tensions.values() if all(word in line(tension) for word in asked)]


def cross_tensions(every: dict[str, Plan], found: list[CrossTension]) -> str:
    return f'<div class="paper-card cross">{"".join(_article(every, tension) for tension in found)}</div>'


def _article(every: dict[str, Plan], tension: CrossTension) -> str:
    names = [every[name].short.by(language()) for name in tension.plans if name in every]
    about = say("library.all_plans") if len(names) == len(every) else listing(names, language())
    shown = escape(say("detail.indicator.tension_shown"))
    return (
        f'<article id="{escape(tension.tension)}"><p><span class="clause">{escape(tension.tension)}</span> '
        f"{escape(tension.statement.by(language()))}</p>"
        f'<p class="note"><b>{shown}</b> {escape(tension.show_as.by(language()))}</p>'
        f'<p class="note">{escape(about)}</p></article>'
    )


def slogans(every: dict[str, Plan]) -> str:
    """Campaign names with numbers in them: named here so that nobody looks for their target."""
    items = []
    for slogan in between_plans().slogans.values():
        plan = every.get(slogan.plan)
        where = f"{plan.short.by(language())} {slogan.clause}" if plan else slogan.clause
        address = href("library", plan=slogan.plan, find=slogan.words)
        items.append(
            f"<li><b>{escape(say('detail.indicator.quoted', words=slogan.words))}</b> "
            f'<a class="note" target="_self" href="{escape(address)}">{escape(where)}</a> '
            f"{escape(slogan.meaning.by(language()))}</li>"
        )
    return f'<ul class="slogans">{"".join(items)}</ul>'
