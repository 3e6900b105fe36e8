"""The parent's side of reading: several files in one child process, each with its own limits.

A file that kills its child (memory, processor or wall clock) is reported, and the next file gets
a new child, so one hostile workbook never costs the others their turn, nor the web process its life.
"""

import json
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from loaders.child import read_frame, write_frame
from loaders.problem import Refused
from loaders.workbook import Workbook, from_plain

WALL_SECONDS = 60
COMMAND = [sys.executable, "-m", "loaders.child"]
_HERE = Path(__file__).resolve().parent.parent


class _Child:
    """One child process, and the clock that ends it when a file takes too long."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            COMMAND,
            cwd=_HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def read(self, data: bytes, file_name: str, wall_seconds: float) -> Workbook | Refused:
        assert self.process.stdin is not None and self.process.stdout is not None
        clock = threading.Timer(wall_seconds, self.process.kill)
        clock.start()
        try:
            write_frame(self.process.stdin, file_name.encode("utf-8", "replace"))
            write_frame(self.process.stdin, data)
            reply = read_frame(self.process.stdout)
        except (BrokenPipeError, struct.error):
            reply = None
        finally:
            clock.cancel()
        if reply is None:
            return Refused("file_too_heavy")
        plain = json.loads(reply)
        if "refused" in plain:
            return Refused(plain["refused"], **plain["values"])
        return from_plain(plain["workbook"])

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()

    @property
    def alive(self) -> bool:
        return self.process.poll() is None


def read_files(
    files: Iterable[tuple[bytes, str]], *, wall_seconds: float = WALL_SECONDS
) -> Iterator[Workbook | Refused]:
    """Read (bytes, file name) one after another; gives a workbook, or why there is none."""
    child: _Child | None = None
    try:
        for data, file_name in files:
            if child is None or not child.alive:
                if child is not None:
                    child.close()
                child = _Child()
            result = child.read(data, file_name, wall_seconds)
            if isinstance(result, Refused) and result.code == "file_too_heavy":
                child.close()
            yield result
    finally:
        if child is not None:
            child.close()


def read_file(data: bytes, file_name: str, *, wall_seconds: float = WALL_SECONDS) -> Workbook | Refused:
    return next(iter(read_files([(data, file_name)], wall_seconds=wall_seconds)))


def ask_apart(module: str, *frames: bytes, wall_seconds: float = WALL_SECONDS) -> bytes | None:
    """One question to a child of its own (a module that answers frames with one); None when it died over it."""
    content = b"".join(struct.pack(">I", len(frame)) + frame for frame in frames)
    command = [sys.executable, "-m", module]
    process = subprocess.Popen(
        command, cwd=_HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        reply, _ = process.communicate(content, timeout=wall_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return None
    return read_frame(BytesIO(reply))
