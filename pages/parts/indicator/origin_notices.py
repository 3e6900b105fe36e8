"""What was asked about a figure when its file was read, and what the unit answered."""

from collections.abc import Sequence
from typing import Any

from locales.formats import moment
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.origin_file import mend_words
from pages.parts.people import called
from store.provenance import Version
from store.submissions import Mend


def notices_of(version: Version, places: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """The notices about these places; those about a whole sheet belong to every place in it."""
    sheets = {sheet for sheet, _ in places}
    return [
        notice
        for notice in version.notices
        if (notice.get("sheet"), notice.get("cell")) in places
        or any((notice.get("sheet"), cell) in places for cell in notice.get("cells") or ())
        or (notice.get("sheet") in sheets and (not notice.get("cell") or _within(notice, places)))
    ]


def _within(notice: dict[str, Any], places: Sequence[tuple[str, str]]) -> bool:
    """Whether a notice's cell stands among the rows `6:45` a count is made of."""
    digits = "".join(letter for letter in str(notice["cell"]).partition(":")[0] if letter.isdigit())
    for sheet, place in places:
        first, _, last = place.partition(":")
        if sheet == notice["sheet"] and first.isdigit() and digits and int(first) <= int(digits) <= int(last or first):
            return True
    return False


def remarks(version: Version, mends: Sequence[Mend], places: Sequence[tuple[str, str]]) -> None:
    """Mends of the very cell, and the notices with their answers."""
    mended = [mend_words(mend) for mend in mends if (mend.sheet, mend.cell) in places]
    lines = [f"<li><b>{escape(say('origin.mended'))}</b> {escape(words)}</li>" for words in mended]
    lines += [_notice(notice) for notice in notices_of(version, places)]
    if lines:
        draw(f'<ul class="remarks">{"".join(lines)}</ul>')


def _notice(notice: dict[str, Any]) -> str:
    spoken = notice.get("message_en") if language() == "en" else None
    words = str(spoken or notice.get("message") or notice.get("code"))
    said = f"<b>{escape(say('detail.submit.notice'))}</b> {escape(words)}"
    answer = notice.get("answer")
    if not answer:
        return f"<li>{said}</li>"
    at = str(notice.get("answered_at", ""))[:16].replace("T", " ")
    told = say("origin.answer", answer=answer, who=called(str(notice.get("answered_by", ""))), at=at or moment(None))
    return f'<li>{said}<br><span class="answer">{escape(told)}</span></li>'
