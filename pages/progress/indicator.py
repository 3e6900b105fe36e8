"""指标 Indicator: what one indicator means, how it stands, and where each of its figures comes from."""

import streamlit as st

from charts.headline import headline as headline_of
from charts.parts import part_rows, parts_figure, parts_table
from charts.path import path_figure, path_table
from charts.units import has_own_targets, unit_rows, units_figure, units_table
from charts.values import row_of, rows_of
from metrics.plan import Indicator
from metrics.result import Result
from metrics.tensions import printed_apart, tensions_of
from pages.parts.address import language
from pages.parts.cards import lines
from pages.parts.context import chosen, current_result, href, say
from pages.parts.detail import detail_look
from pages.parts.empty import nothing_here
from pages.parts.headline import headline
from pages.parts.html import dark, draw, escape
from pages.parts.indicator.bridge import revision_bridge
from pages.parts.indicator.contribution import contribution
from pages.parts.indicator.definition import definition, tensions
from pages.parts.indicator.origin import origin
from pages.parts.indicator.picture import made, picture
from pages.parts.pick import pick_indicator, pick_within


def parts(result: Result, indicator: Indicator) -> None:
    """What a composite is made of: each part leads to its own page."""
    if not indicator.parts:
        return
    name = indicator.indicator
    names = [href("indicator", indicator=said.indicator) for said, _ in part_rows(result, indicator)]
    picture(
        say("detail.indicator.parts_title"),
        made(parts_figure, result, name, language(), dark()),
        made(parts_table, result, name, language()),
        indicator.name.by(language()),
        key="parts",
        links={say("detail.column.indicator"): names},
    )


def path(result: Result, indicator: Indicator, unit: str) -> None:
    """Quarter by quarter; each figure leads to the page of its own quarter, where it opens into its parts."""
    name, who = indicator.indicator, None if unit == result.plan.area else unit
    quarters = rows_of(result.history, indicator=name, unit=unit)["period"].iloc[::-1]
    picture(
        say("detail.indicator.path_title"),
        made(path_figure, result, name, language(), dark(), unit),
        made(path_table, result, name, language(), unit),
        say("detail.indicator.path_caption", name=indicator.name.by(language())),
        key="path",
        links={
            say("detail.column.actual"): [
                href("indicator", indicator=name, unit=who, period=quarter, anchor="origin") for quarter in quarters
            ]
        },
    )


def units(result: Result, indicator: Indicator) -> None:
    """Each unit against its own target; with one reporter there is nothing to compare."""
    name = indicator.indicator
    keys = list(unit_rows(result, name)["unit"])
    if len(keys) < 2:
        return
    note = "minimum_each" if indicator.kind == "floor" else "no_own_target"
    told = indicator.kind == "floor" or not has_own_targets(result, name)
    picture(
        say("detail.indicator.units_title"),
        made(units_figure, result, name, language(), dark()),
        made(units_table, result, name, language()),
        say("detail.indicator.units_caption", name=indicator.name.by(language())),
        key="units",
        links={
            say("detail.column.unit"): [href("indicator", indicator=name, unit=unit) for unit in keys],
            say("detail.column.actual"): [
                href("indicator", indicator=name, **{"from": unit}, anchor="origin") for unit in keys
            ],
        },
        note=say(f"detail.indicator.{note}") if told else "",
    )


def beside(result: Result, indicator: Indicator) -> None:
    """What the text prints for the same thing elsewhere: a bar each, no percentage across them."""
    names = printed_apart(result.plan, indicator.indicator)
    if names:
        title, words = escape(say("detail.indicator.beside")), escape(say("detail.indicator.beside_words"))
        drawn = [headline_of(result, result.plan.indicators[name], language(), dark()) for name in names]
        draw(f'<h2>{title}</h2><p class="note">{words}</p>{lines(drawn)}')


detail_look()
plan, result = chosen().plan, current_result()
left, right = st.columns([2, 1])
with left:
    indicator = plan.indicators[pick_indicator(plan)]
with right:
    unit = pick_within(plan, indicator, chosen().unit_set)
draw(f"<h1>{escape(indicator.name.by(language()))}</h1>")
row = None if result is None else row_of(result.progress, indicator=indicator.indicator, unit=unit)
if result is None or row is None:
    nothing_here(say("detail.indicator.nothing_yet"))
else:
    headline(plan, indicator, row)
    parts(result, indicator)
    if not indicator.parts:
        path(result, indicator, unit)
    units(result, indicator)
    contribution(result, indicator)
    revision_bridge(result, indicator, unit)
    beside(result, indicator)
left, right = st.columns([1, 1]) if tensions_of(plan, indicator.indicator) else (st.container(), None)
with left:
    definition(plan, indicator)
if right is not None:
    with right:
        tensions(plan, indicator)
if result is not None:
    origin(result, indicator, unit)
