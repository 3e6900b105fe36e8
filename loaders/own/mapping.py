"""Where a sheet's own words leave doubt: what to ask the unit, once, and what we would guess."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from loaders.found import Found
from loaders.headings import Heading, row_label
from loaders.meanings import NOTHING, VALUE, Meanings, roster_target, value_key
from loaders.own.alike import alike, assigned, scored
from loaders.own.by_indicator import value_column
from loaders.own.matching import match_fields, match_names
from loaders.own.quarter import is_this_quarter
from loaders.own.search import Block, figure_names, find_blocks
from loaders.own.titles import is_of_which, is_total
from loaders.own.unknown import below, columns_of, guess_blocks
from loaders.returned.marks import without_list
from loaders.template.meta import META_SHEET
from loaders.workbook import Cell, Workbook
from metrics.period import Period
from metrics.plan import Plan

UNSURE = frozenset(
    {
        *("no_table", "heading_matched", "columns_alike", "column_missing", "columns_ignored"),
        *("indicator_unknown", "indicator_unknown_near", "value_columns_alike"),
    }
)
"""Problems that a word of the unit could settle."""
_SURE = 0.6
"""From here on a guess is filled in beforehand; the unit still looks at it once."""
_DOUBTFUL = 0.35
"""Below it a heading is taken for something nobody asked for."""
_WORTH_ASKING = 0.5
_ROW_NUMBER = frozenset({"序号", "编号", "no", "№"})
_EXAMPLES = 3
_MOST = 40


@dataclass(frozen=True)
class Question:
    """What does a heading (or a row's label) mean? `guess` None: the unit must say."""

    key: str
    sheet: str
    cell: str
    words: str
    examples: tuple[str, ...]
    choices: tuple[str, ...]
    guess: str | None


@dataclass(frozen=True)
class Proposal:
    """Everything there is to ask about one file, at once."""

    plan: str
    unit: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class _Asked:
    """One table and whose it is."""

    block: Block
    found: Found
    told: dict[int, str]

    @property
    def meanings(self) -> Meanings:
        return self.found.meanings

    @property
    def owed(self) -> list[str]:
        indicators = self.found.plan.indicators_of(self.found.unit)
        return [f"{indicator.indicator}/{part}" for indicator in indicators for part in indicator.typed_parts]

    def question(self, heading: Heading, choices: list[str], guess: str | None, key: str = "") -> Question:
        cell = heading.cells[-1]
        words = " / ".join(" ".join(one.value.split()) for one in heading.cells if one.kind == "text")
        examples = _shown(below(self.block.sheet, self.block.rows, heading.column))
        return Question(
            key or heading.key, self.block.sheet.name, cell.address, words, examples, (*choices, NOTHING), guess
        )


def propose(workbook: Workbook, plan: Plan, unit: str, period: Period, meanings: Meanings) -> Proposal | None:
    """What to ask about a file of the unit's own making; None for a template, or with nothing in doubt."""
    if workbook.sheet(META_SHEET) is not None:
        return None
    found = Found(plan, unit, period, meanings=meanings)
    sheets = [sheet for sheet in without_list(workbook).sheets if sheet.state == "visible" and sheet.cells]
    known = [block for sheet in sheets for block in find_blocks(sheet, plan, meanings)]
    blocks = known or [block for sheet in sheets for block in guess_blocks(sheet, plan, unit)]
    asked: dict[str, Question] = {}
    for block in blocks:
        for question in _ASK[block.kind](_Asked(block, replace(found), meanings.columns(block.heads))):
            asked.setdefault(question.key, question)
    return Proposal(plan.plan, unit, tuple(asked.values())[:_MOST]) if asked else None


def _roster(asked: _Asked) -> Iterator[Question]:
    block, roster = asked.block, asked.block.roster
    assert roster is not None
    match = match_fields(block.heads, roster, asked.meanings)
    sure = {name: column for name, column in match.columns.items() if name not in match.loose}
    fields = [field for field in roster.fields if field.field not in sure]
    open_heads = _open(asked, set(sure.values()))
    scores = scored(columns_of(block.sheet, block.rows, open_heads), fields)
    lacking = bool(match.twice) or any(field.required and field.field not in match.columns for field in fields)
    choices = [roster_target(roster.roster, field.field) for field in fields]
    loose = {column: name for name, column in match.loose.items()}
    twice = {column for columns in match.twice.values() for column in columns}
    pairs = assigned({pair: score for pair, score in scores.items() if pair[0] not in twice}, 0.0)
    for column, heading in open_heads.items():
        name, score = pairs.get(column, ("", 0.0))
        if column in loose:
            yield asked.question(heading, choices, roster_target(roster.roster, loose[column]))
        elif column in twice:
            yield asked.question(heading, choices, None)
        elif lacking or score >= _WORTH_ASKING:
            yield asked.question(heading, choices, _guess(roster_target(roster.roster, name), score))


def _units(asked: _Asked) -> Iterator[Question]:
    block = asked.block
    wanted = figure_names(asked.found.plan)
    match = match_names(block.heads, wanted, meant=asked.told)
    sure = {name: column for name, column in match.columns.items() if name not in match.loose}
    loose = {column: name for name, column in match.loose.items()}
    twice = {
        column
        for columns in match.twice.values()
        if sum(is_this_quarter(block.heads[column], asked.found) for column in columns) != 1
        for column in columns
    }
    settled = {column for columns in match.twice.values() for column in columns} - twice
    choices = [key for key in asked.owed if key not in sure]
    for column, heading in _open(asked, {*sure.values(), *settled, block.label_column}).items():
        score, near = max(((_best(heading, wanted[key]), key) for key in choices), default=(0.0, ""))
        if column in loose:
            yield asked.question(heading, _with(choices, loose[column]), loose[column])
        elif column in twice:
            yield asked.question(heading, choices, None)
        elif score >= _WORTH_ASKING:
            yield asked.question(heading, choices, _guess(near, score))


def _indicators(asked: _Asked) -> Iterator[Question]:
    block, wanted = asked.block, figure_names(asked.found.plan)
    column = value_column(block, asked.found)
    if column is None:
        yield from _which_values(asked)
    names = {name: key for key, of_key in wanted.items() for name in of_key}
    labels = {row: cell for row in block.rows if (cell := block.sheet.spread(row, block.label_column)) is not None}
    there = {names.get(row_label(cell.value)) or asked.meanings.row(row_label(cell.value)) for cell in labels.values()}
    choices = [key for key in asked.owed if key not in there]
    for row, cell in labels.items():
        word = row_label(cell.value)
        beside = {at: one for at, one in block.sheet.rows[row].items() if at > block.label_column}
        numbers = [one for at, one in beside.items() if column in (None, at)]
        known = word in names or asked.meanings.row(word) is not None
        if known or not word or is_total(cell.value) or is_of_which(cell.value) or not numbers or cell.kind != "text":
            continue
        score, near = max(((alike(word, wanted[key]), key) for key in choices), default=(0.0, ""))
        if score >= _DOUBTFUL:
            examples = _shown(one for one in numbers if one.kind == "number")
            words = " ".join(cell.value.split())
            guess = _guess(near, score)
            yield Question(word, block.sheet.name, cell.address, words, examples, (*choices, NOTHING), guess)


def _which_values(asked: _Asked) -> Iterator[Question]:
    """Which column holds this quarter's figures: each that could, and exactly one is meant."""
    heads = {c: h for c, h in asked.block.heads.items() if c > asked.block.label_column}
    cells = {c: below(asked.block.sheet, asked.block.rows, c) for c in heads}
    filled = [c for c in heads if any(cell.kind == "number" for cell in cells[c])]
    open_ones = [c for c in filled if asked.meanings.value(heads[c]) is None]
    for column in open_ones:
        guess = VALUE if len(filled) == 1 else None
        yield asked.question(heads[column], [VALUE], guess, value_key(heads[column]))


def _open(asked: _Asked, settled: set[int]) -> dict[int, Heading]:
    """Headings nobody has said the meaning of."""
    return {
        column: heading
        for column, heading in asked.block.heads.items()
        if column not in settled and column not in asked.told and heading.key and not _ROW_NUMBER & set(heading.words)
    }


def _guess(target: str, score: float) -> str | None:
    return target if score >= _SURE else NOTHING if score < _DOUBTFUL else None


def _best(heading: Heading, names: set[str]) -> float:
    return max((alike(word, names) for word in heading.words), default=0.0)


def _with(choices: list[str], one: str) -> list[str]:
    return choices if one in choices else [one, *choices]


def _shown(cells: "list[Cell] | Iterator[Cell]") -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell.as_shown for cell in cells))[:_EXAMPLES]


_ASK: dict[str, Callable[[_Asked], Iterator[Question]]] = {
    "roster": _roster,
    "units": _units,
    "indicators": _indicators,
}
