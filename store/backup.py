"""A backup is a folder: the database as Parquet files and the kept originals.

Parquet is read by any later version of the engine; a copied database file may not be.
"""

import shutil
from pathlib import Path

import sqlalchemy as sa

from store.database import Database, open_database
from store.unusable import place_of

TAKEN = "{place}：已经存在，不覆盖，请另选一个。(It exists already and is not overwritten; choose another.)"
NO_BACKUP = "{place}：这里没有备份。(There is no backup here.)"
UNREADABLE = "{place}：备份读不出来：{why} (The backup cannot be read.)"
EMBEDDED_ONLY = (
    "这里只备份内置数据库，服务器数据库请用它自己的工具，如 pg_dump。"
    "(Only an embedded database is backed up here; use the server's own tool, such as pg_dump.)"
)


class BackupRefused(ValueError):
    """Nothing was written; the words say why."""


def require_new(place: Path) -> None:
    if place.exists():
        raise BackupRefused(TAKEN.format(place=place))


def save_backup(database: Database, folder: Path) -> None:
    """Write a consistent copy into a new folder. Raises BackupRefused when it exists."""
    _embedded(database.url)
    require_new(folder)
    folder.mkdir(parents=True)
    with database.transaction() as execute:
        execute(f"export database '{_quoted(folder / 'database')}' (format parquet)")
    if database.files.exists():
        shutil.copytree(database.files, folder / "originals")


def restore_backup(folder: Path, url: str) -> None:
    """Build the database at `url` from a backup. Raises BackupRefused when it exists already.

    Built beside its place and moved there when whole: a disk that fills up half-way leaves no half database.
    """
    path = _embedded(url)
    if not (folder / "database" / "schema.sql").exists():
        raise BackupRefused(NO_BACKUP.format(place=folder))
    require_new(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"unfinished-{path.name}")
    unfinished.unlink(missing_ok=True)
    engine = sa.create_engine(f"duckdb:///{unfinished}")
    try:
        with engine.begin() as connection:
            connection.execute(sa.text(f"import database '{_quoted(folder / 'database')}'"))
    except sa.exc.DBAPIError as error:
        engine.dispose()
        unfinished.unlink(missing_ok=True)
        raise BackupRefused(UNREADABLE.format(place=folder, why=str(error.orig).splitlines()[0])) from None
    engine.dispose()
    if (folder / "originals").exists():
        shutil.copytree(folder / "originals", path.with_suffix(".files"), dirs_exist_ok=True)
    unfinished.rename(path)
    database = open_database(url)
    with database.transaction() as execute:  # whoever was signed in then signs in anew
        execute("update visit set ended_at = current_timestamp, ended_why = 'restored' where ended_at is null")
    database.close()


def _embedded(url: str) -> Path:
    """The file of an embedded database."""
    place = place_of(url)
    if place.drivername != "duckdb" or not place.database:
        raise BackupRefused(EMBEDDED_ONLY)
    return Path(place.database)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''").replace(":", r"\:")
