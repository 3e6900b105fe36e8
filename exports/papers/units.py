"""The whole plan unit by unit: a page of contents, then a page for each (A4 upright, `templates/units.typ`)."""

from collections.abc import Mapping, Sequence

from exports.brief import sentences
from exports.brief.composition import schedules
from exports.cards.figures import LAMPS, Figure
from exports.cards.frame import bands_legend, frame
from exports.cards.standings import apart
from exports.cards.titles import gap_words
from exports.carried import carried, sending
from exports.papers.contents import in_front, sent
from exports.papers.lines import Past, by_unit, counted, own, pasts, ranked, reached
from exports.papers.trends import trends
from exports.table import Block, blocks, remarks
from locales import text
from locales.formats import UNKNOWN, listing, quarter
from metrics.plan import Unit
from metrics.result import Result

NAMES_SHOWN = 6
"""Names of late indicators in one message; more are a number."""

MOST_LINES = 14
"""With more lines of figures their tables fill the page, and no half of it is free for columns."""


def paper(result: Result, language: str) -> dict[str, object]:
    found = blocks(result, None, language)
    when = quarter(result.as_of, language)
    statuses = sorted({figure.status for block in found for figure in block.units if figure.status in LAMPS})
    data = frame(
        result,
        language,
        title=[text("papers.units_title", language, plan=result.plan.short.by(language), quarter=when)],
        subtitle=result.plan.title.by(language),
        legend=bands_legend(result, statuses, language),
        notes=[text("papers.units_note", language), *schedules(found, language)],
        provisional=any(block.city["provisional"] for block in found),
        indicators=[block.indicator.indicator for block in found],
    )
    past, front = pasts(result), in_front(found, language)
    pages = [page(result, found, past, unit, language) for unit in result.units]
    return data | {
        "message": _standing(found, language),
        "sending": sending(result, language),
        "carried": carried(result, language),
        "heads": {name: text(f"papers.{name}", language) for name in HEADS},
        "own_title": text("papers.own_title", language),
        "counted_title": text("papers.counted_title", language),
        "trends_title": text("papers.trends_title", language),
        "page": text("table.page", language),
        "front_heads": [text("papers.front", language, name=name, measure=words) for name, words, _ in front],
        "units": [
            page | {"front": [shown.get(unit.unit, UNKNOWN) for _, _, shown in front]}
            for unit, page in zip(result.units, pages, strict=True)
        ],
    }


HEADS = (
    "unit", "sent", "reached", "open", "on_page",
    "indicator", "actual", "change", "target", "attainment", "lead", "rank", "status", "city", "part", "past",
)  # fmt: skip


def page(
    result: Result, found: Sequence[Block], past: Mapping[tuple[str, str], Past], unit: Unit, language: str
) -> dict[str, object]:
    """One unit: its message, its state of reporting, its figures, what qualifies them."""
    with_target: list[Figure] = []
    own_lines, counted_lines = [], []
    remarked: dict[str, list[str]] = {}
    known: list[tuple[Figure, Past | None]] = []
    for block in found:
        figure = by_unit(block.units).get(unit.unit)
        if figure is None or figure.status == "not_applicable":
            continue
        before = past.get((block.indicator.indicator, unit.unit))
        known.append((figure, before))
        if figure["target"] is not None:
            with_target.append(figure)
            own_lines.append(own(figure, before, result.as_of.quarter, ranked(block.units)))
        else:
            counted_lines.append(counted(figure, block.city, before, result.as_of.quarter))
        if remark := remarks(figure):
            remarked.setdefault(remark, []).append(figure.indicator.name.by(language))
    return {
        "name": unit.label(language),
        "message": message(found, unit, with_target, counted_lines, language),
        "reached": f"{sum(map(reached, with_target))}/{len(with_target)}" if with_target else "",
        "open": listing((lacking(figure) for figure in with_target if not reached(figure)), language),
        "sent": sent(result, unit.unit, language),
        "own": own_lines,
        "counted": counted_lines,
        "trends": trends(known) if len(known) <= MOST_LINES else [],
        "notes": [
            text("html.remark", language, unit=listing(names, language), remark=remark)
            for remark, names in remarked.items()
        ],
    }


def lacking(figure: Figure) -> str:
    """`门店（滞后）` where a schedule or a deadline judges, else what is missing: `集聚区（差1个）`."""
    judged = figure.status in LAMPS or figure["actual"] is None
    how = figure.word if judged else text("papers.lacks", figure.language, gap=gap_words(figure))
    return text("brief.striven_one", figure.language, name=figure.indicator.name.by(figure.language), status=how)


def message(
    found: Sequence[Block], unit: Unit, with_target: Sequence[Figure], counted_lines: object, language: str
) -> str:
    """How the unit stands: against schedule and deadlines, else against its targets."""
    judged, late = sentences.verdicts(found, unit.unit)
    if judged and not late:
        return text("papers.unit_good", language, judged=len(judged))
    if judged:
        names = [figure.indicator.name.by(language) for figure in late]
        return _listed("unit_late", names, language, judged=len(judged), late=len(late))
    if not with_target:
        return text("papers.unit_none" if counted_lines else "papers.unit_nothing", language)
    still = [lacking(figure) for figure in with_target if not reached(figure)]
    if not still:
        return text("papers.unit_reached", language, count=len(with_target))
    form = "unit_open" if len(still) < len(with_target) else "unit_open_all"
    return _listed(form, still, language, count=len(with_target), done=len(with_target) - len(still))


def _listed(form: str, names: Sequence[str], language: str, **counts: int) -> str:
    key = f"papers.{form}" if len(names) <= NAMES_SHOWN else f"papers.{form}_many"
    return text(key, language, names=listing(names[:NAMES_SHOWN], language), **counts)


def _standing(found: Sequence[Block], language: str) -> str:
    firm, _ = apart([block.city for block in found])
    return sentences.standing(firm, language)
