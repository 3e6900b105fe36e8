"""The kept originals: every uploaded file and every finished pack, under the fingerprint of its bytes."""

import hashlib
import os
import threading
from pathlib import Path

from store.database import Database
from store.people import NotAllowed


def fingerprint(content: bytes) -> str:
    """SHA-256 in hexadecimal: the name of a file, and the proof that nobody altered it."""
    return hashlib.sha256(content).hexdigest()


def save_original(database: Database, content: bytes) -> str:
    """Keep the bytes under their fingerprint and return it. Keeping them twice changes nothing."""
    sha256 = fingerprint(content)
    path = _path(database, sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}")
        unfinished.write_bytes(content)
        unfinished.replace(path)
    return sha256


def read_original(database: Database, sha256: str) -> bytes:
    """The bytes as they were sent. Raises ValueError when they no longer match their name.

    A county or department reads its own files only (NotAllowed).
    """
    if not may_open(database, sha256):
        raise NotAllowed(database.person, "read")
    content = _path(database, sha256).read_bytes()
    if fingerprint(content) != sha256:
        raise ValueError(f"the kept original {sha256} has been altered")
    return content


def may_open(database: Database, sha256: str) -> bool:
    """Whether the visitor may have the file itself: a county and a department what they uploaded."""
    person = database.person
    return not person.limited or bool(
        database.rows(
            "select 1 from submission where unit = :unit and sha256 = :sha256"
            " union all select 1 from attempt where unit = :unit and sha256 = :sha256",
            unit=person.unit,
            sha256=sha256,
        )
    )


def _path(database: Database, sha256: str) -> Path:
    if not (len(sha256) == 64 and set(sha256) <= set("0123456789abcdef")):
        raise ValueError(f"not a fingerprint: {sha256!r}")
    return database.files / sha256[:2] / sha256
