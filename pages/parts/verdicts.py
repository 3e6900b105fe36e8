"""What became of each file, with every problem by sheet and cell, and what it changes in the city."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from charts.palette import STATUS
from charts.values import gained, status_words, written
from loaders.intake import Verdict
from loaders.problem import Problem, message
from locales.formats import UNKNOWN, number, quarter
from metrics.plan import Plan
from pages.parts.context import language, plans, say
from pages.parts.desk import Effect
from pages.parts.html import draw, escape
from pages.parts.plain_table import plain_table

SHOWN = 200
SIDES = ("before", "after")
LAMPS = {"accepted": "on_track", "accepted_with_notices": "watch", "rejected": "critical"}


def verdict_card(verdict: Verdict, key: str) -> None:
    with st.container(border=True, key=f"verdict-{key}"):
        word = "unchanged" if verdict.duplicate else verdict.verdict
        shape = STATUS[LAMPS[verdict.verdict]].shape
        draw(
            f'<div class="result-line is-{LAMPS[verdict.verdict]}"><span class="file">{escape(verdict.file)}</span>'
            f'<span class="lamp filled"><span class="shape" aria-hidden="true">{shape}</span>'
            f"{escape(say(f'detail.submit.{word}'))}</span>"
            f'<span class="note">{escape(_recognised(verdict))}</span>'
            f'<span class="note">{escape(_counts(verdict))}</span></div>'
        )
        if not verdict.accepted:
            draw(f'<p class="note">{escape(say("detail.submit.rejected_words"))}</p>')
        if verdict.problems:
            draw(_problems(verdict))


def _recognised(verdict: Verdict) -> str:
    if verdict.plan is None or verdict.unit is None or verdict.period is None:
        return say("detail.submit.not_recognised")
    plan = plans()[verdict.plan]
    who, when = plan.units[verdict.unit].label(language()), quarter(verdict.period, language())
    return say("detail.submit.recognised", plan=plan.short.by(language()), unit=who, quarter=when)


def _counts(verdict: Verdict) -> str:
    said = [
        say(f"detail.submit.{name}s", number=len(found))
        for name, found in (("error", verdict.errors), ("notice", verdict.notices))
        if found
    ]
    return " · ".join(said)


def _problems(verdict: Verdict) -> str:
    shown = pd.DataFrame([_problem(problem) for problem in verdict.problems[:SHOWN]])
    shown.columns = [say(f"detail.column.{name}") for name in shown.columns]
    more = len(verdict.problems) - SHOWN
    rest = f'<p class="note">{escape(say("detail.submit.more", number=more))}</p>' if more > 0 else ""
    return plain_table(shown, say("detail.submit.problems_caption", file=verdict.file)) + rest


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "severity": say(f"detail.submit.{problem.severity}"),
        "sheet": problem.sheet or say("detail.submit.whole_file"),
        "cell": problem.cell or UNKNOWN,
        "found": problem.found or UNKNOWN,
        "to_do": message(problem, language()),
    }


def effect_card(effect: Effect) -> None:
    """Before and after; the same table serves the rehearsal and the finished publication."""
    plan = plans()[effect.plan]
    heading = f"{plan.short.by(language())} · {quarter(effect.as_of, language())}"
    counts = say(
        "detail.submit.sent",
        before=effect.before.received,
        after=effect.after.received,
        expected=effect.after.expected,
    )
    with st.container(border=True, key=f"effect-{effect.plan}"):
        draw(f'<h3>{escape(heading)}</h3><p class="note">{escape(counts)}</p>')
        if effect.rows:
            draw(plain_table(_changes(plan, effect.rows), say("detail.submit.effect_caption")))
        else:
            draw(f'<p class="empty small">{escape(say("detail.submit.no_effect"))}</p>')


def arrow(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _changes(plan: Plan, rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    table = []
    for row in rows:
        indicator = plan.indicators[str(row["indicator"])]
        table.append(
            {
                "indicator": indicator.name.by(language()),
                "before": written(row["before"], indicator),
                "after": written(row["after"], indicator),
                "change": gained(row["change"], indicator),
                "status": arrow(*(status_words(row[f"status_{side}"], None, language()) for side in SIDES)),
                "units": arrow(*(number(row[f"units_{side}"]) for side in SIDES)),
            }
        )
    frame = pd.DataFrame(table)
    frame.columns = [say(f"detail.column.{name}") for name in frame.columns]
    return frame
