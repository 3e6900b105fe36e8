"""A row of a sent list where it stands: the file, its life, and the row marked in its sheet."""

from collections.abc import Mapping

import streamlit as st

from metrics.period import Period
from metrics.plan import Plan
from pages.parts.context import chosen
from pages.parts.origin_file import sent_file
from pages.parts.origin_versions import version_chain
from pages.parts.source_grid import source_grid
from pages.parts.sources import database
from store.provenance import versions
from store.submission_rows import list_mends


def row_origin(plan: Plan, unit: str, place: Mapping[str, object], row: int) -> None:
    """`place`: the period, submission and sheet the row stands in."""
    period = Period.parse(str(place["period"]))
    chain = versions(database(), plan, unit, period, chosen().known_at)
    version = next(one for one in chain if one.submission == place["submission"])
    mends = list_mends(database(), version.submission)
    with st.container(border=True, key="origin-row"):
        sent_file(version, mends, key="original-row")
        source_grid(version.sha256, version.file_name, str(place["sheet"]), str(row), mends)
    version_chain(chain, None, unit, period, version.submission)
