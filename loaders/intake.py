"""A file in, a verdict out: recognise, read, check, and save all of it or nothing.

For `python -m loaders load` and the samples, which publish at once; a page keeps a file on the desk
first (`loaders.desk`). The bytes and the verdict are kept whatever it is; of a rejected file no figure is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from loaders.found import Form
from loaders.judging import judge_files
from loaders.verdict import Verdict, told
from metrics.period import Period
from metrics.plan import Plan
from store import audit
from store.attempts import save_attempt
from store.database import Database
from store.originals import save_original
from store.sending import save_submission


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
    dated = ((data, file_name, now) for data, file_name in files)
    for data, at, verdict in judge_files(database, plans, dated, who=who, form=form):
        yield _keep(database, plans, verdict, data, at, who) if save else verdict


def load_dated(
    database: Database,
    plans: dict[str, Plan],
    files: Iterable[tuple[bytes, str, datetime]],
    *,
    who: str,
) -> Iterator[Verdict]:
    """Load files that arrived one after another, each at its own moment, as they come."""
    for data, at, verdict in judge_files(database, plans, files, who=who):
        yield _keep(database, plans, verdict, data, at, who)


def _keep(
    database: Database, plans: dict[str, Plan], verdict: Verdict, data: bytes, now: datetime, who: str
) -> Verdict:
    save_original(database, data)
    if not verdict.duplicate:
        attempt = keep_attempt(database, verdict, now=now, who=who)
        if verdict.accepted and verdict.draft is not None and verdict.plan is not None:
            number = save_submission(database, plans[verdict.plan], verdict.draft, attempt=attempt)
            verdict = replace(verdict, submission=number)
    audit.record(database, now, who, "load", {**verdict.as_json(), "sha256": verdict.sha256})
    return verdict


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
