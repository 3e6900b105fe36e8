"""The gate round HTTP and WebSocket: who comes in, and under whose name the pages see them.

The pages are told one thing only, the fingerprint of the visit; everything else about a person is
read from the database at each click, so that a change of role or a sign-out takes effect at once.
"""

from datetime import datetime
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.parts.opened import opened
from pages.parts.visitor import uploads_of
from store.accounts.register import accounts_exist
from store.accounts.visits import Visit, find_visit, fingerprint, is_alive
from web.hosts import FOREIGN, LOOPBACK_ONLY, UNKNOWN_HOST, host_names, is_loopback, name_of, same_origin
from web.messages import listening

COOKIE = "dashboard_visit"
HEADER = b"x-dashboard-visit"
OURS = b"x-dashboard-"
OPEN = (
    "/login",
    "/logout",
    "/oidc/start",
    "/oidc/back",
    "/oidc/end",
    "/session",
    "/healthz",
    "/favicon.png",
    "/favicon.ico",
)
OPEN_BELOW = "/static/"
"""What needs nobody: signing in, whether all is well, and Streamlit's own scripts and styles."""
UPLOADS = "/_stcore/upload_file/"


class Gate:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        asked = HTTPConnection(scope)
        refusal, visit = await run_in_threadpool(self._judge, scope, asked)
        if refusal is None and scope["type"] == "websocket":
            return await self.app(_told(scope, visit), listening(receive, lambda: _goes_on(visit)), send)
        if refusal is None:
            return await self.app(_told(scope, visit), receive, send)
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 4401})
        return await refusal(scope, receive, send)

    def _judge(self, scope: Scope, asked: HTTPConnection) -> tuple[Response | None, Visit | None]:
        """A refusal, or the visit that may pass (None where nobody needs to sign in)."""
        place, path = (scope.get("server") or ("?", 0))[0], scope["path"]
        host = name_of(asked.headers.get("host", ""))
        if host not in host_names():
            return PlainTextResponse(UNKNOWN_HOST.format(host=host), 400), None
        if scope["type"] == "websocket" and not same_origin(asked.headers):
            # Streamlit would ask the internet for its own address first, to compare it with the stranger's.
            return PlainTextResponse(FOREIGN, 403), None
        if not accounts_needed():
            if is_loopback(place):
                return None, None
            return PlainTextResponse(LOOPBACK_ONLY.format(host=place), 403), None
        if scope["type"] == "http" and (path in OPEN or path.startswith(OPEN_BELOW)):
            return None, None
        visit = visit_of(asked)
        if visit is None:
            return _to_sign_in(scope, asked), None
        if path.startswith(UPLOADS) and not _owns_upload(path, visit):
            return PlainTextResponse("这个页面不属于当前登录的账号。(This page is somebody else's.)", 403), None
        return None, visit


_known: set[str] = set()


def accounts_needed() -> bool:
    """Whether everybody has to sign in. Accounts are never deleted: once there are some, there are."""
    database = opened()
    if database.url not in _known and accounts_exist(database):
        _known.add(database.url)
    return database.url in _known


def visit_of(asked: HTTPConnection) -> Visit | None:
    secret = asked.cookies.get(COOKIE)
    return find_visit(opened(), fingerprint(secret), now=datetime.now()) if secret else None


def _goes_on(visit: Visit | None) -> bool:
    """Whether who opened the socket may still ask, which is no sign of anybody being there."""
    if visit is None:
        return not accounts_needed()
    return is_alive(opened(), visit.fingerprint, now=datetime.now())


def _told(scope: Scope, visit: Visit | None) -> Scope:
    """The request as the pages see it: what only we may say about a person is taken out and said anew."""
    headers = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(OURS)]
    if visit:
        headers.append((HEADER, visit.fingerprint.encode()))
    return {**scope, "headers": headers}


def _owns_upload(path: str, visit: Visit) -> bool:
    """A file goes into the page of its own sender only, whatever address it is sent to."""
    return uploads_of(path.removeprefix(UPLOADS).split("/")[0]) == visit.fingerprint


def _to_sign_in(scope: Scope, asked: HTTPConnection) -> Response:
    if "text/html" not in asked.headers.get("accept", ""):
        return PlainTextResponse("登录已结束，请刷新页面重新登录。(Signed out; refresh to sign in again.)", 401)
    query = scope["query_string"].decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(f"/login?next={quote(wanted, safe='')}", 303, headers={"cache-control": "no-store"})
