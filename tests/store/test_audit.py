"""The chain of the audit: whole while nobody touched it, and the first broken link named when somebody did."""

import ast
import csv
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from store import audit
from store.__main__ import main
from store.audit import list_entries, names, record, verify, write_entry
from store.backup import restore_backup, save_backup
from store.chain import digest_of
from store.database import Database, open_database
from store.people import RIGHTS, NotAllowed, Person

ROOT = Path(__file__).parent.parent.parent
NOON = datetime(2026, 11, 1, 12, 0)
LINK = "update audit set digest = :digest where entry = :entry"


def names_in(function: ast.FunctionDef) -> set[str]:
    """Everything a function names or calls."""
    nodes = list(ast.walk(function))
    return {n.id for n in nodes if isinstance(n, ast.Name)} | {n.attr for n in nodes if isinstance(n, ast.Attribute)}


def five(database: Database) -> None:
    for number in range(1, 6):
        record(database, NOON + timedelta(minutes=number), f"p{number % 2}", "publish", {"unit": f"单位{number}"})


def change(database: Database, sql: str, **values: object) -> None:
    with database.transaction() as execute:
        execute(sql, **values)


def rewrite(database: Database, entry: int) -> None:
    """Alter one entry as somebody would who knows how digests are made."""
    change(database, "update audit set detail = '{}' where entry = :entry", entry=entry)
    row = database.rows("select previous, done_at, who, action from audit where entry = :entry", entry=entry)[0]
    change(database, LINK, entry=entry, digest=digest_of(row.previous, entry, row.done_at, row.who, row.action, "{}"))


def test_an_untouched_log_is_whole_and_tells_its_last_digest(database: Database) -> None:
    assert verify(database).entries == 0
    assert verify(database).broken is None
    five(database)
    chain = verify(database)
    assert (chain.entries, chain.last, chain.broken) == (5, 5, None)
    assert chain.digest == list_entries(database, 1)["digest"].iloc[0]


def test_the_same_acts_in_another_order_give_another_chain(database: Database) -> None:
    record(database, NOON, "p", "publish", {})
    first = verify(database).digest
    record(database, NOON, "p", "publish", {})
    assert verify(database).digest != first


TOUCHED: list[tuple[Callable[[Database], None], str, int]] = [
    (lambda d: change(d, "update audit set detail = '{}' where entry = 3"), "altered", 3),
    (lambda d: change(d, "update audit set who = 'nobody' where entry = 1"), "altered", 1),
    (lambda d: change(d, "update audit set action = 'x' where entry = 5"), "altered", 5),
    (lambda d: change(d, "update audit set done_at = done_at + interval '1' second where entry = 2"), "altered", 2),
    (lambda d: change(d, "delete from audit where entry = 1"), "gap", 2),
    (lambda d: change(d, "delete from audit where entry = 3"), "gap", 4),
    (lambda d: change(d, "delete from audit where entry >= 4"), "cut", 3),
    (lambda d: change(d, "update audit set digest = null where entry = 2"), "unlinked", 2),
    (lambda d: change(d, "insert into audit values (9, current_timestamp, 'x', 'y', '{}', null, null)"), "unlinked", 9),
    (lambda d: rewrite(d, 2), "gap", 3),
    (lambda d: rewrite(d, 5), "cut", 5),
]


@pytest.mark.parametrize(("touch", "fault", "entry"), TOUCHED)
def test_the_first_link_that_does_not_hold_is_named(
    database: Database, touch: Callable[[Database], None], fault: str, entry: int
) -> None:
    five(database)
    touch(database)
    broken = verify(database).broken
    assert broken is not None
    assert (broken.fault, broken.entry) == (fault, entry)


def test_an_emptied_log_is_noticed(database: Database) -> None:
    five(database)
    change(database, "delete from audit")
    broken = verify(database).broken
    assert broken is not None and (broken.fault, broken.entry) == ("cut", None)


def test_a_log_rewritten_from_end_to_end_is_told_by_a_digest_noted_before(database: Database) -> None:
    five(database)
    noted = verify(database)
    assert noted.last is not None
    change(database, "update audit set who = 'somebody else' where entry = 4")
    previous = database.rows("select previous from audit where entry = 4")[0][0]
    for row in database.rows("select * from audit where entry >= 4 order by entry"):
        digest = digest_of(previous, row.entry, row.done_at, row.who, row.action, row.detail)
        change(database, "update audit set previous = :p where entry = :entry", p=previous, entry=row.entry)
        change(database, LINK, entry=row.entry, digest=digest)
        previous = digest
    change(database, "update head set value = :d where name = 'audit_digest'", d=previous)
    assert verify(database).broken is None
    broken = verify(database, (noted.last, noted.digest[:8])).broken
    assert broken is not None and (broken.fault, broken.entry) == ("expected", 5)
    gone = verify(database, (17, noted.digest)).broken
    assert gone is not None and (gone.fault, gone.entry) == ("expected", 17)


def test_entries_from_before_the_chain_are_linked_when_it_begins(tmp_path: Path) -> None:
    url = f"duckdb:///{tmp_path / 'old.duckdb'}"
    database = open_database(url)
    five(database)
    change(database, "update audit set previous = null, digest = null")
    change(database, "delete from head where name = 'audit_digest'")
    change(database, "delete from migration where name = '008_audit_chain.sql'")
    for column in ("previous", "digest"):
        change(database, f"alter table audit drop column {column}")
    database.close()
    again = open_database(url)
    assert verify(again).broken is None
    record(again, NOON, "p", "load", {})
    assert (verify(again).entries, verify(again).broken) == (6, None)
    again.close()
    once_more = open_database(url)
    change(once_more, "update audit set who = 'x' where entry = 2")
    once_more.migrate()
    broken = verify(once_more).broken
    assert broken is not None and broken.entry == 2
    once_more.close()


def test_eight_at_once_write_one_chain(database: Database) -> None:
    def write(who: int) -> None:
        for _ in range(10):
            record(database, NOON, f"p{who}", "load", {})

    threads = [threading.Thread(target=write, args=(who,)) for who in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    chain = verify(database)
    assert (chain.entries, chain.broken) == (80, None)


def test_what_is_added_while_the_chain_is_followed_is_no_break(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    five(database)
    follow = audit._entries

    def meanwhile(*arguments: object) -> object:
        record(database, NOON, "p", "load", {})
        return follow(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(audit, "_entries", meanwhile)
    assert (verify(database).entries, verify(database).broken) == (5, None)
    monkeypatch.undo()
    assert (verify(database).entries, verify(database).broken) == (7, None)


def test_what_is_rolled_back_leaves_no_entry_and_no_broken_link(database: Database) -> None:
    five(database)
    with pytest.raises(ZeroDivisionError), database.transaction() as execute:
        write_entry(execute, NOON, "p", "publish", {})
        raise ZeroDivisionError
    record(database, NOON, "p", "publish", {})
    chain = verify(database)
    assert (chain.entries, chain.broken) == (6, None)


def test_a_backup_keeps_the_chain(database: Database, tmp_path: Path) -> None:
    five(database)
    save_backup(database, tmp_path / "backup")
    url = f"duckdb:///{tmp_path / 'restored.duckdb'}"
    restore_backup(tmp_path / "backup", url)
    restored = open_database(url)
    assert verify(restored) == verify(database)
    restored.close()


def test_a_typed_name_is_no_formula_in_a_spreadsheet(database: Database) -> None:
    record(database, NOON, '=HYPERLINK("http://evil.example")', "return", {})
    assert f"1,{NOON},\"'=HYPERLINK" in audit.as_csv(list_entries(database)).decode("utf-8-sig")


def test_entries_are_found_by_who_what_when_and_words(database: Database) -> None:
    five(database)
    record(database, NOON + timedelta(days=1), "p9", "return", {"why": "Store 12 twice"})
    assert list(list_entries(database, who="p1")["entry"]) == [5, 3, 1]
    assert list(list_entries(database, action="return")["entry"]) == [6]
    assert list(list_entries(database, words="store 12")["entry"]) == [6]
    assert list(list_entries(database, words="单位4")["entry"]) == [4]
    assert list(list_entries(database, since=NOON + timedelta(minutes=5))["entry"]) == [6, 5]
    assert list(list_entries(database, until=NOON + timedelta(minutes=2))["entry"]) == [1]
    assert names(database) == (["p0", "p1", "p9"], ["publish", "return"])


@pytest.mark.parametrize("role", RIGHTS)
def test_only_who_may_audit_reads_the_log(database: Database, role: str) -> None:
    five(database)
    acting = database.acting_as(Person("x", "X", role, "330402"))  # type: ignore[arg-type]
    if "audit" in RIGHTS[role]:  # type: ignore[index]
        assert len(list_entries(acting)) == 5
        assert verify(acting).entries == 5
    else:
        for read in (list_entries, names, verify):
            with pytest.raises(NotAllowed):
                read(acting)


def test_the_command_says_whole_or_names_the_link(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    five(database)
    digest = verify(database).digest
    database.close()
    assert main(["audit", "--database", database.url, "--csv", str(tmp_path / "log.csv")]) == 0
    assert f"--expect 5:{digest}" in capsys.readouterr().out
    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["entry"] for line in lines] == ["5", "4", "3", "2", "1"]
    assert "单位5" in lines[0]["detail"]
    assert main(["audit", "--database", database.url, "--expect", f"5:{digest[:10]}"]) == 0
    capsys.readouterr()
    opened = open_database(database.url)
    change(opened, "update audit set detail = '{}' where entry = 3")
    opened.close()
    assert main(["audit", "--database", database.url, "--language", "en"]) == 1
    assert "Entry 3 (2026-11-01 12:03, p1, publish) was altered" in capsys.readouterr().err


def test_the_command_runs_from_a_shell_and_refuses_a_digest_that_is_none(database: Database) -> None:
    database.close()
    command = [sys.executable, "-m", "store", "audit", "--database", database.url]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout.strip()) == (0, "还没有操作记录。")
    refused = subprocess.run([*command, "--expect", "nonsense"], capture_output=True, text=True)
    assert refused.returncode == 2


def test_a_backup_by_command_and_the_way_back_are_entered(database: Database, tmp_path: Path) -> None:
    five(database)
    database.close()
    assert main(["backup", str(tmp_path / "copy"), "--database", database.url]) == 0
    url = f"duckdb:///{tmp_path / 'restored.duckdb'}"
    assert main(["restore", str(tmp_path / "copy"), "--database", url]) == 0
    assert main(["backup", str(tmp_path / "copy"), "--database", url]) == 1
    restored = open_database(url)
    assert list(list_entries(restored, 2)["action"]) == ["restore", "backup"]
    assert verify(restored).broken is None
    restored.close()


FUNCTIONS = {
    (file.relative_to(ROOT).as_posix(), node.name): names_in(node)
    for folder in ("store", "loaders", "pages", "web", "exports")
    for file in (ROOT / folder).rglob("*.py")
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    if isinstance(node, ast.FunctionDef)
}
ENTERING = {"record", "write_entry", "_note"}
BY_THE_CALLER = {
    ("store/attempts.py", "save_attempt"),
    ("store/attempts.py", "change_attempt"),
    ("store/attempts.py", "put_away_attempt"),
    ("store/sending.py", "save_submission"),
    ("store/sending.py", "send_submission"),
    ("loaders/intake.py", "keep_attempt"),
}
"""What they do is entered, with more particulars, by the loader that calls them."""
NOTHING_DONE = {
    ("store/accounts/sign_in.py", "_begin_try"): "a sign-in that has only begun; how it ends is entered",
    ("store/accounts/visits.py", "find_visit"): "when a visitor was last seen",
    ("store/backup.py", "save_backup"): "reads; the command enters it",
    ("store/backup.py", "restore_backup"): "the command enters it",
    ("store/database.py", "mark_sample"): "the first act on a new database of samples",
    ("store/database.py", "migrate"): "the migration table tells",
    ("store/rehearsal.py", "staged"): "always undone",
}


def test_whatever_changes_the_database_is_entered() -> None:
    changing = {place for place, names in FUNCTIONS.items() if place[0].startswith("store/") and "transaction" in names}
    silent = {place for place in changing if not FUNCTIONS[place] & ENTERING}
    assert {("store/review.py", "publish_submission"), ("store/decisions.py", "save_decision")} <= changing - silent
    assert silent - BY_THE_CALLER - NOTHING_DONE.keys() == set()


def test_whoever_calls_what_does_not_enter_itself_enters_it() -> None:
    told_by_callers = {name for _, name in BY_THE_CALLER}
    callers = {place for place, names in FUNCTIONS.items() if names & told_by_callers}
    silent = {place for place in callers if not FUNCTIONS[place] & ENTERING}
    assert ("loaders/desk.py", "send") in callers
    assert silent - BY_THE_CALLER - NOTHING_DONE.keys() == set()
