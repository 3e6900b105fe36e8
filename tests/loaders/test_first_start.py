"""The first start makes the sample database as a whole or not at all."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from loaders.samples import first_start
from metrics.plan import Plan
from store.database import Database, open_database
from store.originals import save_original

Seed = Callable[..., None]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "var" / "sample.duckdb"
    monkeypatch.setattr(first_start, "PLACE", file)
    return file


def seeding(monkeypatch: pytest.MonkeyPatch, *, broken_off: bool = False) -> list[str]:
    """Replace the slow seeding; tells how often it ran."""
    runs: list[str] = []

    def seed(database: Database, plans: Mapping[str, Plan], *, progress: Callable[[int, int], None]) -> None:
        runs.append(database.url)
        database.mark_sample()
        save_original(database, b"workbook")
        progress(1, 1)
        if broken_off:
            raise KeyboardInterrupt

    monkeypatch.setattr(first_start, "seed", seed)
    return runs


def test_the_sample_database_and_its_originals_are_in_place(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeding(monkeypatch)
    first_start.prepare_samples({})
    database = open_database(f"duckdb:///{place}")
    assert database.sample
    assert len([file for file in place.with_suffix(".files").rglob("*") if file.is_file()]) == 1
    database.close()
    assert sorted(file.name for file in place.parent.iterdir()) == ["sample.duckdb", "sample.files"]


def test_a_second_start_changes_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = seeding(monkeypatch)
    first_start.prepare_samples({})
    first_start.prepare_samples({})
    assert len(runs) == 1


def test_a_start_broken_off_leaves_nothing_that_looks_finished_and_the_next_begins_anew(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeding(monkeypatch, broken_off=True)
    with pytest.raises(KeyboardInterrupt):
        first_start.prepare_samples({})
    assert not place.exists()
    seeding(monkeypatch)
    first_start.prepare_samples({})
    assert place.exists()


def test_in_a_log_the_progress_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    for done in (1, 2, 3):
        first_start._tell(done, 3)
    assert capsys.readouterr().err.strip() == "示例数据 / sample data: 3/3"
