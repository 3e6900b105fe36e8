"""What every way of signing in shares: the cookie, where a request came from, why one is refused."""

from datetime import datetime
from math import ceil

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from locales import text
from store.accounts.sign_in import SignInRefused
from store.accounts.visits import WHOLE
from web.gate import COOKIE

VIA = "dashboard_via"
"""Set in a browser that came in through an identity provider which also offers to sign out there."""


def let_in(request: Request, secret: str, wanted: str) -> Response:
    """Lead on to the page that was asked for. The secret stays out of reach of any script."""
    answer = RedirectResponse(wanted, 303, headers={"cache-control": "no-store"})
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=int(WHOLE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


def words_for(refused: SignInRefused, language: str) -> str:
    minutes = ceil((refused.until - datetime.now()).total_seconds() / 60) if refused.until else 0
    return text(f"accounts.sign_in.{refused.why}", language, minutes=max(minutes, 1))


def address_of(request: Request) -> str:
    return request.client.host if request.client else "?"


def agent_of(request: Request) -> str:
    return request.headers.get("user-agent", "")
