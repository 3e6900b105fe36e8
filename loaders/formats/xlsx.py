"""A sparse one-pass reader of xlsx and xlsm, in both dialects of the standard.

openpyxl gives formulas or their results, never both, turns Chinese built-in dates into numbers,
opens Strict files with no sheets, and hangs for minutes on a 2 KB file that only names a far
cell. Here memory follows the filled cells, and a cell keeps value, formula flag and format class.
"""

import posixpath
import zipfile
from typing import Any, Literal
from xml.parsers import expat

from loaders.formats.number_format import as_date, as_percent, exact, style_of
from loaders.problem import Refused
from loaders.workbook import (
    MAX_COLUMN,
    MAX_ROW,
    Cell,
    CellKind,
    CellStyle,
    Merge,
    Sheet,
    Workbook,
    column_number,
    position,
)

MAX_CELLS = 400_000
MAX_TEXT = 40_000  # Excel itself stops at 32,767 characters
MAX_MERGES = 50_000
_MARKS = {
    "vbaProject.bin": "macros",
    "macrosheets/": "macros",
    "externalLinks/": "external_links",
    "embeddings/": "embedded",
    "activeX/": "embedded",
    "connections.xml": "connections",
}
_VOLATILE = ("NOW(", "TODAY(", "RAND", "OFFSET(", "INDIRECT(")


class _Part:
    """Feeds one XML part to `start`, `end` and `text`, by local names; entities are refused."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._length = 0
        self.collecting = False

    def parse(self, archive: zipfile.ZipFile, name: str) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 65_536
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = _refuse_entities
        parser.StartDoctypeDeclHandler = _refuse_entities
        try:
            with archive.open(name) as part:
                parser.ParseFile(part)
        except (expat.ExpatError, zipfile.BadZipFile, EOFError) as fault:
            raise Refused("file_damaged") from fault

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.start(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self.end(name.rpartition(":")[2])

    def _characters(self, text: str) -> None:
        if self.collecting:
            self._length += len(text)
            if self._length > MAX_TEXT:
                raise Refused("text_too_long", limit=MAX_TEXT)
            self._text.append(text)

    def collect(self) -> None:
        self._text, self._length, self.collecting = [], 0, True

    def collected(self) -> str:
        self.collecting = False
        return "".join(self._text)

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...


def _refuse_entities(*_: Any) -> None:
    raise Refused("file_unsafe", reason="entities")


class _Relations(_Part):
    """Relation id → (last word of its type, part name)."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder, self.found = folder, dict[str, tuple[str, str]]()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/" + self.folder, attributes.get("Target", "")))
            self.found[attributes.get("Id", "")] = (kind, target.lstrip("/"))


class _Book(_Part):
    """The list of sheets, and which day the file counts its dates from."""

    def __init__(self) -> None:
        super().__init__()
        self.from_1904 = False
        self.sheets: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.from_1904 = _on(attributes.get("date1904"))
        elif name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), relation))


class _Styles(_Part):
    """The number format class of every cell style."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[int, str] = {}
        self.format_ids: list[int] = []
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and not self._inside:
            self.codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self.format_ids.append(int(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False

    def classes(self) -> list[CellStyle]:
        known: dict[int, CellStyle] = {}
        for format_id in set(self.format_ids):
            known[format_id] = style_of(format_id, self.codes)
        return [known[format_id] for format_id in self.format_ids]


class _Strings(_Part):
    """Shared strings, without the phonetic guides that may stand beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "t" and not self._phonetic:
            self.collect()

    def end(self, name: str) -> None:
        if name == "t" and not self._phonetic:
            self._pieces.append(self.collected())
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.strings.append("".join(self._pieces))


class _SheetPart(_Part):
    """The cells of one sheet; styled but empty cells cost nothing."""

    def __init__(self, sheet: Sheet, strings: list[str], styles: list[CellStyle], from_1904: bool) -> None:
        super().__init__()
        self.sheet, self.strings, self.styles, self.from_1904 = sheet, strings, styles, from_1904
        self.row = self.column = 0
        self._hidden_columns: list[tuple[int, int]] = []
        self._begin({})

    def _begin(self, attributes: dict[str, str]) -> None:
        self.type = attributes.get("t", "n")
        style = attributes.get("s", "")
        self.style: CellStyle = self.styles[int(style)] if style and int(style) < len(self.styles) else "general"
        self.value: str | None = None
        self.inline: list[str] = []
        self.formula, self.formula_text = False, ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin(attributes)
            where = attributes.get("r")
            self.row, self.column = self._place(where) if where else (self.row, self.column + 1)
        elif name in ("v", "t"):
            self.collect()
        elif name == "f":
            self.formula = True
            self.collect()
        elif name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            if _on(attributes.get("hidden")):
                self.sheet.hidden_rows.add(self.row)
        elif name == "col" and _on(attributes.get("hidden")):
            self._hidden_columns.append((int(attributes.get("min", "1")), int(attributes.get("max", "1"))))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if name == "v":
            self.value = self.collected()
        elif name == "t":
            self.inline.append(self.collected())
        elif name == "f":
            self.formula_text = self.collected()
        elif name == "c" and (self.value or self.inline or self.formula):
            self._add()
        elif name == "sheetData":
            last = self.sheet.last_column
            for first, end in self._hidden_columns:
                self.sheet.hidden_columns.update(range(first, min(end, last) + 1))

    def _place(self, where: str) -> tuple[int, int]:
        letters = where.rstrip("0123456789")
        row, column = int(where[len(letters) :] or 0), column_number(letters)
        if not (1 <= row <= MAX_ROW and 1 <= column <= MAX_COLUMN):
            raise Refused("file_unsafe", reason="cell_outside")
        return row, column

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        try:
            merge: Merge = (*position(first), *position(last or first))
        except ValueError:
            return
        if len(self.sheet.merges) >= MAX_MERGES:
            raise Refused("too_many_cells", limit=MAX_MERGES)
        self.sheet.merges.append(merge)

    def _add(self) -> None:
        kind, value, shown = self._content()
        if kind == "text" and not value and not self.formula:
            return
        if len(self.sheet.cells) >= MAX_CELLS:
            raise Refused("too_many_cells", limit=MAX_CELLS)
        cell = Cell(self.row, self.column, kind, value, shown, self.style, self._formula_mark())
        self.sheet.cells[self.row, self.column] = cell

    def _formula_mark(self) -> str:
        if not self.formula:
            return ""
        if "[" in self.formula_text and "]" in self.formula_text and "!" in self.formula_text:
            return "external"
        return "volatile" if any(word in self.formula_text.upper() for word in _VOLATILE) else "formula"

    def _content(self) -> tuple[CellKind, str, str]:
        """Kind, exact value, and the text as shown where it differs."""
        if self.type == "inlineStr":
            return "text", "".join(self.inline), ""
        if self.formula and (self.value is None or (not self.value and self.type != "str")):
            return "uncached", "", ""
        value = self.value or ""
        if self.type == "s":
            return "text", self.strings[int(value)] if int(value) < len(self.strings) else "", ""
        if self.type == "b":
            return "bool", "1" if _on(value) else "0", "TRUE" if _on(value) else "FALSE"
        if self.type == "e":
            return "error", value, ""
        if self.type == "d":
            return "date", value.removesuffix("T00:00:00").removesuffix("T00:00:00.000"), ""
        return ("text", value, "") if self.type == "str" else self._number(value)

    def _number(self, value: str) -> tuple[CellKind, str, str]:
        try:
            number = exact(value)
        except ValueError:
            return "text", value, ""
        if self.style == "percent":
            return "number", number, as_percent(number)
        if self.style == "date" and (day := as_date(number, self.from_1904)):
            return "date", day, ""
        return "number", number, ""


def _on(value: str | None) -> bool:
    return value in ("1", "true", "on")


def read_xlsx(archive: zipfile.ZipFile) -> Workbook:
    """Read a zip that `guard.check_zip` let through."""
    names = {name.casefold(): name for name in archive.namelist()}
    main = _main_part(archive, names)
    book = _Book()
    book.parse(archive, main)
    folder = posixpath.dirname(main)
    relations = _relations(archive, names, main, folder)
    strings, styles = _Strings(), _Styles()
    for kind, part in relations.values():
        shared = {"sharedStrings": strings, "styles": styles}.get(kind)
        if shared and part.casefold() in names:
            shared.parse(archive, names[part.casefold()])
    marks = {mark for name in names.values() for word, mark in _MARKS.items() if word in name}
    workbook = Workbook("xlsx", marks=marks)
    classes = styles.classes()
    try:
        for name, state, relation in book.sheets:
            kind, part = relations.get(relation, ("", ""))
            if kind == "worksheet" and part.casefold() in names:
                sheet = Sheet(name, _state(state))
                _SheetPart(sheet, strings.strings, classes, book.from_1904).parse(archive, names[part.casefold()])
                workbook.sheets.append(sheet)
    except ValueError as fault:
        raise Refused("file_damaged") from fault
    return workbook


def _state(state: str) -> Literal["visible", "hidden", "veryHidden"]:
    return "hidden" if state == "hidden" else "veryHidden" if state == "veryHidden" else "visible"


def _relations(archive: zipfile.ZipFile, names: dict[str, str], part: str, folder: str) -> dict[str, tuple[str, str]]:
    where = posixpath.join(folder, "_rels", posixpath.basename(part) + ".rels").casefold()
    found = _Relations(folder)
    if where in names:
        found.parse(archive, names[where])
    return found.found


def _main_part(archive: zipfile.ZipFile, names: dict[str, str]) -> str:
    """The workbook part; a zip without one is something else, and we say what to save it as."""
    for kind, part in _relations(archive, names, "", "").values():
        if kind == "officeDocument" and part.casefold() in names:
            if not part.endswith(".xml") or "word/" in part or "ppt/" in part:
                raise Refused("file_wrong_kind")
            return names[part.casefold()]
    raise Refused("file_wrong_kind")
