"""跨计划一览: one line per plan, its counts by status and what is behind."""

from charts.palette import STATUS
from locales.formats import percent, quarter, signed
from metrics.milestones import milestone_states, together
from metrics.plan import Plan
from metrics.portfolio import Line
from pages.parts.address import known_at, language
from pages.parts.context import href, say
from pages.parts.html import escape, figure_link
from pages.parts.lamp import badge, lamp
from pages.parts.library.meta import period_words, status_badge
from pages.parts.sources import database
from store.milestones import statuses

WORST = 2


def address(page: str, line: Line, **more: str) -> str:
    """A page of that plan at its own quarter."""
    plan = line.plan
    return href(page, plan=plan.plan, version=plan.version, period=str(line.as_of), units=plan.unit_set, **more)


def plan_line(line: Line) -> str:
    """One plan: what it is, who has reported, how its promises stand, the worst of what is behind."""
    title = _title(line.plan, address("overview", line))
    when = quarter(line.as_of, language())
    said = say("portfolio.final", quarter=when) if line.ended else when
    form = "portfolio.reported_waiting" if line.waiting else "portfolio.reported"
    reported = say(form, reported=line.reported, expected=line.expected, waiting=line.waiting)
    sent = figure_link(reported, address("completeness", line))
    facts = f'<p class="note">{escape(said)} · {sent}</p>'
    return (
        f'<article class="plan-line">{_head(title, facts)}'
        f'<div class="stands">{_strip(line.firm)}{_hoped(line)}</div>'
        f'<div class="late">{_late(line)}{_tasks(line)}</div></article>'
    )


def silent_line(plan: Plan, words: str) -> str:
    """A plan that has no figures to show, and why."""
    link = href("overview", plan=plan.plan, version=plan.version, period=None, units=plan.unit_set)
    head = _head(_title(plan, link), f'<p class="note">{escape(period_words(plan))}</p>')
    return f'<article class="plan-line">{head}<p class="note">{escape(words)}</p></article>'


def _head(title: str, facts: str) -> str:
    return f'<div class="head">{title}{facts}</div>'


def _title(plan: Plan, link: str) -> str:
    name = escape(plan.short.by(language()))
    return f'<h2><a target="_self" href="{escape(link)}">{name}</a>{status_badge(plan)}</h2>'


def _strip(counts: dict[str, int]) -> str:
    """A bar of all promises by status, and the same in words: never colour alone."""
    present = [status for status in STATUS if counts.get(status)]
    if not present:
        return f'<p class="note">{escape(say("portfolio.none_firm"))}</p>'
    parts = "".join(f'<i class="is-{status}" style="flex:{counts[status]}"></i>' for status in present)
    words = "".join(f"<span>{lamp(status)} <b>{counts[status]}</b></span>" for status in present)
    return f'<div class="strip" aria-hidden="true">{parts}</div><p class="counts">{words}</p>'


def _hoped(line: Line) -> str:
    """What the plan only strives for stands apart, and has no share in the bar."""
    if not line.hoped:
        return ""
    words = "".join(f"<span>{lamp(status)} {line.hoped[status]}</span>" for status in STATUS if line.hoped.get(status))
    return f'<p class="counts hoped">{badge(say("plan.aspirational"), "hoped")}{words}</p>'


def _late(line: Line) -> str:
    rows = [row for _, row in line.behind.iterrows()]
    if not rows:
        return f'<p class="note">{escape(say("portfolio.nothing_behind"))}</p>'
    items = "".join(f"<li>{_worst(line, row)}</li>" for row in rows[:WORST])
    rest = len(rows) - WORST
    more = ""
    if rest > 0:
        words = say("portfolio.more_ended" if line.ended else "portfolio.more", number=rest)
        link = figure_link(words, address("overview", line))
        more = f'<p class="note">{link}</p>'
    return f"<ul>{items}</ul>{more}"


def _worst(line: Line, row) -> str:  # type: ignore[no-untyped-def]
    indicator = line.plan.indicators[row["indicator"]]
    link = address("indicator", line, indicator=indicator.indicator)
    name = figure_link(indicator.name.by(language()), link)
    return f"{lamp(row['status'], provisional=bool(row['provisional']))} {name} <b>{escape(_distance(row))}</b>"


def _distance(row) -> str:  # type: ignore[no-untyped-def]
    """A live promise by its lead, one that is over by how much of it was done."""
    if row["status"] == "missed":
        return say("pages.overview.attained", percent=percent(row["attainment"]))
    return say("portfolio.lead", points=signed(row["lead"]))


def _tasks(line: Line) -> str:
    """Tasks whose deadline has passed, as a number of their own: never part of the bar."""
    plan = line.plan
    if not plan.milestones:
        return ""
    states = milestone_states(plan, statuses(database(), plan, known_at()), line.as_of)
    late = int((together(states)["state"] == "late").sum())
    if not late:
        return ""
    words = escape(say("portfolio.late_tasks", number=late))
    return (
        f'<p class="note"><a class="figure" target="_self" href="{escape(address("milestones", line))}">{words}</a></p>'
    )
