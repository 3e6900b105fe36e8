"""A tab of a real Chromium, and how a hand waits, clicks and chooses in it."""

import contextlib
import re
from collections.abc import Iterator
from urllib.parse import urlparse

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, TimeoutError, expect

# What Playwright turns off anyway, for naming features replaces its list, and a renderer of Chromium's own address
# bar for each window, which nobody sees and which costs as much as a page.
UNUSED = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "Translate",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
)
QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    f"--disable-features={','.join(UNUSED)}",
]
PATIENCE = 60_000
"""Milliseconds. Only a failure waits so long; a busy machine may need it."""
AT_REST = (
    "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
    ":not(:has([data-testid=stSkeleton], [data-stale=true]))"
)

expect.set_options(timeout=PATIENCE)


@contextlib.contextmanager
def watched_tab(browser: Browser, address: str, *, expected: str = "$^", **settings: object) -> Iterator[Page]:
    """A tab that fails its test on a request to another host, or a console error unlike the `expected` ones."""
    usual = {"viewport": {"width": 1440, "height": 1600}, "locale": "zh-CN", "reduced_motion": "reduce"}
    context = browser.new_context(base_url=address, **{**usual, **settings})  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    strangers: list[str] = []
    errors: list[str] = []
    tab.on("request", lambda r: strangers.append(r.url) if not is_ours(r.url, address) else None)
    tab.on("console", lambda m: errors.append(m.text) if is_fault(m, expected) else None)
    tab.on("pageerror", lambda e: errors.append(str(e)))
    try:
        yield tab
    finally:
        context.close()
    assert strangers == []
    assert errors == []


def is_fault(message: ConsoleMessage, expected: str) -> bool:
    return message.type == "error" and not re.search(expected, message.text)


def is_ours(url: str, address: str) -> bool:
    return url.startswith(("data:", "blob:")) or urlparse(url).netloc == urlparse(address).netloc


def settle(page: Page) -> None:
    """Wait until Streamlit has nothing left to draw. First expect the new content, then settle."""
    page.locator(AT_REST).wait_for()


def press(button: Locator) -> None:
    """Click when the page is at rest, so that no redraw takes the button away under the hand."""
    expect(button).to_be_enabled()
    settle(button.page)
    button.click()


def choose(page: Page, field: Locator, option: str | re.Pattern[str]) -> None:
    """Pick from a drop-down list, opening it again when a redraw has closed it meanwhile."""
    wanted = page.get_by_role("option", name=option)
    for patience in (5_000, 10_000, 20_000, PATIENCE):
        settle(page)
        field.click()
        try:
            wanted.click(timeout=patience)
        except TimeoutError:
            page.keyboard.press("Escape")
        else:
            return settle(page)
    raise AssertionError(f"{option} cannot be chosen")
