"""The rules a submission must keep, as a table: id, what it is about, level, predicate.

A rule yields the places where it is broken; what is said there is the sentence of the same name
in `problems.toml`.
"""

from loaders import figure_rules as figures
from loaders import roster_rules as rosters
from loaders import task_rules as tasks
from loaders.case import Case, Rule
from loaders.claim_rules import claim_rules
from loaders.problem import Problem

RULES: tuple[Rule, ...] = (
    Rule("nothing_filled", "file", "error", figures.nothing_filled),
    Rule("figure_not_owed", "figure", "notice", figures.not_owed),
    Rule("figures_blank", "figure", "notice", figures.blank),
    Rule("absent", "file", "notice", figures.absent, asks=True),
    Rule("share_half_empty", "figure", "error", figures.share_half_empty),
    Rule("negative", "figure", "error", figures.negative),
    Rule("not_whole", "figure", "error", figures.not_whole),
    Rule("over_hundred", "figure", "error", figures.over_hundred),
    Rule("nothing_to_divide_by", "figure", "error", figures.nothing_to_divide_by),
    Rule("growth_out_of_range", "figure", "notice", figures.growth_out_of_range, asks=True),
    Rule("count_differs", "figure", "notice", figures.count_differs, asks=True),
    Rule("fell_by_half", "figure", "notice", figures.fell_by_half, asks=True),
    Rule("count_fell_by_half", "roster", "notice", figures.count_fell_by_half, asks=True),
    Rule("jumped", "figure", "notice", figures.jumped, asks=True),
    Rule("row_twice", "roster", "error", rosters.row_twice),
    Rule("date_order", "roster", "error", rosters.date_order),
    Rule("date_out_of_range", "roster", "error", rosters.date_out_of_range),
    Rule("date_after_quarter", "roster", "notice", rosters.date_after_quarter),
    Rule("row_negative", "roster", "error", rosters.row_negative),
    Rule("code_of_elsewhere", "roster", "notice", rosters.code_of_elsewhere),
    Rule("task_done_without_date", "task", "error", tasks.done_without_date),
    Rule("task_date_after_quarter", "task", "error", tasks.date_after_quarter),
    Rule("task_date_without_done", "task", "error", tasks.date_without_done),
    Rule("task_done_without_evidence", "task", "error", tasks.done_without_evidence),
    Rule("task_done_before_plan", "task", "notice", tasks.done_before_plan, asks=True),
    Rule("task_undone", "task", "notice", tasks.undone, asks=True),
    *claim_rules(),
    Rule("total_differs", "total", "error", rosters.total_differs),
)

ASKING = frozenset(rule.id for rule in RULES if rule.asks)
"""Notices somebody must explain: the number may be right, and only the unit knows why. The others
tell how something was read; sending confirms them."""

OF_ONE_VALUE = frozenset(rule.id for rule in RULES if rule.asks and rule.where in ("figure", "task"))
"""Of these each has numbers of its own: told by itself, and the value may be mended instead of explained."""


def check(case: Case) -> list[Problem]:
    """All places where a rule is broken, in the order of the rules."""
    return [
        Problem(rule.level, rule.id, place.sheet, place.cell, place.shown, place.values)
        for rule in RULES
        for place in rule.broken(case)
    ]
