"""A real server on loopback and a real Chromium in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

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


@pytest.fixture(scope="module")
def address(served_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that the tests of one module share."""
    port, log = free_port(), tmp_path_factory.mktemp("log") / "server.log"
    environment = {**os.environ, "DASHBOARD_DATABASE": served_url, "DASHBOARD_PORT": str(port)}
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(found for name in BROWSERS if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A tab that fails its test on a console error or a request to another host."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 1600}, locale="zh-CN", reduced_motion="reduce", base_url=address
    )
    tab = context.new_page()
    tab.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    strangers: list[str] = []
    errors: list[str] = []
    tab.on("request", lambda r: strangers.append(r.url) if not is_ours(r.url, address) else None)
    tab.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    tab.on("pageerror", lambda e: errors.append(str(e)))
    yield tab
    context.close()
    assert strangers == []
    assert errors == []


def is_ours(url: str, address: str) -> bool:
    return url.startswith(("data:", "blob:")) or urlparse(url).netloc == urlparse(address).netloc


def settle(page: Page) -> None:
    """Wait until Streamlit has nothing left to draw. First expect the new content, then settle."""
    page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]").wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)
