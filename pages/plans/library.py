"""计划库 Plans: what each plan promises, clause by clause, by whom and by when, as its text has it."""

import streamlit as st

from locales.formats import listing
from metrics.plan import Plan
from pages.parts.address import language, remember
from pages.parts.context import chosen, href, say
from pages.parts.detail import detail_look
from pages.parts.empty import nothing_here
from pages.parts.html import draw, escape, figure_link
from pages.parts.library.clauses import clause_table
from pages.parts.library.cross import between_plans, cross_tensions, matching, slogans
from pages.parts.library.meta import COUNTED, meta_card, shelf, status_badge, unit_sets
from pages.parts.library.search import KINDS, found, tally
from pages.parts.sources import plans

ALL, SEARCH = "all", "library_search"


def title(every: dict[str, Plan]) -> None:
    counts = {name: sum(len(getattr(plan, name)) for plan in every.values()) for name in COUNTED}
    draw(f"<h1>{escape(say('library.headline', plans=len(every), **counts))}</h1>{shelf(every, chosen().plan.plan)}")


def plan_head(plan: Plan) -> None:
    name = escape(plan.title.by(language()))
    draw(f'<h2 id="plan">{name}{status_badge(plan)}</h2>')
    left, right = st.columns([3, 2])
    with left:
        draw(meta_card(plan))
    with right:
        draw(f"<h3>{escape(say('library.units'))}</h3>{unit_sets(plan)}")


def keep_words() -> None:
    """The words stand in the address, so that a link shows its reader the same search."""
    remember("find", st.session_state[SEARCH] or None)


def ask() -> tuple[str, str | None]:
    """The words to find and the kind to show."""
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        st.session_state[SEARCH] = st.query_params.get("find", "")
        hint = say("library.search_hint")
        words = st.text_input(say("library.search"), placeholder=hint, type="search", key=SEARCH, on_change=keep_words)
    with right:
        kind = st.segmented_control(
            say("library.show"),
            [ALL, *KINDS],
            default=ALL,
            format_func=lambda name: say(f"library.show_{name}"),
            label_visibility="collapsed",
            key="library_kind",
        )
    return words or "", None if kind in (None, ALL) else kind


def promises(plan: Plan, words: str, kind: str | None) -> None:
    here = found(plan, words, kind)
    if words.strip():
        draw(
            f'<p class="note" role="status">{escape(say("library.found", number=tally(here)))}{others(plan, words)}</p>'
        )
    if here:
        draw(clause_table(plan, here))
    else:
        nothing_here(say("library.nothing", words=words) if words.strip() else say("library.none_of_kind"))


def others(plan: Plan, words: str) -> str:
    """Where else the words stand: each other plan leads to the same search."""
    counts = {other.plan: tally(found(other, words)) for other in plans().values() if other.plan != plan.plan}
    links = [
        figure_link(
            say("library.elsewhere", plan=plans()[name].short.by(language()), number=number),
            href("library", plan=name, find=words),
        )
        for name, number in counts.items()
        if number
    ]
    return f" {escape(say('library.other_plans'))} {listing(links, language())}" if links else ""


def between(words: str) -> None:
    draw(f"<h2>{escape(say('library.cross', number=len(between_plans().tensions)))}</h2>")
    said = matching(words)
    if said:
        draw(cross_tensions(plans(), said))
    else:
        nothing_here(say("library.nothing", words=words))
    draw(f"<h2>{escape(say('library.slogans'))}</h2>{slogans(plans())}")


detail_look("library")
plan = chosen().plan
title(plans())
plan_head(plan)
draw(f"<h2>{escape(say('library.clauses'))}</h2>")
words, kind = ask()
promises(plan, words, kind)
between(words)
