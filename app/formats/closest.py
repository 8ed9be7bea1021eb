"""The nearest of the names that exist, for somebody who mistyped one."""

import difflib
from collections.abc import Iterable
from itertools import islice

#: Comparing is slow, so that a file with thousands of wrong names gets suggestions for the first ones only.
SUGGESTIONS_MAX = 50
_COMPARED_MAX = 1000


class Closest:
    """Suggestions for one file."""

    def __init__(self) -> None:
        self._left = SUGGESTIONS_MAX

    def to(self, name: str, known: Iterable[str]) -> str | None:
        """The nearest known name, None where none is near or enough has been said."""
        if self._left <= 0 or len(name) > 80:
            return None
        self._left -= 1
        close = difflib.get_close_matches(name, list(islice(known, _COMPARED_MAX)), 1)
        return close[0] if close else None
