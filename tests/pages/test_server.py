"""The door: compressed files, the page shell, the port."""

import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse

from server import is_taken, refuse_strangers
from store.accounts.register import add_account
from store.database import Database
from tests.web.asking import answering, ask, finished
from web.index import OwnIndex
from web.static import CompressedStatic

ROOT = Path(__file__).parent.parent.parent


def test_the_door_refuses_any_other_address_with_one_sentence() -> None:
    ended = subprocess.run(
        [sys.executable, "server.py"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "DASHBOARD_HOST": "0.0.0.0"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 1
    assert "0.0.0.0" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_script_is_sent_compressed_and_packed_once() -> None:
    app = CompressedStatic(answering(PlainTextResponse("let a = 1;" * 1000, media_type="text/javascript")))
    for _ in range(2):
        answer = ask(app, "/static/js/a.js")
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) < 1000
        assert answer.text == "let a = 1;" * 1000
    assert list(app.packed) == ["/static/js/a.js"]


def test_a_missing_script_is_not_kept() -> None:
    app = CompressedStatic(answering(PlainTextResponse("none", 404)))
    assert ask(app, "/static/js/b.js").status_code == 404
    assert app.packed == {}


def test_a_file_cut_short_by_a_reader_who_left_is_not_kept_for_the_next() -> None:
    cut = PlainTextResponse("")
    cut.headers["content-length"] = "1000"
    app = CompressedStatic(answering(cut))
    scope = {"type": "http", "method": "GET", "path": "/static/js/d.js", "headers": [(b"accept-encoding", b"gzip")]}
    sent = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    finished(app(scope, lambda: None, send))  # type: ignore[arg-type]
    assert sent
    assert app.packed == {}


def test_a_browser_that_cannot_unpack_gets_the_plain_file() -> None:
    app = CompressedStatic(answering(PlainTextResponse("plain")))
    answer = ask(app, "/static/js/c.js", accept_encoding="identity")
    assert "content-encoding" not in answer.headers


def test_the_page_shell_is_chinese_and_knows_where_the_server_is() -> None:
    shell = '<html lang="en"><link rel="preload" href="./f.woff2" as="font"><title>Streamlit</title><script>1</script>'
    page = ask(OwnIndex(answering(HTMLResponse(shell))), accept="text/html").text
    assert '<html lang="zh-CN">' in page
    assert "<title>消费专班目标看板</title>" in page
    assert "BACKEND_BASE_URL: window.location.origin" in page
    assert "preload" not in page


def test_streamlits_real_shell_still_has_what_we_change() -> None:
    import streamlit

    shell = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    for old, _ in OwnIndex.CHANGES:
        assert shell.count(old) == 1
    assert OwnIndex.UNUSED_FONT.search(shell)


def test_a_port_in_use_is_known_before_anything_is_prepared() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        assert is_taken("127.0.0.1", port)
    assert not is_taken("127.0.0.1", port)


@pytest.fixture
def with_accounts(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DASHBOARD_HOST", "DASHBOARD_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pages.parts.opened.open_once", lambda _: database)
    add_account(
        database, "li", label="李明", role="administrator", unit=None, password=None, now=datetime(2026, 1, 5)
    )  # fmt: skip


def test_with_accounts_another_address_is_listened_on(with_accounts: None) -> None:
    refuse_strangers("10.1.2.3")


def test_listening_everywhere_needs_the_names_people_come_by(
    with_accounts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit, match="DASHBOARD_HOSTS"):
        refuse_strangers("0.0.0.0")
    monkeypatch.setenv("DASHBOARD_HOSTS", "kanban.example.cn")
    refuse_strangers("0.0.0.0")


@pytest.mark.parametrize("command", [["server.py"], ["-m", "uvicorn", "server:app", "--port", "0"]])
def test_a_real_database_without_accounts_does_not_start_without_a_terminal(tmp_path: Path, command: list[str]) -> None:
    url = f"duckdb:///{tmp_path / 'real.duckdb'}"
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "DASHBOARD_DATABASE": url, "DASHBOARD_PORT": "0"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert ended.returncode != 0
    told = f"python -m store.accounts add NAME --role administrator --label 姓名 --own --database {url}"
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
