"""The parent's side of `exports.worker`: at most two jobs at a time, each with its own wall clock.

Drawing takes seconds and reading a stranger's file may take anything; neither may hold the web
process, and a job that dies takes nobody with it.
"""

import json
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from exports.brief.wording import Wording
from exports.findings import Finding
from metrics.result import Result

AT_ONCE = 2
WALL_SECONDS = 180
_TURNS = threading.BoundedSemaphore(AT_ONCE)
_HERE = Path(__file__).resolve().parent.parent

Heard = Callable[[dict[str, Any]], None]


class JobFailed(Exception):
    """The job gave no outcome; the message, where there is one, is for the reader."""


def make_pack(
    result: Result,
    formats: Collection[str],
    language: str,
    folder: Path,
    heard: Heard,
    *,
    edited: Wording | None = None,
) -> None:
    """Writes the pack's files into `folder`; `heard` gets a line after each."""
    asked = {"result": result, "formats": formats, "language": language, "folder": folder}
    _run({"job": "pack", **asked, "edited": edited}, heard)


def look(files: Mapping[str, bytes], folder: Path) -> None:
    """Writes every page of the files as a picture into `folder`, and `index.json`."""
    _run({"job": "look", "files": dict(files), "folder": folder})


def read_stamp(data: bytes) -> dict[str, str] | None:
    """What the file says about itself, or None when it is none of ours."""
    stamp: dict[str, str] | None = _run({"job": "stamp", "data": data})["stamp"]
    return stamp


def check_file(data: bytes, name: str, result: Result, language: str) -> list[Finding]:
    found = _run({"job": "check", "data": data, "name": name, "result": result, "language": language})
    return [Finding(**finding) for finding in found["findings"]]


def _run(request: dict[str, Any], heard: Heard = lambda line: None) -> dict[str, Any]:
    """The worker's last line. Waits for a turn; raises JobFailed when there is no such line."""
    command = [sys.executable, "-m", "exports.worker"]
    with (
        _TURNS,
        subprocess.Popen(
            command, cwd=_HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as worker,
    ):
        clock = threading.Timer(WALL_SECONDS, worker.kill)
        clock.start()
        try:
            return _answer(worker, request, heard)
        except BrokenPipeError as fault:
            raise JobFailed from fault
        finally:
            clock.cancel()
            worker.kill()


def _answer(worker: subprocess.Popen[bytes], request: dict[str, Any], heard: Heard) -> dict[str, Any]:
    assert worker.stdin is not None and worker.stdout is not None
    with worker.stdin as pipe:
        pickle.dump(request, pipe)
    line: dict[str, Any] = {}
    for written in worker.stdout:
        line = json.loads(written)
        if "fault" in line:
            raise JobFailed(line["fault"])
        heard(line)
    if worker.wait() != 0 or not line:
        raise JobFailed
    return line
