"""Asking an ASGI app without a network."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import httpx2 as httpx
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

T = TypeVar("T")
HERE, ELSEWHERE = "http://127.0.0.1:8501", "http://10.1.2.3:8501"


def answering(response: Response) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await response(scope, receive, send)

    return app


def finished(work: Coroutine[Any, Any, T]) -> T:
    """Run it in a thread of its own: browser tests leave an event loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def ask(
    app: ASGIApp, path: str = "/", *, method: str = "GET", address: str = HERE, form: object = None, **headers: str
) -> httpx.Response:
    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=address) as client:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return await client.request(method, path, headers=named, data=form)  # type: ignore[arg-type]

    return finished(asked())


async def nobody() -> dict[str, object]:
    return {"type": "http.disconnect"}


def refused_socket(app: ASGIApp, *, server: str = "127.0.0.1", **headers: str) -> list[dict[str, object]]:
    """What a WebSocket handshake is answered with."""
    sent: list[dict[str, object]] = []

    async def send(message: Any) -> None:
        sent.append(dict(message))

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "websocket", "path": "/_stcore/stream", "server": (server, 8501), "headers": named}
    finished(app(scope, nobody, send))  # type: ignore[arg-type]
    return sent
