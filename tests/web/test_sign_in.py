"""/login, /logout and /session, as a browser meets them."""

from datetime import datetime

import httpx2 as httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from store.accounts.register import disable_account
from store.accounts.sign_in import TRIES
from store.database import Database
from tests.web.conftest import PASSWORD
from web.card import own_path
from web.gate import COOKIE, Gate
from web.sign_in import ROUTES


def page(request: object) -> PlainTextResponse:
    return PlainTextResponse("figures")


def browser(address: str = "http://localhost") -> TestClient:
    routes = [*ROUTES, Route("/", page), Route("/{path:path}", page)]
    app = Starlette(routes=routes, middleware=[Middleware(Gate)])
    return TestClient(app, base_url=address, client=("127.0.0.1", 50000), follow_redirects=False)


def enter(client: TestClient, name: str = "county", password: str = PASSWORD, **headers: str) -> httpx.Response:
    sent = {"account": name, "password": password, "next": "/unit?unit=330411"}
    return client.post("/login", data=sent, headers=headers)


@pytest.fixture(autouse=True)
def listening(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test client names itself as the address it listens on."""
    monkeypatch.setattr("web.gate.is_loopback", lambda _: True)


def test_signing_in_leads_on_with_a_cookie_no_script_can_read(accounts: Database) -> None:
    client = browser()
    answer = enter(client)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/unit?unit=330411"
    said = answer.headers["set-cookie"].lower()
    assert f"{COOKIE}=" in said
    assert "httponly" in said and "samesite=lax" in said and "path=/" in said
    assert "secure" not in said
    assert client.get("/unit").text == "figures"
    assert client.get("/login?next=/indicator").headers["location"] == "/indicator"


def test_over_https_the_cookie_stays_on_https(accounts: Database) -> None:
    assert "secure" in enter(browser("https://localhost")).headers["set-cookie"].lower()


def test_a_wrong_password_says_so_and_keeps_what_was_typed_but_not_the_password(accounts: Database) -> None:
    answer = enter(browser(), "county", "wrong-password")
    assert answer.status_code == 401
    assert "账号或密码不正确。" in answer.text
    assert 'value="county"' in answer.text
    assert 'value="/unit?unit=330411"' in answer.text
    assert "wrong-password" not in answer.text
    assert "set-cookie" not in answer.headers


def test_repeated_failures_pause_signing_in_and_say_for_how_long(accounts: Database) -> None:
    client = browser()
    for _ in range(TRIES):
        assert enter(client, password="wrong").status_code == 401
    answer = enter(client)
    assert answer.status_code == 429
    assert "请在 15 分钟后再试" in answer.text


def test_a_disabled_account_is_told_so(accounts: Database) -> None:
    disable_account(accounts, "county", now=datetime.now())
    answer = enter(browser())
    assert answer.status_code == 401
    assert "这个账号已停用" in answer.text


def test_a_form_on_another_site_signs_nobody_in_or_out(accounts: Database) -> None:
    client = browser()
    assert enter(client, origin="http://evil.example").status_code == 403
    assert enter(client, origin="null").status_code == 403
    assert enter(client, sec_fetch_site="cross-site", **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert enter(client, origin="http://localhost").status_code == 303
    assert client.post("/logout", headers={"origin": "http://evil.example"}).status_code == 403
    assert client.get("/logout").status_code == 200
    assert client.get("/").text == "figures"


def test_signing_out_ends_the_visit_on_the_server_too(accounts: Database) -> None:
    client = browser()
    enter(client)
    kept = client.cookies[COOKIE]
    answer = client.post("/logout")
    assert answer.headers["location"] == "/login"
    assert COOKIE not in client.cookies
    thief = browser()
    thief.cookies.set(COOKIE, kept)
    assert thief.get("/").status_code == 401


def test_an_open_tab_hears_that_its_visit_has_ended(accounts: Database) -> None:
    client = browser()
    assert client.get("/session").json() == {"alive": False}
    enter(client)
    assert client.get("/session").json() == {"alive": True}
    disable_account(accounts, "county", now=datetime.now())
    assert client.get("/session").json() == {"alive": False}


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/indicator?plan=jxfs&units=jx7#origin", "/indicator?plan=jxfs&units=jx7#origin"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\n/evil.example", "/"),
        ("/login?next=/login", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_nowhere_else(wanted: str, led: str) -> None:
    assert own_path(wanted) == led


def test_what_is_typed_comes_back_as_text_never_as_markup(accounts: Database) -> None:
    bad = '"><script>alert(1)</script>'
    client = browser()
    answer = client.post("/login", data={"account": bad, "password": "x", "next": f"/{bad}"})
    assert "<script>" not in answer.text
    assert "<script>" not in client.get("/login", params={"next": f"/{bad}"}).text


def test_the_page_speaks_the_language_of_the_page_one_comes_from(accounts: Database) -> None:
    client = browser()
    assert '<html lang="zh-CN">' in client.get("/login?next=/").text
    english = client.get("/login", params={"next": "/indicator?lang=en"}).text
    assert '<html lang="en">' in english
    assert "Sign in" in english
    assert "no-store" in client.get("/login").headers["cache-control"]


def test_without_accounts_there_is_nothing_to_sign_in_to(served: Database) -> None:
    client = browser()
    assert client.get("/login").headers["location"] == "/"
    assert client.get("/session").json() == {"alive": True}


def test_an_oversized_form_is_refused(accounts: Database) -> None:
    answer = browser().post("/login", data={"account": "x" * 100_000, "password": "y"})
    assert answer.status_code in (400, 401, 413)
