"""The returned workbook from the sent one: tints, notes and the list, spliced into its parts."""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile

from loaders.returned import book
from loaders.returned.cells import Place, SheetCells, deselected
from loaders.returned.hung import clear_notes, put_notes
from loaders.returned.list_sheet import Witness, list_sheet
from loaders.returned.listing import Listing
from loaders.returned.marks import TINT_OF, TINTS, WITNESS_COLUMN, is_list
from loaders.returned.package import Package
from loaders.returned.relations import NO_RELATIONS, rels_of
from loaders.returned.styles import Styles
from loaders.returned.typed import Typed
from loaders.returned.xml import Splices, Unmarkable, scan
from loaders.workbook import Sheet, Workbook, address, position
from locales import text

MOST_NOTES = 500
"""Excel draws every note's box when a sheet opens; beyond this the tint and the list must do."""


@dataclass
class _Marks:
    """What one sheet gets: cell → tint, cell → what its note says, cell → what was typed for it."""

    tints: dict[Place, str] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    typed: dict[Place, str] = field(default_factory=dict)


def marked(data: bytes, workbook: Workbook, listing: Listing, said: Sequence[str] = ()) -> bytes:
    """`data` is the zip that `workbook` was read from; raises `Unmarkable` for an odd one."""
    package = Package(ZipFile(BytesIO(data)))
    said = list(said)
    if book.without_macros(package):
        said.append(text("returned.macros", listing.language))
    listed = book.sheets(package)
    parts = {sheet.name: sheet.part for sheet in listed if sheet.kind == "worksheet" and sheet.part}
    old = next((sheet for sheet in workbook.sheets if is_list(sheet) and sheet.name in parts), None)
    styles_part = next((r.part for r in package.relations(package.main) if r.kind == "styles"), "")
    if not styles_part:
        raise Unmarkable("no styles")
    styles = Styles(package.read(styles_part))
    marks = _marks(listing, workbook)
    before = _witnessed(package, old, parts)
    witnesses: list[Witness] = []
    for sheet in workbook.sheets:
        if sheet.name in parts and sheet is not old:
            one = marks.get(sheet.name, _Marks())
            once = before.get(sheet.name, {})
            witnesses += _mark_sheet(package, parts[sheet.name], sheet.name, one, once, styles, listing.language)
    for other in listed:
        if other.part and package.has(other.part):
            raw = package.read(other.part)
            if (fresh := deselected(raw)) is not raw:
                package.write(other.part, fresh)
    _put_list(package, listing, said, old, parts, workbook, witnesses, styles)
    package.write(styles_part, styles.done())
    return package.done()


def _marks(listing: Listing, workbook: Workbook) -> dict[str, _Marks]:
    found: dict[str, _Marks] = {}
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    for line in listing.rows:
        sheet = sheets.get(line.sheet)
        if sheet is None or sheet.state == "veryHidden":
            continue
        marks = found.setdefault(line.sheet, _Marks())
        for cell in line.cells:
            place = position(cell)
            corner = _seen(sheet, place)
            tint = TINT_OF[line.level]
            marks.tints[corner] = min(tint, marks.tints.get(corner, tint), key=list(TINTS).index)
            if len(marks.words) < MOST_NOTES or address(*corner) in marks.words:
                level = text(f"returned.level.{line.level}", listing.language)
                words = text("returned.note", listing.language, number=line.number, level=level, message=line.to_do)
                marks.words.setdefault(address(*corner), []).append(words)
    for name, cell, words in listing.typed:
        found.setdefault(name, _Marks()).typed[position(cell)] = words
    return found


def _seen(sheet: Sheet, place: Place) -> Place:
    """The cell that shows for a place: the corner of a merge it lies under, also an empty one's."""
    if place in sheet.covered or (place[0] <= sheet.last_row and place[1] <= sheet.last_column):
        return sheet.covered.get(place, place)
    over = (merge for merge in sheet.merges if merge[0] <= place[0] <= merge[2] and merge[1] <= place[1] <= merge[3])
    return next(((top, left) for top, left, _, _ in over), place)


def _witnessed(package: Package, old: Sheet | None, parts: Mapping[str, str]) -> dict[str, dict[Place, int]]:
    """Sheet → cell → the style it had before an earlier return tinted it."""
    found: dict[str, dict[Place, int]] = {}
    if old is None:
        return found
    cells = {place: cell.value for place, cell in old.cells.items() if place[1] == WITNESS_COLUMN and "!" in cell.value}
    kept = SheetCells(package.read(parts[old.name]), set(cells), frozenset())
    for place, words in cells.items():
        sheet, _, where = words.rpartition("!")
        try:
            found.setdefault(sheet, {})[position(where)] = kept.style(place)
        except ValueError:
            continue
    return found


def _mark_sheet(
    package: Package,
    part: str,
    name: str,
    marks: _Marks,
    before: Mapping[Place, int],
    styles: Styles,
    language: str,
) -> list[Witness]:
    clear_notes(package, part)
    if not (marks.tints or marks.typed or styles.tints):
        return []
    raw = package.read(part)
    cells = SheetCells(raw, {*marks.tints, *marks.typed}, styles.tints)
    fresh: dict[Place, int] = {}
    witnesses: list[Witness] = []
    for place in {**cells.found, **marks.tints, **marks.typed}:
        style = cells.style(place)
        if style in styles.tints:
            style = styles.untinted(style, before.get(place))
        if place in marks.tints:
            witnesses.append((name, address(*place), style))
            style = styles.tinted(style, marks.tints[place])
        fresh[place] = style
    typed = {place: Typed(words, styles.is_number(fresh[place])) for place, words in marks.typed.items()}
    change = Splices(raw)
    cells.restyle(change, fresh, typed)
    if cells.lost_formulas:
        book.without_order_of_formulas(package)
    if marks.words:
        words = {cell: "\n".join([text("returned.note_mark", language), *said]) for cell, said in marks.words.items()}
        put_notes(package, part, raw, change, words, language)
    package.write(part, change.done())
    return witnesses


def _put_list(
    package: Package,
    listing: Listing,
    said: Sequence[str],
    old: Sheet | None,
    parts: Mapping[str, str],
    workbook: Workbook,
    witnesses: Sequence[Witness],
    styles: Styles,
) -> None:
    language = listing.language
    words = text("returned.hidden", language)
    hidden = {sheet.name: words for sheet in workbook.sheets if sheet.state != "visible"}
    linked = {name: name for name in parts if name not in hidden}
    unseen = _unseen(listing, workbook)
    content = list_sheet(listing, said, hidden, linked, unseen, witnesses, styles.look, package.namespace)
    if old is not None:
        part = parts[old.name]
        package.write(part, content)
        if package.has(rels_of(part)):
            package.write(rels_of(part), NO_RELATIONS)
        book.open_on(package, [sheet.name for sheet in book.sheets(package)].index(old.name))
        return
    part = package.free(posixpath.join(posixpath.dirname(package.main), "worksheets", "sheet{}.xml"))
    package.write(part, content)
    taken = {tag.attributes.get("name", "") for tag in scan(package.read(package.main), {"sheet"})}
    book.add_list(package, book.free_name(text("returned.sheet", language), taken), part)


def _unseen(listing: Listing, workbook: Workbook) -> set[tuple[str, str]]:
    """Listed cells that a link leads to and nobody sees: their row or column is hidden."""
    found = set()
    for line in listing.rows:
        sheet = workbook.sheet(line.sheet)
        if sheet is not None and line.cells:
            row, column = position(line.cells[0])
            if row in sheet.hidden_rows or column in sheet.hidden_columns:
                found.add((line.sheet, line.cells[0]))
    return found
