"""The mark beside a figure that the plan's text can be read in more than one way about."""

from locales.formats import listing, moment
from metrics.plan import Plan, Tension
from metrics.tensions import tensions_of, undecided
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.html import escape
from pages.parts.lamp import badge


def tension_mark(plan: Plan, *indicators: str) -> str:
    """`原文有出入 2`, which opens the readings in place; nothing where the text is clear."""
    found = list(dict.fromkeys(tension for name in indicators for tension in tensions_of(plan, name)))
    if not found:
        return ""
    open_ones = any(undecided(plan, tension) for tension in found)
    words = say("decisions.mark_open" if open_ones else "decisions.mark", number=len(found))
    first = sorted(found, key=lambda tension: not tension.options)  # what can be decided comes first
    panel = "".join(tension_article(plan, tension) for tension in first)
    title = escape(say("decisions.mark_title"))
    return (
        f'<details class="tension-mark{" open-one" if open_ones else ""}"><summary>{escape(words)}</summary>'
        f'<div class="tension-panel"><h4>{title}</h4>{panel}</div></details>'
    )


def tension_link(plan: Plan, indicator: str) -> str:
    """The same as a small sign where there is no room: it leads to both readings, and names them on hover."""
    found = tensions_of(plan, indicator)
    if not found:
        return ""
    title = say("decisions.mark_title")
    words = "\n".join((title, *(tension.statement.by(language()) for tension in found)))
    address = escape(href("indicator", indicator=indicator, anchor="tensions"))
    look = "tension-link open-one" if any(undecided(plan, tension) for tension in found) else "tension-link"
    return (
        f'<a class="{look}" target="_self" href="{address}" title="{escape(words)}" '
        f'aria-label="{escape(title)}">{escape(say("decisions.sign"))}</a>'
    )


def tension_article(plan: Plan, tension: Tension, table: str = "") -> str:
    """One tension: its clause and words, how it is shown, and how it is read if it can be decided.

    `table` (the figures under each reading) stands in place of the bare list of readings.
    """
    return f"<article>{tension_words(tension)}{_reading(plan, tension, table)}</article>"


def tension_words(tension: Tension) -> str:
    speech = language()
    places = (say("detail.indicator.title_clause") if clause == "title" else clause for clause in tension.clauses)
    clause, shown = escape(listing(places, speech)), escape(say("detail.indicator.tension_shown"))
    return (
        f'<p><span class="clause">{clause}</span> {escape(tension.statement.by(speech))}</p>'
        f'<p class="note"><b>{shown}</b> {escape(tension.show_as.by(speech))}</p>'
    )


def option_list(plan: Plan, tension: Tension) -> str:
    """The readings, the one in force marked."""
    current = plan.reading(tension.tension)
    mark = " " + badge(say("decisions.current"), "current")
    items = (
        f'<li class="current">{escape(option.name.by(language()))}{mark}</li>'
        if option == current
        else f"<li>{escape(option.name.by(language()))}</li>"
        for option in tension.options
    )
    return f'<ul class="options">{"".join(items)}</ul>'


def _reading(plan: Plan, tension: Tension, table: str) -> str:
    if not tension.options:
        return ""
    address = escape(href("decisions", plan=plan.plan, anchor=tension.tension))
    link = f'<a class="more" target="_self" href="{address}">{escape(say("decisions.go"))}</a>'
    return f'{table or option_list(plan, tension)}<p class="note">{escape(standing_words(plan, tension))} {link}</p>'


def standing_words(plan: Plan, tension: Tension) -> str:
    """Who decided, when and why; or that nobody has."""
    decision = plan.decisions.get(tension.tension)
    if decision is None:
        return say("decisions.state_undecided_words" if undecided(plan, tension) else "decisions.state_default_words")
    return say("decisions.decided_words", who=decision.decided_by, when=moment(decision.decided_at), why=decision.why)
