"""What is said about one file: the verdict, its problems as JSON, many alike told as one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from loaders.checks import ASKING, OF_ONE_VALUE
from loaders.own.mapping import Proposal
from loaders.problem import Problem, message
from metrics.period import Period
from store.submissions import Submission

Answers = Mapping[str, Mapping[str, object]]
"""Key of a notice (`notice_key`) → `answer`, `who`, `at`."""

Word = Literal["accepted", "accepted_with_notices", "rejected"]
_ALIKE = 5
"""More notices of one kind in a sheet than this are told as one."""
_MARKED = 500
"""Of these the returned workbook marks so many."""


@dataclass(frozen=True)
class Verdict:
    """What became of one file. `draft` is what was, or would have been, saved."""

    file: str
    verdict: Word
    plan: str | None
    unit: str | None
    period: Period | None
    submission: int | None = None
    problems: list[Problem] = field(default_factory=list)
    draft: Submission | None = None
    sha256: str = ""
    proposal: Proposal | None = None
    """What to ask the unit about headings of its own, where they leave doubt."""

    @property
    def accepted(self) -> bool:
        return self.verdict != "rejected"

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def notices(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "notice"]

    @property
    def asking(self) -> list[Problem]:
        """Notices that want an answer."""
        return [problem for problem in self.notices if problem.code in ASKING]

    @property
    def duplicate(self) -> bool:
        """Whether these very bytes already stand, so that nothing was saved."""
        return any(problem.code == "already_loaded" for problem in self.problems)

    def as_json(self, language: str = "zh_CN") -> dict[str, Any]:
        return {
            "file": self.file,
            "verdict": self.verdict,
            "plan": self.plan,
            "unit": self.unit,
            "period": str(self.period) if self.period else None,
            "submission": self.submission,
            "problems": [as_json(problem, language) for problem in self.problems],
        }


def as_json(problem: Problem, language: str = "zh_CN") -> dict[str, Any]:
    return {
        "severity": problem.severity,
        "code": problem.code,
        "sheet": problem.sheet or None,
        "cell": problem.cell or None,
        "found": problem.found or None,
        "message": message(problem, language),
    }


def notice_key(problem: Problem) -> str:
    """What an answer is kept under: what was said, wherever the row has moved to by now.

    The same words about the same numbers need no second answer; a changed number asks again.
    """
    return f"{problem.code} {problem.sheet} {message(problem)}"


def answered(problem: Problem, answers: Answers) -> dict[str, Any]:
    """A notice as it is stored beside the numbers: with whether it asks, and what was answered."""
    notice, given = told(problem), answers.get(notice_key(problem), {})
    if not given.get("answer"):
        return notice
    return notice | {"answer": given["answer"], "answered_by": given["who"], "answered_at": str(given["at"])}


def told(problem: Problem) -> dict[str, Any]:
    """A problem as it is kept: in both languages, with whether it asks, and all cells of one told for many."""
    asks = {"asks": True} if problem.code in ASKING else {}
    cells = {"cells": problem.values["every_cell"]} if "every_cell" in problem.values else {}
    return as_json(problem) | {"message_en": message(problem, "en")} | asks | cells


def word_of(problems: list[Problem]) -> Word:
    if any(problem.severity == "error" for problem in problems):
        return "rejected"
    return "accepted_with_notices" if problems else "accepted"


def gather(problems: list[Problem]) -> list[Problem]:
    """Errors first and each by itself; many notices of one kind in a sheet as one, but those of one value."""
    unique = list({(p.severity, p.code, p.sheet, p.cell, p.found): p for p in problems}.values())
    errors = [problem for problem in unique if problem.severity == "error"]
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in unique:
        if problem.severity == "notice":
            groups.setdefault((problem.code, problem.sheet), []).append(problem)
    notices = []
    for (code, _), group in groups.items():
        notices += group if len(group) <= _ALIKE or code in OF_ONE_VALUE else [_as_one(group)]
    return errors + notices


def _as_one(group: list[Problem]) -> Problem:
    cells = [problem.cell for problem in group if problem.cell]
    shown, first = "、".join(cells[:_ALIKE]), group[0]
    values = {**first.values, "alike": len(group), "alike_cells": shown, "every_cell": cells[:_MARKED]}
    return replace(first, values=values)
