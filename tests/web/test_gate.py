"""Who passes the gate, and what the pages are told about them."""

from datetime import datetime

import pytest
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.parts import visitor
from store.accounts.register import disable_account
from store.accounts.visits import end_visit, fingerprint
from store.database import Database
from tests.web.asking import ELSEWHERE, answering, ask, refused_socket
from tests.web.conftest import Enter
from web.gate import Gate
from web.headers import SecurityHeaders
from web.hosts import host_names, is_loopback, name_of

SECRET = answering(PlainTextResponse("secret"))


async def telling(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with what the pages would read about the visitor."""
    told = {name.decode(): value.decode() for name, value in scope["headers"]}
    await JSONResponse(told)(scope, receive, send)


def mark(cookie: str) -> str:
    return fingerprint(cookie.split("=", 1)[1])


def test_every_answer_carries_a_policy_that_allows_this_host_only() -> None:
    headers = ask(SecurityHeaders(SECRET)).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"


def test_without_accounts_nobody_signs_in_but_only_this_machine_is_answered(served: Database) -> None:
    assert ask(Gate(SECRET)).text == "secret"
    far = ask(Gate(SECRET), address=ELSEWHERE, host="localhost")
    assert far.status_code == 403
    assert "10.1.2.3" in far.text and "secret" not in far.text
    assert refused_socket(Gate(SECRET), server="10.1.2.3", host="localhost") == [
        {"type": "websocket.close", "code": 4401}
    ]


def test_with_accounts_another_machine_is_answered_too(enter: Enter) -> None:
    assert ask(Gate(SECRET), address=ELSEWHERE, host="localhost", cookie=enter("leader")).text == "secret"


def test_a_stranger_is_led_to_sign_in_and_back_to_the_page_asked_for(accounts: Database) -> None:
    answer = ask(Gate(SECRET), "/indicator?plan=jxfs&indicator=stores", accept="text/html")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Findicator%3Fplan%3Djxfs%26indicator%3Dstores"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/submit",
        "/loginx",
        "/logout/media",
        "/session/",
        "/oidc/",
        "/favicon/x",
        "/media/abc.xlsx",
        "/_stcore/upload_file/a/b",
        "/_stcore/metrics",
        "/_stcore/host-config",
        "/x",
    ],
)
def test_nothing_that_holds_data_is_open(accounts: Database, path: str) -> None:
    answer = ask(Gate(SECRET), path)
    assert answer.status_code == 401
    assert "secret" not in answer.text


@pytest.mark.parametrize("path", ["/login", "/logout", "/healthz", "/static/js/index.js", "/favicon.png", "/session"])
def test_what_signing_in_needs_is_open(accounts: Database, path: str) -> None:
    assert ask(Gate(SECRET), path).text == "secret"


def test_a_socket_without_a_visit_is_refused_whatever_it_says_about_itself(accounts: Database) -> None:
    closed = [{"type": "websocket.close", "code": 4401}]
    assert refused_socket(Gate(SECRET), host="localhost") == closed
    assert refused_socket(Gate(SECRET), host="localhost", x_dashboard_visit="1" * 64) == closed
    assert refused_socket(Gate(SECRET), host="localhost", cookie="dashboard_visit=guessed") == closed


def test_a_page_elsewhere_opens_no_socket_even_with_a_visit(enter: Enter) -> None:
    closed = [{"type": "websocket.close", "code": 4401}]
    named = {"host": "localhost:8501", "cookie": enter("county")}
    for origin in ("http://evil.example", "http://localhost:3000", "null"):
        assert refused_socket(Gate(SECRET), origin=origin, **named) == closed
    assert refused_socket(Gate(telling), origin="http://localhost:8501", **named) != closed


def test_the_pages_hear_the_fingerprint_and_nothing_a_client_said(enter: Enter) -> None:
    county, administrator = enter("county"), enter("administrator")
    told = ask(
        Gate(telling), cookie=county, x_dashboard_visit=mark(administrator), X_Dashboard_Role="administrator"
    ).json()
    assert told["x-dashboard-visit"] == mark(county)
    assert "x-dashboard-role" not in told


def test_without_accounts_a_client_cannot_pretend_a_visit_either(served: Database) -> None:
    assert "x-dashboard-visit" not in ask(Gate(telling), x_dashboard_visit="1" * 64).json()


@pytest.mark.parametrize("how", ["signed out", "disabled"])
def test_an_ended_visit_passes_no_more(accounts: Database, enter: Enter, how: str) -> None:
    cookie = enter("county")
    assert ask(Gate(SECRET), cookie=cookie).text == "secret"
    if how == "disabled":
        disable_account(accounts, "county", now=datetime.now())
    else:
        end_visit(accounts, mark(cookie), now=datetime.now())
    assert ask(Gate(SECRET), cookie=cookie).status_code == 401


def test_a_file_goes_only_into_the_page_of_its_own_sender(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, others = enter("county"), enter("reviewer")
    monkeypatch.setattr(visitor, "_uploads", {"my-page": mark(mine), "other-page": mark(others)})
    gate: ASGIApp = Gate(SECRET)
    assert ask(gate, "/_stcore/upload_file/my-page/1", method="PUT", cookie=mine).text == "secret"
    for page in ("other-page", "unknown-page", ""):
        for method in ("PUT", "DELETE"):
            assert ask(gate, f"/_stcore/upload_file/{page}/1", method=method, cookie=mine).status_code == 403


def test_a_name_pointed_at_us_from_elsewhere_is_not_answered(served: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(Gate(SECRET), host="evil.example:8501").status_code == 400
    monkeypatch.setenv("DASHBOARD_HOSTS", "kanban.example.cn, other.example")
    assert ask(Gate(SECRET), host="kanban.example.cn:8501").text == "secret"
    assert ask(Gate(SECRET), host="Kanban.Example.CN").text == "secret"


def test_the_names_are_those_of_this_machine_and_those_configured() -> None:
    assert host_names({}) == ["localhost", "127.0.0.1", "[::1]"]
    assert host_names({"DASHBOARD_HOST": "10.1.2.3", "DASHBOARD_HOSTS": "A.example"})[3:] == ["a.example", "10.1.2.3"]
    assert host_names({"DASHBOARD_HOST": "0.0.0.0"}) == host_names({})
    assert [name_of(host) for host in ("[::1]:8501", "[::1]", "A.example.:80", "127.0.0.1")] == [
        "[::1]", "[::1]", "a.example", "127.0.0.1",
    ]  # fmt: skip


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_loopback_addresses_are_ours(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "example.org", ""])
def test_other_addresses_are_not(host: str) -> None:
    assert not is_loopback(host)
