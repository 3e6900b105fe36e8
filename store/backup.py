"""A backup is a folder: the database as Parquet files and the kept originals.

Parquet is read by any later version of the engine; a copied database file may not be.
"""

import shutil
from pathlib import Path

import sqlalchemy as sa

from store.database import Database, open_database


def save_backup(database: Database, folder: Path) -> None:
    """Write a consistent copy into a new folder. Raises FileExistsError when it exists."""
    _embedded_only(database.url)
    folder.mkdir(parents=True)
    with database.transaction() as execute:
        execute(f"export database '{_quoted(folder / 'database')}' (format parquet)")
    if database.files.exists():
        shutil.copytree(database.files, folder / "originals")


def restore_backup(folder: Path, url: str) -> None:
    """Build the database at `url` from a backup. Raises FileExistsError when it exists already."""
    _embedded_only(url)
    path = Path(sa.engine.make_url(url).database or "")
    if path.exists():
        raise FileExistsError(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text(f"import database '{_quoted(folder / 'database')}'"))
    engine.dispose()
    database = open_database(url)
    with database.transaction() as execute:  # whoever was signed in then signs in anew
        execute("update visit set ended_at = current_timestamp, ended_why = 'restored' where ended_at is null")
    if (folder / "originals").exists():
        shutil.copytree(folder / "originals", database.files, dirs_exist_ok=True)
    database.close()


def _embedded_only(url: str) -> None:
    if not url.startswith("duckdb:"):
        raise ValueError("only an embedded database is backed up here; use the server's own tool (pg_dump)")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''").replace(":", r"\:")
