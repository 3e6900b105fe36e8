"""Every page of a file as a picture, before it is handed out."""

import io
import json
import stat
import time
from pathlib import Path

import pytest
from PIL import Image

from exports import EXPORTS, preview
from exports.jobs import look
from exports.preview import INDEX, WIDTH, previews
from tests.exports.worlds import allocated, stores


def sizes(pages: list[bytes]) -> list[tuple[int, int]]:
    return [Image.open(io.BytesIO(page)).size for page in pages]


def test_a_document_is_shown_page_by_page_and_a_picture_as_it_is() -> None:
    result = stores()
    picture = EXPORTS["png"](result)
    files = {"逐页.pdf": EXPORTS["pdf"](result, card="units"), "图.png": picture, "数据.json": b"{}"}
    found = dict(previews(files))
    assert list(found) == ["逐页.pdf", "图.png"]
    assert [width for width, _ in sizes(found["逐页.pdf"])] == [WIDTH] * 8
    assert found["图.png"] == [picture]


def test_a_page_is_drawn_with_what_stands_on_it() -> None:
    """Not a white sheet: the sheet's head row is dark across its width."""
    [page] = dict(previews({"a.pdf": EXPORTS["pdf"](allocated([90] * 7), card="sheet")}))["a.pdf"]
    dark = sum(Image.open(io.BytesIO(page)).convert("L").histogram()[:80])
    assert dark > WIDTH * 10


def test_without_an_office_program_the_other_files_are_still_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "office_program", lambda: None)
    files = {"a.docx": EXPORTS["docx"](stores()), "b.pdf": EXPORTS["pdf"](stores())}
    assert [name for name, _ in previews(files)] == ["b.pdf"]


def test_an_office_file_is_shown_as_the_office_program_prints_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A stand-in for LibreOffice that gives a PDF of three pages for each file it is given."""
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(EXPORTS["pdf"](stores(), card="units"))
    program = tmp_path / "office"
    program.write_text(
        "#!/bin/sh\nwhile [ $# -gt 0 ]; do\n"
        'case $1 in --outdir) out=$2; shift;; /*) files="$files $1";; esac; shift; done\n'
        f'mkdir -p "$out"\nfor file in $files; do cp {paper} "$out/$(basename "${{file%.*}}").pdf"; done\n',
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(preview, "office_program", lambda: str(program))
    found = dict(previews({"通报 1.docx": b"1", "幻灯片; rm -rf.pptx": b"2"}))
    assert {name: len(pages) for name, pages in found.items()} == {"通报 1.docx": 8, "幻灯片; rm -rf.pptx": 8}


def test_an_office_program_that_fails_leaves_its_files_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "office_program", lambda: "/bin/false")
    assert dict(previews({"a.docx": b"no document"})) == {}


def test_an_office_program_that_never_ends_is_stopped_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program, started = tmp_path / "office", tmp_path / "started"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {started}.new\nmv {started}.new {started}\nwait\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(preview, "office_program", lambda: str(program))
    monkeypatch.setattr(preview, "SECONDS", 5)
    assert dict(previews({"a.docx": b"1"})) == {}
    child = int(started.read_text())
    for _ in range(600):
        if not lives(child):
            return
        time.sleep(0.1)
    pytest.fail(f"{child} still runs")


def lives(process: int) -> bool:
    """A process that was killed and not yet fetched by its parent lives no more."""
    try:
        said = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return said.rpartition(")")[2].split()[0] != "Z"


def test_the_pages_of_many_files_lie_in_one_folder_and_the_index_says_which(tmp_path: Path) -> None:
    result = stores()
    look({"a.pdf": EXPORTS["pdf"](result, card="units"), "b.png": EXPORTS["png"](result), "c.json": b"{}"}, tmp_path)
    index = json.loads((tmp_path / INDEX).read_text(encoding="utf-8"))
    assert [(entry["file"], len(entry["pages"])) for entry in index] == [("a.pdf", 8), ("b.png", 1)]
    shown = [page for entry in index for page in entry["pages"]]
    assert sorted(shown) == sorted(page.name for page in tmp_path.iterdir() if page.suffix == ".png")


def test_a_single_file_can_be_looked_at_without_a_pack(tmp_path: Path) -> None:
    look({"一览.pdf": EXPORTS["pdf"](stores(), card="sheet")}, tmp_path)
    [entry] = json.loads((tmp_path / INDEX).read_text(encoding="utf-8"))
    assert entry == {"file": "一览.pdf", "pages": ["00-000.png"]}
