"""`seed`: fill an empty database with the sample submissions.

Each is a filled template, loaded at the moment the story says, so that origins, lateness and the
replay of any past day work as they do with real data.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from loaders.child import read_frame
from loaders.intake import load_dated
from loaders.samples.files import SampleFile, sendings
from loaders.samples.waiting import send_waiting
from loaders.verdict import Verdict
from metrics.plan import Plan
from store.database import Database

WHO = "示例"
ROOT = Path(__file__).resolve().parent.parent.parent


def seed(database: Database, plans: Mapping[str, Plan], *, progress: Callable[[int, int], None] | None = None) -> None:
    """Mark the database as sample data, load every submission of every story, oldest first, and let some wait.

    `progress(done, all)` is called after each. Raises ValueError when a sample is rejected.
    """
    database.mark_sample()
    expected = len(sendings(plans))
    for done, verdict in enumerate(load_dated(database, dict(plans), _built_beside(), who=WHO), start=1):
        _must_stand(verdict)
        if progress:
            progress(done, expected)
    send_waiting(database, plans)


def _built_beside() -> Iterator[SampleFile]:
    """The sample files, written by a second process while this one loads: it halves the first start."""
    with subprocess.Popen([sys.executable, "-m", "loaders.samples"], cwd=ROOT, stdout=subprocess.PIPE) as builder:
        assert builder.stdout is not None
        while heading := read_frame(builder.stdout):
            file_name, at = json.loads(heading)
            yield SampleFile(read_frame(builder.stdout) or b"", file_name, datetime.fromisoformat(at))
    if builder.returncode:
        raise RuntimeError("the sample workbooks could not be written; see the message above")


def _must_stand(verdict: Verdict) -> None:
    if not verdict.accepted:
        said = "; ".join(f"{p.sheet}!{p.cell} {p.code} {p.found}" for p in verdict.errors)
        raise ValueError(f"sample {verdict.file} was rejected: {said}")
