"""Signing in through an identity provider: a real one on loopback, and what it may not do."""

from collections.abc import Iterator
from datetime import datetime

import httpx2 as httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient

from store.accounts.register import disable_account
from store.database import Database
from tests.web import provider as idp
from tests.web.test_sign_in import page
from web import oidc
from web.gate import COOKIE, Gate
from web.provider import provider
from web.sign_in import ROUTES


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with idp.provider() as address:
        yield address


@pytest.fixture
def client(issuer: str, accounts: Database, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr("web.gate.is_loopback", lambda _: True)
    for name, value in {"ISSUER": issuer, "CLIENT": "dashboard", "SECRET": "s3cret"}.items():
        monkeypatch.setenv(f"DASHBOARD_OIDC_{name}", value)
    routes = [*ROUTES, *oidc.ROUTES, Route("/{path:path}", page)]
    app = Starlette(routes=routes, middleware=[Middleware(Gate)])
    return TestClient(app, base_url="http://localhost", follow_redirects=False)


def came_back(client: TestClient, person: str, wanted: str = "/unit?unit=330411") -> httpx.Response:
    started = client.get("/oidc/start", params={"next": wanted})
    assert started.status_code == 302, started.text
    return client.get(idp.consent(started.headers["location"], person))


def test_the_sign_in_page_offers_the_provider_beside_the_password(client: TestClient) -> None:
    shown = client.get("/login?next=/unit").text
    assert "用统一身份认证登录" in shown
    assert 'href="/oidc/start?next=%2Funit"' in shown
    assert 'type="password"' in shown


def test_somebody_the_provider_knows_and_who_has_an_account_comes_in(client: TestClient) -> None:
    answer = came_back(client, "county")
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == "/unit?unit=330411"
    assert client.get("/unit").text == "figures"
    client.post("/logout")
    assert client.get("/unit").status_code == 401


def test_signing_out_can_end_the_visit_at_the_provider_too(client: TestClient, issuer: str) -> None:
    assert client.get("/oidc/end").headers["location"] == "/login"
    assert "/oidc/end" not in client.get("/login").text
    came_back(client, "county")
    client.post("/logout")
    assert 'href="/oidc/end"' in client.get("/login").text
    led = client.get("/oidc/end").headers["location"]
    assert led.startswith(f"{issuer}/oauth2/end_session?client_id=dashboard&")
    assert "post_logout_redirect_uri=http%3A%2F%2Flocalhost%2Flogin" in led
    assert httpx.get(led).status_code == 200
    assert "/oidc/end" not in client.get("/login").text


def test_the_request_is_tied_to_this_browser_and_to_one_use(client: TestClient) -> None:
    started = client.get("/oidc/start")
    asked = started.headers["location"]
    assert "code_challenge_method=S256" in asked and "nonce=" in asked and "state=" in asked
    back = idp.consent(asked, "county")
    kept = client.cookies["dashboard_oidc"]
    client.cookies.clear()
    assert client.get(back).status_code == 401  # another browser
    client.cookies.set("dashboard_oidc", kept)
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 401  # once more


@pytest.mark.parametrize(("person", "status"), [("stranger", 403), ("nameless", 401)])
def test_an_identity_without_an_account_does_not_come_in(client: TestClient, person: str, status: int) -> None:
    answer = came_back(client, person)
    assert answer.status_code == status
    assert "返回登录页" in answer.text
    assert COOKIE not in client.cookies


def test_a_disabled_account_does_not_come_in_this_way_either(client: TestClient, accounts: Database) -> None:
    disable_account(accounts, "county", now=datetime.now())
    assert came_back(client, "county").status_code == 403


def test_a_mail_address_counts_only_once_verified(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_OIDC_CLAIM", "email")
    assert came_back(client, "unverified").status_code == 401


def test_what_was_meant_for_another_client_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = client.get("/oidc/start").headers["location"]
    back = idp.consent(asked.replace("client_id=dashboard", "client_id=another"), "county")
    assert client.get(back).status_code == 401


def test_a_provider_that_cannot_be_reached_is_one_sentence(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_OIDC_ISSUER", "http://127.0.0.1:9")
    answer = client.get("/oidc/start")
    assert answer.status_code == 502
    assert "暂时连不上身份认证服务" in answer.text


def test_half_a_configuration_stops_the_start_and_names_what_is_missing() -> None:
    assert provider({}) is None
    with pytest.raises(ValueError, match="DASHBOARD_OIDC_CLIENT, DASHBOARD_OIDC_SECRET"):
        provider({"DASHBOARD_OIDC_ISSUER": "https://idp.example"})
