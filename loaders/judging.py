"""The verdict on a file: recognised, read and checked against what the database holds. Nothing is saved."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import tee

from loaders.case import Case
from loaders.checks import check
from loaders.found import Form, Found, Unrecognised
from loaders.meanings import NONE, Meanings, Remembered
from loaders.mends import overlay
from loaders.own.mapping import UNSURE, Proposal, propose
from loaders.problem import Problem, Refused
from loaders.recognise import recognise
from loaders.sandbox import read_files
from loaders.values import Values, read_values
from loaders.verdict import Answers, Verdict, answered, gather, word_of
from loaders.workbook import Workbook
from metrics.claims import ROSTER
from metrics.plan import Plan
from store.claims import claims_elsewhere
from store.database import Database
from store.mappings import mappings
from store.milestones import last_statuses
from store.originals import fingerprint
from store.people import OPERATOR, may
from store.submission_rows import list_mends
from store.submissions import Mend, Submission, derived_figures, find_duplicate, last_figures


def judge_files(
    database: Database,
    plans: dict[str, Plan],
    files: Iterable[tuple[bytes, str, datetime]],
    *,
    who: str,
    form: Form | None = None,
) -> Iterator[tuple[bytes, datetime, Verdict]]:
    """The verdict on each file at its own moment, as they come; all are opened in one child process."""
    arriving, opening = tee(files)
    opened = read_files((data, file_name) for data, file_name, _ in opening)
    for workbook, (data, file_name, now) in zip(opened, arriving, strict=True):
        yield data, now, judge(database, plans, workbook, file_name, fingerprint(data), now=now, who=who, form=form)


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
        file_name, word_of(problems), found.plan.plan, found.unit, found.period, None, problems, draft, sha256
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


def _unless_duplicate(database: Database, found: Found, verdict: Verdict) -> Verdict:
    """The same bytes again, mended in the same way, change nothing, and the sender hears so."""
    if not verdict.accepted or verdict.draft is None:
        return verdict
    number = find_duplicate(database, found.plan, found.unit, found.period, verdict.sha256)
    if number is None or _typed(list_mends(database, number)) != _typed(verdict.draft.mends):
        return verdict
    said = Problem("notice", "already_loaded", values={"submission": number})
    return replace(verdict, verdict="accepted_with_notices", submission=number, problems=[said])


def _typed(mends: Iterable[Mend]) -> set[tuple[str, str, str]]:
    return {(mend.sheet, mend.cell, mend.typed) for mend in mends}
