import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from metrics.plan import Plan
from store.actuals import actuals
from store.backup import BackupRefused, restore_backup, save_backup
from store.database import MIGRATIONS, Database, open_database
from store.originals import read_original, save_original
from store.unusable import DatabaseUnusable
from tests.store.conftest import Send

ROOT = Path(__file__).parent.parent.parent


def test_migrations_are_applied_once(database: Database) -> None:
    before = database.rows("select name, applied_at from migration")
    database.migrate()
    assert database.rows("select name, applied_at from migration") == before
    assert [row.name for row in before] == sorted(file.name for file in MIGRATIONS.glob("*.sql"))


def test_every_column_of_every_table_has_a_comment(database: Database) -> None:
    bare = database.rows(
        "select table_name, column_name from duckdb_columns()"
        " where not internal and table_name <> 'migration' and comment is null"
    )
    assert bare == []


def test_originals_are_kept_by_fingerprint_and_read_back_unchanged(database: Database) -> None:
    content = "填报表".encode() * 1000
    fingerprint = save_original(database, content)
    assert save_original(database, content) == fingerprint
    assert read_original(database, fingerprint) == content
    assert len([path for path in database.files.rglob("*") if path.is_file()]) == 1


def test_an_altered_original_is_refused(database: Database) -> None:
    fingerprint = save_original(database, b"as sent")
    (database.files / fingerprint[:2] / fingerprint).write_bytes(b"as changed")
    with pytest.raises(ValueError, match="altered"):
        read_original(database, fingerprint)


@pytest.mark.parametrize("name", ["../../etc/passwd", "ABC", "", "0" * 63, "0" * 63 + "/"])
def test_only_a_fingerprint_names_an_original(database: Database, name: str) -> None:
    with pytest.raises(ValueError, match="fingerprint"):
        read_original(database, name)


def test_a_second_process_gets_one_clear_sentence(database: Database) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "store", "backup", "--database", database.url], cwd=ROOT, capture_output=True, text=True
    )
    assert second.returncode == 1
    assert "数据库正被另一个进程使用" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_backup_brings_everything_back(database: Database, plan: Plan, send: Send, tmp_path: Path) -> None:
    send("A", "2025Q1", stores="abc")
    fingerprint = save_original(database, b"original")
    save_backup(database, tmp_path / "backup")
    url = f"duckdb:///{tmp_path / 'again' / 'real.duckdb'}"
    restore_backup(tmp_path / "backup", url)
    restored = open_database(url)
    assert actuals(restored, plan).equals(actuals(database, plan))
    assert read_original(restored, fingerprint) == b"original"
    assert restored.data_version() == database.data_version()
    send_again = restored.rows("select nextval('submission_number')")[0][0]
    assert send_again > 1
    restored.close()


def test_a_backup_never_overwrites(database: Database, tmp_path: Path) -> None:
    (tmp_path / "backup").mkdir()
    with pytest.raises(BackupRefused, match="不覆盖"):
        save_backup(database, tmp_path / "backup")
    save_backup(database, tmp_path / "whole")
    with pytest.raises(BackupRefused, match="不覆盖"):
        restore_backup(tmp_path / "whole", database.url)


def test_a_backup_that_is_not_whole_does_not_look_like_one(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_original(database, b"original")
    monkeypatch.setattr(shutil, "copytree", full_disk)
    with pytest.raises(BackupRefused, match="没有备份成：No space left"):
        save_backup(database, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()
    monkeypatch.undo()
    save_backup(database, tmp_path / "backup")
    assert [path.name for path in tmp_path.glob("*backup*")] == ["backup"]


def full_disk(*_: object, **__: object) -> None:
    raise shutil.Error([("original", "copy", "No space left on device")])


def test_a_restore_that_fails_leaves_nothing_behind(database: Database, tmp_path: Path) -> None:
    save_backup(database, tmp_path / "backup")
    (tmp_path / "backup" / "database" / "load.sql").write_text("copy nonsense from 'nowhere'")
    url = f"duckdb:///{tmp_path / 'again.duckdb'}"
    with pytest.raises(BackupRefused, match="没有恢复成"):
        restore_backup(tmp_path / "backup", url)
    assert not list(tmp_path.glob("*again*"))
    with pytest.raises(BackupRefused, match="没有备份"):
        restore_backup(tmp_path, url)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("jiaxing.duckdb", "数据库地址写法不对：jiaxing.duckdb"),
        ("sqlite:///jiaxing.db", "数据库地址写法不对：sqlite"),
        ("postgresql://nobody@127.0.0.1:9/none", "数据库打不开"),
        ("duckdb:////proc/none/real.duckdb", "数据库打不开"),
        (f"duckdb:///{ROOT}", "数据库打不开"),
        (f"duckdb:///{ROOT / 'README.md'}", "数据库打不开"),
    ],
)
def test_a_database_that_cannot_be_opened_is_one_sentence(url: str, sentence: str) -> None:
    with pytest.raises(DatabaseUnusable, match=sentence) as refused:
        open_database(url)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    "words", [["-m", "store", "backup"], ["-m", "store", "audit"], ["-m", "store.accounts", "list"]]
)
def test_a_slip_in_the_databases_name_makes_no_empty_one(tmp_path: Path, words: list[str]) -> None:
    url = f"duckdb:///{tmp_path / 'typo.duckdb'}"
    ended = subprocess.run([sys.executable, *words, "--database", url], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert ended.returncode == 1
    assert "这里没有数据库" in ended.stderr and len(ended.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_a_newer_version_is_left_alone(database: Database) -> None:
    with database.transaction() as execute:
        execute("insert into migration values ('999_later.sql', current_timestamp)")
    with pytest.raises(DatabaseUnusable, match="999_later"):
        database.migrate()
