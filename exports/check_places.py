"""Where in an edited file a reader finds a text: the slide of a chart, the row of a table."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable
from xml.etree import ElementTree

from locales import text

SLIDE_LINKS = re.compile(r"ppt/slides/_rels/slide(\d+)\.xml\.rels")
CHART_LINK = re.compile(r"charts/chart(\d+)\.xml")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Places = Callable[[str, str, str], str]
"""(kind of part, its number, the text that stands there) → where that is, in words."""


def places(data: bytes, language: str) -> Places:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        slides = {
            chart: match[1]
            for name in names
            if (match := SLIDE_LINKS.fullmatch(name))
            for chart in CHART_LINK.findall(archive.read(name).decode("utf-8", "replace"))
        }
        rows = _rows(archive.read("word/document.xml")) if "word/document.xml" in names else {}

    def place(kind: str, number: str, words: str) -> str:
        if kind == "chart" and number in slides:
            return text("check.place.slide_chart", language, slide=slides[number])
        heads = rows.get(words, set()) if kind == "text" else set()
        # The same figure in two rows is in no one's.
        if len(heads) == 1:
            return text("check.place.row", language, head=next(iter(heads)))
        return text(f"check.place.{kind}", language, number=number)

    return place


def _rows(document: bytes) -> dict[str, set[str]]:
    """Each text of a table's cells → the first cell of its row."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in ElementTree.fromstring(document).iter(f"{WORD}tr"):
        cells = [_words(cell) for cell in row.iter(f"{WORD}tc")]
        for words in cells[1:]:
            found[words].add(cells[0])
    return found


def _words(cell: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in cell.iter(f"{WORD}t")).strip()
