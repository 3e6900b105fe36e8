"""The zip of a workbook while it is changed: its parts and what they are."""

import io
import zipfile
from collections.abc import Callable

from loaders.returned.relations import LOOSE, NO_RELATIONS, STRICT, Relation, read_relations, rels_of
from loaders.returned.xml import Splices, Tag, Unmarkable, only, scan, with_attributes

TYPES = "[Content_Types].xml"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_CHUNK = 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Package:
    """Untouched parts are copied as they are; names are found whatever their case."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.casefold(): name for name in archive.namelist()}
        self._changed: dict[str, bytes] = {}
        self._gone: set[str] = set()
        self.main = next((r.part for r in self.relations("") if r.kind == "officeDocument"), "")
        if not self.has(self.main):
            raise Unmarkable("no workbook part")
        root = scan(self.read(self.main), {"workbook"})
        if not root:
            raise Unmarkable("no workbook")
        self.namespace = root[0].attributes.get("xmlns" + (f":{root[0].prefix[:-1]}" if root[0].prefix else ""), "")
        self.relation_types = STRICT if self.namespace == STRICT_MAIN else LOOSE

    def has(self, part: str) -> bool:
        name = self._name(part)
        return name in self._changed or (name not in self._gone and part.casefold() in self._names)

    def read(self, part: str) -> bytes:
        name = self._name(part)
        if name in self._changed:
            return self._changed[name]
        if name in self._gone or part.casefold() not in self._names:
            raise Unmarkable(f"no part {part}")
        return self._archive.read(name)

    def write(self, part: str, content: bytes) -> None:
        self._gone.discard(self._name(part))
        self._changed[self._name(part)] = content

    def _name(self, part: str) -> str:
        return self._names.get(part.casefold(), part)

    def free(self, pattern: str) -> str:
        """The first unused name: `xl/comments{}.xml` → xl/comments3.xml."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> list[Relation]:
        where = rels_of(part)
        if not self.has(where):
            return []
        return read_relations(self.read(where), part)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation and give its id."""
        where = rels_of(part)
        raw = self.read(where) if self.has(where) else NO_RELATIONS
        root = only(scan(raw, {"Relationships"}), "Relationships")
        if root is None or root.closed:
            raw = NO_RELATIONS
            root = scan(raw, {"Relationships"})[0]
        taken = {relation.id for relation in self.relations(part)}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        named = f"rId{number}"
        change = Splices(raw)
        words = f'<{root.prefix}Relationship Id="{named}" Type="{self.relation_types}/{kind}" Target="/{target}"/>'
        change.insert(root.tail, words.encode())
        self.write(where, change.done())
        return named

    def unrelate(self, part: str, named: str) -> None:
        self._without(rels_of(part), lambda tag: tag.name == "Relationship" and tag.attributes.get("Id") == named)

    def declare(self, part: str, kind: str) -> None:
        """Say what a new part is."""
        self._type(f'Override PartName="/{part}" ContentType="{kind}"')

    def declare_ending(self, ending: str, kind: str) -> None:
        """Say what all parts of an ending are, unless somebody has."""
        known = scan(self.read(TYPES), {"Default"})
        if not any(tag.attributes.get("Extension", "").casefold() == ending for tag in known):
            self._type(f'Default Extension="{ending}" ContentType="{kind}"', first=True)

    def _type(self, words: str, *, first: bool = False) -> None:
        raw = self.read(TYPES)
        root = only(scan(raw, {"Types"}), "Types")
        if root is None or root.closed:
            raise Unmarkable("no content types")
        change = Splices(raw)
        change.insert(root.head if first else root.tail, f"<{root.prefix}{words}/>".encode())
        self.write(TYPES, change.done())

    def retype(self, part: str, kind: str) -> None:
        raw = self.read(TYPES)
        change = Splices(raw)
        for tag in scan(raw, {"Override"}):
            if tag.attributes.get("PartName", "").casefold() == f"/{part}".casefold():
                change.replace(tag.start, tag.head, with_attributes(raw[tag.start : tag.head], ContentType=kind))
        self.write(TYPES, change.done())

    def type_of(self, part: str) -> str:
        names = scan(self.read(TYPES), {"Override"})
        same = (tag for tag in names if tag.attributes.get("PartName", "").casefold() == f"/{part}".casefold())
        return next((tag.attributes.get("ContentType", "") for tag in same), "")

    def remove(self, part: str) -> None:
        """Leave a part out, with its own relations and what was said of it."""
        for name in (part, rels_of(part)):
            self._changed.pop(self._name(name), None)
            self._gone.add(self._name(name))
        self._without(TYPES, lambda tag: tag.attributes.get("PartName", "").casefold() == f"/{part}".casefold())

    def remove_ending_unused(self, ending: str) -> None:
        names = {name for name in self._archive.namelist() if name not in self._gone} | set(self._changed)
        if not any(name.casefold().endswith(f".{ending}") for name in names):
            self._without(TYPES, lambda tag: tag.attributes.get("Extension", "").casefold() == ending)

    def _without(self, part: str, unwanted: Callable[[Tag], bool]) -> None:
        raw = self.read(part)
        change = Splices(raw)
        for tag in scan(raw, {"Override", "Default", "Relationship"}):
            if unwanted(tag):
                change.replace(tag.start, tag.end, b"")
        if change.changes:
            self.write(part, change.done())

    def done(self) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for member in self._archive.infolist():
                if member.filename in self._gone or member.is_dir():
                    continue
                fresh = zipfile.ZipInfo(member.filename, member.date_time)
                fresh.compress_type, fresh.external_attr = member.compress_type, member.external_attr
                if member.filename in self._changed:
                    target.writestr(fresh, self._changed.pop(member.filename))
                    continue
                with self._archive.open(member) as source, target.open(fresh, "w") as copy:
                    while piece := source.read(_CHUNK):
                        copy.write(piece)
            for name, content in self._changed.items():
                fresh = zipfile.ZipInfo(name, _EPOCH)
                fresh.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(fresh, content)
        return stream.getvalue()
