"""A plan clause by clause: all that one place of the text promises, in the order of the text.

Clauses are named as the plans name them: `一(三)`, `二(四)12`, `附件2 第4行`, or a word for a place
without a number (标题, 引言, 文末).
"""

import re
from dataclasses import dataclass, field

from metrics.money_rules import MoneyRule
from metrics.plan import Indicator, Milestone, Plan, Tension

BEFORE = ("title", "标题", "公告", "发文对象", "发文日期", "全文", "篇首", "引言")
AFTER = ("其他条", "文末")
NUMERALS = "一二三四五六七八九十"
_PLACE = re.compile(r"^([一二三四五六七八九十]+)?(?:\(([一二三四五六七八九十]+)\))?(\d+)?(.*)$")

Order = tuple[int, int, int, int, str]


@dataclass
class Clause:
    """One clause with everything that names it first; tensions stand at every clause they name."""

    clause: str
    indicators: list[Indicator] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    money: list[MoneyRule] = field(default_factory=list)
    tensions: list[Tension] = field(default_factory=list)


def clauses(plan: Plan) -> list[Clause]:
    """Every clause that promises or contradicts something. Nothing is left out, nothing stands twice."""
    found: dict[str, Clause] = {}

    def at(clause: str) -> Clause:
        return found.setdefault(clause, Clause(clause))

    for indicator in plan.indicators.values():
        at(indicator.clauses[0]).indicators.append(indicator)
    for milestone in plan.milestones:
        at(milestone.clauses[0]).milestones.append(milestone)
    for rule in plan.money.values():
        at(rule.clauses[0]).money.append(rule)
    for tension in plan.tensions.values():
        for clause in tension.clauses:
            at(clause).tensions.append(tension)
    return [found[clause] for clause in sorted(found, key=order)]


def order(clause: str) -> Order:
    """Where a clause stands in the text: front matter, sections, end matter, annexes."""
    if clause in BEFORE:
        return 0, BEFORE.index(clause), 0, 0, ""
    if clause in AFTER:
        return 2, AFTER.index(clause), 0, 0, ""
    if clause.startswith("附件"):
        annex, row = ([int(number) for number in re.findall(r"\d+", clause)] + [0, 0])[:2]
        return 3, annex, row, 0, clause
    place = _PLACE.match(clause)
    section, paragraph, number, rest = place.groups() if place else (None, None, None, clause)
    # 四(五)末段 is the last paragraph of 四(五): after its numbered ones.
    return 1, numeral(section), numeral(paragraph), int(number or (99 if rest else 0)), rest


def numeral(written: str | None) -> int:
    """十二 → 12; 0 where nothing is written."""
    if not written:
        return 0
    tens, ten, ones = written.rpartition("十")
    units = NUMERALS.index(ones) + 1 if ones else 0
    return (10 * (NUMERALS.index(tens) + 1 if tens else 1) if ten else 0) + units
