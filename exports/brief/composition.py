"""The brief from top to bottom: which sentences stand under which heading."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from exports.brief import sentences
from exports.cards.frame import decided, incomplete, path_notes
from exports.cards.standings import apart
from exports.cards.titles import NAMES_SHOWN
from exports.carried import plain, sending
from exports.table import Block
from locales import text
from locales.formats import day, listing
from metrics.result import Result
from metrics.text import Text

DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Item:
    """A paragraph: `head` is the bold beginning of a numbered one."""

    kind: Literal["section", "group", "numbered", "body"]
    text: str
    head: str = ""
    signed: bool = False
    """Who issues the paper and when (落款): set to the right."""


def numeral(number: int, language: str) -> str:
    """`一`, `十`, `十二`, `二十三`; plain digits in English."""
    if language == "en":
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[number]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def compose(result: Result, blocks: Sequence[Block], language: str) -> list[Item]:
    """All paragraphs, without empty sections; sections are numbered as they stand."""
    sections = [
        ("overall", overall(result, blocks, language)),
        ("indicators", indicators(blocks, language)),
        ("units", units(result, blocks, language)),
        ("notes", notes(result, blocks, language)),
    ]
    plan = result.plan
    values = {"day": day(result.as_of.end, language), "title": plan.title.by(language), "version": plan.version}
    items = [Item("body", text("brief.lead", language, **values))]
    for place, (name, found) in enumerate(((name, found) for name, found in sections if found), 1):
        head = text("brief.section", language, numeral=numeral(place, language), name=text(f"brief.{name}", language))
        items += [Item("section", head), *found]
    return [replace(item, text=plain(item.text), head=plain(item.head)) for item in items]


def _body(said: Sequence[str], language: str) -> list[Item]:
    kept = [sentence for sentence in said if sentence]
    return [Item("body", text("brief.space", language).join(kept))] if kept else []


def overall(result: Result, blocks: Sequence[Block], language: str) -> list[Item]:
    cities = [block.city for block in blocks]
    if len(cities) < 2:
        return _body([sending(result, language)], language)
    firm, hoped = apart(cities)
    named = [sentences.named(firm, status, language) for status in sentences.NAMED]
    others = sentences.others(firm, language)
    said = [sentences.standing(firm, language), *named, others, sentences.striven(hoped, language)]
    return [*_body(said, language), *_body([sending(result, language)], language)]


def indicators(blocks: Sequence[Block], language: str) -> list[Item]:
    """Under their groups where the plan has groups; numbered anew in each."""
    items: list[Item] = []
    groups: dict[Text | None, list[Block]] = {}
    for block in blocks:
        groups.setdefault(block.indicator.group, []).append(block)
    for place, (group, found) in enumerate(groups.items(), 1):
        if group is not None and len(groups) > 1:
            head = text("brief.group", language, numeral=numeral(place, language), name=group.by(language))
            items.append(Item("group", head))
        items += [indicator(block, number, language) for number, block in enumerate(found, 1)]
    return items


def indicator(block: Block, number: int, language: str) -> Item:
    said = [sentences.city(block.city, block.units), sentences.units(block)]
    mark = text("brief.provisional_mark", language) if block.city["provisional"] else ""
    head = text("brief.item", language, number=number, name=block.indicator.name.by(language) + mark)
    return Item("numbered", text("brief.space", language).join(filter(None, said)), head)


def units(result: Result, blocks: Sequence[Block], language: str) -> list[Item]:
    return _body(sentences.of_units(blocks, [unit.unit for unit in result.units], language), language)


def notes(result: Result, blocks: Sequence[Block], language: str) -> list[Item]:
    """A numbered line each: which schedule is ours, what provisional means, which decisions were taken."""
    said = schedules(blocks, language)
    if any(block.city["provisional"] for block in blocks):
        said.append(text("brief.provisional", language))
        said += reasons(result, blocks, language)
    chosen = [block.indicator.indicator for block in blocks]
    said += [text("brief.end", language, sentence=note) for note in decided(result, chosen, language)]
    return [Item("body", text("brief.note", language, number=number, note=note)) for number, note in enumerate(said, 1)]


def schedules(blocks: Sequence[Block], language: str) -> list[str]:
    """Whose the schedule is, in one sentence also where yearly counts have another one."""
    said = list(dict.fromkeys(note for block in blocks for note in path_notes(block.city)))
    return said if len(said) < 2 else [text("brief.paths", language)]


def reasons(result: Result, blocks: Sequence[Block], language: str) -> list[str]:
    """Why figures are provisional, each reason once with the indicators it touches."""
    touched: dict[str, list[str]] = {}
    for block in blocks:
        for reason in incomplete(result, block.city, language):
            touched.setdefault(reason, []).append(block.indicator.name.by(language))
    said = []
    for reason, names in touched.items():
        form = "reason_many" if len(names) > NAMES_SHOWN else "reason"
        shown = listing(names[: 2 if len(names) > NAMES_SHOWN else NAMES_SHOWN], language)
        said.append(text(f"brief.{form}", language, names=shown, count=len(names), reason=reason))
    return said
