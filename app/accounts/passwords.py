"""Passwords: argon2id, at least twelve characters, and nothing that is guessed early."""

import importlib
import re
import unicodedata
from collections.abc import Iterable

from passlib.context import CryptContext

from app.accounts.errors import PasswordRefused

SHORTEST = 12
LONGEST = 256
_GUESSED_FROM = 100  # the estimate's time grows with the length; what is longer than this is strong by then
_STRONG = 3  # of 0 to 4: more than 10^8 guesses
_WORD = re.compile(r"\w+")

#: RFC 9106 in the smallest shape that OWASP names: 19 MiB, two passes.
HASHING = {
    "argon2__type": "ID",
    "argon2__memory_cost": 19 * 1024,
    "argon2__time_cost": 2,
    "argon2__parallelism": 1,
}
SCHEMES = ("argon2",)
_CONTEXT = CryptContext(schemes=list(SCHEMES), **HASHING)
#: Nobody's password, to spend the same time where there is no person, or no password.
_NOBODY = _CONTEXT.hash("nobody's password")


def normalize(password: str) -> str:
    """Characters as they are compared: the same password typed on another keyboard is the same."""
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str) -> str:
    """The argon2id hash of a password, with its salt and cost."""
    return str(_CONTEXT.hash(normalize(password)))


def matches(password: str, kept: str | None) -> bool:
    """Whether this is the password; takes the same time when none is kept."""
    right = bool(_CONTEXT.verify(normalize(password)[:LONGEST], kept or _NOBODY))
    return right and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with another cost than today's."""
    return bool(_CONTEXT.needs_update(kept))


def check_new_password(password: str, about: Iterable[str] = ()) -> None:
    """Raise PasswordRefused for a password too short, too long or too common.

    ``about``: what others know about the person, such as their name and address.
    """
    chosen = normalize(password)
    if len(chosen) < SHORTEST:
        raise PasswordRefused(f"use at least {SHORTEST} characters; a few words are easy to remember")
    if len(chosen) > LONGEST:
        raise PasswordRefused(f"use at most {LONGEST} characters")
    known = [
        "mythmark",
        *(word for text in about for word in (text, *text.replace("@", " ").replace(".", " ").split())),
    ]
    # By name, when somebody chooses a password: its lists of words are 12 MB, and most processes never need them.
    guess = importlib.import_module("zxcvbn").zxcvbn
    if guess(chosen[:_GUESSED_FROM], user_inputs=known, max_length=_GUESSED_FROM)["score"] < _STRONG:
        raise PasswordRefused(
            "this one is among the first that would be guessed; use a few words that do not belong together"
        )
