"""An indicator's figure in one glance: value, target, lead, what is needed, what is likely."""

import pandas as pd

from charts.values import by, difference, measured, measured_goal, pace, promised, tag_words, written
from locales.formats import is_unknown, listing, number, percent, quarter
from metrics.period import Period
from metrics.plan import RATIOS, Indicator, Plan
from metrics.trajectory import Targets, in_force
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.lamp import badge, lamp

Fact = tuple[str, str, str]
"""Name, value, and a quiet remark below it."""


def headline(plan: Plan, indicator: Indicator, row: pd.Series) -> None:
    facts = [
        _actual(indicator, row),
        _target(plan, indicator, row),
        *_standing(plan, indicator, row),
        *_outlook(indicator, row),
    ]
    tiles = "".join(
        f'<div class="fact"><dt>{escape(name)}</dt><dd>{escape(value)}</dd><dd class="note">{escape(remark)}</dd></div>'
        for name, value, remark in facts
    )
    flags = "".join(badge(words) for words in _flags(plan, row))
    mark = lamp(str(row["status"]), provisional=bool(row["provisional"]), filled=True)
    draw(f'<div class="headline"><p class="marks">{mark}{flags}</p><dl class="fact-grid">{tiles}</dl></div>')


def _fact(name: str, value: str, remark: str = "") -> Fact:
    return say(f"detail.fact.{name}"), value, remark


def _actual(indicator: Indicator, row: pd.Series) -> Fact:
    if indicator.kind == "floor" and not is_unknown(row["passing_units"]):
        passing = say(
            "detail.fact.passing_of", passing=number(row["passing_units"]), expected=number(row["units_expected"])
        )
        return _fact("passing", passing)
    remark = ""
    if indicator.kind in RATIOS and not is_unknown(row["denominator"]):
        parts = {name: written_part(row[name], indicator) for name in ("numerator", "denominator")}
        remark = say("detail.fact.of_which", **parts)
    return _fact("actual", measured(row["actual"], indicator, language()), remark)


def written_part(value: object, indicator: Indicator) -> str:
    """One part of a share: a plain count, or money."""
    if indicator.money and not is_unknown(value):
        return measured(value, indicator, language())
    return number(value)  # type: ignore[arg-type]


def _target(plan: Plan, indicator: Indicator, row: pd.Series) -> Fact:
    """Of the city row of a minimum: what is asked of each unit, not how many units there are."""
    if is_unknown(row["target"]):
        return _fact("target", say("detail.indicator.none_printed"))
    if indicator.kind == "floor" and row["unit"] == plan.area:
        asked = in_force(Targets(plan).of(indicator, plan.area), Period.parse(str(row["as_of"])).end)
        if asked is not None:
            shown = say("detail.chart.each", target=promised(asked, indicator, language()))
            return _fact("target", shown, by(asked.deadline, language()))
    comparison = "" if indicator.kind == "composite" else row["comparison"]
    shown = measured_goal(row["target"], indicator, language(), comparison)
    return _fact("target", shown, by(row["deadline"], language()))


def _standing(plan: Plan, indicator: Indicator, row: pd.Series) -> list[Fact]:
    """How far, how it compares with the assumed path, and what is missing."""
    facts = []
    if not is_unknown(row["attainment"]):
        remark = say("detail.fact.smallest") if indicator.kind == "composite" else ""
        facts.append(_fact("attainment", percent(row["attainment"]), remark))
    if not is_unknown(row["lead"]):
        direction = "level" if row["lead"] == 0 else "ahead" if row["lead"] > 0 else "behind"
        words = say(f"detail.fact.{direction}", points=number(abs(row["lead"]), 1))
        expected = (
            ""
            if is_unknown(row["expected"])
            else say("detail.fact.expected", value=written(row["expected"], indicator))
        )
        facts.append(_fact("lead", words, expected))
    if not is_unknown(row["shortfall"]):
        facts.append(_fact("shortfall", measured(row["shortfall"], indicator, language())))
    elif not is_unknown(row["gap"]) and row["gap"] > 0:
        facts.append(_fact("gap", difference(row["gap"], indicator, language())))
    return facts


def _outlook(indicator: Indicator, row: pd.Series) -> list[Fact]:
    """What each quarter left has to bring, and where the pace of late leads."""
    facts = []
    counted = indicator.kind not in ("composite", "floor", "milestone")
    if counted and not is_unknown(row["pace_required"]) and row["pace_required"] > 0:
        recent = "" if is_unknown(row["pace_recent"]) else pace(row["pace_recent"], indicator, language())
        remark = say("detail.fact.recent", value=recent) if recent else ""
        facts.append(_fact("required", pace(row["pace_required"], indicator, language()), remark))
    if not is_unknown(row["forecast_low"]):
        low, high = (written(row[name], indicator) for name in ("forecast_low", "forecast_high"))
        value = measured(row["forecast_high"], indicator, language())
        shown = value if low == high else say("detail.fact.forecast_range", low=low, high=value)
        facts.append(_fact("forecast", shown, _eta(row)))
    return facts


def _eta(row: pd.Series) -> str:
    """When the recent pace gets there; nothing once it is there, or while there is no recent pace."""
    if not is_unknown(row["eta"]):
        return say("detail.fact.eta", when=quarter(row["eta"], language()))
    open_still = is_unknown(row["gap"]) or row["gap"] > 0
    return say("detail.fact.eta_never") if open_still and not is_unknown(row["pace_recent"]) else ""


def _flags(plan: Plan, row: pd.Series) -> list[str]:
    flags = tag_words(row["tags"], language())
    missing = row["missing_units"] if isinstance(row["missing_units"], list | tuple) else []
    if missing and row["unit"] == plan.area:
        names = [plan.units[unit].label(language(), short=True) for unit in missing]
        flags.append(say("detail.fact.not_reported", names=listing(names, language())))
    return flags
