"""Signing in through the site's identity provider (OpenID Connect), where one is configured.

The provider says who it is; which role that person has stands in our accounts, and the visit is the
same as after a password: kept here, ended here.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from anyio.to_thread import run_sync
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.starlette_client import OAuth
from authlib.integrations.starlette_client.apps import StarletteOAuth2App
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
from web.entering import address_of, agent_of, let_in, words_for


@dataclass(frozen=True)
class Provider:
    """`claim`: what the provider says of a person that equals the name of an account."""

    issuer: str
    client: str
    secret: str
    claim: str = "preferred_username"
    label: str = "统一身份认证"


def provider(environment: Mapping[str, str] = os.environ) -> Provider | None:
    """The configured provider. Half a configuration raises ValueError: nobody should guess why it is off."""
    said = {name: environment.get(f"DASHBOARD_OIDC_{name.upper()}", "").strip() for name in Provider.__annotations__}
    if not any(said.values()):
        return None
    if missing := [f"DASHBOARD_OIDC_{name.upper()}" for name in ("issuer", "client", "secret") if not said[name]]:
        raise ValueError(f"sign-in through a provider also needs {', '.join(missing)}")
    if not said["issuer"].startswith(("https://", "http://")):
        raise ValueError(f"DASHBOARD_OIDC_ISSUER is an address that begins with https://, not {said['issuer']}")
    return Provider(**{name: value for name, value in said.items() if value})


@cache
def _client(chosen: Provider) -> StarletteOAuth2App:
    registry = OAuth()
    registry.register(
        "provider",
        client_id=chosen.client,
        client_secret=chosen.secret,
        server_metadata_url=f"{chosen.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": 10},
    )
    return registry.create_client("provider")


async def start(request: Request) -> Response:
    chosen = provider()
    if chosen is None:
        return RedirectResponse("/login", 303)
    request.session["next"] = own_path(request.query_params.get("next", "/"))
    try:
        answer: Response = await _client(chosen).authorize_redirect(request, str(request.url_for("oidc:back")))
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
        token = await _client(chosen).authorize_access_token(request, claims_options=meant_for_us)
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
    return let_in(request, secret, wanted)


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
        routes=[Route("/start", start, name="start"), Route("/back", back, name="back")],
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
