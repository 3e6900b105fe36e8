"""Every text of an Office file that shows a figure, with its place: read from the bare XML.

Both the seal and the self-check read a file through here, so whatever differs was changed in between.
A paragraph is one text (Word splits a figure over several runs as it likes); of a native chart each
cached value is one.
"""

import io
import re
import zipfile
from xml.etree import ElementTree

PARTS = (
    ("slide", re.compile(r"ppt/slides/slide(\d+)\.xml")),
    ("notes", re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml")),
    ("chart", re.compile(r"(?:ppt|word)/charts/chart(\d+)\.xml")),
    ("text", re.compile(r"word/document(\d*)\.xml")),
)
PARAGRAPHS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}p",
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p",
)
TEXTS = tuple(name[:-1] + "t" for name in PARAGRAPHS)
CHART_VALUE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}v"
DIGIT = re.compile(r"\d")

Shown = list[list[str]]
"""[kind of part, its number, text]"""


def shown(data: bytes) -> Shown:
    """In the order of the parts. A spreadsheet has none here: its cells are read as cells."""
    found: list[tuple[int, int, str]] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            for order, (_, pattern) in enumerate(PARTS):
                if match := pattern.fullmatch(name):
                    found.append((order, int(match[1] or 0), name))
        return [
            [PARTS[order][0], str(number), words]
            for order, number, name in sorted(found)
            for words in _texts(archive.read(name))
            if DIGIT.search(words)
        ]


def _texts(content: bytes) -> list[str]:
    root = ElementTree.fromstring(content)
    found = []
    for element in root.iter():
        if element.tag in PARAGRAPHS:
            found.append("".join(part.text or "" for part in element.iter() if part.tag in TEXTS).strip())
        elif element.tag == CHART_VALUE:
            found.append((element.text or "").strip())
    return found
