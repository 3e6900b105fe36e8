"""The sample database: made once, at the first start, as a whole or not at all."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from loaders.samples.seeding import seed
from metrics.plan import Plan
from store.database import DEFAULT_URL, open_database

PREFIX = "duckdb:///"
PLACE = Path(DEFAULT_URL.removeprefix(PREFIX))


def prepare_samples(plans: Mapping[str, Plan]) -> None:
    """Fill the default database with invented submissions unless it is there already.

    Made beside its place and moved there when whole, so that a start broken off half-way leaves
    nothing behind that looks finished.
    """
    if PLACE.exists():
        return
    unfinished = PLACE.with_name(f"unfinished-{PLACE.name}")
    _remove(unfinished)
    database = open_database(f"{PREFIX}{unfinished}")
    try:
        seed(database, plans, progress=_tell)
    finally:
        database.close()
    shutil.rmtree(_originals(PLACE), ignore_errors=True)
    if _originals(unfinished).exists():
        _originals(unfinished).rename(_originals(PLACE))
    unfinished.rename(PLACE)


def _originals(file: Path) -> Path:
    """Where the store keeps the sent files of a database."""
    return file.with_suffix(".files")


def _remove(file: Path) -> None:
    file.unlink(missing_ok=True)
    file.with_name(f"{file.name}.wal").unlink(missing_ok=True)
    shutil.rmtree(_originals(file), ignore_errors=True)


def _tell(done: int, number: int) -> None:
    """One line that counts up; in a log only its end."""
    if done < number and not sys.stderr.isatty():
        return
    end = "\n" if done == number else ""
    print(f"\r示例数据 / sample data: {done}/{number}", end=end, file=sys.stderr, flush=True)
