"""A meeting's pack: every file the task force hands out, and a manifest that says what they are made of.

The files share one Result, so they agree to the last digit; the manifest carries their fingerprints.
"""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from exports import EXPORTS, cards_of, write_brief
from exports.as_json import decisions
from exports.brief.wording import Wording
from exports.cards import SHAPES, WHOLE_PLAN
from exports.papers import PAPERS
from exports.stamp import code
from locales import DEFAULT, text
from locales.formats import moment, quarter
from metrics.result import Result
from metrics.tally import tally

FORMATS = ("pptx", "docx", "pdf", "xlsx", "png", "html", "json")
"""In the order a reader opens them: slides, brief, papers, then pictures and data."""
MANIFEST = "manifest.json"
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
"""Characters that some system does not allow in a file name."""

Told = Callable[[str, int, int], None]
"""Hears the file just written, how many are written, how many there will be."""


@dataclass(frozen=True)
class Item:
    """One file to write. `card` is set for a picture, `indicator` for what shows one indicator only."""

    form: str
    content: str
    card: str | None = None
    indicator: str | None = None


def items(result: Result, formats: Collection[str], language: str = DEFAULT) -> list[Item]:
    """The files of a pack in the order of `FORMATS`."""
    found: list[Item] = []
    for form in FORMATS:
        if form not in formats:
            continue
        if form == "png":
            found += _pictures(result, language)
        else:
            found.append(Item(form, text(f"pack.content.{form}", language)))
        if form == "pdf":
            # A page for each unit, and the one sheet for the wall.
            found += [Item(form, text(f"pack.card.{paper}", language), paper) for paper in PAPERS]
    return found


def _pictures(result: Result, language: str) -> Iterator[Item]:
    """What shows the whole plan, then what the headline indicators and the both-must-pass goals can fill."""
    indicators = list(result.plan.indicators.values())
    for card in cards_of(result, indicators[0].indicator, language):
        if card in WHOLE_PLAN:
            yield from _shaped(card, text(f"pack.card.{card}", language), None, language)
    for indicator in indicators:
        if indicator.headline or indicator.kind == "composite":
            for card in cards_of(result, indicator.indicator, language, whole=False):
                name = text(f"pack.card.{card}", language)
                content = text("pack.picture", language, name=indicator.name.by(language), card=name)
                yield from _shaped(card, content, indicator.indicator, language)


def _shaped(card: str, content: str, indicator: str | None, language: str) -> Iterator[Item]:
    """In every shape it can be drawn in; only where there are two does the name say which."""
    for shape in SHAPES[card]:
        name = text(f"pack.shape.{shape}", language, name=content) if len(SHAPES[card]) > 1 else content
        yield Item("png", name, f"{card}@{shape}", indicator)


def file_name(result: Result, content: str, form: str, language: str = DEFAULT) -> str:
    """`示例 工厂店促消费计划 2025年三季度 汇报材料.pptx`."""
    plan, when = result.plan.short.by(language), quarter(result.as_of, language)
    name = text("pack.file_name", language, plan=plan, quarter=when, content=content)
    marked = text("pack.sample_name", language, name=name) if result.sample else name
    return f"{FORBIDDEN.sub('', known_name(result, marked, language)).strip()}.{form}"


def known_name(result: Result, name: str, language: str = DEFAULT) -> str:
    """The name of a file of past figures says so: a CSV has no other place for it."""
    if result.known_at is None:
        return name
    return text("pack.known_name", language, name=name, moment=moment(result.known_at).replace(":", ""))


def pack(
    result: Result,
    formats: Collection[str],
    language: str = DEFAULT,
    told: Told | None = None,
    edited: Wording | None = None,
) -> Iterator[tuple[str, bytes]]:
    """(file name, bytes) one after another; the manifest comes last. `edited`: the brief's sentences."""
    wanted = items(result, formats, language)
    sums: dict[str, str] = {}
    for item in wanted:
        name = file_name(result, item.content, item.form, language)
        if item.form == "docx":
            data = write_brief(result, edited, language)
        else:
            data = EXPORTS[item.form](result, item.indicator, card=item.card, language=language)
        sums[name] = hashlib.sha256(data).hexdigest()
        yield name, data
        if told:
            told(name, len(sums), len(wanted))
    yield MANIFEST, (json.dumps(manifest(result, sums, edited), ensure_ascii=False, indent=1) + "\n").encode()


def manifest(result: Result, sums: dict[str, str], edited: Wording | None = None) -> dict[str, object]:
    """What all files of the pack are made of; `files` are their SHA-256."""
    sent = tally(result.completeness)
    return {
        "plan": result.plan.plan,
        "plan_version": result.plan.version,
        "draft": result.plan.status == "draft",
        "sample": result.sample,
        "decisions": decisions(result),
        "brief_edited": len(edited.changes) if edited else 0,
        "as_of": str(result.as_of),
        "known_at": result.known_at.isoformat() if result.known_at else None,
        "unit_set": result.unit_set,
        "units": len(result.units),
        "completeness": {
            "expected": sent.expected,
            "received": sent.received,
            "waiting": list(sent.waiting),
            "missing": list(sent.missing),
        },
        "data_version": result.data_version,
        "code": code(result),
        "files": sums,
    }
