"""A file in, a verdict out: recognise, read, check, and save all of it or nothing.

The submit page and `python -m loaders load` both call `load`. The bytes and the verdict
are kept whatever it is; of a rejected file no figure is.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import tee
from typing import Any, Literal

from loaders.case import Case
from loaders.checks import ASKING, check
from loaders.found import Form, Found, Unrecognised
from loaders.meanings import NONE, Meanings, Remembered
from loaders.mends import overlay
from loaders.own.mapping import UNSURE, Proposal, propose
from loaders.problem import Problem, Refused, message
from loaders.recognise import recognise
from loaders.sandbox import read_files
from loaders.values import Values, read_values
from loaders.workbook import Workbook
from metrics.claims import ROSTER
from metrics.period import Period
from metrics.plan import Plan
from store import audit
from store.attempts import save_attempt
from store.claims import claims_elsewhere
from store.database import Database
from store.mappings import mappings
from store.milestones import last_statuses
from store.people import OPERATOR, may
from store.review import list_mends
from store.sending import save_submission
from store.submissions import Mend, Submission, derived_figures, find_duplicate, last_figures

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


def load(
    database: Database,
    plans: dict[str, Plan],
    data: bytes,
    file_name: str,
    *,
    now: datetime,
    who: str,
    plan: str | None = None,
    unit: str | None = None,
    period: Period | None = None,
    save: bool = True,
) -> Verdict:
    """Load one file; with `save=False` the verdict is the same and nothing is kept."""
    files = [(data, file_name)]
    form = Form(plan, unit, period)
    return next(iter(load_many(database, plans, files, now=now, who=who, form=form, save=save)))


def load_many(
    database: Database,
    plans: dict[str, Plan],
    files: Iterable[tuple[bytes, str]],
    *,
    now: datetime,
    who: str,
    form: Form | None = None,
    save: bool = True,
) -> Iterator[Verdict]:
    """Load several files, opened in one child process; each is saved or rejected by itself."""
    held = list(files)
    for (data, file_name), opened in zip(held, read_files(held), strict=True):
        verdict = judge(database, plans, opened, file_name, fingerprint(data), now=now, who=who, form=form)
        yield _keep(database, plans, verdict, data, now, who) if save else verdict


def load_dated(
    database: Database,
    plans: dict[str, Plan],
    files: Iterable[tuple[bytes, str, datetime]],
    *,
    who: str,
) -> Iterator[Verdict]:
    """Load files that arrived one after another, each at its own moment, as they come."""
    arriving, opening = tee(files)
    opened_files = read_files((data, file_name) for data, file_name, _ in opening)
    for opened, (data, file_name, at) in zip(opened_files, arriving, strict=True):
        verdict = judge(database, plans, opened, file_name, fingerprint(data), now=at, who=who)
        yield _keep(database, plans, verdict, data, at, who)


def fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def judge(
    database: Database,
    plans: dict[str, Plan],
    opened: Workbook | Refused,
    file_name: str,
    sha256: str,
    *,
    now: datetime,
    who: str,
    form: Form | None = None,
    mends: Sequence[Mend] = (),
    answers: Answers | None = None,
) -> Verdict:
    """The verdict on an opened file with what was typed and answered since. Saves nothing."""
    form = form or Form()
    refused = Verdict(file_name, "rejected", form.plan, form.unit, form.period, sha256=sha256)
    if isinstance(opened, Refused):
        return replace(refused, problems=[opened.problem()])
    opened = overlay(opened, mends)
    remembered = {whose: Meanings(said) for whose, said in mappings(database).items()}
    try:
        found = recognise(opened, plans, form, file_name, remembered)
    except Unrecognised as unknown:
        refused = replace(
            refused,
            problems=unknown.problems,
            plan=unknown.plan or form.plan,
            unit=unknown.unit or form.unit,
            period=unknown.period or form.period,
        )
        return replace(refused, proposal=_proposal(database, plans, opened, refused, remembered))
    if not may(database.person, "send", found.unit):  # before anything of that unit is read
        name = {"zh": found.plan.units[found.unit].name, "en": found.plan.units[found.unit].name_en}
        return replace(refused, problems=[Problem("error", "not_your_unit", values={"unit": name})])
    values = read_values(found)
    draft = replace(_draft(found, values, file_name, sha256, now, who), mends=tuple(mends))
    found.problems += check(_case(database, plans, found, values, draft))
    problems = gather(found.problems)
    draft = replace(draft, notices=[answered(p, answers or {}) for p in problems if p.severity == "notice"])
    verdict = Verdict(
        file_name, _word(problems), found.plan.plan, found.unit, found.period, None, problems, draft, sha256
    )
    verdict = replace(verdict, proposal=_proposal(database, plans, opened, verdict, remembered))
    return _unless_duplicate(database, found, verdict)


def _proposal(
    database: Database, plans: dict[str, Plan], opened: Workbook, verdict: Verdict, remembered: Remembered
) -> Proposal | None:
    """What to ask, where a word of the unit could settle a problem; of nobody else's headings."""
    plan, unit, period = plans.get(verdict.plan or ""), verdict.unit, verdict.period
    if plan is None or unit is None or period is None or unit not in plan.reporting_units():
        return None
    if UNSURE.isdisjoint(problem.code for problem in verdict.problems) or not may(database.person, "send", unit):
        return None
    return propose(opened, plan, unit, period, remembered.get((plan.plan, unit), NONE))


def _case(database: Database, plans: dict[str, Plan], found: Found, values: Values, draft: Submission) -> Case:
    """What the rules look at beside the file itself: counts, the last quarter, other plans' claims."""
    derived = {(f.indicator, f.part): f for f in derived_figures(found.plan, draft)}
    last = last_figures(database, found.plan, found.unit, found.period)
    tasks = last_statuses(database, found.plan, found.unit, found.period + -1) if found.tasks else {}
    claimed = any(row.roster == ROSTER for row in values.rows)
    elsewhere = claims_elsewhere(database.acting_as(OPERATOR), plans, found.plan) if claimed else []
    return Case(found, values, derived, last, tasks, plans, elsewhere)


def _draft(found: Found, values: Values, file_name: str, sha256: str, now: datetime, who: str) -> Submission:
    owed = {indicator.indicator for indicator in found.plan.indicators_of(found.unit)}
    tasks = {task.milestone for task in found.plan.milestones_of(found.unit)}
    return Submission(
        plan=found.plan.plan,
        plan_version=found.plan_version or found.plan.version,
        unit=found.unit,
        period=found.period,
        file_name=file_name,
        sha256=sha256,
        template_version=found.template_version,
        received_at=now,
        published_at=now,
        published_by=who,
        figures=[figure for figure in values.figures if figure.indicator in owed],
        roster_rows=values.rows,
        milestones=[said for said in values.milestones if said.milestone in tasks],
    )


def _word(problems: list[Problem]) -> Word:
    if any(problem.severity == "error" for problem in problems):
        return "rejected"
    return "accepted_with_notices" if problems else "accepted"


def _unless_duplicate(database: Database, found: Found, verdict: Verdict) -> Verdict:
    """The same bytes again, mended in the same way, change nothing, and the sender hears so."""
    if not verdict.accepted or verdict.draft is None:
        return verdict
    number = find_duplicate(database, found.plan, found.unit, found.period, verdict.sha256)
    if number is None or _typed(list_mends(database, number)) != _typed(verdict.draft.mends):
        return verdict
    said = Problem("notice", "already_loaded", values={"submission": number})
    return replace(verdict, verdict="accepted_with_notices", submission=number, problems=[said])


def _keep(
    database: Database, plans: dict[str, Plan], verdict: Verdict, data: bytes, now: datetime, who: str
) -> Verdict:
    database.save_original(data)
    if not verdict.duplicate:
        attempt = keep_attempt(database, verdict, now=now, who=who)
        if verdict.accepted and verdict.draft is not None and verdict.plan is not None:
            number = save_submission(database, plans[verdict.plan], verdict.draft, attempt=attempt)
            verdict = replace(verdict, submission=number)
    audit.record(database, now, who, "load", {**verdict.as_json(), "sha256": verdict.sha256})
    return verdict


def _typed(mends: Iterable[Mend]) -> set[tuple[str, str, str]]:
    return {(mend.sheet, mend.cell, mend.typed) for mend in mends}


def keep_attempt(database: Database, verdict: Verdict, *, now: datetime, who: str) -> int:
    """The verdict as the database keeps it: its problems in both languages, for whoever reads them later."""
    return save_attempt(
        database,
        plan=verdict.plan,
        unit=verdict.unit,
        period=verdict.period,
        file_name=verdict.file,
        sha256=verdict.sha256,
        verdict=verdict.verdict,
        problems=[told(problem) for problem in verdict.problems],
        now=now,
        who=who,
    )


def told(problem: Problem) -> dict[str, Any]:
    """A problem as it is kept: in both languages, with whether it asks, and all cells of one told for many."""
    asks = {"asks": True} if problem.code in ASKING else {}
    cells = {"cells": problem.values["every_cell"]} if "every_cell" in problem.values else {}
    return as_json(problem) | {"message_en": message(problem, "en")} | asks | cells


def gather(problems: list[Problem]) -> list[Problem]:
    """Errors first and each by itself; many notices of one kind in a sheet as one."""
    unique = list({(p.severity, p.code, p.sheet, p.cell, p.found): p for p in problems}.values())
    errors = [problem for problem in unique if problem.severity == "error"]
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in unique:
        if problem.severity == "notice":
            groups.setdefault((problem.code, problem.sheet), []).append(problem)
    notices = []
    for group in groups.values():
        notices += group if len(group) <= _ALIKE else [_as_one(group)]
    return errors + notices


def _as_one(group: list[Problem]) -> Problem:
    cells = [problem.cell for problem in group if problem.cell]
    shown, first = "、".join(cells[:_ALIKE]), group[0]
    values = {**first.values, "alike": len(group), "alike_cells": shown, "every_cell": cells[:_MARKED]}
    return replace(first, values=values)
