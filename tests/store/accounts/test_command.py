"""`python -m store.accounts` as an operator uses it."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from store.accounts import first
from store.accounts.first import require_administrator
from store.accounts.register import list_accounts
from store.accounts.sign_in import sign_in
from store.database import Database, open_database
from tests.store.accounts.conftest import NOW, PASSWORD

ROOT = Path(__file__).parent.parent.parent.parent


def command(url: str, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "store.accounts", *words, "--database", url],
        cwd=ROOT,
        input=typed,
        capture_output=True,
        text=True,
    )


def test_accounts_are_kept_from_the_command_line(tmp_path: Path) -> None:
    url = f"duckdb:///{tmp_path / 'real.duckdb'}"
    new = ("add", "Li", "--label", "李明", "--role", "administrator", "--own")
    assert command(url, *new, typed=f"{PASSWORD}\n").returncode == 0
    county = ("add", "xz", "--label", "秀洲", "--role", "county", "--unit", "330411")
    assert command(url, *county, typed=f"{PASSWORD}\n").returncode == 0
    assert command(url, "role", "xz", "county", "--unit", "330402").returncode == 0
    assert command(url, "disable", "xz").returncode == 0
    listed = command(url, "list").stdout.splitlines()
    assert listed == ["li\t李明\tadministrator", "xz\t秀洲\tcounty\t330402\tdisabled"]
    database = open_database(url)
    assert sign_in(database, "li", PASSWORD, address="127.0.0.1", agent="", now=NOW)
    assert [account.must_change for account in list_accounts(database)] == [False, True]
    database.close()


@pytest.mark.parametrize(
    ("words", "typed", "sentence"),
    [
        (("add", "li", "--label", "李", "--role", "leader"), "short\n", "10"),
        (("add", "li", "--label", "李", "--role", "county"), f"{PASSWORD}\n", "--unit"),
        (("add", "li", "--label", "李", "--role", "county", "--unit", "999"), f"{PASSWORD}\n", "units.csv"),
        (("disable", "nobody"), "", "没有这个账号"),
    ],
)
def test_what_is_wrong_is_one_sentence(database: Database, words: tuple[str, ...], typed: str, sentence: str) -> None:
    database.close()
    ended = command(database.url, *words, typed=typed)
    assert ended.returncode == 1
    assert sentence in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_no_command_takes_a_password_as_an_argument(tmp_path: Path) -> None:
    for words in (["add"], ["password"]):
        told = command(f"duckdb:///{tmp_path / 'real.duckdb'}", *words, "--help").stdout
        assert "--password" not in told


def test_without_a_terminal_the_start_names_the_command_to_run(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(SystemExit) as ended:
        require_administrator(database)
    assert (
        f"python -m store.accounts add NAME --role administrator --label 姓名 --own --database {database.url}"
        in str(ended.value)
    )


def test_at_a_terminal_the_start_asks_until_there_is_an_administrator(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", terminal)
    answers = iter(["a", "li", "李明"])
    passwords = iter(["weak", PASSWORD, "typed otherwise", PASSWORD, PASSWORD])
    monkeypatch.setattr(first, "getpass", lambda _: next(passwords))
    require_administrator(database, ask=lambda _: next(answers))
    shown = capsys.readouterr().out
    assert "2 至 64 个字符" in shown and "至少 10 个字符" in shown and "两次输入不一致" in shown
    assert [(account.name, account.role, account.must_change) for account in list_accounts(database)] == [
        ("li", "administrator", False)
    ]
    require_administrator(database, ask=lambda _: pytest.fail("asked again"))


@pytest.mark.parametrize("key", [KeyboardInterrupt, EOFError])
def test_leaving_the_questions_ends_with_a_sentence(
    database: Database, monkeypatch: pytest.MonkeyPatch, key: type[BaseException]
) -> None:
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", terminal)

    def leave(_: str) -> str:
        raise key

    with pytest.raises(SystemExit, match="没有设管理员"):
        require_administrator(database, ask=leave)
    assert list_accounts(database) == []


def test_the_sample_database_asks_for_nobody(database: Database) -> None:
    database.mark_sample()
    require_administrator(database, ask=lambda _: pytest.fail("asked"))
