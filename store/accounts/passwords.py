"""Passwords: what is asked of one, and its argon2id hash."""

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, PASSPHRASE, LONGEST = 10, 16, 256
LETTERS = "abcdefghjkmnpqrstuvwxyz"
DIGITS = "23456789"
"""A password that is read out to somebody has no letters to be mistaken for digits."""

_hasher = PasswordHasher()


class WeakPassword(ValueError):
    """`why`: short, long, plain or name (see the words under `accounts.weak`)."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the password is too weak: {why}")
        self.why = why


def require_strong(password: str, name: str) -> None:
    """At least ten characters of three kinds, or sixteen of any; never the account's own name."""
    plain = _normal(password)
    if len(plain) > LONGEST:
        raise WeakPassword("long")
    if len(plain) < SHORTEST:
        raise WeakPassword("short")
    if len(name) > 2 and name.casefold() in plain.casefold():
        raise WeakPassword("name")
    kinds = {_kind(letter) for letter in plain}
    if len(set(plain)) < 5 or (len(kinds) < 3 and len(plain) < PASSPHRASE):
        raise WeakPassword("plain")


def hashed(password: str) -> str:
    return _hasher.hash(_normal(password))


def matches(password: str, kept: str | None) -> bool:
    """Takes as long for an account without a password, or for no account, as for a wrong password."""
    try:
        _hasher.verify(kept or _nobodys_hash(), _normal(password)[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """The hash was made at a lower cost than is usual now."""
    return _hasher.check_needs_rehash(kept)


def new_password() -> str:
    """One to hand over: it has to be changed at the first sign-in."""
    groups = ["".join(secrets.choice(LETTERS + DIGITS) for _ in range(4)) for _ in range(4)]
    return "-".join([*groups[:3], groups[3].capitalize() if groups[3][0].isalpha() else groups[3]])


@cache
def _nobodys_hash() -> str:
    return hashed(secrets.token_hex(16))


def _normal(password: str) -> str:
    """The same characters however a keyboard composed them."""
    return unicodedata.normalize("NFKC", password)


def _kind(letter: str) -> str:
    if letter.isdigit():
        return "digit"
    if letter.isalpha():
        return "upper" if letter.isupper() else "lower"
    return "other"
