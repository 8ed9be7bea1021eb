"""``If-Match``: a save names the version that it was made from, and who comes second is shown what is there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from flask import request

from app.store.errors import VersionConflict
from app.web.errors import ChangedInBetween

#: Never the version of anything.
_NONE = -1


class Shows(Protocol):
    """A model as plain data."""

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        """The data."""


def wanted_version(present: int) -> int | None:
    """The version that the save may replace, given the one that is there; None: whatever is there.

    Versions are ETags; 0 stands for nothing, as ``If-None-Match: *`` does.
    """
    if request.if_none_match.star_tag:
        return 0
    if "If-Match" not in request.headers:
        return None
    wanted = request.if_match
    if wanted.star_tag:
        return present or _NONE
    return present if wanted.contains_weak(str(present)) else _NONE


@contextmanager
def showing(present: Callable[[], Shows]) -> Iterator[None]:
    """Tell a conflict with what is there now."""
    try:
        yield
    except VersionConflict as conflict:
        raise ChangedInBetween(conflict, present().model_dump(mode="json")) from None
