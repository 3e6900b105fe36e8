"""The revisions of a figure: first said, revised by whom, now."""

from datetime import datetime, timedelta

import streamlit as st

from charts.bridge import bridge_figure, bridge_table, bridge_words
from metrics.bridge import Bridge, Revision
from metrics.period import Period
from metrics.plan import Indicator
from metrics.result import Result
from pages.parts.address import language, spelled
from pages.parts.context import href, say
from pages.parts.html import dark, draw, escape
from pages.parts.indicator.picture import picture
from pages.parts.sources import database, result_key, whole
from store.bridge import revisions
from store.database import Database


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs={Result: result_key})
def _revisions(_acting: Database, result: Result, indicator: str, unit: str) -> Bridge:
    return revisions(_acting, whole(result.plan), indicator, unit, result.as_of, result.known_at, result.unit_set)


def revision_bridge(result: Result, indicator: Indicator, unit: str) -> None:
    """One line where nothing was revised; a composite speaks through its parts."""
    if indicator.kind == "composite":
        return
    found = _revisions(database(), result, indicator.indicator, unit)
    if found.first is None and found.now is None:
        return
    words = bridge_words(result.plan, found, language())
    if not found.revisions:
        draw(f'<h2>{escape(say("bridge.title"))}</h2><p class="note">{escape(words)}</p>')
        return
    picture(
        say("bridge.title"),
        bridge_figure(result.plan, found, language(), dark()),
        bridge_table(result.plan, found, language()),
        say("bridge.caption", name=indicator.name.by(language())),
        key="bridge",
        links={
            say("bridge.column.before"): [
                _as_known(found, r, r.at - timedelta(microseconds=1)) for r in found.revisions
            ],
            say("bridge.column.after"): [_as_known(found, r, r.at) for r in found.revisions],
        },
        note=f"{words} {say('bridge.words')}",
    )


def _as_known(found: Bridge, revision: Revision, at: datetime) -> str | None:
    """Where the unit's figure came from just before the revision, or from then on."""
    if not revision.unit:
        return None
    return href(
        "indicator",
        indicator=found.indicator,
        known=spelled(at),
        quarter=str(Period.parse(revision.period)),
        anchor="origin",
        **{"from": revision.unit},
    )
