"""The sheet 问题清单: whose file it is, how many faults, and each with a link to its cell."""

from collections.abc import Callable, Collection, Mapping, Sequence

from loaders.looks import LINE_HEIGHT, lines
from loaders.returned.listing import COLUMNS, Line, Listing
from loaders.returned.marks import LIST_MARK, MARK_CELL, TINT_OF, WITNESS_COLUMN
from loaders.returned.xml import escape
from loaders.workbook import address
from locales import text

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LETTERS = "ABCDEFG"
HEADING_ROW = 6
"""Rows above it: title, whose, how many, what to do, why (or nothing)."""
Witness = tuple[str, str, int]
"""Sheet, cell, and the style the cell had."""


def list_sheet(
    listing: Listing,
    notes: Sequence[str],
    hidden: Mapping[str, str],
    linked: Mapping[str, str],
    unseen: Collection[tuple[str, str]],
    witnesses: Sequence[Witness],
    look: Callable[[str], int],
    namespace: str,
) -> bytes:
    """The part. `hidden`: sheet → what to add to its name; `linked`: sheets a link may lead to → their name;
    `unseen`: sheet and cell in a hidden row or column."""
    width = sum(wide for _, wide in COLUMNS)
    hint = "\n".join([listing.hint, *notes])
    tops = [
        (listing.title, "title", 32.0),
        (listing.head, "line", 22.0),
        (listing.counted, "line", 22.0),
        (hint, "hint", lines(hint, width) * LINE_HEIGHT + 6),
        (listing.why, "why", lines(listing.why, width) * LINE_HEIGHT + 8 if listing.why else 6.0),
    ]
    mark = _cell(MARK_CELL[0], MARK_CELL[1], LIST_MARK, look("text"))
    rows = [
        _row(at, height, _cell(at, 1, words, look(name)) + (mark if at == 1 else ""))
        for at, (words, name, height) in enumerate(tops, start=1)
    ]
    heads = [
        _cell(HEADING_ROW, at, text(f"returned.column.{name}", listing.language), look("head"))
        for at, (name, _) in enumerate(COLUMNS, start=1)
    ]
    rows.append(_row(HEADING_ROW, 26, "".join(heads)))
    links = []
    for at, line in enumerate(listing.rows, start=HEADING_ROW + 1):
        rows.append(
            _row(at, line.height, _line(at, line, hidden, unseen, listing.language, look, _witness(at, witnesses)))
        )
        if line.cells and line.sheet in linked:
            links.append(_link(f"D{at}", linked[line.sheet], line.cells[0]))
        elif not line.cells and line.sheet in linked:
            links.append(_link(f"C{at}", linked[line.sheet], "A1"))
    first_free = HEADING_ROW + 1 + len(listing.rows)
    for at in range(first_free, HEADING_ROW + 1 + len(witnesses)):
        rows.append(f'<row r="{at}">{_witness(at, witnesses)}</row>')
    return _sheet(namespace, rows, links, listing)


def _sheet(namespace: str, rows: list[str], links: list[str], listing: Listing) -> bytes:
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{wide}" customWidth="1"/>' for at, (_, wide) in enumerate(COLUMNS, start=1)
    )
    merged = "".join(f'<mergeCell ref="A{row}:G{row}"/>' for row in range(1, HEADING_ROW))
    footer = escape(listing.head.replace("&", "&&")[:120]).decode()
    return (
        f'{_HEAD}<worksheet xmlns="{namespace}"><sheetPr><tabColor rgb="FFA82A16"/>'
        '<pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"><pane ySplit="{HEADING_ROW}" '
        f'topLeftCell="A{HEADING_ROW + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" '
        f'activeCell="D{HEADING_ROW + 1}" sqref="D{HEADING_ROW + 1}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="18"/><cols>{columns}<col min="{WITNESS_COLUMN}" max="{WITNESS_COLUMN}" '
        f'width="4" hidden="1" customWidth="1"/></cols><sheetData>{"".join(rows)}</sheetData>'
        f'<mergeCells count="{HEADING_ROW - 1}">{merged}</mergeCells>'
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" '
        'header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>&amp;L&amp;8{footer}&amp;R&amp;8&amp;P / &amp;N</oddFooter></headerFooter>"
        "</worksheet>"
    ).encode()


def _line(
    at: int,
    line: Line,
    hidden: Mapping[str, str],
    unseen: Collection[tuple[str, str]],
    language: str,
    look: Callable[[str], int],
    witness: str,
) -> str:
    where = line.cells[0] + ("…" if len(line.cells) > 1 else "") if line.cells else ""
    if line.cells and (line.sheet, line.cells[0]) in unseen:
        where += text("returned.unseen", language)
    sheet = line.sheet + hidden.get(line.sheet, "") if line.sheet else text("returned.whole_file", language)
    said: tuple[tuple[str | int, str], ...] = (
        (line.number, "number"),
        (text(f"returned.level.{line.level}", language), TINT_OF[line.level]),
        (sheet, "text"),
        (where or "—", "link_wrapped" if "\n" in where else "link" if where and line.sheet not in hidden else "number"),
        (line.found, "text"),
        (line.rule, "rule"),
        (line.to_do, "text"),
    )
    return "".join(_cell(at, column, words, look(name)) for column, (words, name) in enumerate(said, start=1)) + witness


def _witness(at: int, witnesses: Sequence[Witness]) -> str:
    number = at - HEADING_ROW - 1
    if number >= len(witnesses):
        return ""
    sheet, cell, style = witnesses[number]
    return _cell(at, WITNESS_COLUMN, f"{sheet}!{cell}", style)


def _row(at: int, height: float, cells: str) -> str:
    return f'<row r="{at}" ht="{height:g}" customHeight="1">{cells}</row>'


def _cell(row: int, column: int, words: str | int, style: int) -> str:
    """Words as words: an inline text is never a formula, whatever it starts with."""
    where = address(row, column)
    if isinstance(words, int):
        return f'<c r="{where}" s="{style}"><v>{words}</v></c>'
    if not words:
        return f'<c r="{where}" s="{style}"/>'
    said = escape(words).decode()
    return f'<c r="{where}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def _link(where: str, sheet: str, cell: str) -> str:
    place = "'" + sheet.replace("'", "''") + f"'!{cell}"
    return f'<hyperlink ref="{where}" location="{escape(place).decode()}" display="{cell}"/>'
