"""The door: `python server.py` or `uvicorn server:app` serve the dashboard.

Wraps Streamlit with what `web/` holds (headers, the gate, signing in, compressed static files) and
prepares the database before the first visitor comes.
"""

import contextlib
import errno
import gc
import os
import socket
import sys
from collections.abc import AsyncIterator

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from loaders.plans import read_plans
from loaders.samples.first_start import PLACE
from pages.parts.opened import opened
from store.accounts.first import require_administrator
from store.database import DEFAULT_URL, chosen_url
from web import oidc, sign_in
from web.gate import Gate, accounts_needed
from web.headers import SecurityHeaders
from web.hosts import LOOPBACK_NAMES, LOOPBACK_ONLY, NAMES_NEEDED, host_names, is_every_address, is_loopback
from web.index import OwnIndex
from web.starting import MISTAKES, PlainStart, port_of, require_settings
from web.static import CompressedStatic

PORT_TAKEN = (
    "端口 {port} 已被占用，看板可能已经在运行；要另开一个，请用 DASHBOARD_PORT 换一个端口。"
    "(Port {port} is in use; perhaps the dashboard is running already. Choose another with DASHBOARD_PORT.)"
)
NO_PLACE = (
    "不能在 {host} 的端口 {port} 上监听：{why}。请核对 DASHBOARD_HOST 和 DASHBOARD_PORT。"
    "(Cannot listen on {host}, port {port}: {why}. Check DASHBOARD_HOST and DASHBOARD_PORT.)"
)


async def healthz(request: Request) -> PlainTextResponse:
    """Well when the database answers."""
    opened().data_version()
    return PlainTextResponse("ok", headers={"cache-control": "no-store"})


def prepare() -> None:
    """Check settings and plans, open the database (seeding the samples at the first start), have an administrator."""
    require_settings()
    read_plans()
    require_administrator(opened())


@contextlib.asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    prepare()
    # What is loaded now stays: keep the collector from walking over it again and again.
    gc.collect()
    gc.freeze()
    yield


# Streamlit takes a folder named `pages` for its older kind of menu until the first script has run, and
# tells whoever comes first by a deep link that the page does not exist.
PagesManager.uses_pages_directory = False

# Streamlit's sockets are open to the same names as everything else.
config.set_option("server.allowedHosts", host_names())

app = st.App(
    "app.py",
    routes=[Route("/healthz", healthz), *sign_in.ROUTES, *oidc.ROUTES],
    middleware=[
        Middleware(PlainStart),
        Middleware(SecurityHeaders),
        Middleware(Gate),
        Middleware(OwnIndex),
        Middleware(CompressedStatic),
    ],
    lifespan=lifespan,
)


def is_taken(host: str, port: int) -> bool:
    """Asked before the samples are prepared, so that nobody waits a minute to hear it."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            return True
    return False


def require_place(host: str, port: int) -> None:
    try:
        if is_taken(host, port):
            sys.exit(PORT_TAKEN.format(port=port))
    except OSError as error:  # not an address of this machine, or a port that takes more rights
        sys.exit(NO_PLACE.format(host=host, port=port, why=error.strerror))


def refuse_strangers(host: str) -> None:
    """Listening beyond this machine takes accounts, and the names under which people will come."""
    if is_loopback(host):
        return
    if not accounts_needed():
        sys.exit(LOOPBACK_ONLY.format(host=host))
    if is_every_address(host) and host_names() == list(LOOPBACK_NAMES):
        sys.exit(NAMES_NEEDED.format(host=host))


def may_have_accounts() -> bool:
    """Whether it is worth opening the database: samples still to be made have none, and take a minute."""
    return chosen_url() != DEFAULT_URL or PLACE.exists()


def main() -> None:
    host = os.environ.get("DASHBOARD_HOST") or "127.0.0.1"
    try:
        port = port_of()
        require_settings()
        if not is_loopback(host) and not may_have_accounts():
            sys.exit(LOOPBACK_ONLY.format(host=host))
        require_place(host, port)
        prepare()
        refuse_strangers(host)
    except MISTAKES as error:
        sys.exit(str(error))
    print(f"看板地址 / dashboard: http://localhost:{port}", flush=True)
    uvicorn.run(
        app,
        host=host,
        port=port,
        ws="websockets-sansio",
        ws_ping_interval=30,
        ws_ping_timeout=30,
        ws_per_message_deflate=False,  # frames are small and the way is short
        server_header=False,
        access_log=False,
        log_level="warning",
    )


if __name__ == "__main__":
    main()
