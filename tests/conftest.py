"""What many tests need: the plans as shipped, an empty database, and one filled with the samples."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.plans import read_plans
from loaders.samples import seed
from metrics.plan import Plan
from store.database import Database, open_database
from tests.once import made_once


@pytest.fixture(scope="session")
def plans() -> dict[str, Plan]:
    return read_plans()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty real database."""
    opened = open_database(f"duckdb:///{tmp_path / 'real.duckdb'}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def seeded_folder(tmp_path_factory: pytest.TempPathFactory, plans: dict[str, Plan]) -> Path:
    """A folder with sample.duckdb and its originals, made once; copy it, never open it in place."""

    def make(folder: Path) -> None:
        opened = open_database(f"duckdb:///{folder / 'sample.duckdb'}")
        seed(opened, plans)
        opened.close()

    return made_once(tmp_path_factory, "seeded", make)


@pytest.fixture
def sample_url(seeded_folder: Path, tmp_path: Path) -> str:
    """The URL of this test's own copy of the sample database, not opened yet."""
    copy = shutil.copytree(seeded_folder, tmp_path / "sample")
    return f"duckdb:///{copy / 'sample.duckdb'}"


@pytest.fixture
def sample_database(sample_url: str) -> Iterator[Database]:
    opened = open_database(sample_url)
    yield opened
    opened.close()
