"""Each figure of a submission beside last quarter, the last version and the other units."""

from decimal import Decimal

import streamlit as st

from charts.values import measure_of
from locales.formats import UNKNOWN, quarter, signed
from metrics.contents import Place
from metrics.peers import Beside
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.html import draw, escape, figure_link
from pages.parts.lamp import badge
from pages.parts.review.words import figure, moved, place_name
from store.examine import Earlier, Examined


def figures_table(plan: Plan, found: Examined) -> None:
    version, before = found.last_version, found.last_quarter
    columns = [
        "indicator",
        "quarter",
        *(["version"] if version else []),
        "now",
        "change",
        "growth",
        "peers",
        "peer_growth",
    ]
    changed, doubted = _changed(version), _doubted(found)
    told = [one for one in found.beside if _says_something(found, one)]
    body = "".join(_line(plan, found, one, columns, one.place in changed, one.place in doubted) for one in told)
    if not found.beside:
        return
    names = [_heading(name, before, found) for name in columns]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    title, words = escape(say("review.section.figures")), escape(say("review.figures.words"))
    silent = len(found.beside) - len(told)
    rest = f'<p class="note">{escape(say("review.figures.silent", number=silent))}</p>' if silent else ""
    caption = escape(say("review.figures.caption"))
    table = f'<table class="list figures"><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
    draw(
        f'<h2 id="figures">{title}</h2><p class="note">{words}</p>'
        f'<div class="scroll">{table}<tbody>{body}</tbody></table></div>{rest}'
    )


def _says_something(found: Examined, one: Beside) -> bool:
    """Nought now, before and elsewhere (a count of another year) would only hide the rest."""
    then = (_then(found.last_quarter, one.place), _then(found.last_version, one.place))
    return any((one.number, *then, one.lowest, one.highest)) or one.number is None


def _heading(name: str, before: Earlier | None, found: Examined) -> str:
    """Where the quarter just before was left out, the column says which one stands in for it."""
    if name == "quarter" and before and before.period != found.submission.period + -1:
        return say("review.column.other_quarter", quarter=quarter(before.period, language()))
    return say(f"review.column.{name}")


def _changed(version: Earlier | None) -> set[Place]:
    return {(one.indicator, one.part) for one in version.differences.figures} if version else set()


def _doubted(found: Examined) -> set[Place]:
    every = [place for doubt in found.doubts for place in (doubt.place, *doubt.places)]
    return {place for place in every if place is not None}


def _line(plan: Plan, found: Examined, one: Beside, columns: list[str], changed: bool, doubted: bool) -> str:
    indicator, part = plan.indicators[one.place[0]], one.place[1]
    then = _then(found.last_quarter, one.place)
    change = None if one.number is None or then is None else one.number - then
    version = _then(found.last_version, one.place)
    shown = {
        "quarter": _published(found, found.last_quarter, one.place, figure(then, indicator, part)),
        "version": _published(found, found.last_version, one.place, figure(version, indicator, part)),
        "now": f"<b>{figure_link(figure(one.number, indicator, part), _cell_of(one.place))}</b>",
        "change": escape(moved(change, indicator, part)),
        "growth": escape(_percent(one.growth) if then == one.before else UNKNOWN),
        "peers": escape(_range(one.lowest, one.highest, lambda value: figure(value, indicator, part))),
        "peer_growth": escape(_range(one.slowest, one.fastest, _percent)),
    }
    still = [name for name, moves in (("change", change), ("growth", one.growth)) if not moves]
    cells = "".join(_cell(name, shown[name], "still" if name in still else "") for name in columns[1:])
    measure = measure_of(indicator, language()) if part == "value" else ""
    link = escape(href("indicator", indicator=indicator.indicator, unit=found.submission.unit))
    name = f'<a target="_self" href="{link}">{escape(place_name(plan, one.place))}</a>'
    marks = [
        badge(say(f"review.figures.{word}"), "known") for word, on in (("changed", changed), ("doubted", doubted)) if on
    ]
    kind = ' class="changed"' if changed else ""
    about = f'{name} <span class="note">{escape(measure)}</span> {" ".join(marks)}'
    return f'<tr{kind}><th scope="row">{about}</th>{cells}</tr>'


def _published(found: Examined, earlier: Earlier | None, place: Place, shown: str) -> str:
    """A published figure leads to where it comes from."""
    if earlier is None or place not in earlier.contents.figures:
        return escape(shown)
    where = {"unit": found.submission.unit, "from": found.submission.unit, "quarter": str(earlier.period)}
    return figure_link(shown, href("indicator", indicator=place[0], anchor="origin", **where))


def _cell_of(place: Place) -> str:
    """A figure that waits leads to its cell at the foot of this page."""
    asked = st.query_params.get("submission")
    return href("review", submission=asked, cell=".".join(place), anchor="cell")


def _cell(name: str, shown: str, look: str) -> str:
    label = escape(say(f"review.column.{name}"))
    return f'<td class="number {name} {look}" data-label="{label}">{shown}</td>'


def _then(earlier: Earlier | None, place: Place) -> Decimal | None:
    return earlier.contents.number(place) if earlier else None


def _percent(value: Decimal | None) -> str:
    return UNKNOWN if value is None else f"{signed(value)}%"


def _range(low: Decimal | None, high: Decimal | None, shown) -> str:  # type: ignore[no-untyped-def]
    if low is None or high is None:
        return UNKNOWN
    return str(shown(low)) if low == high else say("review.figures.range", low=shown(low), high=shown(high))
