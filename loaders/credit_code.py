"""The unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters, the last a check.

Own check, because the common library refuses the codes of village collectives and accepts any
region.
"""

import re

from loaders.reading import BLANK, Reading, error, fold, unreadable
from loaders.workbook import Cell

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_NEVER_USED = "IOZSV"


def credit_code(cell: Cell | None) -> Reading:
    """The code in capitals without spaces; a wrong one is sent back with the reason."""
    if cell is None:
        return BLANK
    if reason := unreadable(cell):
        return reason
    if cell.kind == "number" and len(cell.value.partition(".")[0]) > 15:
        # Excel keeps 15 digits: the code is already lost in the file.
        return error("credit_code_as_number")
    code = re.sub(r"[\s'-]", "", fold(cell.value)).upper()
    if code in ("", "/", "—", "——", "无"):
        return BLANK
    if re.fullmatch(r"\d(?:\.\d+)?E\+\d+", code):
        return error("credit_code_as_number")
    if re.fullmatch(r"\d{15}", code):
        return Reading(code).noticed("credit_code_old")
    if len(code) != 18:
        return error("credit_code_length", length=len(code))
    if letters := [letter for letter in _NEVER_USED if letter in code]:
        return error("credit_code_letters", letters="、".join(letters))
    if not _SHAPE.fullmatch(code) or check_character(code[:17]) != code[17]:
        return error("credit_code_check")
    return Reading(code)


def check_character(first_17: str) -> str:
    total = sum(_ALPHABET.index(letter) * weight for letter, weight in zip(first_17, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]
