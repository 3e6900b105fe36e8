"""What the browser tests share: servers on loopback, a Chromium, and tabs for whoever visits."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from store.database import open_database
from tests.browser.people import PASSWORD, make_real
from tests.browser.prepare import BROWSERS
from tests.browser.server import serving
from tests.browser.tab import QUIET, watched_tab
from tests.once import made_once

SignedIn = Callable[[str], Page]


@pytest.fixture(scope="module")
def served_url(seeded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database that the module's server owns: a copy of the samples of its own."""
    copy = shutil.copytree(seeded_folder, tmp_path_factory.mktemp("served") / "sample")
    return f"duckdb:///{copy / 'sample.duckdb'}"


@pytest.fixture(scope="session")
def read_address(seeded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server for all tests that only read."""
    copy = shutil.copytree(seeded_folder, tmp_path_factory.mktemp("read") / "sample")
    with serving(f"duckdb:///{copy / 'sample.duckdb'}", copy.parent / "server.log") as found:
        yield found


@pytest.fixture(scope="module")
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of this module's own; of the common one where the module is marked `reads`."""
    if request.node.get_closest_marker("reads"):
        yield request.getfixturevalue("read_address")
        return
    with serving(request.getfixturevalue("served_url"), tmp_path_factory.mktemp("log") / "server.log") as found:
        yield found


@pytest.fixture(scope="session")
def real_folder(seeded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real database: figures to work with, and the accounts of `people.PEOPLE`, who have to sign in."""

    def make(folder: Path) -> None:
        shutil.copytree(seeded_folder, folder, dirs_exist_ok=True)
        database = open_database(f"duckdb:///{folder / 'sample.duckdb'}")
        make_real(database)
        database.close()

    return made_once(tmp_path_factory, "real", make)


def real_copy(real_folder: Path, folder: Path) -> str:
    return f"duckdb:///{shutil.copytree(real_folder, folder / 'real') / 'sample.duckdb'}"


@pytest.fixture(scope="module")
def accounts_url(real_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """This module's own copy of the real database."""
    return real_copy(real_folder, tmp_path_factory.mktemp("accounts"))


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


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with watched_tab(browser, address) as tab:
        yield tab


@pytest.fixture
def signed_in(browser: Browser, accounts_address: str) -> Iterator[SignedIn]:
    """`signed_in("county")`: a new tab of a browser of their own, for anyone of `people.PEOPLE`."""

    def enter(name: str) -> Page:
        tab = tabs.enter_context(watched_tab(browser, accounts_address))
        form = {"account": name, "password": PASSWORD}
        answer = tab.context.request.post("/login", form=form, max_redirects=0)
        assert answer.status == 303, answer.text()
        return tab

    with contextlib.ExitStack() as tabs:
        yield enter
