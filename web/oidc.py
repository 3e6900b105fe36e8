"""Signing in through the site's identity provider (OpenID Connect), where one is configured.

The provider says who it is; which role that person has stands in our accounts, and the visit is the
same as after a password: kept here, ended here.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from authlib.integrations.base_client.errors import OAuthError
from httpx2 import HTTPError
from joserfc.errors import JoseError
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from locales import text
from pages.parts.opened import opened
from store.accounts.sign_in import SignInRefused, sign_in_known
from web.card import card, language_of, own_path, told
from web.entering import VIA, address_of, agent_of, let_in, words_for
from web.provider import client, provider


async def start(request: Request) -> Response:
    chosen = provider()
    if chosen is None:
        return RedirectResponse("/login", 303)
    request.session["next"] = own_path(request.query_params.get("next", "/"))
    try:
        answer: Response = await client(chosen).authorize_redirect(request, str(request.url_for("oidc:back")))
    except (HTTPError, OAuthError, RuntimeError, ValueError):
        return _refused(request, "unreachable", 502)
    return answer


async def back(request: Request) -> Response:
    """The provider sends people back here. What it vouches for is signed and meant for us only."""
    chosen = provider()
    if chosen is None:
        return RedirectResponse("/login", 303)
    wanted = own_path(str(request.session.pop("next", "/")))
    meant_for_us = {
        "iss": {"essential": True, "values": [chosen.issuer]},
        "aud": {"essential": True, "value": chosen.client},
    }
    try:
        token = await client(chosen).authorize_access_token(request, claims_options=meant_for_us)
    except (OAuthError, JoseError, KeyError, ValueError):
        return _refused(request, "failed", 401)
    except (HTTPError, RuntimeError):
        return _refused(request, "unreachable", 502)
    name = _name(token.get("userinfo") or {}, chosen.claim)
    if not name:
        return _refused(request, "failed", 401)

    def enter() -> str:
        return sign_in_known(opened(), name, address=address_of(request), agent=agent_of(request), now=datetime.now())

    try:
        secret = await run_sync(enter)
    except SignInRefused as refused:
        return _card(request, words_for(refused, language_of(request, wanted)), 403)
    answer = let_in(request, secret, wanted)
    if client(chosen).server_metadata.get("end_session_endpoint"):
        answer.set_cookie(VIA, "1", httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return answer


async def end(request: Request) -> Response:
    """Sign out at the provider too, where it offers that: else whoever sits down next comes in by one click."""
    chosen = provider()
    if chosen is None or VIA not in request.cookies:
        return RedirectResponse("/login", 303)
    try:
        said = await client(chosen).load_server_metadata()
    except (HTTPError, RuntimeError, ValueError):
        return _refused(request, "unreachable", 502)
    back_to = str(request.url.replace(path="/login", query=""))
    query = urlencode({"client_id": chosen.client, "post_logout_redirect_uri": back_to})
    address = str(said.get("end_session_endpoint", "/login"))
    answer = RedirectResponse(f"{address}{'&' if '?' in address else '?'}{query}", 303)
    answer.delete_cookie(VIA)
    return answer


def _name(claims: Mapping[str, object], claim: str) -> str:
    """A mail address counts only once the provider has seen that its owner reads it."""
    if claim == "email" and claims.get("email_verified") is not True:
        return ""
    return str(claims.get(claim) or "")


def _refused(request: Request, why: str, status: int) -> Response:
    return _card(request, text(f"accounts.sign_in.{why}", language_of(request)), status)


def _card(request: Request, words: str, status: int) -> Response:
    language = language_of(request)
    again = text("accounts.sign_in.again", language)
    body = told(words, fault=True) + f'<a class="button quiet" href="/login">{again}</a>'
    return card(request, language, "accounts.sign_in.title", body, status=status)


ROUTES = [
    Mount(
        "/oidc",
        name="oidc",
        routes=[
            Route("/start", start, name="start"),
            Route("/back", back, name="back"),
            Route("/end", end, name="end"),
        ],
        # Holds only the pending request to the provider, for ten minutes and until the next start of the server.
        middleware=[
            Middleware(
                SessionMiddleware,
                secret_key=secrets.token_urlsafe(32),
                session_cookie="dashboard_oidc",
                max_age=600,
                same_site="lax",
            )
        ],
    )
]
