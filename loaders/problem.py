"""A fault found in a submission: where it is, what was found, and the words for it."""

from dataclasses import dataclass, field
from typing import Literal

from locales import catalogue, text
from locales.formats import quarter
from metrics.period import Period

Severity = Literal["error", "notice"]


@dataclass(frozen=True)
class Problem:
    """`code` picks the sentence in `problems.toml`; `values` fill its blanks.

    A fault that concerns several cells names the first in `cell` and the others in `values`.
    """

    severity: Severity
    code: str
    sheet: str = ""
    cell: str = ""
    found: str = ""
    values: dict[str, object] = field(default_factory=dict, hash=False)


class Refused(Exception):
    """A file that cannot be read at all, or must not be: the code and the values of its sentence."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def problem(self) -> Problem:
        return Problem("error", self.code, values=self.values)


def message(problem: Problem, language: str = "zh_CN") -> str:
    """What is wrong and what to do, in the user's words (the place is told apart from it)."""
    values = {name: _by_language(value, language) for name, value in problem.values.items()}
    values = {"found": problem.found, "sheet": problem.sheet, **values}
    if "reason" in values:
        values["reason"] = text(f"problem_unsafe.{values['reason']}", language)
    phrase = catalogue(language)[f"problem.{problem.code}"]
    quoted = {name: _inner(value) for name, value in values.items() if f"“{{{name}}}”" in phrase}
    told = text(f"problem.{problem.code}", language, **values | quoted)
    if "alike" in values:
        return text("problem_place.alike", language, message=told, **values)
    return told


def place(problem: Problem, language: str = "zh_CN") -> str:
    """Where it is, for a sentence or a table: `「数据填报」C7`, or nothing for the whole file."""
    if problem.sheet and problem.cell:
        return text("problem_place.cell", language, sheet=problem.sheet, cell=problem.cell)
    return text("problem_place.sheet", language, sheet=problem.sheet) if problem.sheet else ""


def _inner(value: object) -> object:
    """Quotes within quotes are single: ‘五个一’."""
    return value.replace("“", "‘").replace("”", "’") if isinstance(value, str) else value


def _by_language(value: object, language: str) -> object:
    """A value given as {"zh": …, "en": …} and a quarter are told in the reader's language."""
    if isinstance(value, Period):
        return quarter(value, language)
    if isinstance(value, dict) and {"zh", "en"} <= value.keys():
        return value["en" if language == "en" else "zh"]
    return value
