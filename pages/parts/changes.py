"""Differences between two versions of a plan's text, in words."""

from datetime import date

import pandas as pd

from charts.values import by, promised
from locales.formats import UNKNOWN, day, listing, number
from metrics.plan import Bands, Count, Indicator, Milestone, Plan, Target
from metrics.revision import Change
from metrics.text import Text
from pages.parts.address import language
from pages.parts.context import say

VOCABULARIES = {"kind": "detail.kind", "scope": "detail.scope", "path": "detail.path"}
"""Fields whose values have words of their own."""


def changes_table(old: Plan, new: Plan, changes: tuple[Change, ...]) -> pd.DataFrame:
    """One row per difference: what it is about, what changed, and both versions."""
    rows = [
        {
            "about": _about(old, new, change),
            "what": say(f"decisions.field_{change.what or change.subject}"),
            "before": _said(old, change, change.before),
            "after": _said(new, change, change.after),
        }
        for change in changes
    ]
    table = pd.DataFrame(rows, columns=["about", "what", "before", "after"])
    names = {"before": old.version, "after": new.version}
    table.columns = [names.get(name) or say(f"decisions.column_{name}") for name in table.columns]
    return table


def _about(old: Plan, new: Plan, change: Change) -> str:
    if change.subject == "frame":
        return say("decisions.the_plan")
    if change.subject == "milestone":
        found = next(m for plan in (new, old) for m in plan.milestones if m.milestone == change.key)
        return found.name.by(language())
    indicator = new.indicators.get(change.key) or old.indicators[change.key]
    return indicator.name.by(language())


def _said(plan: Plan, change: Change, value: object) -> str:
    """A value of either version as a reader would write it."""
    if value is None:
        return say("decisions.absent") if not change.what else UNKNOWN
    if change.what == "count" and isinstance(value, Indicator):
        return " · ".join(_rule(plan, rule) for rule in value.counts.values()) or UNKNOWN
    if change.what in VOCABULARIES and change.subject == "indicator":
        return say(f"{VOCABULARIES[change.what]}.{value}")
    if change.what == "unit_set":
        return say("pages.header.size", number=len(plan.unit_sets[str(value)])) if value else UNKNOWN
    if isinstance(value, Target):
        return f"{promised(value, plan.indicators[value.indicator], language())} · {by(value.deadline, language())}"
    return _plain(value)


def _rule(plan: Plan, rule: Count) -> str:
    """Which rows count: the list, the dates that matter, and the values that are asked for."""
    fields = {field.field: field for field in plan.rosters[rule.roster].fields}
    said = [plan.rosters[rule.roster].name.by(language())]
    said += [fields[name].name.by(language()) for name in (*rule.since, *rule.filled)]
    for name, allowed in rule.where:
        words = {choice.value: choice.name.by(language()) for choice in fields[name].choices}
        values = listing([words.get(value, value) or UNKNOWN for value in allowed], language())
        said.append(say("decisions.asked", field=fields[name].name.by(language()), values=values))
    return listing(said, language())


def _plain(value: object) -> str:
    if isinstance(value, Text):
        return value.by(language())
    if isinstance(value, Indicator | Milestone):
        return value.name.by(language())
    if isinstance(value, date):
        return day(value, language())
    if isinstance(value, Bands):
        return " / ".join(number(edge) for edge in (value.on_track, value.watch, value.behind))
    if isinstance(value, bool):
        return say("decisions.yes" if value else "decisions.no")
    if isinstance(value, tuple):
        return listing([_plain(part) for part in value], language()) or UNKNOWN
    return say(f"decisions.status_{value}") if value in ("draft", "issued") else str(value)
