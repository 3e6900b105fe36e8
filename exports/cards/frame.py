"""What frames every card: whose figures, which quarter, how complete, and on what grounds."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from charts.palette import GRID, INK, LINE, MUTED, PAPER, STATUS
from exports.cards.figures import Figure
from exports.fonts import FAMILY
from exports.stamp import code_words
from locales import text
from locales.formats import day, listing, moment, number, quarter
from metrics.plan import Indicator
from metrics.result import Result
from metrics.tensions import touched


def marks(result: Result, language: str, *, provisional: bool = False) -> list[dict[str, str]]:
    """Chips at the head: figures of the past, figures that may still change, a draft plan, invented sample data."""
    chosen = []
    if provisional:
        chosen.append(("provisional_mark", STATUS["behind"].text, "#FFFFFF"))
    if result.plan.status == "draft":
        chosen.append(("draft", STATUS["watch"].text, "#FFFFFF"))
    if result.sample:
        chosen.append(("sample", STATUS["missed"].text, "#FFFFFF"))
    found = [{"text": text(f"cards.{key}", language), "colour": ink, "tint": tint} for key, ink, tint in chosen]
    then = known_mark(result, language)
    return [{"text": then, "colour": INK, "tint": "#FFFFFF"}, *found] if then else found


def known_mark(result: Result, language: str) -> str:
    """`按2025-10-22 09:00所知`: the watermark of figures that are not the latest; nothing on those that are."""
    if result.known_at is None:
        return ""
    return text("cards.known_mark", language, moment=moment(result.known_at))


def incomplete(result: Result, city: Figure, language: str) -> list[str]:
    """Why the city's figure is provisional, in words: who is missing, whose figure is old, which quarter lacks."""
    notes = []
    if missing := city["missing_units"]:
        names = listing((result.plan.units[str(unit)].label(language, short=True) for unit in missing), language)
        reported, expected = city["units_reported"], city["units_expected"]
        notes.append(text("cards.missing", language, reported=reported, expected=expected, names=names))
    if city["units_stale"]:
        notes.append(
            text("cards.stale", language, count=city["units_stale"], quarters=city.quarters("stale", language))
        )
    if gaps := city.quarters("missing", language):
        notes.append(text("cards.gaps", language, quarters=gaps))
    if not city["provisional"]:
        return []
    return [text("cards.provisional", language, reasons=text("cards.semicolon", language).join(notes))] if notes else []


def path_notes(city: Figure) -> list[str]:
    """That the drawn schedule is ours and not the plan's. A step has none before its deadline."""
    key = {"linear": "cards.path_note", "prorata": "cards.path_note_prorata"}.get(str(city["path"]))
    return [text(key, city.language)] if key and city["expected"] is not None else []


def bands_legend(
    result: Result, statuses: Sequence[str], language: str, indicator: Indicator | None = None
) -> list[dict[str, str]]:
    """The lamps that appear, each with the band that lights it: the plan's, or one indicator's own."""
    bands = result.plan.bands_of(indicator) if indicator else result.plan.bands
    edges = {
        "on_track": text("cards.band_from", language, low=_edge(bands.on_track)),
        "watch": text("cards.band_between", language, low=_edge(bands.watch), high=_edge(bands.on_track)),
        "behind": text("cards.band_between", language, low=_edge(bands.behind), high=_edge(bands.watch)),
        "critical": text("cards.band_below", language, high=_edge(bands.behind)),
    }
    entries: list[dict[str, str]] = []
    for status, style in STATUS.items():
        if status in statuses:
            word = text(f"status.{status}", language)
            if status in edges and not any("head" in entry for entry in entries):
                entries.append({"head": "", "text": text("cards.bands_head", language)})
            entries.append({"shape": style.shape, "colour": style.text, "text": f"{word}{edges.get(status, '')}"})
    return entries


def _edge(value: Decimal) -> str:
    return number(value, 0 if value == value.to_integral_value() else 1)


def grounds(result: Result, language: str) -> str:
    """The last line: date of the data, moment of knowledge, unit set, plan version, source, code."""
    parts = [text("cards.data_date", language, day=day(result.as_of.end, language))]
    if result.known_at is not None:
        parts.append(text("cards.known_at", language, moment=moment(result.known_at)))
    parts.append(text("cards.units", language, count=len(result.units)))
    parts.append(text("cards.version", language, version=version_name(result, language)))
    parts.append(text("cards.source", language))
    parts.append(code_words(result, language))
    return text("cards.dot", language).join(parts)


def decided(result: Result, indicators: Collection[str], language: str) -> list[str]:
    """Which decisions of the task force stand behind the shown indicators: the question, the answer, the day."""
    plan, notes = result.plan, []
    for name in plan.decided:
        tension, reading = plan.tensions[name], plan.reading(name)
        if reading is None or not set(touched(plan, tension)) & set(indicators):
            continue
        question = tension.question.by(language) if tension.question else name
        made = plan.decisions.get(name)
        key = "decisions.footnote_dated" if made else "decisions.footnote"
        when = day(made.decided_at.date(), language) if made else ""
        notes.append(text(key, language, question=question, reading=reading.name.by(language), day=when))
    return notes


def version_name(result: Result, language: str) -> str:
    """`draft-1（征求意见稿）`: the version's own name and what the plan's state means."""
    state = text(f"cards.version_{result.plan.status}", language)
    return text("cards.version_name", language, version=result.plan.version, state=state)


def frame(
    result: Result,
    language: str,
    *,
    title: Sequence[str],
    subtitle: str,
    legend: Sequence[dict[str, str]] = (),
    notes: Sequence[str] = (),
    provisional: bool = False,
    indicators: Collection[str] = (),
) -> dict[str, object]:
    """The data every template needs; the card adds its own. `indicators` are those it shows."""
    english = language == "en"
    when = quarter(result.as_of, language)
    return {
        "font": FAMILY,
        "lang": "en" if english else "zh",
        "region": "us" if english else "cn",
        "colours": {"ink": INK, "muted": MUTED, "line": LINE, "grid": GRID, "paper": PAPER},
        "eyebrow": text("cards.dot", language).join([result.plan.short.by(language), when]),
        "marks": marks(result, language, provisional=provisional),
        "title": list(title),
        "subtitle": subtitle,
        "legend": list(legend),
        "notes": [*notes, *decided(result, indicators, language), grounds(result, language)],
    }
