"""Which submission this is, what to look at first, and what happened to it and its forerunners."""

from collections.abc import Sequence

import pandas as pd

from locales.formats import day, moment, quarter
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.origin_file import download_original
from pages.parts.people import called
from pages.parts.review.queue import lateness, unit_name, what_for
from store.examine import Earlier, Examined
from store.queue import Waiting


def head(plan: Plan, one: Waiting) -> None:
    kind = escape(say("review.again" if one.again else "review.first"))
    due = escape(say("review.due", day=day(one.due, language())))
    sent = escape(say("review.sent", moment=moment(one.sent_at), who=called(one.sent_by)))
    late = "" if one.again else lateness(one)
    draw(
        f'<div class="submission"><p class="whose"><b>{escape(unit_name(plan, one.unit))}</b>'
        f"<span>{escape(what_for(plan, one.period))}</span>"
        f'<span class="badge plain">{kind}</span></p><p class="note">{sent} · {due} {late}</p></div>'
    )
    download_original(one.sha256, one.file_name, "original")


def fingerprint(sha256: str) -> None:
    words = escape(say("review.fingerprint"))
    draw(f'<p class="origin"><span class="note">{words}</span> <code>{escape(sha256)}</code></p>')


def summary(one: Waiting, found: Examined) -> None:
    """Where the work is, each part leading to its section."""
    doubts = (
        "doubts",
        say("review.summary.doubts", number=len(found.doubts)) if found.doubts else say("review.summary.no_doubts"),
    )
    asked = say("review.noticed", number=len(one.notices)) if one.notices else say("review.no_notices")
    parts = [doubts, ("notices", asked)]
    if mends := found.submission.mends:
        parts.append(("mends", say("review.summary.mends", number=len(mends))))
    parts += [("figures", _against_version(found.last_version)), ("figures", _against_quarter(found.last_quarter))]
    parts.append(("decide", say("review.section.decide")))
    items = "".join(f'<li><a href="#{anchor}">{escape(words)}</a></li>' for anchor, words in parts)
    draw(f'<ul class="summary">{items}</ul>')


def _against_version(version: Earlier | None) -> str:
    if version is None:
        return say("review.summary.no_version")
    number = _number(version)
    return say("review.summary.version", number=number) if number else say("review.summary.same_version")


def _against_quarter(before: Earlier | None) -> str:
    if before is None:
        return say("review.summary.no_quarter")
    return say("review.summary.quarter", quarter=quarter(before.period, language()), number=_number(before))


def _number(earlier: Earlier) -> int:
    found = earlier.differences
    return len(found.figures) + len(found.rows) + len(found.tasks)


def forerunners(steps: pd.DataFrame, number: int) -> None:
    """What was sent back or withdrawn before for the same quarter, and why: it may have been mended since."""
    older = steps[(steps["submission"] != number) & steps["step"].isin(["returned", "withdrawn"])]
    lines = [
        say(f"review.{row['step']}_before", moment=moment(row["at"]), who=called(row["who"]), why=row["why"] or "")
        for row in older.to_dict("records")
    ]
    if lines:
        draw('<ul class="forerunners">' + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>")


def story(steps: pd.DataFrame) -> None:
    """All steps of one submission, oldest first."""
    lines = [
        say(f"review.life.{row['step']}", moment=moment(row["at"]), who=called(row["who"]), why=row["why"] or "")
        for row in steps.to_dict("records")
    ]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    draw(f'<h2>{escape(say("review.life.title"))}</h2><ol class="steps">{items}</ol>')


def position(waiting: Sequence[Waiting], number: int) -> tuple[int | None, Waiting | None]:
    """Where the submission stands in the queue (from 1), and which one comes after it (or the first left)."""
    numbers = [one.submission for one in waiting]
    if number not in numbers:
        return None, waiting[0] if waiting else None
    index = numbers.index(number)
    return index + 1, waiting[index + 1] if index + 1 < len(waiting) else None
