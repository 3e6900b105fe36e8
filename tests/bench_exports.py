"""What a file costs beside the plainest way of making one like it: processor time and memory, as ratios.

Each way runs in a process of its own, so that nobody's memory is another's; both sides start with the
same libraries loaded and the same figures in hand.
"""

import io
import json
import pickle
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import typst  # noqa: E402
from docx import Document  # noqa: E402
from openpyxl import Workbook  # noqa: E402
from pptx import Presentation  # noqa: E402

from exports import EXPORTS  # noqa: E402
from exports.fields import records  # noqa: E402
from metrics.result import Result  # noqa: E402

Work = Callable[[Result], object]
TIMES = 3
PAGE = b'#set page(width: %dpt, height: %dpt)\n#set text(font: "Noto Sans CJK SC")\n%s'
FONTS = {"font_paths": [str(ROOT / "data" / "fonts")], "ignore_system_fonts": True}


def rows_of(result: Result) -> list[list[str]]:
    """The figures as bare text, which every plain way writes."""
    return [[str(value) for value in record.values()] for record in records(result)]


def plain_workbook(result: Result) -> None:
    book = Workbook()
    for row in rows_of(result):
        book.active.append(row)
    book.save(io.BytesIO())


def plain_slides(result: Result) -> None:
    deck = Presentation()
    for indicator in result.plan.indicators.values():
        deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = indicator.name.zh
    deck.save(io.BytesIO())


def plain_document(result: Result) -> None:
    paper = Document()
    for row in rows_of(result):
        paper.add_paragraph(" ".join(row))
    paper.save(io.BytesIO())


def plain_paper(result: Result) -> None:
    lines = "\n\n".join(" ".join(row[:2]).replace("@", " ") for row in rows_of(result))
    typst.compile(PAGE % (842, 595, lines.encode()), format="pdf", **FONTS)


def plain_picture(result: Result) -> None:
    typst.compile(PAGE % (1080, 1440, b"blank"), format="png", ppi=72, **FONTS)


def plain_drawings(result: Result) -> None:
    for _ in result.plan.indicators:
        typst.compile(PAGE % (1080, 1440, b"blank"), format="svg", **FONTS)


def plain_text(result: Result) -> None:
    json.dumps(rows_of(result), ensure_ascii=False).encode()


def made(form: str, card: str | None = None, indicator: str | None = None) -> Work:
    return lambda result: EXPORTS[form](result, indicator, card=card)


WAYS: dict[str, tuple[Work, Work, str]] = {
    "json": (made("json"), plain_text, "the rows as JSON"),
    "csv": (made("csv"), plain_text, "the rows as JSON"),
    "xlsx": (made("xlsx"), plain_workbook, "the rows by openpyxl"),
    "docx": (made("docx"), plain_document, "the rows by python-docx"),
    "pptx": (made("pptx"), plain_slides, "a bare slide an indicator"),
    "pdf": (made("pdf"), plain_paper, "the names by typst"),
    "pdf county by county": (made("pdf", "units"), plain_paper, "the names by typst"),
    "html": (made("html"), plain_drawings, "an empty SVG an indicator"),
    "png progress": (made("png", "progress"), plain_picture, "an empty page as PNG"),
    "png scorecard": (made("png", "scorecard"), plain_picture, "an empty page as PNG"),
    "png worst": (made("png", "worst"), plain_picture, "an empty page as PNG"),
    "png completeness": (made("png", "completeness"), plain_picture, "an empty page as PNG"),
    "png change": (made("png", "change"), plain_picture, "an empty page as PNG"),
}


def measure(work: Work, result: Result) -> dict[str, float]:
    """Least processor time of several runs after one that does not count, and the megabytes that came on top."""
    before = peak()
    work(result)
    least = float("inf")
    for _ in range(TIMES):
        begin = time.process_time()
        work(result)
        least = min(least, time.process_time() - begin)
    return {"seconds": least, "megabytes": peak() - before, "peak": peak()}


def peak() -> float:
    """Megabytes this process has held at most.

    Linux hands `ru_maxrss` of the parent on to a child; what `/proc` says begins anew with the program.
    """
    status = Path("/proc/self/status")
    if status.exists():
        [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024**2 if sys.platform == "darwin" else 1024)


def in_its_own_process(name: str, side: int, kept: Path) -> dict[str, float]:
    command = [sys.executable, __file__, name, str(side), str(kept)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout)
    return found


def compare(result: Result, folder: Path) -> None:
    """A line for each format: seconds and peak memory, each as a ratio to the plainest way."""
    kept = folder / "result.pickle"
    kept.write_bytes(pickle.dumps(result))
    for name, (_, _, against) in WAYS.items():
        ours, plain = (in_its_own_process(name, side, kept) for side in (0, 1))
        print(
            f"{name:<24} {ours['seconds'] / plain['seconds']:7.1f} × time, {ours['peak'] / plain['peak']:5.2f} × memory"
            f" of {against}  ({ours['seconds'] * 1000:.0f} ms / {plain['seconds'] * 1000:.0f} ms,"
            f" {ours['peak']:.0f} MB / {plain['peak']:.0f} MB, {ours['megabytes']:.0f} MB its own)"
        )


if __name__ == "__main__":
    way, side, kept = sys.argv[1:]
    print(json.dumps(measure(WAYS[way][int(side)], pickle.loads(Path(kept).read_bytes()))))
