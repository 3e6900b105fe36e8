"""All versions of a unit's quarter: what each said, who sent and decided it; each can be looked at again."""

from collections.abc import Sequence

import pandas as pd

from charts.values import written
from locales.formats import UNKNOWN, is_unknown, moment
from metrics.period import Period
from metrics.plan import Indicator
from pages.parts.address import spelled
from pages.parts.context import href, say
from pages.parts.headline import written_part
from pages.parts.html import draw, escape
from pages.parts.people import called
from pages.parts.plain_table import plain_table
from pages.parts.visitor import visitor
from store.people import may
from store.provenance import Step, Version


def version_chain(
    found: Sequence[Version], indicator: Indicator | None, unit: str, period: Period, shown: int | None
) -> None:
    """The newest first. A published version's figure leads to the page as it was known then."""
    if not found or (len(found) == 1 and found[0].submission == shown):
        return
    newest = list(reversed(found))
    rows = pd.DataFrame([_row(version, indicator, version.submission == shown) for version in newest])
    rows.columns = [say(f"origin.column.{name}") for name in rows.columns]
    title, words = escape(say("origin.versions", number=len(found))), escape(say("origin.versions_words"))
    draw(f'<h3>{title}</h3><p class="note">{words}</p>')
    links = [_then(version, indicator, unit, period) for version in newest]
    column = say("origin.column.figure" if indicator else "origin.column.version")
    waiting = [_to_review(version) for version in newest]
    draw(
        plain_table(
            rows, say("origin.versions", number=len(found)), {column: links, say("origin.column.state"): waiting}
        )
    )


def _row(version: Version, indicator: Indicator | None, here: bool) -> dict[str, str]:
    state = say(f"origin.state.{version.state}")
    row = {
        "version": say("origin.version", number=version.number) + (f" {say('origin.here')}" if here else ""),
        "state": state,
        "figure": _figure(version, indicator) if indicator else "",
        "file": version.file_name,
        "sent": _by(version, ("sent",)) or moment(version.received_at),
        "decided": _by(version, ("published", "returned", "withdrawn")) or UNKNOWN,
    }
    return {name: value for name, value in row.items() if name != "figure" or indicator}


def _figure(version: Version, indicator: Indicator) -> str:
    if not version.figures:
        return UNKNOWN
    if indicator.kind == "cadence":
        return written_part(version.figures.get("value"), indicator)
    if "numerator" in version.figures:
        parts = (version.figures.get(name) for name in ("numerator", "denominator"))
        return " / ".join(written_part(part, indicator) for part in parts)
    value = version.figures.get("value")
    return UNKNOWN if is_unknown(value) else written(value, indicator)


def _by(version: Version, steps: Sequence[str]) -> str:
    last: Step | None = next((step for step in reversed(version.steps) if step.step in steps), None)
    if last is None:
        return ""
    told = f"{say(f'origin.step.{last.step}')} {moment(last.at)} {called(last.who)}"
    return f"{told}{say('origin.because', why=last.why)}" if last.why else told


def _then(version: Version, indicator: Indicator | None, unit: str, period: Period) -> str | None:
    if version.published_at is None:
        return None
    known = spelled(version.published_at) if version.state == "superseded" else None
    if indicator is None:
        return href("unit", unit=unit, known=known)
    return href(
        "indicator", indicator=indicator.indicator, quarter=str(period), known=known, anchor="origin", **{"from": unit}
    )


def _to_review(version: Version) -> str | None:
    """What waits leads whoever may decide it to where it is decided."""
    if version.state != "waiting" or not may(visitor(), "review"):
        return None
    return href("review", submission=str(version.submission))
