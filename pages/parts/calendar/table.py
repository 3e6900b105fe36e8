"""The calendar as a table: a line a quarter, with the days that hold and how it stands today."""

from datetime import date, timedelta

import pandas as pd

from charts.completeness import LOOKS as STATES
from charts.palette import STATUS
from locales.formats import day, listing, quarter
from metrics.calendar import Change, Term, state_on, term
from metrics.dues import owing
from metrics.period import Period
from metrics.plan import Plan
from metrics.tally import tally
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.html import escape, figure_link

LOOKS = {
    "running": "not_scored",
    "open": "not_due",
    "grace": "watch",
    "overdue": "critical",
    "reviewing": "not_scored",
    "complete": "on_track",
    "closed": "missed",
    "nothing": "not_applicable",
}
COLUMNS = ("due", "grace_until", "closing", "now", "sent", "own")


def calendar_table(plan: Plan, changes: list[Change], dues: pd.DataFrame, today: date) -> str:
    """`dues`: rows of `metrics.dues` of every quarter to show, newest first."""
    heads = "".join(f'<th scope="col">{escape(say(f"calendar.column.{name}"))}</th>' for name in ("quarter", *COLUMNS))
    lines = "".join(_line(plan, changes, rows, today) for _, rows in dues.groupby("period", sort=False))
    caption = escape(say("calendar.caption"))
    return (
        f'<div class="scroll"><table class="calendar"><caption>{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def _line(plan: Plan, changes: list[Change], rows: pd.DataFrame, today: date) -> str:
    period = Period.parse(str(rows["period"].iloc[0]))
    owed = [str(unit) for unit in rows[rows["expected"].astype(bool)]["unit"]]
    # Where one unit is all there is to see, its own days are the line's.
    whole = term(plan.calendar, changes, owed[0] if len(owed) == 1 else None, period)
    own = {unit: term(plan.calendar, changes, unit, period) for unit in owed}
    cells = {
        "due": _moved(whole, day(whole.due, language())),
        "grace_until": escape(day(whole.grace_until, language())),
        "closing": escape(closing_words(whole)),
        "now": _one_unit(rows) if len(owed) == 1 else _mark(*_quarter(rows, whole, period, today)),
        "sent": _sent(rows, period),
        "own": escape(
            "；".join(_own(plan, unit, one, whole) for unit, one in own.items() if _days(one) != _days(whole))
        ),
    }
    name = f'<th scope="row">{escape(quarter(period, language()))}</th>'
    drawn = "".join(
        f'<td class="{column}{"" if shown else " nothing"}" data-label="{escape(say(f"calendar.column.{column}"))}">'
        f"{shown}</td>"
        for column, shown in cells.items()
    )
    return f"<tr>{name}{drawn}</tr>"


def _days(one: Term) -> tuple[date, date | None]:
    return one.due, one.closed_from


def _moved(one: Term, shown: str) -> str:
    """The due day, and that it is not the plan's own."""
    moved = any(change.step == "due" and change.unit is None for change in one.changes)
    return escape(shown) + (f' <span class="note">{escape(say("calendar.moved"))}</span>' if moved else "")


def closing_words(one: Term) -> str:
    """Nothing where a quarter stays open: the rule above the table says so once."""
    return say("calendar.closed_from", day=day(one.closed_from, language())) if one.closed_from else ""


def _quarter(rows: pd.DataFrame, one: Term, period: Period, today: date) -> tuple[str, str]:
    """Look and words of where the quarter stands; nobody is overdue where everything has come."""
    state: str = state_on(one, period, today)
    if not rows["expected"].astype(bool).any():
        state = "nothing"
    elif state in ("grace", "overdue") and owing(rows).empty:
        state = "reviewing" if "waiting" in set(rows["state"]) else "complete"
    return LOOKS[state], say(f"calendar.state.{state}")


def _one_unit(rows: pd.DataFrame) -> str:
    """How far the one unit has come that there is to see."""
    state = str(rows[rows["expected"].astype(bool)]["state"].iloc[0])
    return _mark(STATES[state], say(f"detail.received.{state}"))


def _mark(look: str, words: str) -> str:
    shape = f'<span class="shape" aria-hidden="true">{STATUS[look].shape}</span>'
    return f'<span class="lamp is-{look}">{shape}{escape(words)}</span>'


def _sent(rows: pd.DataFrame, period: Period) -> str:
    count = tally(rows)
    shown = say("calendar.sent", received=count.received, expected=count.expected)
    return figure_link(shown, href("completeness", period=str(period)))


def _own(plan: Plan, unit: str, one: Term, whole: Term) -> str:
    words = []
    if one.due != whole.due:
        words.append(say("calendar.own_due", day=day(one.due, language())))
    if one.closed_from != whole.closed_from:
        words.append(_own_closing(one.closed_from, whole.closed_from))
    name = plan.units[unit].label(language(), short=True)
    return say("calendar.own", unit=name, words=listing(words, language()))


def _own_closing(closed: date | None, whole: date | None) -> str:
    """A unit that may send longer than the others is open until a day; one that may not is closed from it."""
    if closed is None:
        return say("calendar.own_open")
    if whole is None or closed < whole:
        return say("calendar.own_closed", day=day(closed, language()))
    return say("calendar.own_open_until", day=day(closed - timedelta(days=1), language()))
