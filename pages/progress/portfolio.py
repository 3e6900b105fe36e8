"""跨计划一览: how all plans stand, one line each, and one firm across them."""

import streamlit as st

from locales.formats import day, quarter
from metrics.period import Period, periods
from metrics.plan import Plan
from metrics.portfolio import Line, has_ended, line, quarter_of
from pages.parts.address import language
from pages.parts.context import chosen, say
from pages.parts.detail import detail_look
from pages.parts.html import draw, escape
from pages.parts.pick import pick
from pages.parts.portfolio.one_firm import search
from pages.parts.portfolio.plan_lines import plan_line, silent_line
from pages.parts.sources import newest_period, plans, result_of


def ask_quarter(every: dict[str, Plan]) -> Period:
    """All plans are looked at in one quarter; a plan that has ended shows its last one."""
    newest = [found for plan in every.values() if (found := newest_period(plan))]
    last = max([*newest, chosen().as_of])
    first = min(Period.of(plan.start) for plan in every.values())
    options = [str(period) for period in reversed(periods(first, last))]
    default = str(max(newest)) if newest else options[0]
    return Period.parse(
        pick("at", options, default, say("pages.header.period"), lambda one: quarter(one, language()), named=True)
    )


def lines_of(every: dict[str, Plan], asked: Period) -> dict[str, Line | None]:
    """None where there is nothing to show yet."""
    found: dict[str, Line | None] = {}
    for name, plan in every.items():
        as_of = quarter_of(plan, asked)
        result = result_of(plan, as_of, plan.unit_set) if as_of else None
        found[name] = line(result, asked) if result else None
    return found


def title(every: dict[str, Plan], lines: dict[str, Line | None], asked: Period) -> None:
    behind = sum(1 for one in lines.values() if one and not one.ended and len(one.behind))
    ended = sum(has_ended(plan, asked) for plan in every.values())
    words = say("portfolio.headline", plans=len(every), behind=behind, ended=ended)
    draw(f"<h1>{escape(words)}</h1>")
    draw(f'<p class="note">{escape(say("portfolio.note", day=day(asked.end, language())))}</p>')


def silence(plan: Plan, asked: Period) -> str:
    """Why a plan has no figures."""
    if quarter_of(plan, asked) is None:
        return say("portfolio.not_begun", day=day(plan.start, language()))
    return say("portfolio.nobody_ended" if has_ended(plan, asked) else "portfolio.nobody")


detail_look("portfolio")
every = plans()
heading = st.container()
asked = ask_quarter(every)
lines = lines_of(every, asked)
with heading:
    title(every, lines, asked)
shown = (
    plan_line(one) if one else silent_line(every[name], silence(every[name], asked)) for name, one in lines.items()
)
draw(f'<div class="plan-lines">{"".join(shown)}</div>')
search(asked)
