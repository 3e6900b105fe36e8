"""A table with indicators down the side and one column of this quarter's values."""

import difflib

from loaders.found import Found
from loaders.headings import heading_measure, row_label
from loaders.meanings import NOTHING
from loaders.names import fold_heading
from loaders.own.figures import add, figure
from loaders.own.quarter import has_date, heading_fits, is_this_quarter, is_value_heading, told_period
from loaders.own.search import MEASURE_WORDS, Block, figure_names
from loaders.own.titles import Titles, is_total

_NEAR_ENOUGH = 0.8


def read_by_indicator(block: Block, found: Found, titles: Titles) -> None:
    column = value_column(block, found)
    if column is None:
        return
    measures = [c for c, heading in block.heads.items() if MEASURE_WORDS & set(heading.words)]
    wanted = figure_names(found.plan)
    rows: dict[str, list[int]] = {}
    for row in block.rows:
        key = _row_figure(block, row, column, wanted, found)
        if key:
            rows.setdefault(key, []).append(row)
        elif key is None:
            _unknown_row(block, row, column, wanted, found)
    for key, places in rows.items():
        indicator, part = figure(found, key)
        for row in places:
            beside = block.sheet.spread(row, measures[0]) if measures else None
            label = block.sheet.spread(row, block.label_column)
            near = (beside.value if beside else "") or heading_measure(label.value if label else "")
            add(found, block.sheet, row, column, indicator, part, near or block.heads[column].measure, titles)


def _row_figure(block: Block, row: int, column: int, wanted: dict[str, set[str]], found: Found) -> str | None:
    """The figure a row is about, '' for one the unit told is about nothing. A share's part must stand in the row."""
    texts = {
        row_label(cell.value)
        for left in range(1, column)
        if (cell := block.sheet.spread(row, left)) is not None and cell.kind == "text"
    }
    told = [meant for word in texts if (meant := found.meanings.row(word)) is not None]
    if told:
        return next((key for key in told if key in wanted), NOTHING)
    hits = [key for key, names in wanted.items() if names & texts]
    by_part = [key for key in hits if not key.endswith("/value")]
    if by_part:
        return by_part[0]
    return hits[0] if hits else None


def _unknown_row(block: Block, row: int, column: int, wanted: dict[str, set[str]], found: Found) -> None:
    label, value = block.sheet.spread(row, block.label_column), block.sheet.at(row, column)
    if label is None or value is None or is_total(label.value):
        return
    shares = {fold_heading(i.name.zh): i for i in found.plan.indicators.values() if i.kind == "share"}
    word = row_label(label.value)
    if word in shares:
        found.say("error", "share_needs_parts", block.sheet.name, value.address, value.as_shown)
        return
    names = {name: key for key, names in wanted.items() for name in names}
    near = difflib.get_close_matches(word, names, n=1, cutoff=_NEAR_ENOUGH)
    if near:
        indicator = figure(found, names[near[0]])[0]
        nearest = {"zh": indicator.name.zh, "en": indicator.name.en}
        found.say("error", "indicator_unknown_near", block.sheet.name, label.address, label.value, nearest=nearest)
    else:
        found.say("notice", "indicator_unknown", block.sheet.name, label.address, label.value)


def value_column(block: Block, found: Found) -> int | None:
    """The column of this quarter's values; says why there is none."""
    told = {c: found.meanings.value(h) for c, h in block.heads.items() if c > block.label_column}
    candidates = {
        c: block.heads[c] for c, so in told.items() if so or (so is None and is_value_heading(block.heads[c]))
    }
    year = found.period.year
    for fitting in (
        [column for column, so in told.items() if so],
        [column for column, heading in candidates.items() if is_this_quarter(heading, found)],
        [c for c, heading in candidates.items() if told_period(heading, year) is None and not has_date(heading)],
    ):
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            cells = "、".join(candidates[column].cells[-1].address for column in fitting)
            first = candidates[fitting[0]].cells[-1].address
            found.say("error", "value_columns_alike", block.sheet.name, first, cells=cells)
            return None
    for heading in candidates.values():
        if not heading_fits(heading, block.sheet, found):
            return None
    return None
