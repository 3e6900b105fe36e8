"""Data and a template in, a PNG, PDF or SVG out. Typst draws; nothing of the machine is used.

Only the typeface of `data/fonts` is known here: what is drawn does not depend on the fonts of the
machine. A warning of the typesetter (a font not found, a label left over) is a failure.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from exports.fonts import FOLDER, file_of, require_glyphs
from locales import DEFAULT, text

TEMPLATES = Path(__file__).parent / "templates"
Format = Literal["png", "pdf", "svg"]
READ_ALOUD = ("document", "units", "sheet")
"""Papers of many words, held to PDF/UA: who cannot see them has them read aloud in the right order."""
OVERFLOW = re.compile(r"overflow: (.*)")


class TypesettingError(Exception):
    """The typesetter warned: what it drew is not to be shown to anyone."""


@cache
def _typefaces() -> typst.Fonts:
    for weight in ("Regular", "Bold"):
        if not file_of(weight).exists():
            raise TypesettingError(f"{file_of(weight)} is missing: run `python -m exports fonts`")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


def _sentence(template: str, fault: Exception, data: Mapping[str, object]) -> str:
    """Words too long for their place are the reader's to shorten; any other fault is the template's."""
    too_long = OVERFLOW.search(str(fault))
    if too_long is None:
        return f"{template}: {fault}"
    language = "en" if data.get("lang") == "en" else DEFAULT
    return text("typesetting.too_long", language, words=" ".join(too_long[1].split()))


def typeset(template: str, data: Mapping[str, object], format: Format) -> bytes:
    """Draw `templates/<template>.typ` with `data`. One point of the page is one pixel of a PNG."""
    require_glyphs("".join(_strings(data)))
    try:
        drawn, warnings = typst.compile_with_warnings(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=_typefaces(),
            ignore_system_fonts=True,
            format=format,
            ppi=72,
            pdf_standards=["ua-1"] if format == "pdf" and template in READ_ALOUD else [],
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    except typst.TypstError as fault:
        raise TypesettingError(_sentence(template, fault, data)) from fault
    if warnings:
        raise TypesettingError(f"{template}: " + "; ".join(str(warning.message) for warning in warnings))
    if isinstance(drawn, list):
        raise TypesettingError(f"{template}: a card is one page, {len(drawn)} were drawn")
    return drawn
