"""Why a database cannot be opened: one sentence for whoever started the program, never a traceback."""

import sqlalchemy as sa

ENGINES = ("duckdb", "postgresql")
BUSY = (
    "{place}：数据库正被另一个进程使用，请先停止它再试。(The database is open in another process; stop that one first.)"
)
MISSING = (
    "{place}：这里没有数据库，请核对 DASHBOARD_DATABASE 或 --database。"
    "(There is no database here: check DASHBOARD_DATABASE or --database.)"
)
NO_URL = (
    "数据库地址写法不对：{url}。应如 duckdb:///var/jiaxing.duckdb。"
    "(Not the address of a database; it reads like duckdb:///var/jiaxing.duckdb.)"
)
UNUSABLE = "{place}：数据库打不开：{why} (The database cannot be opened.)"
NEWER = (
    "{place}：数据库由更新的版本建立（{names}），请换用新版程序。"
    "(The database was made by a newer version of the program; run that one.)"
)


class DatabaseUnusable(Exception):
    """The database cannot be opened; its words say why in one sentence."""


class DatabaseBusy(DatabaseUnusable):
    """Another process has the database file open."""


def place_of(url: str) -> sa.URL:
    """The parts of a database's address."""
    try:
        place = sa.engine.make_url(url)
    except sa.exc.ArgumentError:
        raise DatabaseUnusable(NO_URL.format(url=url)) from None
    if place.get_backend_name() not in ENGINES:
        raise DatabaseUnusable(NO_URL.format(url=place.render_as_string()))
    return place


def unusable(place: sa.URL, error: Exception) -> DatabaseUnusable:
    """The fault in a sentence, with what the engine or the system says of it."""
    if "conflicting lock" in str(error).lower():
        return DatabaseBusy(BUSY.format(place=place.database))
    why = str(getattr(error, "orig", None) or error).splitlines()[0]
    return DatabaseUnusable(UNUSABLE.format(place=place.render_as_string(), why=why))
