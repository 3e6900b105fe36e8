"""An office's own templates: `deck.pptx` and `brief.docx` in a folder of its choice take the place of ours."""

import os
from pathlib import Path
from typing import Any

FOLDER_VARIABLE = "DASHBOARD_TEMPLATES"
LEFTOVERS = ("thumbnail", "customXml", "custom-properties", "stylesWithEffects")
"""What a template may bring and a finished file must not: its own picture, and the places of our seal."""


def templates_folder() -> Path | None:
    folder = os.environ.get(FOLDER_VARIABLE)
    return Path(folder) if folder else None


def office_template(name: str) -> Path | None:
    folder = templates_folder()
    file = folder / name if folder else None
    return file if file is not None and file.is_file() else None


def drop_leftovers(part: Any) -> None:
    """`part` is the main part of an Office file; what nothing points to any more is not saved."""
    for holder in (part, part.package):
        links = getattr(holder, "rels", None) or holder._rels
        for name, link in list(links.items()):
            if link.reltype.rpartition("/")[2] in LEFTOVERS:
                links.pop(name)
