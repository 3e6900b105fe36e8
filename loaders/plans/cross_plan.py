"""`data/cross_plan.toml`: tensions between plans, and slogans that must never become targets."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from loaders.plans.files import Faults, read_tables, read_toml
from loaders.plans.schema import TensionKind
from loaders.plans.shape import Phrase, Table, Words
from loaders.plans.shared_checks import Fault
from metrics.cross_plan import CrossPlan, CrossTension, Slogan
from metrics.plan import Plan

FILE = "data/cross_plan.toml"


class CrossTensionTable(Table):
    kind: TensionKind
    plans: Words
    statement: Phrase
    show_as: Phrase


class SloganTable(Table):
    words: str
    plan: str
    clause: str
    meaning: Phrase


def cross_plan(path: Path, faults: Faults) -> CrossPlan:
    """Empty where the file is missing: a set of plans need not disagree."""
    tables = (read_toml(path, faults) or {}) if path.exists() else {}
    for unknown in tables.keys() - {"tensions", "slogans"}:
        faults.add(FILE, unknown, "unknown key")
    tensions = read_tables(CrossTensionTable, tables.get("tensions", {}), faults, FILE)
    slogans = read_tables(SloganTable, tables.get("slogans", {}), faults, FILE)
    return CrossPlan(
        {name: CrossTension(tension=name, **dict(table)) for name, table in tensions.items()},
        {name: Slogan(slogan=name, **dict(table)) for name, table in slogans.items()},
    )


def check_slogans(plan: Plan, slogans: Mapping[str, Slogan]) -> Iterator[Fault]:
    """十百千 is the name of a campaign: no target and no indicator may take its words for a number."""
    for slogan in slogans.values():
        for target in plan.targets:
            if slogan.words in target.printed:
                yield "targets.csv", target.indicator, f"{slogan.words} is a campaign's name, not a number"
        for name, indicator in plan.indicators.items():
            if any(slogan.words in words for words in indicator.printed):
                yield "plan.toml", f"indicators.{name}.printed", f"{slogan.words} is a campaign's name, not a number"
