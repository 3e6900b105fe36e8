"""One hostile file costs neither the files after it nor the process that asked."""

import subprocess
import sys

import pytest

from loaders import child, sandbox
from loaders.problem import Refused
from loaders.sandbox import read_files
from loaders.workbook import Workbook
from tests.loaders import cells

GOOD = cells.xlsx([["指标", "数"], ["工厂店", 12]])


HOSTILE = """
import os, sys, time
from loaders import child
source, target = sys.stdin.buffer, sys.stdout.buffer
while (name := child.read_frame(source)) is not None and (data := child.read_frame(source)) is not None:
    if b"abort" in name:
        os.abort()
    if b"hang" in name:
        time.sleep(600)
    child.write_frame(target, child.json.dumps(child.answer(data, name.decode())).encode())
"""


@pytest.fixture
def hostile(monkeypatch):
    """A child that a file's name can kill or hang, as a real file may."""
    monkeypatch.setattr(sandbox, "COMMAND", [sys.executable, "-c", HOSTILE])


def test_a_file_that_kills_its_child_is_reported_and_the_next_one_is_read(hostile):
    results = list(read_files([(GOOD, "1.xlsx"), (GOOD, "abort.xlsx"), (GOOD, "3.xlsx")]))
    assert [type(result) for result in results] == [Workbook, Refused, Workbook]
    assert isinstance(results[1], Refused) and results[1].code == "file_too_heavy"


def test_a_file_that_takes_too_long_is_ended_by_the_clock(hostile):
    (result,) = read_files([(GOOD, "hang.xlsx")], wall_seconds=0.5)
    assert isinstance(result, Refused) and result.code == "file_too_heavy"


def test_the_child_has_limits_of_its_own():
    script = (
        "import resource; from loaders import child; child.limit_memory(); child.allow_seconds(7);"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU)[0])"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert int(told[0]) == child.MEMORY
    assert 7 <= int(told[1]) <= 9


def test_a_file_that_needs_more_memory_than_allowed_is_refused_and_not_fatal(monkeypatch):
    def greedy(data: bytes, file_name: str) -> Workbook:
        raise MemoryError

    monkeypatch.setattr(child, "read_workbook", greedy)
    assert child.answer(b"PK", "a.xlsx") == {"refused": "file_too_heavy", "values": {}}


def test_any_fault_inside_a_reader_becomes_a_damaged_file(monkeypatch):
    def broken(data: bytes, file_name: str) -> Workbook:
        raise RuntimeError("somewhere deep")

    monkeypatch.setattr(child, "read_workbook", broken)
    assert child.answer(b"PK", "a.xlsx")["refused"] == "file_damaged"


def test_many_files_are_read_by_one_child(monkeypatch):
    started = []
    original = sandbox._Child

    class Counted(original):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            started.append(1)
            super().__init__()

    monkeypatch.setattr(sandbox, "_Child", Counted)
    assert all(isinstance(result, Workbook) for result in read_files([(GOOD, f"{n}.xlsx") for n in range(4)]))
    assert len(started) == 1
