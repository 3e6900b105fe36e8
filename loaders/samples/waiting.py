"""Sample workbooks that were sent and wait for review, so that the queue of the sample dashboard is real.

Each takes the way of a county's own: judged, a cell mended, the questions answered, sent. Nothing of
it is published, so no figure of the samples knows of it.
"""

from collections.abc import Mapping

from loaders.found import Form
from loaders.intake import keep_attempt
from loaders.judging import judge
from loaders.problem import Problem, Refused
from loaders.samples.files import SampleFile, sample_file
from loaders.samples.story import Sending, read_stories
from loaders.sandbox import read_files
from loaders.verdict import Verdict, notice_key
from loaders.workbook import Workbook
from metrics.plan import Plan
from store.attempts import change_attempt
from store.audit import record
from store.database import Database
from store.originals import fingerprint, save_original
from store.people import Person
from store.review import return_submission
from store.sending import send_submission
from store.submissions import Mend

REVIEWER = Person("示例", "示例", "reviewer")


def send_waiting(database: Database, plans: Mapping[str, Plan]) -> list[int]:
    """Send every workbook that a story's `[[waiting]]` tells of; returns the numbers, in that order."""
    told = [
        (story.plan, sending, sample_file(story, sending))
        for story in read_stories(plans)
        for sending in story.waiting()
    ]
    opened = read_files((file.data, file.file_name) for _, _, file in told)
    return [_send(database, dict(plans), *one, found) for one, found in zip(told, opened, strict=True)]


def _send(
    database: Database,
    plans: dict[str, Plan],
    plan: Plan,
    sending: Sending,
    file: SampleFile,
    opened: Workbook | Refused,
) -> int:
    unit = plan.units[sending.unit]
    sender = Person(f"示例·{unit.short}", unit.name, "department" if unit.kind == "department" else "county", unit.unit)
    mine, form = database.acting_as(sender), Form(plan.plan, unit.unit, sending.period)

    def judged(mends: list[Mend], answers: Mapping[str, Mapping[str, object]]) -> Verdict:
        return judge(
            mine, plans, opened, file.file_name, fingerprint(file.data),
            now=file.at, who=sender.name, form=form, mends=mends, answers=answers,
        )  # fmt: skip

    first = judged([], {})
    save_original(mine, file.data)
    attempt = keep_attempt(mine, first, now=file.at, who=sender.name)
    mends = _mends(first.errors, sending, sender.name)
    answers = {notice_key(asked): _answer(asked, sending, sender.name) for asked in judged(mends, {}).asking}
    change_attempt(mine, attempt, mends=mends, answers=answers)
    draft = judged(mends, answers).draft
    if draft is None:
        raise ValueError(f"sample {file.file_name} was rejected")
    number = send_submission(mine, plan, draft, attempt=attempt)
    record(mine, file.at, sender.name, "send", {"submission": number, "file": file.file_name, "sha256": draft.sha256})
    if said := sending.otherwise.get("returned"):
        return_submission(database.acting_as(REVIEWER), number, why=said["why"], now=said["at"])
    return number


def _mends(faults: list[Problem], sending: Sending, who: str) -> list[Mend]:
    """What stands wrongly in the file, and what was typed instead in the browser."""
    typed: Mapping[str, str] = sending.otherwise.get("mends", {})
    return [
        Mend(fault.sheet, fault.cell, fault.found, typed[fault.found], who, sending.at)
        for fault in faults
        if fault.found in typed
    ]


def _answer(asked: Problem, sending: Sending, who: str) -> dict[str, object]:
    return {"answer": sending.otherwise["answers"][asked.code], "who": who, "at": str(sending.at)}
