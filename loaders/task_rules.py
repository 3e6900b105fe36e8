"""Rules about the statuses of tasks."""

from collections.abc import Iterator

from loaders.case import Broken, Case
from store.submissions import MilestoneStatus


def _at(said: MilestoneStatus, field: str, case: Case, shown: str = "", **values: object) -> Broken:
    task = next(task for task in case.plan.milestones if task.milestone == said.milestone)
    name = {"zh": task.name.zh, "en": task.name.en}
    return Broken(said.sheet, said.cells.get(field, ""), shown, {"name": name, **values})


def done_without_date(case: Case) -> Iterator[Broken]:
    unread = {(problem.sheet, problem.cell) for problem in case.found.problems if problem.severity == "error"}
    for said in case.values.milestones:
        missing = said.status == "done" and said.done_on is None
        if missing and (said.sheet, said.cells.get("date", "")) not in unread:
            yield _at(said, "date", case)


def date_after_quarter(case: Case) -> Iterator[Broken]:
    """What is done is done by the quarter's end; what will be is under way."""
    end = case.found.period.end
    for said in case.values.milestones:
        if said.done_on is not None and said.done_on > end:
            yield _at(said, "date", case, said.done_on.isoformat(), end=end.isoformat())


def date_without_done(case: Case) -> Iterator[Broken]:
    for said in case.values.milestones:
        if said.done_on is not None and said.status != "done":
            yield _at(said, "status", case, date=said.done_on.isoformat())


def done_without_evidence(case: Case) -> Iterator[Broken]:
    asked = {task.milestone: task.evidence for task in case.plan.milestones}
    for said in case.values.milestones:
        if said.status == "done" and not said.evidence:
            evidence = asked[said.milestone]
            yield _at(said, "evidence", case, evidence={"zh": evidence.zh, "en": evidence.en})


def done_before_plan(case: Case) -> Iterator[Broken]:
    """Possible (a policy may be older than the plan), and often a slip in the year."""
    for said in case.values.milestones:
        if said.done_on is not None and said.done_on < case.plan.start:
            yield _at(said, "date", case, said.done_on.isoformat(), start=case.plan.start.isoformat())


def undone(case: Case) -> Iterator[Broken]:
    """What was published as done is not any more; a yearly task begins anew by itself."""
    yearly = {task.milestone for task in case.plan.milestones if task.recurrence == "annual"}
    for said in case.values.milestones:
        before = case.tasks.get(said.milestone)
        if before is None or before.status != "done" or said.status == "done":
            continue
        over = before.done_on is not None and before.done_on.year < case.found.period.year
        if not (said.milestone in yearly and over):
            yield _at(said, "status", case)
