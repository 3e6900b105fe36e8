"""The database: one connection pool and numbered migrations.

The URL picks the engine. DuckDB embedded in a file is what is shipped, backed up and tested at every
change. The SQL keeps to the subset that gives the same rows on PostgreSQL (tried by hand with version
15: a driver for it is not shipped); only `store.backup` is for the embedded engine alone.
"""

import contextlib
import copy
import os
import threading
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import sqlalchemy as sa

from store.chain import link_all
from store.people import OPERATOR, Person
from store.unusable import MISSING, NEWER, DatabaseUnusable, place_of, unusable

MIGRATIONS = Path(__file__).parent / "migrations"
FOLLOWED_BY = {"008_audit_chain.sql": link_all}
"""What SQL alone can not do after a migration, done in the same transaction."""
DEFAULT_URL = "duckdb:///var/sample.duckdb"


class Execute:
    """Runs statements of one transaction: `execute(sql, name=value)`."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def __call__(self, sql: str, /, **values: object) -> sa.CursorResult[Any]:
        return self._connection.execute(sa.text(sql), values)

    def raise_data_version(self) -> None:
        """Every change of what a result tells (figures, who has sent, what is due) says so, for whoever keeps one."""
        self("update head set value = cast(cast(value as bigint) + 1 as varchar) where name = 'data_version'")


class Database:
    """A pool of connections. Readers run side by side; DuckDB writers take turns.

    `person` is who acts through it: every function of `store` asks what that person may do.
    """

    person: Person = OPERATOR

    def __init__(self, url: str, files: Path) -> None:
        self.url = url
        self.files = files
        self._engine = sa.create_engine(url)
        embedded = self._engine.dialect.name == "duckdb"
        self._writing: contextlib.AbstractContextManager[object] = (
            threading.RLock() if embedded else contextlib.nullcontext()
        )

    def acting_as(self, person: Person) -> "Database":
        """The same database, the same pool, for somebody else."""
        other = copy.copy(self)
        other.person = person
        return other

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        """The connection that `rows` and `frame` ask."""
        with self._engine.connect() as connection:
            yield connection

    def rows(self, sql: str, /, **values: object) -> Sequence[sa.Row[Any]]:
        with self._reading() as connection:
            return connection.execute(sa.text(sql), values).fetchall()

    def frame(self, sql: str, /, **values: object) -> pd.DataFrame:
        """The rows as a frame of exact Python objects (Decimal, datetime), never floats."""
        with self._reading() as connection:
            found = connection.execute(sa.text(sql), values)
            rows = [[plain(value) for value in row] for row in found.fetchall()]
            return pd.DataFrame(rows, columns=list(found.keys()), dtype=object)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Execute]:
        """All or nothing: commits at the end of the block, rolls back on any error."""
        with self._writing, self._engine.begin() as connection:
            yield Execute(connection)

    def data_version(self) -> int:
        """The key of every cache: see `Execute.raise_data_version`."""
        return int(self.rows("select value from head where name = 'data_version'")[0][0])

    @property
    def sample(self) -> bool:
        """True when the database holds invented sample data (示例)."""
        return bool(self.rows("select 1 from head where name = 'sample'"))

    def mark_sample(self) -> None:
        with self.transaction() as execute:
            execute("insert into head values ('sample', 'yes')")

    def close(self) -> None:
        self._engine.dispose()

    def migrate(self) -> None:
        """Apply each numbered file that was not applied yet, each in one transaction."""
        with self.transaction() as execute:
            execute("create table if not exists migration (name varchar primary key, applied_at timestamp not null)")
        applied = {row[0] for row in self.rows("select name from migration")}
        files = sorted(MIGRATIONS.glob("*.sql"))
        if newer := applied - {file.name for file in files}:
            raise DatabaseUnusable(NEWER.format(place=self.url, names=", ".join(sorted(newer))))
        for file in files:
            if file.name in applied:
                continue
            with self.transaction() as execute:
                for statement in _statements(file.read_text(encoding="utf-8")):
                    execute(statement)
                if file.name in FOLLOWED_BY:
                    FOLLOWED_BY[file.name](execute)
                execute("insert into migration values (:name, current_timestamp)", name=file.name)


def plain(value: Any) -> Any:
    """Whole decimals without the column's trailing zeros: 126, not 126.0000."""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return value.quantize(Decimal(1))
    return value


def _statements(script: str) -> list[str]:
    """Split a migration at the semicolons that end a line; comments are dropped."""
    lines = [line for line in script.splitlines() if not line.lstrip().startswith("--")]
    statements = "\n".join(lines).split(";\n")
    # A colon would be read as a parameter by SQLAlchemy's text().
    return [part.strip().rstrip(";").replace(":", r"\:") for part in statements if part.strip()]


def chosen_url() -> str:
    """The database named by DASHBOARD_DATABASE, or the sample database."""
    return os.environ.get("DASHBOARD_DATABASE") or DEFAULT_URL


def open_database(url: str | None = None, *, existing: bool = False) -> Database:
    """Open (and create or migrate) the database. Raises DatabaseUnusable with a sentence to show.

    `existing`: it must be there already, so that a slip of the pen makes no empty one to back up or to verify.
    """
    url = url or chosen_url()
    place = place_of(url)
    files = Path(os.environ.get("DASHBOARD_FILES") or "var/files")
    try:
        if place.drivername == "duckdb" and place.database and place.database != ":memory:":
            path = Path(place.database)
            if existing and not path.exists():
                raise DatabaseUnusable(MISSING.format(place=path))
            path.parent.mkdir(parents=True, exist_ok=True)
            files = path.with_suffix(".files")
        database = Database(url, files)
        database.rows("select 1")
    except (ImportError, OSError, sa.exc.SQLAlchemyError, duckdb.Error) as error:
        raise unusable(place, error) from None
    database.migrate()
    return database
