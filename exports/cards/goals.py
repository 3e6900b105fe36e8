"""Goals that must all be met, each on its own: never added up, never averaged. (both shapes)"""

from collections.abc import Sequence

from exports.cards.bars import along, position
from exports.cards.figures import LAMPS, SCHEDULED, CardError, Figure, figures
from exports.cards.frame import bands_legend, frame, incomplete, path_notes
from exports.cards.panels import quarters
from exports.cards.progress import as_part, goal_words
from exports.cards.titles import city_clause, gap_words, joined
from locales import text
from locales.formats import listing, percent
from metrics.result import Result


def card(result: Result, indicator: str, language: str) -> dict[str, object]:
    city, _ = figures(result, indicator, language)
    if city.indicator.kind != "composite":
        raise CardError(text("goals.none", language, name=city.indicator.name.by(language)))
    parts = [as_part(figures(result, part, language)[0]) for part in city.indicator.parts]
    missing = [note for part in parts for note in incomplete(result, part, language)]
    data = frame(
        result,
        language,
        title=joined([city_clause(city), lacking_clause(parts)], language),
        subtitle=text("goals.subtitle", language, count=len(parts)),
        legend=bands_legend(result, sorted({part.status for part in parts}), language, parts[0].indicator),
        notes=list(dict.fromkeys([*missing, *(note for part in parts for note in path_notes(part))])),
        provisional=any(part["provisional"] for part in parts),
        indicators=[indicator, *city.indicator.parts],
    )
    return data | {
        "goals": [goal(result, part) for part in parts],
        "both": text("goals.both", language),
        "verdict": {"shape": city.style.shape, "text": city.word, "colour": city.style.text},
    }


def lacking_clause(parts: Sequence[Figure]) -> str:
    """What each unmet goal lacks: `外贸企业新增国内销售额还差360.0亿元`."""
    short = [part for part in parts if part["actual"] is not None and part["gap"]]
    told = [text("goals.lacks_of", part.language, name=part.short, gap=gap_words(part)) for part in short]
    return listing(told[:2], parts[0].language) if parts else ""


def goal(result: Result, part: Figure) -> dict[str, object]:
    """One goal: how far, what it lacks, and whether the pace of the last quarters would do."""
    language, known = part.language, part["actual"] is not None
    columns = quarters(result, part, result.plan.area)
    scheduled = part.status in SCHEDULED and part["expected"] is not None
    return {
        "name": part.short,
        "big": (part.actual if part.is_ratio else part.attainment) if known and part["target"] is not None else "",
        "of": f"{part.written(part['actual'])} / {part.measured(part['target'])}" if known else part.word,
        "lines": paces(part),
        "label": part.label,
        "fill": part.fill,
        "lit": part.status in LAMPS,
        "value": along(position(part, "actual")),
        "tick": along(position(part, "expected")) if scheduled else None,
        "tick_text": text("progress.tick", language, expected=percent(position(part, "expected"))) if scheduled else "",
        "goal_text": goal_words(part) if part["target"] is not None else "",
        "hatched": bool(part["provisional"]) and known,
        "quarters": columns if any(column["value"] is not None for column in columns) else [],
        "chart": text("goals.quarters", language, measure=part.measure),
    }


def paces(part: Figure) -> list[str]:
    """`还差360.0亿元`; `此后每季需360.0亿元，近四季季均37.4亿元`. Nothing of a goal that is met."""
    language = part.language
    if part["actual"] is None or not part["gap"]:
        return [text("goals.met", language)] if part["actual"] is not None and part["target"] is not None else []
    lines = [text("goals.lacks", language, gap=gap_words(part))]
    if part["pace_required"] is not None and part["pace_recent"] is not None:
        needed, recent = (part.between(part[name]) for name in ("pace_required", "pace_recent"))
        lines.append(text("goals.pace", language, needed=needed, recent=recent, measure=part.measure))
    return lines
