"""记分卡: units by indicators, as a matrix or as tiles."""

import streamlit as st

from charts.scorecard import Scorecard, compared, first_measure, measures, scorecard
from charts.standing import standing
from charts.tiles import has_lead, tiles
from charts.values import rows_of
from locales.formats import listing, signed
from metrics.plan import Indicator
from metrics.result import Result
from pages.parts.address import recall, remember
from pages.parts.banner import completeness_banner
from pages.parts.context import chosen, current_result, say
from pages.parts.empty import nothing_reported
from pages.parts.html import draw, escape
from pages.parts.lamp import legend
from pages.parts.scorecard.matrix import matrix
from pages.parts.scorecard.tile_grid import tile_grid
from pages.parts.table import progress_table

FITTING = 12
"""Columns that fit beside each other on a desk."""


def computed_title(result: Result, card: Scorecard) -> str:
    """Who has the most to catch up with; several worst units are named together."""
    judged = [row for row in card.rows if row.standing.judged]
    if not judged:
        city = card.city.standing
        if not city.judged:
            return say("pages.scorecard.headline", units=len(card.rows), indicators=len(card.indicators))
        return say("pages.scorecard.headline_city", judged=city.judged, bad=city.bad)
    worst = judged[-1].standing
    if not worst.bad:
        words = {"judged": sum(row.standing.judged for row in judged), "late": card.city.standing.bad}
        return say(f"pages.scorecard.headline_{'good_but' if words['late'] else 'good'}", **words)
    names = [
        result.plan.units[row.unit].label(chosen().language, short=True) for row in judged if row.standing == worst
    ]
    return say(
        "pages.scorecard.headline_worst", unit=listing(names, chosen().language), judged=worst.judged, bad=worst.bad
    )


def tiles_title(result: Result, indicator: Indicator) -> str:
    """How many units are where they should be; without allocated targets, or a day to judge by, what is shown."""
    rows = rows_of(result.progress, indicator=indicator.indicator)
    own = rows[rows["unit"].isin([unit.unit for unit in result.units])]
    bound = own["target"].notna().any()
    count = standing(own)
    words = {"indicator": indicator.name.by(chosen().language), "total": len(own), "good": count.good}
    title = "free" if not bound else "bound" if count.judged else "unjudged"
    return say(f"pages.scorecard.tiles_{title}", **words)


def pick(name: str, options: list[str], default: str, words: dict[str, str]) -> str:
    """A switch whose position is kept in the address."""
    st.session_state[f"pick_{name}"] = recall(name, options, default)

    def keep() -> None:
        remember(name, st.session_state[f"pick_{name}"] or default)

    draw_widget = st.segmented_control if len(options) < 4 else st.selectbox
    draw_widget(
        say(f"pages.scorecard.{name}"), options, format_func=words.__getitem__, key=f"pick_{name}", on_change=keep
    )
    return recall(name, options, default)


result = current_result()
if result is None:
    nothing_reported()
    st.stop()

completeness_banner(result)
shown = measures(result)
title = st.empty()
with st.container(horizontal=True, key="views"):
    view = pick(
        "view", ["matrix", "tiles"], "matrix", {name: say(f"pages.scorecard.{name}") for name in ("matrix", "tiles")}
    )
    if view == "matrix":
        measure = pick(
            "measure", list(shown), first_measure(result), {name: say(f"pages.scorecard.{name}") for name in shown}
        )
    else:
        choices = {i.indicator: i.name.by(chosen().language) for i in compared(result)}
        indicator = pick("indicator", list(choices), next(iter(choices)), choices)

if view == "matrix":
    card = scorecard(result, measure, chosen().language)
    title.html(f"<h1>{escape(computed_title(result, card))}</h1>")
    notes = [f"pages.scorecard.{measure}_note", *(["pages.scorecard.scroll"] if len(card.indicators) > FITTING else [])]
    draw(f'<p class="note keys">{"".join(f"<span>{escape(say(note))}</span>" for note in notes)}</p>')
    draw(matrix(result, card, measure))
    named, statuses = [i.indicator for i in card.indicators], card.statuses
else:
    one = result.plan.indicators[indicator]
    title.html(f"<h1>{escape(tiles_title(result, one))}</h1>")
    grid = tiles(result, one, chosen().language)
    columns = escape(say(f"pages.scorecard.{'tiles_lead_columns' if has_lead(result, one) else 'tiles_columns'}"))
    placed = f'<span class="placed">{escape(say("pages.scorecard.tiles_note"))}</span>'
    draw(f'{tile_grid(result, grid, indicator)}<p class="note keys"><span>{columns}</span>{placed}</p>')
    named, statuses = [indicator], {tile.status for tile in grid}

draw(legend(statuses))
bands = result.plan.bands
edges = {name: signed(getattr(bands, name), 0) for name in ("on_track", "watch", "behind")}
draw(f'<p class="note">{escape(say("pages.scorecard.bands", **edges))}</p>')
if own := [i.name.by(chosen().language) for i in map(result.plan.indicators.__getitem__, named) if i.bands]:
    draw(f'<p class="note">{escape(say("detail.indicator.bands_own", names=listing(own, chosen().language)))}</p>')
with st.expander(say("pages.scorecard.table")):
    progress_table(result, tuple(named), (result.plan.area, *(unit.unit for unit in result.units)))
