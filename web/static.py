"""Scripts and styles, packed once."""

import asyncio
import gzip

from starlette.types import ASGIApp, Message, Receive, Scope, Send


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
