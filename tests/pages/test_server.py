"""The door: compressed files, the page shell, the port."""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import httpx2 as httpx
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from server import is_taken
from web.index import OwnIndex
from web.static import CompressedStatic

T = TypeVar("T")
ROOT = Path(__file__).parent.parent.parent
HERE = "http://127.0.0.1:8501"


def answering(response: Response) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await response(scope, receive, send)

    return app


def finished(work: Coroutine[Any, Any, T]) -> T:
    """Run it in a thread of its own: browser tests leave an event loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def get(app: ASGIApp, path: str = "/", address: str = HERE, **headers: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=address) as client:
            return await client.get(path, headers=headers)

    return finished(ask())


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
        answer = get(app, "/static/js/a.js")
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) < 1000
        assert answer.text == "let a = 1;" * 1000
    assert list(app.packed) == ["/static/js/a.js"]


def test_a_missing_script_is_not_kept() -> None:
    app = CompressedStatic(answering(PlainTextResponse("none", 404)))
    assert get(app, "/static/js/b.js").status_code == 404
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
    answer = get(app, "/static/js/c.js", **{"accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers


def test_the_page_shell_is_chinese_and_knows_where_the_server_is() -> None:
    shell = '<html lang="en"><link rel="preload" href="./f.woff2" as="font"><title>Streamlit</title><script>1</script>'
    page = get(OwnIndex(answering(HTMLResponse(shell))), accept="text/html").text
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
