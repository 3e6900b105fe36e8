"""What a headline card shows of one indicator: every text and length ready to be drawn."""

from dataclasses import dataclass, replace

import pandas as pd

from charts.sparkline import sparkline
from charts.values import by, difference, measure_of, measured_goal, row_of, rows_of, written
from locales import text
from locales.formats import is_unknown, listing, percent, quarter, signed
from metrics.plan import Indicator
from metrics.result import Result


@dataclass(frozen=True)
class Headline:
    """`fill` and `tick` are lengths in percent of the target; `tick` None where no path is assumed.

    `target` is a sentence of its own, `promise` the same for a column that is called target.
    """

    indicator: str
    name: str
    status: str
    provisional: bool
    value: str
    measure: str
    target: str
    promise: str
    verdict: str
    detail: str
    fill: float
    tick: float | None
    spark: str
    spark_words: str
    note: str
    parts: tuple["Headline", ...] = ()
    passed: bool = False


def headline(result: Result, indicator: Indicator, language: str, dark: bool = False) -> Headline:
    """The city's card. A composite carries the cards of its parts."""
    row = row_of(result.progress, indicator=indicator.indicator, unit=result.plan.area)
    if row is None:
        raise KeyError(f"no city row for {indicator.indicator}")
    promise, key = _promise(result, row, indicator, language)
    past = rows_of(result.history, indicator=indicator.indicator, unit=result.plan.area)
    card = Headline(
        indicator=indicator.indicator,
        name=indicator.name.by(language),
        status=row["status"],
        provisional=bool(row["provisional"]),
        value=_value(row, indicator),
        measure=_measure(row, indicator, language),
        target=text(f"pages.overview.{key}", language, target=promise) if key else promise,
        promise=text("pages.overview.each", language, target=promise) if key == "each" else promise,
        verdict=_verdict(row, language),
        detail=_detail(row, indicator, language),
        fill=_length(row["attainment"]),
        tick=_tick(row),
        spark=sparkline(past, row["status"], dark),
        spark_words=_spark_words(past, indicator, language),
        note=_note(row, result, language),
        passed=row["status"] == "achieved",
    )
    parts = (result.plan.indicators[part] for part in indicator.parts)
    return replace(card, parts=tuple(headline(result, part, language, dark) for part in parts))


def _value(row: pd.Series, indicator: Indicator) -> str:
    """The figure; of a floor how many units reach it."""
    if indicator.kind == "floor" and not is_unknown(row["passing_units"]):
        return f"{row['passing_units']}"
    return written(row["actual"], indicator)


def _measure(row: pd.Series, indicator: Indicator, language: str) -> str:
    if is_unknown(row["actual"]):
        return ""
    if indicator.kind == "floor":
        return text("pages.overview.out_of", language, expected=row["units_expected"])
    return measure_of(indicator, language)


def _promise(result: Result, row: pd.Series, indicator: Indicator, language: str) -> tuple[str, str]:
    """`≥300家 · 2026年底前` and the key of the sentence it goes into; of a floor each unit's minimum."""
    if is_unknown(row["target"]):
        return text("pages.overview.no_target", language), ""
    promise, key = row, "target"
    if indicator.kind == "floor":
        each = rows_of(result.progress, indicator=indicator.indicator)
        each = each[each["unit"] != result.plan.area]
        promise, key = (row, "target") if each.empty else (each.iloc[0], "each")
    said = measured_goal(promise["target"], indicator, language, promise["comparison"])
    if promise["comparison"] == "range" and not is_unknown(promise["printed"]):
        said = promise["printed"]
    return _joined([said] if is_unknown(row["deadline"]) else [said, by(row["deadline"], language)], language), key


def _verdict(row: pd.Series, language: str) -> str:
    """`欠序时进度 7.9 个百分点`; nothing where no path is drawn; after the end only that it is final."""
    if any(str(tag).startswith("final:") for tag in row["tags"]):
        return text("pages.overview.final", language)
    if row["status"] == "not_due":
        return text("pages.overview.not_due", language)
    lead = row["lead"]
    if is_unknown(lead) or row["status"] in ("no_target", "no_report", "no_deadline"):
        return ""
    if lead == 0:
        return text("pages.overview.level", language)
    key = "ahead" if lead > 0 else "behind"
    return text(f"pages.overview.{key}", language, points=signed(abs(lead)).lstrip("+"))


def _detail(row: pd.Series, indicator: Indicator, language: str) -> str:
    """`完成 42.0% · 差 174家`."""
    said = []
    if not is_unknown(row["attainment"]):
        said.append(text("pages.overview.attained", language, percent=percent(row["attainment"])))
    missing = row["shortfall"] if indicator.kind == "floor" else row["gap"]
    if not is_unknown(missing) and missing > 0:
        key = "shortfall" if indicator.kind == "floor" else "gap"
        amount = f"{missing}" if indicator.kind == "composite" else difference(missing, indicator, language)
        said.append(text(f"pages.overview.{key}", language, gap=amount))
    return _joined(said, language)


def _length(attainment: object) -> float:
    return 0.0 if is_unknown(attainment) else min(max(float(attainment), 0.0), 100.0)  # type: ignore[arg-type]


def _tick(row: pd.Series) -> float | None:
    if is_unknown(row["expected"]) or is_unknown(row["target"]) or not row["target"]:
        return None
    return min(max(100 * float(row["expected"]) / float(row["target"]), 0.0), 100.0)


def _spark_words(past: pd.DataFrame, indicator: Indicator, language: str) -> str:
    """The picture in words, for who cannot see it."""
    values = [
        f"{quarter(period, language)} {written(actual, indicator)}"
        for period, actual in zip(past["period"], past["actual"], strict=True)
    ]
    words = {"name": indicator.name.by(language), "values": listing(values, language)}
    return text("pages.overview.spark", language, **words)


def _note(row: pd.Series, result: Result, language: str) -> str:
    """Why the figure is provisional: who is missing, and how many older levels are carried over."""
    if not row["provisional"]:
        return ""
    missing = row["missing_units"] if isinstance(row["missing_units"], list | tuple) else []
    why = []
    if missing:
        names = listing((result.plan.units[unit].label(language, short=True) for unit in missing), language)
        why.append(text("pages.banner.missing", language, names=names))
    if row["units_stale"]:
        why.append(text("pages.overview.carried", language, number=row["units_stale"]))
    why = why or [text("pages.overview.incomplete", language)]
    return _joined([text("status.provisional", language), *why], language)


def _joined(said: list[str], language: str) -> str:
    return text("pages.overview.joiner", language).join(said)
