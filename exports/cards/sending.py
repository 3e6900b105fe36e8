"""Who has sent what is owed, who was late, who waits for review, who has not sent? (both shapes)"""

from collections.abc import Mapping, Sequence
from typing import Any

from charts.palette import STATUS, StatusStyle
from exports.cards.figures import CardError
from exports.cards.frame import frame
from exports.cards.titles import NAMES_SHOWN, joined
from locales import text
from locales.formats import day, is_unknown, listing
from metrics.completeness import RECEIVED, is_open
from metrics.result import Result
from metrics.trajectory import Targets

ORDER = ("missing", "waiting", "late", "received")
LOOKS = {
    "missing": STATUS["missed"],
    "waiting": STATUS["not_scored"],
    "late": STATUS["watch"],
    "received": STATUS["on_track"],
}
Sent = dict[str, Any]


def card(result: Result, indicator: str, language: str) -> dict[str, object]:
    """The whole plan; `indicator` plays no part. Units still in time count as not sent: that is what is so now."""
    owed = owing(result)
    if not owed:
        raise CardError(text("sending.none", language))
    figures = answered(result)
    due = owed[0]["due"]
    data = frame(
        result,
        language,
        title=joined([counted_clause(owed, language), named_clause(result, owed, language)], language),
        subtitle=text("sending.subtitle", language, due=day(due, language)),
        notes=[text("sending.figures_note", language)],
        provisional=any(sent["state"] not in RECEIVED for sent in owed),
        indicators=list(result.plan.indicators),
    )
    ordered = sorted(owed, key=lambda sent: ORDER.index(sent["state"]))
    return data | {
        "facts": facts(owed, language),
        "rows": [row(result, sent, figures.get(sent["unit"], (0, 0)), language) for sent in ordered],
        "heads": {name: text(f"sending.head_{name}", language) for name in ("unit", "state", "day", "figures")},
    }


def owing(result: Result) -> list[Sent]:
    """The units that owe a submission."""
    rows = result.completeness[result.completeness["expected"].astype(bool)]
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def answered(result: Result) -> dict[str, tuple[int, int]]:
    """By unit: (figures reported for this quarter, figures owed). A figure carried over is not reported."""
    found: dict[str, tuple[int, int]] = {}
    plan, targets = result.plan, Targets(result.plan)
    still_owed = {i.indicator for i in plan.indicators.values() if is_open(i, targets, result.as_of)}
    table = result.progress
    for row in table[(table["unit"] != plan.area) & table["indicator"].isin(still_owed)].to_dict("records"):
        reported, owed = found.get(str(row["unit"]), (0, 0))
        found[str(row["unit"])] = (reported + int(row["units_reported"]), owed + int(row["units_expected"]))
    return found


def counted_clause(owed: Sequence[Mapping[str, Any]], language: str) -> str:
    states = [entry["state"] for entry in owed]
    sent = sum(state in RECEIVED for state in states)
    form = "all" if sent == len(owed) else "nobody" if states.count("missing") == len(owed) else "some"
    return text(f"sending.title_{form}", language, owed=len(owed), sent=sent)


def named_clause(result: Result, owed: Sequence[Mapping[str, Any]], language: str) -> str:
    """Who is missing; where nobody is, whose submission waits; where none does, who was late."""
    for state in ("missing", "waiting", "late"):
        names = [name_of(result, entry, language) for entry in owed if entry["state"] == state]
        if names and len(names) < len(owed):
            form = "few" if len(names) <= NAMES_SHOWN else "many"
            shown = listing(names[: NAMES_SHOWN if form == "few" else 2], language)
            return text(f"sending.{state}_{form}", language, names=shown, count=len(names))
    return text("sending.in_time", language) if all(entry["state"] == "received" for entry in owed) else ""


def name_of(result: Result, entry: Mapping[str, Any], language: str) -> str:
    return result.plan.units[str(entry["unit"])].label(language, short=True)


def facts(owed: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, str]]:
    states = [entry["state"] for entry in owed]
    found = [{"big": str(len(owed)), "text": text("sending.owed", language), "colour": ""}]
    for state in ("received", "late", "waiting", "missing"):
        if state == "waiting" and not states.count(state):
            continue
        look = LOOKS[state]
        found.append({"big": str(states.count(state)), "text": text(f"sending.{state}", language), "colour": look.text})
    return found


def row(result: Result, entry: Sent, figures: tuple[int, int], language: str) -> dict[str, object]:
    look: StatusStyle = LOOKS[entry["state"]]
    reported, owed = figures
    came = entry["received_at"]
    return {
        "name": name_of(result, entry, language),
        "shape": look.shape,
        "state": text(f"sending.{entry['state']}", language),
        "ink": look.text,
        "fill": look.fill,
        "tint": look.tint if entry["state"] == "missing" else "",
        "day": "" if is_unknown(came) else f"{came:%m-%d}",
        "figures": f"{reported}/{owed}",
        "share": reported / owed if owed else 0.0,
    }
