"""What is worth asking about a submission, what was asked and answered, and which cells were mended."""

from collections.abc import Mapping, Sequence
from typing import Any

from locales.formats import UNKNOWN, moment
from metrics.asked import asked_already
from metrics.evidence import Doubt
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.html import draw, escape
from pages.parts.people import called
from pages.parts.review.queue import unit_name
from pages.parts.review.words import doubt_words
from store.examine import Examined
from store.submissions import Mend

SHOWN = 12
"""Doubts told one by one; a list copied whole from another county would fill the page."""


def doubts(plan: Plan, found: Examined) -> None:
    title, words = escape(say("review.section.doubts")), escape(say("review.doubts.words"))
    if found.doubts:
        body = "".join(_doubt(plan, found, doubt) for doubt in found.doubts[:SHOWN])
        more = len(found.doubts) - SHOWN
        if more > 0:
            body += f'<li class="note">{escape(say("review.doubts.more", number=more))}</li>'
        body = f'<ul class="doubts">{body}</ul>'
    else:
        body = f'<p class="note">{escape(say("review.doubts.none"))}</p>'
    draw(f'<h2 id="doubts">{title}<span class="note">{words}</span></h2>{body}')


def _doubt(plan: Plan, found: Examined, doubt: Doubt) -> str:
    """With the sender's answer, where a notice has asked already."""
    asked = asked_already(doubt, found.now, found.submission.notices)
    answer = say("review.doubts.answered", answer=asked["answer"]) if asked and asked.get("answer") else ""
    words, more = escape(doubt_words(plan, doubt)), _elsewhere(plan, found, doubt)
    return f'<li>{words} <span class="note">{escape(answer)}</span>{more}</li>'


def _elsewhere(plan: Plan, found: Examined, doubt: Doubt) -> str:
    """The other unit's list, opened from the figure that is counted from it."""
    if doubt.code != "listed_elsewhere":
        return ""
    unit, roster = str(doubt.values["unit"]), doubt.values["roster"]
    counts = (i.indicator for i in plan.indicators_of(unit) if any(c.roster == roster for c in i.counts.values()))
    where = {"unit": unit, "from": unit, "quarter": str(found.submission.period)}
    indicator = next(counts, None)
    if indicator is None:
        return ""
    link = escape(href("indicator", indicator=indicator, anchor="origin", **where))
    words = escape(say("review.doubts.elsewhere", unit=unit_name(plan, unit)))
    return f'<a class="more" target="_self" href="{link}">{words}</a>'


def notices(said: Sequence[dict[str, Any]]) -> None:
    """Every notice with the sender's answer; those that ask stand first."""
    title = escape(say("review.section.notices"))
    if not said:
        draw(f'<h2 id="notices">{title}</h2><p class="note">{escape(say("review.notices.none"))}</p>')
        return
    rows = sorted(said, key=lambda notice: not notice.get("asks"))
    lines = [
        {"where": escape(_place(notice)), "notice": escape(_words(notice)), "answer": _answer(notice)}
        for notice in rows
    ]
    draw(f'<h2 id="notices">{title}</h2>{_table("review.notices.caption", lines)}')


def _words(notice: dict[str, Any]) -> str:
    """Older notices were kept in Chinese only."""
    return str(notice.get("message_en" if language() == "en" else "message") or notice["message"])


def _answer(notice: dict[str, Any]) -> str:
    if notice.get("answer"):
        by = say(
            "review.notices.by",
            who=called(notice.get("answered_by", "")),
            moment=str(notice.get("answered_at", ""))[:16],
        )
        return f'{escape(str(notice["answer"]))} <span class="note">{escape(by)}</span>'
    word = escape(say("review.notices.unanswered" if notice.get("asks") else "review.notices.unasked"))
    return f'<span class="note">{word}</span>'


def mends(made: Sequence[Mend]) -> None:
    """The original keeps what it said; both stand side by side."""
    if not made:
        return
    lines = [
        {
            "where": escape(f"{mend.sheet} {mend.cell}"),
            "found": f"<s>{escape(mend.found or UNKNOWN)}</s>",
            "typed": f"<b>{escape(mend.typed or UNKNOWN)}</b>",
            "who": f'{escape(called(mend.who))} <span class="note">{escape(moment(mend.at))}</span>',
        }
        for mend in made
    ]
    title = escape(say("review.section.mends"))
    draw(f'<h2 id="mends">{title}</h2>{_table("review.mends.caption", lines)}')


def _place(notice: dict[str, Any]) -> str:
    return " ".join(str(notice[name]) for name in ("sheet", "cell") if notice.get(name)) or UNKNOWN


def _table(caption: str, lines: Sequence[Mapping[str, str]]) -> str:
    """Cells are markup already; on a phone each line stands as a block with its labels."""
    names = {name: escape(say(f"review.column.{name}")) for name in lines[0]}
    head = "".join(f'<th scope="col">{name}</th>' for name in names.values())
    body = "".join(
        "<tr>"
        + "".join(f'<td class="{name}" data-label="{names[name]}">{shown}</td>' for name, shown in line.items())
        + "</tr>"
        for line in lines
    )
    return (
        f'<table class="list said"><caption>{escape(say(caption))}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
