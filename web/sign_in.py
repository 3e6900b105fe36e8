"""/login, /logout and /session: our own pages, outside Streamlit."""

from datetime import datetime
from html import escape
from urllib.parse import urlencode

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from locales import text
from pages.parts.opened import opened
from store.accounts.sign_in import SignInRefused, sign_in
from store.accounts.visits import end_visit, fingerprint, is_alive
from web.card import card, language_of, own_path, told
from web.entering import VIA, address_of, agent_of, let_in, words_for
from web.gate import COOKIE, accounts_needed, visit_of
from web.hosts import FOREIGN, same_origin
from web.provider import provider

_guessing = CapacityLimiter(2)
"""How many passwords are looked at side by side: each takes 64 MB and a core for a moment."""


async def login(request: Request) -> Response:
    if not await run_sync(accounts_needed):
        return RedirectResponse("/", 303)
    if request.method == "POST":
        return await _signed_in(request)
    wanted = own_path(request.query_params.get("next", "/"))
    if await run_sync(visit_of, request):
        return RedirectResponse(wanted, 303, headers={"cache-control": "no-store"})
    language = language_of(request, wanted)
    said = text("accounts.sign_in.ended", language) if "ended" in request.query_params else ""
    return form(request, language, wanted, told(said))


async def _signed_in(request: Request) -> Response:
    if not same_origin(request.headers):
        return PlainTextResponse(FOREIGN, 403)
    sent = await request.form(max_files=0, max_fields=8, max_part_size=4096)
    wanted = own_path(str(sent.get("next", "/")))
    name, password = str(sent.get("account", "")), str(sent.get("password", ""))

    def enter() -> str:
        return sign_in(
            opened(), name, password, address=address_of(request), agent=agent_of(request), now=datetime.now()
        )

    try:
        secret = await run_sync(enter, limiter=_guessing)
    except SignInRefused as refused:
        language = language_of(request, wanted)
        status = 429 if refused.why == "locked" else 401
        return form(request, language, wanted, told(words_for(refused, language), fault=True), name, status)
    return let_in(request, secret, wanted)


def form(request: Request, language: str, wanted: str, message: str, name: str = "", status: int = 200) -> Response:
    def say(key: str) -> str:
        return escape(text(f"accounts.sign_in.{key}", language))

    def field(key: str, kind: str, value: str, complete: str, focus: bool) -> str:
        return (
            f'<label for="{key}">{say(key)}</label><input id="{key}" name="{key}" type="{kind}" value="{escape(value)}"'
            f' autocomplete="{complete}" autocapitalize="none" spellcheck="false" required'
            f"{' autofocus' if focus else ''}>"
        )

    lang = "?lang=en" if language == "en" else ""
    body = (
        f'<p class="note">{say("words")}</p>{message}<form method="post" action="/login{lang}">'
        + field("account", "text", name, "username", not name)
        + field("password", "password", "", "current-password", bool(name))
        + f'<input type="hidden" name="next" value="{escape(wanted)}">'
        f'<button class="button" type="submit">{say("submit")}</button></form>'
    )
    if chosen := provider():
        label = escape(text("accounts.sign_in.provider", language, name=chosen.label))
        body += (
            f'<p class="or">{say("or")}</p>'
            f'<a class="button quiet" href="/oidc/start?{escape(urlencode({"next": wanted}))}">{label}</a>'
        )
        if VIA in request.cookies:
            label = escape(text("accounts.sign_in.end", language, name=chosen.label))
            body += f'<a class="button quiet" href="/oidc/end">{label}</a>'
    body += f'<p class="note">{say("forgotten")}</p>'
    return card(request, language, "accounts.sign_in.title", body, wanted=wanted, status=status)


async def logout(request: Request) -> Response:
    """Asked for by address it is confirmed first, so that no link elsewhere can sign anybody out."""
    language = language_of(request)
    if request.method == "GET":
        words = escape(text("accounts.sign_out.ask", language))
        button = escape(text("accounts.sign_out.do", language))
        body = (
            f'<p class="note">{words}</p><form method="post" action="/logout">'
            f'<button class="button" type="submit">{button}</button></form>'
        )
        return card(request, language, "accounts.sign_out.title", body)
    if not same_origin(request.headers):
        return PlainTextResponse(FOREIGN, 403)
    if secret := request.cookies.get(COOKIE):
        await run_sync(lambda: end_visit(opened(), fingerprint(secret), now=datetime.now()))
    answer = RedirectResponse("/login", 303, headers={"cache-control": "no-store"})
    answer.delete_cookie(COOKIE)
    return answer


async def session(request: Request) -> Response:
    """Whether this browser is still signed in, for a tab that was left open; asking keeps nothing alive."""

    def alive() -> bool:
        secret = request.cookies.get(COOKIE)
        return not accounts_needed() or bool(secret and is_alive(opened(), fingerprint(secret), now=datetime.now()))

    return JSONResponse({"alive": await run_sync(alive)}, headers={"cache-control": "no-store"})


ROUTES = [
    Route("/login", login, methods=["GET", "POST"]),
    Route("/logout", logout, methods=["GET", "POST"]),
    Route("/session", session),
]
