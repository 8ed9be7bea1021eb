"""Texts as people give them: trimmed, not too long, without control characters."""

import unicodedata

from app.services.errors import NotValid

NAME_CHARACTERS = 200
TEXT_CHARACTERS = 2000
_KEPT = "\n\t"


def given_name(text: str, field: str) -> str:
    """A name: one line, 1 to 200 characters; raises NotValid."""
    name = " ".join(text.split())
    if not any(_can_be_seen(letter) for letter in name):
        raise NotValid(field, "a name is needed; write one")
    return _fitting(name, NAME_CHARACTERS, field)


def given_text(text: str | None, field: str) -> str | None:
    """A text of at most 2,000 characters, or None when there is none; raises NotValid."""
    trimmed = (text or "").replace("\r\n", "\n").strip()
    return _fitting(trimmed, TEXT_CHARACTERS, field) if trimmed else None


def _can_be_seen(letter: str) -> bool:
    """Whether a letter is more than a space, a mark of direction or a joiner of others: a link needs something."""
    return unicodedata.category(letter)[0] not in "CZ"


def _fitting(text: str, most: int, field: str) -> str:
    if len(text) > most:
        raise NotValid(field, f"{len(text)} characters are too many; write at most {most:,}")
    if any((not (c.isprintable() or c in _KEPT) and ord(c) < 160) or 0xD800 <= ord(c) < 0xE000 for c in text):
        raise NotValid(field, "there is a character in it that cannot be printed; take it out")
    return text
