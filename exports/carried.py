"""What every page of a deck or a brief bears: which plan and version, which quarter, known when, how complete."""

import re
from collections.abc import Sequence

from exports.cards.frame import grounds, known_mark
from locales import text
from locales.formats import listing
from metrics.result import Result
from metrics.tally import tally

NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters an Office file cannot hold; a name pasted from elsewhere may bring one."""


def plain(words: str) -> str:
    return NOT_XML.sub("", words)


def mark_words(result: Result, language: str) -> list[str]:
    """`按2025-10-22 09:00所知`, `征求意见稿`, `示例数据`: as far as they are true."""
    true = {"draft": result.plan.status == "draft", "sample": result.sample}
    then = known_mark(result, language)
    return [*([then] if then else []), *(text(f"cards.{key}", language) for key, on in true.items() if on)]


def completeness_words(result: Result, language: str) -> str:
    """`报送 7/9`, the same count as in the sentence of the brief."""
    counted = tally(result.completeness)
    return text("carried.completeness", language, sent=counted.received, owed=counted.expected)


def sending(result: Result, language: str) -> str:
    """Who has sent, whose waits for review and who has not sent, in one sentence."""
    counted = tally(result.completeness)
    owed, sent = counted.expected, counted.received

    def named(key: str, units: Sequence[str]) -> str:
        names = listing((result.plan.units[unit].label(language, short=True) for unit in units), language)
        return text(key, language, count=len(units), names=names) if units else ""

    if sent == owed:
        return text("carried.all_sent" if owed else "carried.none_owed", language, owed=owed)
    if len(counted.missing) == owed:
        return text("carried.none_sent", language, owed=owed)
    waiting = named("carried.some_waiting", counted.waiting)
    missing = named("carried.some_missing", counted.missing)
    return text("carried.some_sent", language, owed=owed, sent=sent, waiting=waiting, missing=missing)


def carried(result: Result, language: str) -> str:
    """One line: plan, version, quarter's end, moment of knowledge, units, completeness."""
    parts = [result.plan.short.by(language), grounds(result, language)]
    if result.known_at is None:
        parts.append(text("carried.known_all", language))
    parts.append(completeness_words(result, language))
    return plain(text("cards.dot", language).join(parts))


def sources(result: Result, language: str) -> str:
    """Where the figures come from: the workbooks of the quarter, of those who report under this unit set."""
    plan = result.plan
    owed = set(result.completeness[result.completeness["expected"].astype(bool)]["unit"])
    named = [
        text("carried.file", language, unit=plan.units[unit].label(language, short=True), file=name)
        for unit, name in result.files.items()
        if unit in owed
    ]
    files = listing(named, language) if named else text("carried.no_files", language)
    return plain(text("carried.sources", language, files=files, carried=carried(result, language)))
