"""One sheet's part: the styles of marked cells, and where the notes hang."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.returned.typed import Typed, cell_with, end_of, has_formula
from loaders.returned.xml import Splices, Tag, Unmarkable, head_end, scan, walk, with_attributes
from loaders.workbook import address, position

Place = tuple[int, int]
_BEFORE_NOTES = {
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors"),
    *("smartTags", "drawing"),
}
"""What stands before legacyDrawing by the standard."""


@dataclass
class _Row:
    number: int
    start: int
    attributes: dict[str, str]
    prefix: str
    cells: list[tuple[int, int]] = field(default_factory=list)
    """(column, byte) of its cells in order."""
    tail: int = 0


@dataclass
class Anchors:
    """What hangs on the sheet: the root, where a legacyDrawing goes, and the id of the one there is."""

    root: Tag
    notes_at: int
    drawing: str = ""


class SheetCells:
    """Where the wanted cells are (or would be), found in one pass over the bytes."""

    def __init__(self, raw: bytes, wanted: set[Place], old_tints: frozenset[int]) -> None:
        self.raw, self._wanted, self._tints = raw, wanted, {str(style) for style in old_tints}
        self._rows_wanted = {row for row, _ in wanted}
        self.found: dict[Place, tuple[int, int]] = {}
        """Wanted or formerly tinted cell → (byte, style)."""
        self.lost_formulas = False
        """Whether what was typed took the place of a formula."""
        self._rows: dict[int, _Row] = {}
        self._order: list[tuple[int, int]] = []
        self._columns: list[tuple[int, int, int]] = []
        self._data: Tag | None = None
        self._row = self._column = 0
        self._inside = False
        walk(raw, self._start, self._end)
        if self._data is None:
            raise Unmarkable("no sheetData")

    def _start(self, name: str, attributes: dict[str, str], at: int) -> None:
        prefix, _, local = name.rpartition(":")
        if local == "c" and self._inside:
            self._cell(attributes, at)
        elif local == "row" and self._inside:
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            self._order.append((self._row, at))
            if self._row in self._rows_wanted:
                self._rows[self._row] = _Row(self._row, at, attributes, prefix and prefix + ":")
        elif local == "sheetData":
            head = head_end(self.raw, at)
            self._data = Tag(local, prefix and prefix + ":", attributes, at, head, head, head)
            self._inside = True
        elif local == "col" and "style" in attributes:
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self._columns.append((first, last, int(attributes["style"])))

    def _cell(self, attributes: dict[str, str], at: int) -> None:
        where = attributes.get("r")
        row, column = position(where) if where else (self._row, self._column + 1)
        self._column = column
        if row in self._rows:
            self._rows[row].cells.append((column, at))
        if (row, column) in self._wanted or attributes.get("s") in self._tints:
            self.found[row, column] = (at, int(attributes.get("s") or 0))

    def _end(self, name: str, at: int) -> None:
        local = name.rpartition(":")[2]
        if local == "row" and self._inside and self._row in self._rows:
            self._rows[self._row].tail = at
        elif local == "sheetData" and self._data is not None:
            self._inside = False
            if not self.raw.endswith(b"/>", self._data.start, self._data.head):
                self._data.tail, self._data.end = at, self.raw.index(b">", at) + 1

    def style(self, place: Place) -> int:
        """The style of a cell, or the one a cell typed there would get."""
        if place in self.found:
            return self.found[place][1]
        row = self._rows.get(place[0])
        if row is not None and row.attributes.get("s") and row.attributes.get("customFormat") in ("1", "true"):
            return int(row.attributes["s"])
        return next((style for first, last, style in self._columns if first <= place[1] <= last), 0)

    def restyle(self, change: Splices, styles: Mapping[Place, int], typed: Mapping[Place, Typed]) -> None:
        """Give cells these styles and what was typed; cells, rows that are not there yet are put in."""
        fresh: dict[int, list[Place]] = {}
        for place, style in styles.items():
            if place in self.found:
                at = self.found[place][0]
                head = head_end(self.raw, at)
                tag = with_attributes(self.raw[at:head], s=str(style))
                if place in typed:
                    head, tag = self._retyped(at, head, tag, typed[place])
                change.replace(at, head, tag)
            else:
                fresh.setdefault(place[0], []).append(place)
        new_rows: list[tuple[int, bytes]] = []
        for number in sorted(fresh):
            row = self._rows.get(number)
            prefix = row.prefix if row else self._data.prefix if self._data else ""
            cells = []
            for place in sorted(fresh[number]):
                tag = f'<{prefix}c r="{address(*place)}" s="{styles[place]}"/>'.encode()
                cells.append((place[1], cell_with(tag, typed[place]) if place in typed else tag))
            if row is not None:
                self._fill(change, row, cells)
            else:
                inside = b"".join(cell for _, cell in cells)
                new_rows.append((number, f'<{prefix}row r="{number}">'.encode() + inside + f"</{prefix}row>".encode()))
        self._put_rows(change, new_rows)

    def _retyped(self, at: int, head: int, tag: bytes, typed: Typed) -> tuple[int, bytes]:
        """Where the old content ends, and the cell with the new one."""
        end = end_of(self.raw, at, head)
        self.lost_formulas |= has_formula(self.raw[head:end])
        return end, cell_with(tag, typed)

    def _fill(self, change: Splices, row: _Row, cells: list[tuple[int, bytes]]) -> None:
        head = head_end(self.raw, row.start)
        tag = with_attributes(self.raw[row.start : head], spans=None)
        if tag.endswith(b"/>"):
            inside = b"".join(cell for _, cell in cells)
            tag = tag[:-2] + b">" + inside + f"</{row.prefix}row>".encode()
            change.replace(row.start, head, tag)
            return
        change.replace(row.start, head, tag)
        columns = [column for column, _ in row.cells]
        for column, cell in cells:
            after = bisect_right(columns, column)
            change.insert(row.cells[after][1] if after < len(columns) else row.tail, cell)

    def _put_rows(self, change: Splices, rows: list[tuple[int, bytes]]) -> None:
        data = self._data
        assert data is not None
        if rows and data.closed:
            inside = b"".join(row for _, row in rows)
            tag = self.raw[data.start : data.head]
            change.replace(data.start, data.head, tag[:-2] + b">" + inside + f"</{data.prefix}sheetData>".encode())
            return
        numbers = [number for number, _ in self._order]
        for number, row in rows:
            after = bisect_right(numbers, number)
            change.insert(self._order[after][1] if after < len(numbers) else data.tail, row)


def anchors(raw: bytes) -> Anchors:
    tags = scan(raw, {"worksheet", "legacyDrawing", *_BEFORE_NOTES})
    root = tags[0]
    if root.name != "worksheet" or root.closed:
        raise Unmarkable("no worksheet")
    inside = [tag for tag in tags if tag.within == ("worksheet",)]
    before = [tag.end for tag in inside if tag.name in _BEFORE_NOTES]
    drawing = next((tag for tag in inside if tag.name == "legacyDrawing"), None)
    named = next((v for k, v in drawing.attributes.items() if k.endswith(":id")), "") if drawing else ""
    return Anchors(root, before[-1] if before else root.head, named)


def deselected(raw: bytes) -> bytes:
    """The sheet no longer chosen: two chosen sheets would be a group, and typing goes into both."""
    if b"tabSelected" not in raw:
        return raw
    change = Splices(raw)
    for tag in scan(raw, {"sheetView"}, until="sheetData"):
        if tag.attributes.get("tabSelected") not in (None, "0", "false"):
            change.replace(tag.start, tag.head, with_attributes(raw[tag.start : tag.head], tabSelected=None))
    return change.done()
