"""What things cost, as ratios to the plainest way of doing them (`make bench`).

Ratios, not absolutes: they hold on a slow machine and a fast one. Processor seconds, best of several.
"""

import io
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from openpyxl import load_workbook  # noqa: E402

from loaders.formats.reader import read_workbook  # noqa: E402
from loaders.intake import load  # noqa: E402
from loaders.plans import read_plans  # noqa: E402
from loaders.samples import sample_files, seed  # noqa: E402
from metrics.period import Period  # noqa: E402
from store.database import open_database  # noqa: E402
from store.results import result  # noqa: E402
from tests.bench_exports import compare  # noqa: E402


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The least processor time of several runs, after one that does not count."""
    work()
    least = float("inf")
    for _ in range(times):
        begin = time.process_time()
        work()
        least = min(least, time.process_time() - begin)
    return least


def row(what: str, cost: float, against: str, plain: float) -> None:
    print(f"{what:<52} {cost / plain:7.2f} × {against}  ({cost * 1000:.0f} ms / {plain * 1000:.0f} ms)")


def bare_read(content: bytes) -> int:
    workbook = load_workbook(io.BytesIO(content), data_only=True)
    return sum(1 for sheet in workbook for line in sheet.iter_rows(values_only=True) for value in line if value)


def overview_seconds(url: str) -> tuple[float, float]:
    """Server time of the overview, first visit and a later one."""
    os.environ["DASHBOARD_DATABASE"] = url
    from streamlit.testing.v1 import AppTest

    logging.disable(logging.WARNING)  # Streamlit warns about running outside its server
    visit = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    begin = time.process_time()
    visit.run()
    cold = time.process_time() - begin
    assert not visit.exception
    return cold, seconds(visit.run)


def main() -> None:
    plans = read_plans()
    with tempfile.TemporaryDirectory() as folder:
        url = f"duckdb:///{folder}/sample.duckdb"
        database = open_database(url)
        seed(database, plans)
        workbook = next(f for f in sample_files(plans) if "南湖区" in f.file_name and "2025Q2" in f.file_name)
        plain = seconds(lambda: bare_read(workbook.data))
        row(
            "read a county workbook",
            seconds(lambda: read_workbook(workbook.data, workbook.file_name)),
            "bare openpyxl read",
            plain,
        )
        judge = lambda: load(  # noqa: E731
            database, plans, workbook.data, workbook.file_name, now=workbook.at, who="bench", save=False
        )
        row("judge it as well (checks, in this process)", seconds(judge), "bare openpyxl read", plain)

        shown = result(database, plans["jxfs"], Period(2025, 3))
        compare(shown, Path(folder))
        table = seconds(lambda: result(database, plans["jxfs"], Period(2025, 3)))
        database.close()
        cold, warm = overview_seconds(url)
        row("overview, first visit", cold, "the progress tables alone", table)
        row("overview, later visit", warm, "first visit", cold)


if __name__ == "__main__":
    main()
