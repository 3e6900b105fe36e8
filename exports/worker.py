"""The process that makes packs and opens files to be checked: `python -m exports.worker`.

It reads one request from our own process (a pickle; never a stranger's bytes unwrapped), limits itself,
and answers in lines of JSON: what is done so far, then the outcome or one sentence why there is none.
"""

import contextlib
import json
import pickle
import resource
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from exports.cards import CardError
from exports.check import check_file
from exports.fonts import MissingGlyph
from exports.pack import pack
from exports.preview import INDEX, previews
from exports.typesetting import TypesettingError
from exports.unseal import unseal

MEMORY = 2_500 * 1024 * 1024
SECONDS = 120
"""Processor time for one job; the largest plan's pack takes a tenth of it."""

Line = dict[str, Any]


def limit() -> None:
    # Some systems do not let a process limit itself; the wall clock of the parent still holds.
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def make_pack(request: dict[str, Any]) -> Iterator[Line]:
    """Writes the files into the folder the parent gave; a line for each."""
    told: list[Line] = []
    files = pack(
        request["result"],
        request["formats"],
        request["language"],
        lambda name, done, of: told.append({"file": name, "done": done, "of": of}),
        request["edited"],
    )
    for name, data in files:
        (request["folder"] / name).write_bytes(data)
        yield from told
        told.clear()
    yield {"finished": True}


def look(request: dict[str, Any]) -> Iterator[Line]:
    """Every page as a picture in the folder, and `index.json`: which of them show which file."""
    folder: Path = request["folder"]
    index = []
    for n, (name, pages) in enumerate(previews(request["files"])):
        named = [f"{n:02}-{m:03}.png" for m in range(len(pages))]
        for page, data in zip(named, pages, strict=True):
            (folder / page).write_bytes(data)
        index.append({"file": name, "pages": named})
    (folder / INDEX).write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")
    yield {"finished": True}


def check(request: dict[str, Any]) -> Iterator[Line]:
    found = check_file(request["data"], request["name"], request["result"], request["language"])
    yield {"findings": [asdict(finding) for finding in found]}


def read_stamp(request: dict[str, Any]) -> Iterator[Line]:
    sealed = unseal(request["data"])
    yield {"stamp": sealed.stamp if sealed else None}


JOBS = {"pack": make_pack, "look": look, "check": check, "stamp": read_stamp}


def main() -> None:
    request = pickle.load(sys.stdin.buffer)
    answers, sys.stdout = sys.stdout, sys.stderr  # A library that prints must not spoil the lines.
    limit()
    try:
        for line in JOBS[request["job"]](request):
            print(json.dumps(line, ensure_ascii=True), file=answers, flush=True)
    except (CardError, MissingGlyph, TypesettingError) as fault:
        print(json.dumps({"fault": str(fault)}), file=answers, flush=True)


if __name__ == "__main__":
    main()
