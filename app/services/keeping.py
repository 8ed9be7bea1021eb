"""Keeps what is dear to compute, a few at a time; the key holds everything that the value depends on."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The values asked for last, at most so many. Values are frozen, so they can be shared."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, T] = OrderedDict()

    def find(self, key: Hashable, make: Callable[[], T | None]) -> T | None:
        """The same where there may be no value; that there is none is not kept."""
        if key not in self._values:
            made = make()
            return None if made is None else self.get(key, lambda: made)
        return self.get(key, lambda: self._values[key])

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key, made when it is not there."""
        value = self._values.get(key)
        if value is None:
            value = make()
        self._values[key] = value
        self._values.move_to_end(key)
        while len(self._values) > self._most:
            self._values.popitem(last=False)
        return value
