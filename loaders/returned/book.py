"""The workbook part: the list as its first sheet, opened on it, and nothing else moved."""

from dataclasses import dataclass

from loaders.returned.list_sheet import HEADING_ROW
from loaders.returned.package import Package
from loaders.returned.relations import Relation, relation_attribute
from loaders.returned.xml import Splices, Tag, Unmarkable, escape, only, scan, with_attributes

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MOST_NAME = 31


@dataclass(frozen=True)
class BookSheet:
    name: str
    kind: str
    part: str


def sheets(package: Package) -> list[BookSheet]:
    """The sheets in order, each with its part ('' for one that leads nowhere)."""
    related = {relation.id: relation for relation in package.relations(package.main)}
    found = []
    for tag in scan(package.read(package.main), {"sheet"}):
        relation = related.get(_relation_id(tag), Relation("", "", ""))
        found.append(BookSheet(tag.attributes.get("name", ""), relation.kind, relation.part))
    return found


def add_list(package: Package, name: str, part: str) -> None:
    """Put the list first; what counts sheets by their place (names, the open sheet) is told."""
    raw = package.read(package.main)
    tags = scan(raw, {"workbook", "sheets", "sheet", "definedNames", "definedName", "workbookView"})
    holder, root = only(tags, "sheets"), tags[0]
    listed = [tag for tag in tags if tag.name == "sheet"]
    if holder is None or holder.closed:
        raise Unmarkable("no sheets")
    package.declare(part, SHEET_TYPE)
    named = package.relate(package.main, "worksheet", part)
    taken = [int(t.attributes["sheetId"]) for t in listed if t.attributes.get("sheetId", "").isdigit()]
    m, change = holder.prefix, Splices(raw)
    head = f'<{m}sheet name="'.encode() + escape(name) + f'" sheetId="{max(taken, default=0) + 1}"'.encode()
    change.insert(holder.head, head + relation_attribute(root, package.relation_types, named) + b"/>")
    for tag in tags:
        if tag.name == "definedName" and tag.attributes.get("localSheetId", "").isdigit():
            moved = str(int(tag.attributes["localSheetId"]) + 1)
            change.replace(tag.start, tag.head, with_attributes(raw[tag.start : tag.head], localSheetId=moved))
    _open_first(change, raw, tags)
    titles = f'<{m}definedName name="_xlnm.Print_Titles" localSheetId="0">'.encode()
    titles += escape(f"{_quoted(name)}!${HEADING_ROW}:${HEADING_ROW}") + f"</{m}definedName>".encode()
    names = only(tags, "definedNames")
    if names is not None and not names.closed:
        change.insert(names.head, titles)
    elif names is None:
        change.insert(
            _after_sheets(raw, holder), f"<{m}definedNames>".encode() + titles + f"</{m}definedNames>".encode()
        )
    package.write(package.main, change.done())


def open_on(package: Package, at: int) -> None:
    """Open the workbook on the sheet at a place: the list of an earlier return, wherever it was moved."""
    raw = package.read(package.main)
    change = Splices(raw)
    _open_first(change, raw, scan(raw, {"workbookView"}), at)
    package.write(package.main, change.done())


def _open_first(change: Splices, raw: bytes, tags: list[Tag], at: int = 0) -> None:
    for view in (tag for tag in tags if tag.name == "workbookView"):
        fresh = with_attributes(raw[view.start : view.head], activeTab=str(at), firstSheet="0")
        change.replace(view.start, view.head, fresh)


def _after_sheets(raw: bytes, holder: Tag) -> int:
    """Names come after the sheets, and after what may still follow these."""
    later = scan(raw, {"functionGroups", "externalReferences"})
    return max([holder.end, *(tag.end for tag in later if tag.within == ("workbook",))])


def free_name(wanted: str, taken: set[str]) -> str:
    name, number, known = wanted, 1, {one.casefold() for one in taken}
    while name.casefold() in known:
        number += 1
        name = f"{wanted[: _MOST_NAME - 5]} ({number})"
    return name


def without_macros(package: Package) -> bool:
    """Leave the macros out and say the file is a plain workbook; whether there were any."""
    found = [relation for relation in package.relations(package.main) if relation.kind == "vbaProject"]
    for relation in found:
        package.unrelate(package.main, relation.id)
        for signature in package.relations(relation.part):
            package.remove(signature.part)
        package.remove(relation.part)
    if any(relation.kind in ("xlMacrosheet", "xlIntlMacrosheet") for relation in package.relations(package.main)):
        raise Unmarkable("a sheet of macros")
    if found:
        package.remove_ending_unused("bin")
    if package.type_of(package.main) not in ("", MAIN_TYPE):
        package.retype(package.main, MAIN_TYPE)
    return bool(found)


def without_order_of_formulas(package: Package) -> None:
    """Leave out the order in which formulas are calculated: one of them is gone, and Excel makes it anew."""
    for relation in package.relations(package.main):
        if relation.kind == "calcChain":
            package.unrelate(package.main, relation.id)
            package.remove(relation.part)


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _relation_id(tag: Tag) -> str:
    return next((value for key, value in tag.attributes.items() if key.endswith(":id")), "")
