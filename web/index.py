"""Streamlit's page shell, in our words."""

import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from locales import text


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
