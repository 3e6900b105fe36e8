"""The door: `python server.py` or `uvicorn server:app` serve the dashboard on this machine only.

Wraps Streamlit with a health address, our own security headers and compressed static files, and
prepares the database before the first visitor comes.
"""

import asyncio
import contextlib
import gc
import gzip
import ipaddress
import os
import re
import socket
import sys
from collections.abc import AsyncIterator

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from loaders.plans import PlanError, read_plans
from locales import text
from pages.parts import context
from store.database import DatabaseBusy

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
SECURITY_HEADERS = [
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
]
LOOPBACK_ONLY = (
    "看板目前没有账号，只允许本机访问（127.0.0.1），拒绝在 {host} 上监听。"
    "(There are no accounts yet, so the dashboard answers on this machine only and refuses {host}.)"
)
PORT_TAKEN = (
    "端口 {port} 已被占用，看板可能已经在运行；要另开一个，请用 DASHBOARD_PORT 换一个端口。"
    "(Port {port} is in use; perhaps the dashboard is running already. Choose another with DASHBOARD_PORT.)"
)


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Guard:
    """Answers only what arrives on a loopback address, whatever `--host` said, and adds our headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        host = (scope.get("server") or ("?", 0))[0]
        if not is_loopback(host):
            if scope["type"] == "websocket":
                return await send({"type": "websocket.close", "code": 1008})
            return await PlainTextResponse(LOOPBACK_ONLY.format(host=host), 403)(scope, receive, send)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *SECURITY_HEADERS]}
            await send(message)

        return await self.app(scope, receive, with_headers)


class OwnIndex:
    """Streamlit's page shell in our words: language, title, no unused font, and where the server is.

    Told its own address, the browser does not look for the server below every deep link first, which
    would leave two 404 faults in the console of each visit.
    """

    CHANGES = (
        (b'<html lang="en">', b'<html lang="zh-CN">'),
        (b"<title>Streamlit</title>", f"<title>{text('pages.app.title')}</title>".encode()),
        (b"<script>", b"<script>window.__streamlit = { BACKEND_BASE_URL: window.location.origin };"),
    )
    UNUSED_FONT = re.compile(rb'<link\s+rel="preload"[^>]+as="font"[^>]*>')

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = scope.get("headers", [])
        if scope["type"] != "http" or b"text/html" not in dict(headers).get(b"accept", b""):
            return await self.app(scope, receive, send)
        plain = {**scope, "headers": [pair for pair in headers if pair[0] != b"accept-encoding"]}
        held: list[Message] = []

        async def changed(message: Message) -> None:
            """Hold the head of the answer until its body is whole, then send both."""
            held.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                body = self._changed(b"".join(part.get("body", b"") for part in held[1:]))
                head = [pair for pair in held[0]["headers"] if pair[0] not in (b"content-length", b"etag")]
                await send({**held[0], "headers": [*head, (b"content-length", b"%d" % len(body))]})
                await send({"type": "http.response.body", "body": body})

        return await self.app(plain, receive, changed)

    def _changed(self, body: bytes) -> bytes:
        for old, new in self.CHANGES:
            body = body.replace(old, new, 1)
        return self.UNUSED_FONT.sub(b"", body, count=1)


async def nobody_leaves() -> Message:
    """A reader who asked once and never hangs up."""
    await asyncio.sleep(0)
    return {"type": "http.request", "body": b"", "more_body": False}


class CompressedStatic:
    """Sends scripts and styles gzipped, packing each file once: a first visit is 2.5 MB, not 7.6."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.packed: dict[str, list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = dict(scope.get("headers", []))
        path = scope.get("path", "")
        if not path.startswith("/static/") or not path.endswith((".js", ".css")) or b"if-none-match" in wanted:
            return await self.app(scope, receive, send)
        if b"gzip" not in wanted.get(b"accept-encoding", b""):
            return await self.app(scope, receive, send)
        messages = self.packed.get(path) or await self._pack(scope)
        for message in messages:
            await send(message)
        return None

    async def _pack(self, scope: Scope) -> list[Message]:
        """Read the whole file plainly, pack it, and keep it when there was one.

        Kept for everybody, so it must be whole even when this one reader has gone meanwhile.
        """
        plain = [(name, value) for name, value in scope["headers"] if name not in (b"accept-encoding", b"range")]
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        await self.app({**scope, "headers": plain, "method": "GET"}, nobody_leaves, collect)
        start, body = messages[0], b"".join(message.get("body", b"") for message in messages[1:])
        if start["status"] != 200 or dict(start["headers"]).get(b"content-length") != b"%d" % len(body):
            return messages
        packed = gzip.compress(body, 6)
        headers = [(name, value) for name, value in start["headers"] if name not in (b"content-length", b"vary")]
        headers += [
            (b"content-encoding", b"gzip"),
            (b"vary", b"accept-encoding"),
            (b"content-length", b"%d" % len(packed)),
        ]
        self.packed[scope["path"]] = [
            {**start, "headers": headers},
            {"type": "http.response.body", "body": packed},
        ]
        return self.packed[scope["path"]]


async def healthz(request: Request) -> PlainTextResponse:
    """Well when the database answers."""
    context.database().data_version()
    return PlainTextResponse("ok", headers={"cache-control": "no-store"})


def prepare() -> None:
    """Check the plans and open the database (seeding the samples at the very first start)."""
    read_plans()
    context.database()


@contextlib.asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    prepare()
    # What is loaded now stays: keep the collector from walking over it again and again.
    gc.collect()
    gc.freeze()
    yield


# Streamlit takes a folder named `pages` for its older kind of menu until the first script has run, and
# tells whoever comes first by a deep link that the page does not exist.
PagesManager.uses_pages_directory = False

app = st.App(
    "app.py",
    routes=[Route("/healthz", healthz)],
    middleware=[Middleware(Guard), Middleware(OwnIndex), Middleware(CompressedStatic)],
    lifespan=lifespan,
)


def is_taken(host: str, port: int) -> bool:
    """Asked before the samples are prepared, so that nobody waits a minute to hear it."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError:
            return True
    return False


def main() -> None:
    host = os.environ.get("DASHBOARD_HOST") or "127.0.0.1"
    port = int(os.environ.get("DASHBOARD_PORT") or 8501)
    if not is_loopback(host):
        sys.exit(LOOPBACK_ONLY.format(host=host))
    if is_taken(host, port):
        sys.exit(PORT_TAKEN.format(port=port))
    try:
        prepare()
    except (DatabaseBusy, PlanError) as error:
        sys.exit(str(error))
    print(f"看板地址 / dashboard: http://localhost:{port}", flush=True)
    uvicorn.run(
        app,
        host=host,
        port=port,
        ws="websockets-sansio",
        ws_ping_interval=30,
        ws_ping_timeout=30,
        ws_per_message_deflate=False,  # frames are small and the way is short
        server_header=False,
        access_log=False,
        log_level="warning",
    )


if __name__ == "__main__":
    main()
