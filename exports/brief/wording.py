"""The brief as text a person may edit before export, a paragraph a line; and what an edit changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from exports.brief.composition import Item
from exports.carried import plain
from exports.check_shown import numbers

ALIKE = 0.5
ISSUED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d\d-\d\d")
LONGEST_NAME = 30
SHAPES = (
    ("section", re.compile(r"[一二三四五六七八九十]+、")),
    ("group", re.compile(r"（[一二三四五六七八九十]+）")),
    ("numbered", re.compile(r"\d+\.[^。]+。")),
)
"""How a new line of an official paper says what it is; the numbered one's match is its bold beginning."""


@dataclass(frozen=True)
class Change:
    """One paragraph as computed and as edited; empty where it was added or left out."""

    before: str
    after: str

    @property
    def figures(self) -> bool:
        """Whether any number differs: then the paper no longer agrees with its own table."""
        return bool(self.before and self.after) and numbers(self.before) != numbers(self.after)

    @property
    def kind(self) -> str:
        return "added" if not self.before else "dropped" if not self.after else "reworded"


@dataclass(frozen=True)
class Wording:
    """An edited text and what it changed."""

    text: str
    changes: tuple[Change, ...]


def wording(computed: str, edited: str) -> Wording | None:
    """None where nothing was changed."""
    made = changes(computed, settled(edited))
    return Wording(settled(edited), tuple(made)) if made else None


def written(items: Sequence[Item]) -> str:
    return "\n".join(item.head + item.text for item in items)


def settled(text: str) -> str:
    """As it is kept: no blank lines, no spaces at the ends, nothing an Office file cannot hold."""
    return "\n".join(line.strip() for line in plain(text).splitlines() if line.strip())


def changes(computed: str, edited: str) -> list[Change]:
    """Paragraph by paragraph, in the order of the text; a heading moved is left out here and added there."""
    return [change for change in _pairs(computed.splitlines(), edited.splitlines()) if change.before != change.after]


def _pairs(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    found: list[Change] = []
    stretches = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for kind, old_start, old_end, new_start, new_end in stretches:
        if kind == "equal":
            found += [Change(line, line) for line in before[old_start:old_end]]
        else:
            found += _likely(list(before[old_start:old_end]), list(after[new_start:new_end]))
    return found


def _likely(before: list[str], after: list[str]) -> list[Change]:
    """What became of each paragraph of a changed stretch, in the order of the edited text."""
    found: list[Change] = []
    for line in after:
        likely = max(before, key=lambda old: _likeness(old, line), default="")
        if likely and _likeness(likely, line) >= ALIKE:
            passed = before[: before.index(likely)]
            found += [Change(old, "") for old in passed]
            before = before[len(passed) + 1 :]
            found.append(Change(likely, line))
        else:
            found.append(Change("", line))
    return [*found, *(Change(old, "") for old in before)]


def _likeness(one: str, other: str) -> float:
    """0 where they are too far apart to matter: the cheap bounds spare most comparisons of a long text."""
    compared = SequenceMatcher(None, one, other, autojunk=False)
    near = compared.real_quick_ratio() >= ALIKE and compared.quick_ratio() >= ALIKE
    return compared.ratio() if near else 0.0


def worded(items: Sequence[Item], edited: str) -> list[Item]:
    """The edited paragraphs with the looks of those they came from; a new one has that of its shape."""
    waiting = list(items)
    found: list[Item] = []
    for change in _pairs([item.head + item.text for item in items], settled(edited).splitlines()):
        old = waiting.pop(0) if change.before else None
        if change.before == change.after and old:
            found.append(old)
        elif change.after:
            found.append(_dressed(change.after, old))
    return signed(found)


def signed(items: Sequence[Item]) -> list[Item]:
    """A date alone in the last line is when the paper was issued; a short line above it says by whom."""
    found = list(items)
    if len(found) < 2 or not ISSUED.fullmatch(found[-1].text) or found[-1].kind != "body":
        return found
    found[-1] = replace(found[-1], signed=True)
    if found[-2].kind == "body" and len(found[-2].text) <= LONGEST_NAME and not found[-2].text.endswith(("。", ".")):
        found[-2] = replace(found[-2], signed=True)
    return found


def _dressed(line: str, old: Item | None) -> Item:
    if old and old.head and line.startswith(old.head):
        return replace(old, text=line[len(old.head) :])
    for kind, shape in SHAPES:
        if match := shape.match(line):
            # Notes are numbered too, and have no bold beginning.
            head = match[0] if kind == "numbered" and (old is None or old.head) else ""
            return Item(kind if kind != "numbered" or head else "body", line[len(head) :], head)  # type: ignore[arg-type]
    return Item("body" if old is None or old.head else old.kind, line)


def renewed(computed: str, edited: str, now: str) -> tuple[str, list[Change]]:
    """The edits once more, on sentences computed from newer figures.

    What was edited in a paragraph that still reads as it did is kept; the others stay as computed now and
    are given back, for a person to look at.
    """
    if computed == now:
        return edited, []
    made = changes(computed, edited)
    lines: list[str] = now.splitlines()
    lost: list[Change] = []
    for change in made:
        if change.before in lines:
            place = lines.index(change.before)
            lines[place : place + 1] = [change.after] if change.after else []
        elif not change.before and (below := _after(edited, change.after, lines)) is not None:
            lines.insert(below, change.after)
        else:
            lost.append(change)
    return "\n".join(lines), lost


def standing(computed: str, edited: str, now: str) -> Wording | None:
    """What of an earlier edit stands on the sentences as they are now; None where nothing does."""
    text, _ = renewed(computed, edited, now)
    return wording(now, text)


def _after(edited: str, added: str, lines: Sequence[str]) -> int | None:
    """Where an added paragraph goes: below the one it was written below, if that still stands."""
    before = edited.splitlines()[: edited.splitlines().index(added)]
    if not before:
        return 0
    return lines.index(before[-1]) + 1 if before[-1] in lines else None
