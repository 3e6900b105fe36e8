"""A roster of one's own: its columns by name, its rows without totals."""

from loaders.found import Found, Table
from loaders.own.figures import say_measure
from loaders.own.matching import Match, match_fields
from loaders.own.measures import money_measure
from loaders.own.search import Block
from loaders.own.titles import Titles
from loaders.own.totals import is_total_row, totals
from loaders.workbook import Sheet

_ROW_NUMBER = frozenset({"序号", "编号", "no", "№"})


def read_roster(block: Block, found: Found, titles: Titles) -> None:
    assert block.roster is not None
    match = match_fields(block.heads, block.roster, found.meanings)
    units: dict[str, str] = {}
    for field in block.roster.fields:
        name = {"zh": field.name.zh, "en": field.name.en}
        if field.field in match.twice:
            columns = [block.heads[column].cells[-1].address for column in match.twice[field.field]]
            found.say("error", "columns_alike", block.sheet.name, columns[0], field=name, cells="、".join(columns))
        elif field.field in match.columns:
            heading = block.heads[match.columns[field.field]]
            if field.type == "money":
                measure = money_measure(field.measure or "万元", heading.measure, titles.measures)
                say_measure(measure, block.sheet, heading.cells[-1], field.measure, found)
                units[field.field] = measure.unit
        elif field.required:
            found.say("error", "column_missing", block.sheet.name, field=name)
    say_loose(block, match, {f.field: {"zh": f.name.zh, "en": f.name.en} for f in block.roster.fields}, found)
    _say_extra(block, match, found)
    rows = [row for row in block.rows if not is_total_row(block.sheet, row) and _any(block.sheet, row, match)]
    found.tables.append(Table(block.roster, block.sheet, match.columns, rows, units))
    for field in block.roster.fields:
        if field.type in ("number", "money") and field.field in match.columns:
            totals(block, [match.columns[field.field]], found, rounded=field.type == "money")


def _any(sheet: Sheet, row: int, match: Match) -> bool:
    return any(sheet.at(row, column) is not None for column in match.columns.values())


def say_loose(block: Block, match: Match, names: dict[str, dict[str, str]], found: Found) -> None:
    for name, column in match.loose.items():
        cell = block.heads[column].cells[-1]
        found.say("notice", "heading_matched", block.sheet.name, cell.address, cell.value, field=names.get(name, name))


def _say_extra(block: Block, match: Match, found: Found) -> None:
    used = set(match.columns.values()) | {column for columns in match.twice.values() for column in columns}
    used |= found.meanings.columns(block.heads).keys()
    extra = [
        heading.cells[-1]
        for column, heading in block.heads.items()
        if column not in used and not _ROW_NUMBER & set(heading.words)
    ]
    if extra:
        names = "、".join(cell.value.replace("\n", "") for cell in extra)
        found.say("notice", "columns_ignored", block.sheet.name, extra[0].address, columns=names)
