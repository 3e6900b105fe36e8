"""The notes of one sheet: the parts that hold them, and where the sheet says that they hang on it."""

import posixpath
from collections.abc import Mapping

from loaders.returned import notes
from loaders.returned.cells import anchors
from loaders.returned.marks import note_marks
from loaders.returned.package import Package
from loaders.returned.relations import relation_attribute
from loaders.returned.xml import Splices
from locales import text

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def clear_notes(package: Package, part: str) -> None:
    """Take off the notes of an earlier return."""
    related = {relation.kind: relation.part for relation in package.relations(part)}
    comments, drawing = related.get("comments", ""), related.get("vmlDrawing", "")
    if not comments or not package.has(comments):
        return
    fresh, gone = notes.without_notes(package.read(comments), note_marks())
    if fresh != package.read(comments):
        package.write(comments, fresh)
    if gone and package.has(drawing):
        package.write(drawing, notes.without_boxes(package.read(drawing), gone))


def put_notes(
    package: Package, part: str, raw: bytes, change: Splices, words: Mapping[str, str], language: str
) -> None:
    """Hang a note on each cell of `words`; `raw` is the sheet, which `change` tells where its drawing is."""
    related = package.relations(part)
    folder = posixpath.dirname(package.main)
    comments = next((r.part for r in related if r.kind == "comments" and package.has(r.part)), "")
    if not comments:
        comments = package.free(posixpath.join(folder, "comments{}.xml"))
        package.write(comments, notes.empty_comments(package.namespace))
        package.declare(comments, _COMMENTS)
        package.relate(part, "comments", comments)
    fresh, both = notes.with_notes(package.read(comments), words, text("returned.author", language))
    package.write(comments, fresh)
    hung = anchors(raw)
    drawing = next((r.part for r in related if r.id == hung.drawing and package.has(r.part)), "")
    if not drawing:
        drawing = package.free(posixpath.join(folder, "drawings", "vmlDrawing{}.vml"))
        package.write(drawing, notes.empty_drawing())
        package.declare_ending("vml", _DRAWING)
        named = package.relate(part, "vmlDrawing", drawing)
        tag = f"<{hung.root.prefix}legacyDrawing".encode()
        change.insert(hung.notes_at, tag + relation_attribute(hung.root, package.relation_types, named) + b"/>")
    boxes = {cell: said for cell, said in words.items() if cell not in both}
    package.write(drawing, notes.with_boxes(package.read(drawing), boxes))
