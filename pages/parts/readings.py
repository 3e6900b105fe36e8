"""What each reading of a tension makes of the city's figures."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd
import streamlit as st

from charts.standing import Standing, standing
from charts.values import measured
from loaders.plans import read_otherwise
from locales.formats import is_unknown
from metrics.period import Period
from metrics.plan import Indicator, Option, Plan, Tension
from metrics.tensions import touched
from pages.parts.address import language
from pages.parts.context import chosen, say
from pages.parts.headline import written_part
from pages.parts.html import escape
from pages.parts.lamp import badge, lamp
from pages.parts.sources import database, eyes
from store import results
from store.database import chosen_url


@dataclass(frozen=True)
class Cell:
    """The city's figure of one indicator under one reading; `units` how many of its units pass."""

    shown: str
    status: str
    units: Standing | None = None
    parts: str = ""


@dataclass(frozen=True)
class Reading:
    option: Option
    current: bool
    cells: dict[str, Cell]


def readings(plan: Plan, tension: Tension) -> list[Reading]:
    """One per option, with the figures of the chosen quarter under it."""
    current = plan.reading(tension.tension)
    return [Reading(option, option == current, _cells(plan, tension, option)) for option in tension.options]


def differing(found: list[Reading]) -> list[str]:
    """Indicators whose figure is not the same under all readings."""
    return [name for name in found[0].cells if len({reading.cells[name] for reading in found}) > 1]


def _cells(plan: Plan, tension: Tension, option: Option) -> dict[str, Cell]:
    choice = chosen()
    decided = tuple(sorted(plan.decided.items()))
    own_set = "unit_set" in option.sets or any("unit_set" in other.sets for other in tension.options)
    return _computed(
        plan,
        (chosen_url(), database().data_version(), plan.plan, plan.version, decided, eyes(), choice.known_at),
        tension.tension,
        option.value,
        str(choice.as_of),
        None if own_set else choice.unit_set,
        language(),
    )


@st.cache_data(max_entries=512, show_spinner=False)
def _computed(
    _plan: Plan, key: tuple[object, ...], tension: str, option: str, as_of: str, unit_set: str | None, language: str
) -> dict[str, Cell]:
    plan = read_otherwise(_plan, tension, option)
    names = touched(plan, plan.tensions[tension])
    known_at = key[-1] if isinstance(key[-1], datetime) else None
    if not names:
        return {}
    rows = results.figures(database(), plan, names, Period.parse(as_of), known_at, unit_set or plan.unit_set)
    return {name: _cell(plan, plan.indicators[name], rows[rows["indicator"] == name], language) for name in names}


def _cell(plan: Plan, indicator: Indicator, rows: pd.DataFrame, language: str) -> Cell:
    city = rows[rows["unit"] == plan.area].iloc[0]
    units = standing(rows[rows["unit"] != plan.area]) if indicator.scope == "each_unit" else None
    if indicator.kind == "floor" and city["passing_units"] is not None:
        shown = say(
            "decisions.passing", passing=city["passing_units"], expected=city["target"] or city["units_expected"]
        )
        return Cell(shown, str(city["status"]))
    return Cell(measured(city["actual"], indicator, language), str(city["status"]), units, _parts(indicator, city))


def _parts(indicator: Indicator, city: pd.Series) -> str:
    """Of a share, what is divided by what: readings differ in the base before they differ in percent."""
    if indicator.kind != "share" or is_unknown(city["denominator"]):
        return ""
    parts = {name: written_part(city[name], indicator) for name in ("numerator", "denominator")}
    return say("detail.fact.of_which", **parts)


def readings_table(plan: Plan, found: list[Reading], names: list[str]) -> str:
    """Readings across and indicators down; a single indicator has its readings down."""
    now = badge(say("decisions.current"), "current")
    heads = [escape(reading.option.name.by(language())) + (f" {now}" if reading.current else "") for reading in found]
    if len(names) == 1:
        name = names[0]
        head = f"<th>{escape(say('decisions.reading'))}</th><th>{escape(_name(plan, name))}</th>"
        rows = [
            f'<tr{_look(reading)}><th scope="row">{title}</th><td>{_shown(reading.cells[name])}</td></tr>'
            for reading, title in zip(found, heads, strict=True)
        ]
    else:
        titles = "".join(f'<th scope="col"{_look(r)}>{title}</th>' for r, title in zip(found, heads, strict=True))
        head = f"<th>{escape(say('decisions.indicator'))}</th>{titles}"
        rows = [
            f'<tr><th scope="row">{escape(_name(plan, name))}</th>'
            + "".join(f"<td{_look(reading)}>{_shown(reading.cells[name])}</td>" for reading in found)
            + "</tr>"
            for name in names
        ]
    body = f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return f'<div class="scroll"><table class="readings">{body}</table></div>'


def _look(reading: Reading) -> str:
    return ' class="current"' if reading.current else ""


def _name(plan: Plan, indicator: str) -> str:
    return plan.indicators[indicator].name.by(language())


def _shown(cell: Cell) -> str:
    units = f'<span class="note">{escape(cell.parts)}</span>' if cell.parts else ""
    if cell.units and cell.units.judged:
        words = say("decisions.units_good", good=cell.units.good, judged=cell.units.judged)
        units = f'<span class="note">{escape(words)}</span>'
    return f'<span class="figure-of">{escape(cell.shown)}</span> {lamp(cell.status)} {units}'
