"""Taking workbooks in and sending them on: every step is kept and recorded as it is done."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from loaders.found import Form
from loaders.intake import keep_attempt
from loaders.judging import judge_files
from loaders.problem import Problem, message
from loaders.uploads import Upload, open_uploads, unanswered, uploads
from loaders.verdict import Verdict, notice_key
from metrics.plan import Plan
from store import audit
from store.attempts import change_attempt, put_away_attempt, save_attempt
from store.database import Database
from store.originals import save_original
from store.people import may
from store.sending import save_submission, send_submission
from store.submissions import Mend
from store.typed import keep_answer, keep_mend


def take(
    database: Database,
    plans: dict[str, Plan],
    files: Iterable[tuple[bytes, str]],
    form: Form,
    *,
    now: datetime,
) -> Iterator[tuple[int, Verdict]]:
    """Judge files and keep each with its verdict, as they are read; gives the number of the attempt too.

    The same bytes again, while they lie open, are the same attempt: mends and answers stay.
    """
    dated = ((data, file_name, now) for data, file_name in files)
    for data, _, verdict in judge_files(database, plans, dated, who=database.person.name, form=form):
        yield _keep(database, plans, verdict, data, form, now), verdict


def _keep(database: Database, plans: dict[str, Plan], verdict: Verdict, data: bytes, form: Form, now: datetime) -> int:
    # What the sender chose comes first: another county's file, sent by mistake, stays with whoever sent it.
    verdict = replace(
        verdict,
        plan=form.plan or verdict.plan,
        unit=form.unit or verdict.unit,
        period=form.period or verdict.period,
    )
    if verdict.plan and verdict.unit and verdict.period:
        before = uploads(database, plans[verdict.plan], verdict.unit, verdict.period)
        same = before and (before[0].sha256, before[0].file_name) == (verdict.sha256, verdict.file)
        if same and before[0].open:
            return before[0].attempt
    save_original(database, data)
    for other in open_uploads(database):  # taken for somebody else's, or nobody's, when it was sent the first time
        if other.sha256 == verdict.sha256 and other.file_name == verdict.file:
            put_away_attempt(database, other.attempt, now)
    number = keep_attempt(database, verdict, now=now, who=database.person.name)
    audit.record(
        database,
        now,
        database.person.name,
        "upload",
        {"attempt": number, **verdict.as_json(), "sha256": verdict.sha256},
    )
    return number


def take_again(database: Database, upload: Upload, *, now: datetime) -> int:
    """Go on with what was returned or withdrawn: the same workbook, mends and answers, as a new attempt."""
    form, who = upload.form, database.person.name
    number = save_attempt(
        database,
        plan=form.plan,
        unit=form.unit,
        period=form.period,
        file_name=upload.file_name,
        sha256=upload.sha256,
        verdict="accepted_with_notices" if upload.problems else "accepted",
        problems=upload.problems,
        now=now,
    )
    change_attempt(database, number, mends=upload.mends, answers=upload.answers)
    audit.record(database, now, who, "upload", {"attempt": number, "again": upload.attempt, "sha256": upload.sha256})
    return number


def mend(database: Database, attempt: int, sheet: str, cell: str, stood: str, typed: str, *, now: datetime) -> None:
    """Keep what was typed for a cell; typing back what stands in the file takes the mend away."""
    keep_mend(database, attempt, Mend(sheet, cell, stood, typed.strip(), database.person.name, now))


def answer(database: Database, attempt: int, notice: Problem, said: str, *, now: datetime) -> None:
    """Keep the answer to a notice; an empty one takes it back."""
    keep_answer(database, attempt, notice_key(notice), said.strip(), notice=message(notice), now=now)


def put_away(database: Database, attempt: int, *, now: datetime) -> None:
    """Take a workbook off the desk; its bytes and its verdict stay."""
    put_away_attempt(database, attempt, now)
    audit.record(database, now, database.person.name, "put_away", {"attempt": attempt})


def send(
    database: Database, plans: dict[str, Plan], upload: Upload, verdict: Verdict, *, now: datetime, who: str = ""
) -> int:
    """Publish at once where the person may, else send for review; returns the submission's number.

    Raises ValueError for a verdict that is not ready, AlreadySent, QuarterClosed and NotAllowed.
    `who`: a name typed where nobody signs in.
    """
    publishes = may(database.person, "review")
    if verdict.draft is None or not verdict.accepted or verdict.duplicate or (unanswered(verdict) and not publishes):
        raise ValueError(f"attempt {upload.attempt} is not ready to be sent")
    name = who or database.person.name
    draft = replace(verdict.draft, received_at=now, published_at=now, published_by=name)
    keep = save_submission if publishes else send_submission
    number = keep(database, plans[draft.plan], draft, attempt=upload.attempt)
    detail: dict[str, object] = {
        "submission": number,
        "plan": draft.plan,
        "unit": draft.unit,
        "period": str(draft.period),
        "file": draft.file_name,
        "sha256": draft.sha256,
        "mends": len(draft.mends),
        "answers": sum(1 for notice in draft.notices if notice.get("answer")),
    }
    audit.record(database, now, name, "publish" if publishes else "send", detail)
    return number
