"""The pages outside the dashboard: one card with a form or a sentence, in Chinese or English."""

from functools import cache
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse

from charts.theme import css_variables
from locales import text

HERE = Path(__file__).parent
LANGUAGES = {"zh": "zh_CN", "en": "en"}


@cache
def _file(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


@cache
def _colours() -> str:
    return f"{css_variables()} @media (prefers-color-scheme: dark) {{ {css_variables(dark=True)} }}"


MARK = (
    '<svg width="26" height="28" viewBox="0 0 26 28" aria-hidden="true"><g><rect x="1" y="16" width="5" height="9"/>'
    '<rect x="9" y="11" width="5" height="14"/><rect x="17" y="6" width="5" height="19"/></g>'
    '<path d="M0 3h24" stroke="currentColor" stroke-width="1.5" stroke-dasharray="3 2"/></svg>'
)


def own_path(wanted: str) -> str:
    """A path of this server, whatever was asked for: nobody is led elsewhere by signing in."""
    plain = wanted.replace("\\", "/")
    if not plain.startswith("/") or plain.startswith("//") or any(ord(letter) < 33 for letter in plain):
        return "/"
    parts = urlsplit(plain)
    return "/" if parts.scheme or parts.netloc or parts.path.startswith(("/login", "/logout", "/oidc/")) else plain


def language_of(request: Request, wanted: str = "/") -> str:
    """`lang` of this page, else of the page one comes from; Chinese otherwise."""
    said = request.query_params.get("lang") or parse_qs(urlsplit(wanted).query).get("lang", [""])[-1]
    return LANGUAGES.get(said, "zh_CN")


def card(
    request: Request, language: str, title: str, body: str, *, wanted: str = "/", status: int = 200
) -> HTMLResponse:
    """`title` is a key of the catalogue, `body` markup whose outside words are escaped already."""
    other = "zh" if language == "en" else "en"
    address = f"{request.url.path}?{urlencode({'next': wanted, 'lang': other})}"
    switch = f'<a href="{escape(address)}" hreflang="{other}">{"中文" if other == "zh" else "English"}</a>'
    page = Template(_file("card.html")).substitute(
        lang="en" if language == "en" else "zh-CN",
        title=escape(text(title, language)),
        app=escape(text("pages.app.title", language)),
        colours=_colours(),
        style=_file("card.css"),
        mark=MARK,
        body=body,
        foot=switch,
    )
    return HTMLResponse(page, status, headers={"cache-control": "no-store"})


def told(words: str, *, fault: bool = False) -> str:
    if not words:
        return ""
    looks, role = (" fault is-critical", "alert") if fault else ("", "status")
    return f'<p class="told{looks}" role="{role}">{escape(words)}</p>'
