"""Finding words in a plan: every promise as one line of text in both languages."""

import unicodedata
from collections.abc import Iterable
from typing import TypeVar

from metrics.clauses import Clause, clauses
from metrics.cross_plan import CrossTension
from metrics.money_rules import MoneyRule
from metrics.plan import Indicator, Milestone, Plan, Tension
from metrics.text import Text

Promise = Indicator | Milestone | MoneyRule | Tension | CrossTension
Some = TypeVar("Some", Indicator, Milestone, MoneyRule, Tension)
KINDS = ("indicators", "milestones", "money", "tensions")


def folded(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold()


def line(promise: Promise) -> str:
    """All its words: name, clause, printed words, owners, definition, condition, readings."""
    return folded(" ".join(_words(vars(promise).values())))


def _words(values: Iterable[object]) -> Iterable[str]:
    for value in values:
        if isinstance(value, Text):
            yield from (value.zh, value.en)
        elif isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from _words(value)


def found(plan: Plan, words: str, kind: str | None = None) -> list[Clause]:
    """The plan's clauses with what contains every word asked for (of one kind only, if one is asked)."""
    asked = folded(words).split()

    def kept(promises: list[Some], mine: str) -> list[Some]:
        here = promises if kind in (None, mine) else []
        return [promise for promise in here if all(word in line(promise) for word in asked)]

    narrowed = [
        Clause(
            clause.clause,
            kept(clause.indicators, "indicators"),
            kept(clause.milestones, "milestones"),
            kept(clause.money, "money"),
            kept(clause.tensions, "tensions"),
        )
        for clause in clauses(plan)
    ]
    return [clause for clause in narrowed if any(getattr(clause, name) for name in KINDS)]


def tally(found: list[Clause]) -> int:
    """How many different things are among them; a tension of two clauses is one."""
    tensions = {tension.tension for clause in found for tension in clause.tensions}
    return len(tensions) + sum(len(c.indicators) + len(c.milestones) + len(c.money) for c in found)
