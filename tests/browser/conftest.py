"""A real server on loopback and a real Chromium in front of it."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    StorageState,
    TimeoutError,
    expect,
    sync_playwright,
)

from store.database import open_database
from tests.browser.people import PASSWORD, make_real
from tests.browser.prepare import BROWSERS

ROOT = Path(__file__).parent.parent.parent
QUIET = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped:\n{log.read_text(encoding='utf-8')[-3000:]}")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError(f"no answer from {address}:\n{log.read_text(encoding='utf-8')[-3000:]}")


@pytest.fixture(scope="module")
def served_url(seeded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database that the module's server owns: a copy of the samples of its own."""
    copy = shutil.copytree(seeded_folder, tmp_path_factory.mktemp("served") / "sample")
    return f"duckdb:///{copy / 'sample.duckdb'}"


@contextlib.contextmanager
def serving(url: str, log: Path, **settings: str) -> Iterator[str]:
    """A server of its own on `url`; gives its address."""
    port = free_port()
    environment = {**os.environ, "DASHBOARD_DATABASE": url, "DASHBOARD_PORT": str(port), **settings}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "server.py"], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="module")
def address(served_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that the tests of one module share."""
    with serving(served_url, tmp_path_factory.mktemp("log") / "server.log") as found:
        yield found


def real_copy(seeded_folder: Path, folder: Path) -> str:
    copy = shutil.copytree(seeded_folder, folder / "real")
    database = open_database(f"duckdb:///{copy / 'sample.duckdb'}")
    make_real(database)
    database.close()
    return database.url


@pytest.fixture(scope="module")
def accounts_url(seeded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A real database: figures to work with, and the accounts of `people.PEOPLE`, who have to sign in."""
    return real_copy(seeded_folder, tmp_path_factory.mktemp("accounts"))


@pytest.fixture(scope="module")
def accounts_address(accounts_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on `accounts_url` that the tests of one module share."""
    with serving(accounts_url, tmp_path_factory.mktemp("log") / "server.log") as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(found for name in BROWSERS if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield opened
        opened.close()


@contextlib.contextmanager
def watched_tab(browser: Browser, address: str, *, expected: str = "$^", **settings: object) -> Iterator[Page]:
    """A tab that fails its test on a request to another host, or a console error unlike the `expected` ones."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 1600},
        locale="zh-CN",
        reduced_motion="reduce",
        base_url=address,
        **settings,  # type: ignore[arg-type]
    )
    tab = context.new_page()
    tab.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    strangers: list[str] = []
    errors: list[str] = []
    tab.on("request", lambda r: strangers.append(r.url) if not is_ours(r.url, address) else None)
    tab.on("console", lambda m: errors.append(m.text) if is_fault(m, expected) else None)
    tab.on("pageerror", lambda e: errors.append(str(e)))
    yield tab
    context.close()
    assert strangers == []
    assert errors == []


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with watched_tab(browser, address) as tab:
        yield tab


SignedIn = Callable[[str], Page]


@pytest.fixture(scope="module")
def states(browser: Browser, accounts_address: str) -> Callable[[str], StorageState]:
    """The cookies of each account of this module's server, which signs in once."""
    kept: dict[str, StorageState] = {}

    def state(name: str) -> StorageState:
        if name not in kept:
            context = browser.new_context(base_url=accounts_address)
            form = {"account": name, "password": PASSWORD}
            answer = context.request.post("/login", form=form, max_redirects=0)
            assert answer.status == 303, answer.text()
            kept[name] = context.storage_state()
            context.close()
        return kept[name]

    return state


@pytest.fixture
def signed_in(browser: Browser, accounts_address: str, states: Callable[[str], StorageState]) -> Iterator[SignedIn]:
    """`signed_in("county")`: a new tab of a browser of their own, for anyone of `people.PEOPLE`."""
    with contextlib.ExitStack() as tabs:
        yield lambda name: tabs.enter_context(watched_tab(browser, accounts_address, storage_state=states(name)))


def is_fault(message: ConsoleMessage, expected: str) -> bool:
    return message.type == "error" and not re.search(expected, message.text)


def is_ours(url: str, address: str) -> bool:
    return url.startswith(("data:", "blob:")) or urlparse(url).netloc == urlparse(address).netloc


def settle(page: Page) -> None:
    """Wait until Streamlit has nothing left to draw. First expect the new content, then settle."""
    page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]").wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)


def choose(page: Page, field: Locator, option: str | re.Pattern[str]) -> None:
    """Pick from a drop-down list, opening it again when a redraw has closed it meanwhile."""
    wanted = page.get_by_role("option", name=option)
    for _ in range(5):
        settle(page)
        field.click()
        try:
            wanted.click(timeout=5_000)
        except TimeoutError:
            page.keyboard.press("Escape")
        else:
            return settle(page)
    raise AssertionError(f"{option} cannot be chosen")
