"""The child process that opens what strangers send: `python -m loaders.child`.

It reads files as frames on its standard input and answers each with one frame of JSON. It limits
its own memory and processor time before it touches the first file, and it knows no database.
"""

import contextlib
import json
import resource
import struct
import sys
from typing import IO, Any

from loaders.formats.reader import read_workbook
from loaders.problem import Refused
from loaders.workbook import to_plain

MEMORY = 1_500 * 1024 * 1024
SECONDS = 30
"""Processor time for one file; a county's workbook takes a tenth of a second."""


def write_frame(stream: IO[bytes], content: bytes) -> None:
    stream.write(struct.pack(">I", len(content)) + content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next frame, or None at the end of the stream."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    content = stream.read(length)
    return content if len(content) == length else None


def answer(data: bytes, file_name: str) -> dict[str, Any]:
    try:
        return {"workbook": to_plain(read_workbook(data, file_name))}
    except Refused as refused:
        return {"refused": refused.code, "values": refused.values}
    except MemoryError:
        return {"refused": "file_too_heavy", "values": {}}
    except Exception as fault:  # noqa: BLE001 - a hostile file may fail anywhere; the parent reports it
        return {"refused": "file_damaged", "values": {}, "fault": repr(fault)[:500]}


def limit_memory() -> None:
    # Some systems do not let a process limit itself; the wall clock of the parent still holds.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def allow_seconds(more: int) -> None:
    """Let this process use `more` seconds of processor time from now on."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (used + more, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main() -> None:
    limit_memory()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    # A library that prints must not spoil the frames.
    sys.stdout = sys.stderr
    while (name := read_frame(source)) is not None and (data := read_frame(source)) is not None:
        allow_seconds(SECONDS)
        write_frame(target, json.dumps(answer(data, name.decode()), ensure_ascii=False).encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
