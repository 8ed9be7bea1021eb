"""Long lists a page at a time: a cursor says after what the next page begins."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from flask import request

from app.formats.api_taken import PageAsked
from app.services.errors import NotValid
from app.web.api.bodies import asked

T = TypeVar("T")


def page_asked() -> tuple[str, int]:
    """After what, and how many; raises Problems, NotValid."""
    found = asked(PageAsked)
    return _after(found.cursor), found.limit


def page_of(found: Sequence[T], key: Callable[[T], str], after: str, limit: int) -> tuple[Sequence[T], str | None]:
    """One page of what is sorted by this key, and the address of the next."""
    rest = [one for one in found if key(one) > after]
    return cut(rest, key, limit)


def cut(rest: Sequence[T], key: Callable[[T], str], limit: int) -> tuple[Sequence[T], str | None]:
    """The first of the rest, and the address of the next page if there is more."""
    if len(rest) <= limit:
        return rest, None
    cursor = base64.urlsafe_b64encode(key(rest[limit - 1]).encode()).decode()
    return rest[:limit], f"{request.base_url}?{urlencode({'limit': limit, 'cursor': cursor})}"


def _after(cursor: str) -> str:
    if not cursor:
        return ""
    try:
        text = base64.b64decode(cursor.encode(), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError):
        text = ""
    if not text or not text.isprintable():
        raise NotValid("cursor", "take the address in `next` as it is; this one is not ours")
    return text
