"""The queue of what waits for review, and what was decided last."""

from collections.abc import Sequence

from locales.formats import day, moment, quarter
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.html import draw, escape
from pages.parts.people import called
from pages.parts.sources import database, plans
from store.queue import Waiting, list_decided

COLUMNS = ("unit", "what", "due", "late", "sent", "notices")


def address(submission: int, plan: str, period: object) -> str:
    """The page of one submission, with the plan and quarter it is for."""
    return href("review", submission=str(submission), plan=plan, period=str(period))


def unit_name(plan: Plan, unit: str) -> str:
    return plan.units[unit].label(language()) if unit in plan.units else unit


def what_for(plan: Plan, period: object) -> str:
    return f"{plan.short.by(language())} · {quarter(period, language())}"


def lateness(one: Waiting) -> str:
    """A lamp: shape and word, never colour alone. A correction is not late: the first submission was, or was not."""
    if one.again:
        return f'<span class="note">{escape(say("review.again"))}</span>'
    look, shape = ("watch", "▲") if one.late else ("on_track", "●")
    words = say("review.late", days=one.late) if one.late else say("review.in_time")
    return f'<span class="lamp is-{look}"><span class="shape" aria-hidden="true">{shape}</span>{escape(words)}</span>'


def notices_words(one: Waiting) -> str:
    """How many, and whether every question has its answer."""
    if not one.notices:
        return say("review.no_notices")
    said = [say("review.noticed", number=len(one.notices))]
    if one.asked:
        said.append(say("review.unanswered", number=one.unanswered) if one.unanswered else say("review.answered"))
    return " · ".join(said)


def queue_table(waiting: Sequence[Waiting]) -> None:
    if not waiting:
        words = escape(say("review.none_words"))
        draw(f'<div class="empty"><h2>{escape(say("review.none"))}</h2><p>{words}</p></div>')
        return
    head = "".join(f'<th scope="col">{escape(say(f"review.column.{name}"))}</th>' for name in COLUMNS)
    body = "".join(_line(one) for one in waiting)
    table = f'<table class="list queue"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    draw(f'<div class="scroll">{table}</div>')


def _line(one: Waiting) -> str:
    plan = plans()[one.plan]
    cells = (
        ("what", escape(what_for(plan, one.period))),
        ("due", escape(day(one.due, language()))),
        ("late", lateness(one)),
        ("sent", f'{escape(moment(one.sent_at))} <span class="note">{escape(called(one.sent_by))}</span>'),
        ("notices", escape(notices_words(one))),
    )
    link = escape(address(one.submission, one.plan, one.period))
    name = escape(unit_name(plan, one.unit))
    body = "".join(
        f'<td class="{name}" data-label="{escape(say(f"review.column.{name}"))}">{shown}</td>' for name, shown in cells
    )
    return f'<tr><th scope="row"><a class="figure" target="_self" href="{link}">{name}</a></th>{body}</tr>'


def decided_list() -> None:
    """The last decisions, so that a reviewer sees what a colleague has done."""
    found = list_decided(database())
    if found.empty:
        return
    items = []
    for row in found.to_dict("records"):
        plan = plans().get(row["plan"])
        if plan is None:
            continue
        said = say(f"review.life.{row['step']}", moment=moment(row["at"]), who=called(row["who"]), why=row["why"] or "")
        what = f"{unit_name(plan, row['unit'])} · {what_for(plan, row['period'])}"
        link = escape(address(row["submission"], row["plan"], row["period"]))
        name = f'<a class="figure" target="_self" href="{link}">{escape(what)}</a>'
        items.append(f'<li>{name} <span class="note">{escape(said)}</span></li>')
    draw(f'<h2>{escape(say("review.decided"))}</h2><ul class="decided">{"".join(items)}</ul>')
