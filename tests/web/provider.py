"""An identity provider on loopback, in a process of its own: `python provider.py PORT`."""

import contextlib
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx2 as httpx

CLAIMS = {
    "county": {"preferred_username": "county"},
    "stranger": {"preferred_username": "stranger"},
    "nameless": {},
    "unverified": {"preferred_username": "x", "email": "county", "email_verified": False},
}
"""Who can be chosen at the provider, and what it says of them."""


@contextlib.contextmanager
def provider(port: int = 0) -> Iterator[str]:
    """The provider's address, its issuer."""
    if not port:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__)), str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                with urllib.request.urlopen(f"{address}/.well-known/openid-configuration", timeout=2):
                    break
            except OSError:
                time.sleep(0.25)
        else:
            raise RuntimeError("the provider did not start")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def consent(address: str, person: str) -> str:
    """What a person does at the provider's page: say who they are. The address they are sent back to."""
    form = httpx.get(address).text
    assert re.search(r'name="sub"', unescape(form)), form[:500]
    answer = httpx.post(address, data={"sub": person})
    assert answer.status_code in (302, 303), answer.text[:500]
    return str(answer.headers["location"])


if __name__ == "__main__":
    import oidc_provider_mock

    people = [oidc_provider_mock.User(sub=name, claims=claims) for name, claims in CLAIMS.items()]
    oidc_provider_mock.app(user_claims=people).run(host="127.0.0.1", port=int(sys.argv[1]), threaded=True)
