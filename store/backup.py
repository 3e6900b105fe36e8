"""A backup is a folder: the database as Parquet files and the kept originals.

Parquet is read by any later version of the engine; a copied database file may not be.
"""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from store.database import Database, open_database
from store.unusable import place_of

TAKEN = "{place}：已经存在，不覆盖，请另选一个。(It exists already and is not overwritten; choose another.)"
NO_BACKUP = "{place}：这里没有备份。(There is no backup here.)"
UNSAVED = "{place}：没有备份成：{why} (The backup was not made.)"
UNREADABLE = "{place}：没有恢复成：{why} (The backup was not brought back.)"
EMBEDDED_ONLY = (
    "这里只备份内置数据库，服务器数据库请用它自己的工具，如 pg_dump。"
    "(Only an embedded database is backed up here; use the server's own tool, such as pg_dump.)"
)


class BackupRefused(ValueError):
    """Nothing was written; the words say why."""


def require_new(place: Path) -> None:
    if place.exists():
        raise BackupRefused(TAKEN.format(place=place))


@contextlib.contextmanager
def _in_one_sentence(phrase: str, place: Path) -> Iterator[None]:
    """A disk that is full, or a backup that is damaged, told with the words of the first fault."""
    try:
        yield
    except shutil.Error as error:
        raise BackupRefused(phrase.format(place=place, why=error.args[0][0][2])) from None
    except (OSError, sa.exc.DBAPIError) as error:
        why = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise BackupRefused(phrase.format(place=place, why=why)) from None


def save_backup(database: Database, folder: Path) -> None:
    """Write a consistent copy into a new folder, which bears its name only once it is whole. Raises BackupRefused."""
    _embedded(database.url)
    require_new(folder)
    unfinished = folder.with_name(f"unfinished-{folder.name}")
    with _in_one_sentence(UNSAVED, folder):
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        with database.transaction() as execute:
            execute(f"export database '{_quoted(unfinished / 'database')}' (format parquet)")
        if database.files.exists():
            shutil.copytree(database.files, unfinished / "originals")
        unfinished.rename(folder)


def restore_backup(folder: Path, url: str) -> None:
    """Build the database at `url` from a backup; it bears its name only once it is whole. Raises BackupRefused."""
    path = _embedded(url)
    if not (folder / "database" / "schema.sql").exists():
        raise BackupRefused(NO_BACKUP.format(place=folder))
    require_new(path)
    unfinished = path.with_name(f"unfinished-{path.name}")
    with _in_one_sentence(UNREADABLE, folder):
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        _import(folder / "database", unfinished)
        if (folder / "originals").exists():
            shutil.copytree(folder / "originals", path.with_suffix(".files"), dirs_exist_ok=True)
        unfinished.rename(path)
    database = open_database(url)
    with database.transaction() as execute:  # whoever was signed in then signs in anew
        execute("update visit set ended_at = current_timestamp, ended_why = 'restored' where ended_at is null")
    database.close()


def _import(folder: Path, file: Path) -> None:
    engine = sa.create_engine(f"duckdb:///{file}")
    try:
        with engine.begin() as connection:
            connection.execute(sa.text(f"import database '{_quoted(folder)}'"))
    except sa.exc.DBAPIError:
        engine.dispose()
        file.unlink(missing_ok=True)
        raise
    engine.dispose()


def _embedded(url: str) -> Path:
    """The file of an embedded database."""
    place = place_of(url)
    if place.drivername != "duckdb" or not place.database:
        raise BackupRefused(EMBEDDED_ONLY)
    return Path(place.database)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''").replace(":", r"\:")
